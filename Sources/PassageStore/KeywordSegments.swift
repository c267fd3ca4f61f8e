internal import Foundation
internal import GRDB

/// The inverted index that FTS5 keeps in its own tables, read without FTS5.
///
/// FTS5 scores every match in turn through an interface that asks for each occurrence by itself: about
/// two microseconds a match, half a second for a word that every fourth of a million passages has. The
/// lists themselves are compact and in order; reading them as they stand takes a hundredth of that. FTS5
/// goes on writing, merging and deleting; this only reads, and only the format that it knows: of any other
/// `init` makes nil, and FTS5 has to be asked.
///
/// The format is described at the head of SQLite's `fts5_index.c` and marked as version 4 by every release
/// since 3.9.
struct KeywordSegments {
    /// A sorted run of terms with their lists, in numbered pages.
    struct Segment {
        let id: Int
        let firstPage: Int
        let lastPage: Int
    }

    /// The list of one term in one segment.
    struct Doclist {
        var bytes: [UInt8] = []
        /// Where in `bytes` a passage is given by its ID; elsewhere by the difference from the one before.
        var absolutes: [Int] = []

        /// Adds what another page says of the term, and where the first ID begins in it, if it is there.
        mutating func add(_ more: [UInt8], firstRow: Int) {
            if more.indices.contains(firstRow) { absolutes.append(bytes.count + firstRow) }
            bytes += more
        }
    }

    private static let version = 4
    /// Pages have 31 bits of a key, five stand for the height of another kind of page and one for its kind.
    private static let pageBits = 37

    private let db: Database

    /// The segments, those written last first: what they say of a passage is what holds.
    let segments: [Segment]
    /// How many passages there are.
    let passages: Int
    /// How many terms all of them have.
    let terms: Int

