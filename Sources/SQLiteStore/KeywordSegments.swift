internal import Foundation
internal import GRDB

/// The inverted index that FTS5 keeps in its own tables, read without FTS5.
///
/// FTS5 scores every match in turn through an interface that asks for each occurrence by itself: about
/// two microseconds a match, half a second for a word that every fourth of a million passages has. The
/// lists themselves are compact and in order; reading them as they stand takes a hundredth of that. FTS5
/// goes on writing, merging and deleting; this only reads, and only the format that it knows: of any other
/// `init` makes nil, and FTS5 has to be asked. What is read is compared with its checksum (`KeywordSums`).
///
/// The format is described at the head of SQLite's `fts5_index.c` and marked as version 4 by every release
/// since 3.9.
struct KeywordSegments {
    /// A sorted run of terms with their lists, in numbered pages.
    struct Segment {
        let id: Int
        let firstPage: Int
        let lastPage: Int

        /// The row of `keyword_data` that has a page.
        func row(_ page: Int) -> Int64 { Int64(id) << pageBits &+ Int64(page) }

        /// The row that has a page of the index of a long list, which begins on `page`.
        func skipRow(_ page: Int, height: Int) -> Int64 {
            Int64(id) << pageBits &+ 1 << (pageBits - 1) &+ Int64(height) << 31 &+ Int64(page)
        }
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
    private static let pageBits: Int64 = 37

    let db: Database
    let sums: KeywordSums

    /// The segments, those written last first: what they say of a passage is what holds.
    let segments: [Segment]
    /// How many passages there are.
    let passages: Int
    /// How many terms all of them have.
    let terms: Int

    /// Reads the records of the segments and of the averages.
    ///
    /// - Throws: `RowDamage` where they are not as they were written, or what SQLite reports.
    init?(_ db: Database) throws {
        self.db = db
        sums = KeywordSums(db: db)
        try sums.checkSettings()
        let version = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT v FROM keyword_config WHERE k = 'version'")
        )
        guard version == Self.version else { return nil }
        let averages = try Self.block(1, of: db, sums)
        let structure = try Self.block(10, of: db, sums)
        guard structure.count > 4 else { return nil }
        var reader = VarintReader(bytes: averages)
        passages = reader.next()
        var terms = 0
        while !reader.isAtEnd { terms &+= reader.next() }
        self.terms = terms
        guard !reader.isDamaged || averages.isEmpty,
            let segments = Self.segments(in: structure)
        else { return nil }
        self.segments = segments
    }

    private static func block(_ id: Int64, of db: Database, _ sums: KeywordSums) throws -> [UInt8] {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT block FROM keyword_data WHERE id = ?"),
            arguments: [id]
        )
        guard let row else { throw RowDamage(what: "record \(id) of the words' index") }
        let data = row.bytes(0)
        try sums.check(id, data)
        return [UInt8](data)
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

    /// What terms are called in the index: those of the main one are marked with a zero digit.
    static func key(of term: String) -> [UInt8] { [0x30] + Array(term.utf8) }

    /// The list of `term` in a segment, or nil if the segment has no such term.
    ///
    /// - Throws: `RowDamage` where a page is not as it was written, `StoreError.damaged` where it is not what
    ///   its head says, or what SQLite reports.
    /// - Complexity: O(length of the list).
    func doclist(of term: String, in segment: Segment) throws -> Doclist? {
        var list: Doclist?
        _ = try forEachPage(of: Self.key(of: term), in: segment) { page, place in
            if let place {
                list = Doclist(bytes: page.bytes(in: place), absolutes: [0])
                return
            }
            let end = page.firstTerm ?? page.end
            guard end >= KeywordPage.head else { throw KeywordPage.damage }
            list?.add(
                page.bytes(in: KeywordPage.head..<end),
                firstRow: page.firstRow - KeywordPage.head
            )
        }
        return list
    }

    /// Goes through the pages that a term's list stands on; no page is believed that is not as it was written.
    ///
    /// - Parameters:
    ///   - key: the term as it is called in the index.
    ///   - segment: where to look.
    ///   - body: gets each page, and for the first one where in it the list begins.
    /// - Returns: the numbers of these pages, or nil if the segment has no such term, which is proved then:
    ///   the terms before and behind it stand side by side.
    /// - Throws: `RowDamage`, `StoreError.damaged`, or what SQLite reports.
    func forEachPage(
        of key: [UInt8],
        in segment: Segment,
        _ body: (KeywordPage, Range<Int>?) throws -> Void
    ) throws -> ClosedRange<Int>? {
        let first = try start(for: key, in: segment)
        var number = first
        var gap: KeywordPage.Place?
        let pages = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT id, block FROM keyword_data WHERE id >= ? AND id <= ? ORDER BY id"
            ),
            arguments: [segment.row(first), segment.row(segment.lastPage)]
        )
        while let row = try pages.next() {
            let id = segment.row(number)
            let isDone = try row.withUnsafeData(atIndex: 1) { data in
                guard row.integer(0) == id else {
                    throw RowDamage(what: "the list of the words' pages")
                }
                try sums.check(id, data ?? Data())
                let page = try KeywordPage(data ?? Data())
                guard number == first else {
                    try body(page, nil)
                    return page.firstTerm != nil
                }
                guard case .at(let place) = try page.place(of: key) else {
                    gap = try page.place(of: key)
                    return true
                }
                try body(page, place)
                return place.upperBound < page.end
            }
            if let gap {
                try prove(gap, at: first, for: key, in: segment)
                return nil
            }
            if isDone || number == segment.lastPage { return first...number }
            number += 1
        }
        throw RowDamage(what: "the list of the words' pages")
    }

    /// The page to begin at, as FTS5 finds it.
    func start(for key: [UInt8], in segment: Segment) throws -> Int {
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
        guard first <= segment.lastPage else { throw Self.misdirection }
        return first
    }

    /// What there is to throw where `keyword_idx` names a wrong page.
    static let misdirection = RowDamage(what: "the index of the words' pages")

    /// Makes sure that a term that is not on the page where it was looked for is on no other.
    private func prove(
        _ gap: KeywordPage.Place,
        at number: Int,
        for key: [UInt8],
        in segment: Segment
    ) throws {
        switch gap {
        case .at, .between: return
        case .nowhere: throw Self.misdirection
        case .before: try proveNothing(from: key, before: number, in: segment)
        case .behind:
            var next = number + 1
            while next <= segment.lastPage, try !sums.hasTerms(segment.row(next)) { next += 1 }
            guard next <= segment.lastPage else { return }
            guard try page(next, of: segment).place(of: key) == .before else {
                throw Self.misdirection
            }
        }
    }

    /// Makes sure that neither a term nor one that sorts behind it begins before a page.
    func proveNothing(from key: [UInt8], before number: Int, in segment: Segment) throws {
        var former = number - 1
        while former >= segment.firstPage, try !sums.hasTerms(segment.row(former)) { former -= 1 }
        guard former >= segment.firstPage else { return }
        guard try page(former, of: segment).place(of: key) == .behind else {
            throw Self.misdirection
        }
    }

    /// A page that is as it was written.
    func page(_ number: Int, of segment: Segment) throws -> KeywordPage {
        let id = segment.row(number)
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT block FROM keyword_data WHERE id = ?"),
            arguments: [id]
        )
        let data = row?.bytes(0) ?? Data()
        try sums.check(id, data)
        return try KeywordPage(data)
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