    init?(_ db: Database) throws {
        self.db = db
        let version = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT v FROM keyword_config WHERE k = 'version'")
        )
        guard version == Self.version, let averages = try Self.block(1, of: db),
            let structure = try Self.block(10, of: db), structure.count > 4
        else { return nil }
        var reader = VarintReader(bytes: averages)
        passages = reader.next()
        var terms = 0
        while !reader.isAtEnd { terms &+= reader.next() }
        self.terms = terms
        guard !reader.isDamaged, let segments = Self.segments(in: structure) else { return nil }
        self.segments = segments
    }

    private static func block(_ id: Int, of db: Database) throws -> [UInt8]? {
        try Data.fetchOne(
            db.cachedStatement(sql: "SELECT block FROM keyword_data WHERE id = ?"),
            arguments: [id]
        ).map { [UInt8]($0) }
    }

    /// Reads the record of levels and their segments; nil for a kind that is not known.
    static func segments(in structure: [UInt8]) -> [Segment]? {
        // Tables that delete without their text mark the record so.
        guard !structure.dropFirst(4).starts(with: [0xFF, 0, 0, 1]) else { return nil }
        var reader = VarintReader(bytes: structure, offset: 4)
        let levels = reader.next()
        _ = (reader.next(), reader.next())
        var segments: [Segment] = []
        // A level takes two bytes at least, a segment three.
        guard (0...structure.count).contains(levels) else { return nil }
        for _ in 0..<levels {
            _ = reader.next()
            let count = reader.next()
            guard (0...structure.count).contains(count) else { return nil }
            var level: [Segment] = []
            for _ in 0..<count {
                guard !reader.isDamaged else { return nil }
                level.append(
                    Segment(id: reader.next(), firstPage: reader.next(), lastPage: reader.next())
                )
            }
            segments += level.reversed()
        }
        return reader.isDamaged ? nil : segments
    }

    /// The list of `term` in a segment, or nil if the segment has no such term.
    ///
    /// - Throws: `StoreError.damaged` where a page is not what its head says, or what SQLite reports.
    /// - Complexity: O(length of the list).
    func doclist(of term: String, in segment: Segment) throws -> Doclist? {
        // Terms of the main index are marked with a zero digit.
        let key = [0x30] + Array(term.utf8)
        let found = try Int.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT pgno FROM keyword_idx WHERE segid = ? AND term <= ?
                    ORDER BY term DESC LIMIT 1
                    """
            ),
            arguments: [segment.id, Data(key)]
        )
        let first = max(segment.firstPage, (found ?? 0) >> 1)
        let base = segment.id << Self.pageBits
        let pages = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT block FROM keyword_data WHERE id >= ? AND id <= ? ORDER BY id"
            ),
            arguments: [base &+ first, base &+ segment.lastPage]
        )
        var list: Doclist?
        while let row = try pages.next() {
            let isDone = try row.withUnsafeData(atIndex: 0) { data in
                let page = try Page(data ?? Data())
                if list == nil {
                    guard let place = try page.place(of: key) else { return true }
                    list = Doclist(bytes: page.bytes(in: place), absolutes: [0])
                    return place.upperBound < page.end
                }
                let end = page.firstTerm ?? page.end
                guard end >= Page.head else { throw Page.damage }
                list?.add(page.bytes(in: Page.head..<end), firstRow: page.firstRow - Page.head)
                return page.firstTerm != nil
            }
            if isDone { break }
        }
        return list
    }
}

/// A page of terms and lists.
private struct Page {
    static let head = 4
    static let damage = StoreError.damaged(
        path: "the library",
        detail: "the keyword index has a page that cannot be read"
    )

    private let data: Data
    /// Where the first passage ID stands that begins on this page, or 0.
    let firstRow: Int
    /// Where terms and lists end and the directory of terms begins.
    let end: Int

    init(_ data: Data) throws {
        self.data = data
        guard data.count >= Self.head else { throw Self.damage }
        let first = data.startIndex
        firstRow = Int(data[first]) << 8 | Int(data[first + 1])
        end = Int(data[first + 2]) << 8 | Int(data[first + 3])
        guard end >= Self.head, end <= data.count else { throw Self.damage }
    }

    func bytes(in range: Range<Int>) -> [UInt8] {
        [UInt8](data[(data.startIndex + range.lowerBound)..<(data.startIndex + range.upperBound)])
    }

    /// Where the first term begins; nil if the page goes on with the list of an earlier one.
    var firstTerm: Int? {
        guard end < data.count else { return nil }
        var directory = VarintReader(bytes: bytes(in: end..<data.count))
        return min(end, directory.next())
    }

    /// Where the list of a term stands, or nil if this page has no such term.
    func place(of key: [UInt8]) throws -> Range<Int>? {
        var directory = VarintReader(bytes: bytes(in: end..<data.count))
        var reader = VarintReader(bytes: bytes(in: 0..<end))
        var term: [UInt8] = []
        var start = 0
        var isFirst = true
        while !directory.isAtEnd {
            start += directory.next()
            reader.offset = start
            let shared = isFirst ? 0 : reader.next()
            isFirst = false
            let length = reader.next()
            guard !directory.isDamaged, !reader.isDamaged, shared <= term.count, length >= 0,
                reader.offset + length <= end
            else { throw Self.damage }
            term.removeSubrange(shared...)
            term += reader.bytes[reader.offset..<(reader.offset + length)]
            guard term == key else { continue }
            let next = directory.isAtEnd ? end : min(end, start + directory.next())
            guard reader.offset + length <= next else { throw Self.damage }
            return (reader.offset + length)..<next
        }
        return nil
    }
}

/// SQLite's numbers of one to nine bytes, one after the other.
struct VarintReader {
    let bytes: [UInt8]
    var offset = 0
    /// Whether a number was cut off, or stood outside.
    private(set) var isDamaged = false

    init(bytes: [UInt8], offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    var isAtEnd: Bool { offset >= bytes.count || isDamaged }

    /// The next number; 0 where there is none.
    mutating func next() -> Int {
        var value: UInt64 = 0
        for place in 0..<9 {
            guard offset >= 0, offset < bytes.count else {
                isDamaged = true
                return 0
            }
            let byte = bytes[offset]
            offset += 1
            if place == 8 { return Int(truncatingIfNeeded: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 { break }
        }
        return Int(truncatingIfNeeded: value)
    }
}
