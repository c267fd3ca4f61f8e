internal import FTS5Lists
internal import Foundation
package import GRDB

/// The inverted index that FTS5 keeps in its own tables, read without FTS5.
///
/// FTS5 scores every match in turn through an interface that asks for each occurrence by itself: about
/// two microseconds a match, half a second for a word that every fourth of a million passages has. The
/// lists themselves are compact and in order; reading them as they stand takes a hundredth of that. FTS5
/// goes on writing, merging and deleting; this only reads, and only the format that it knows: of any other
/// `init` makes nil, and FTS5 has to be asked. What is read is compared with its checksum (`KeywordChecksums`).
///
/// The format is described at the head of SQLite's `fts5_index.c` and marked as version 4 by every release
/// since 3.9.
package struct KeywordSegments {
    private static let version = 4

    let db: Database
    let sums: KeywordChecksums

    /// The segments, those written last first: what they say of a passage is what holds.
    let segments: [FTS5Segment]
    /// How many passages there are.
    package let passages: Int
    /// How many terms all of them have.
    package let terms: Int

    /// Reads the records of the segments and of the averages.
    ///
    /// - Throws: `RowDamage` where they are not as they were written, or what SQLite reports.
    package init?(_ db: Database) throws {
        self.db = db
        sums = KeywordChecksums(db: db)
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
            let segments = FTS5Segment.list(in: structure)
        else { return nil }
        self.segments = segments
    }

    private static func block(_ id: Int64, of db: Database, _ sums: KeywordChecksums) throws
        -> [UInt8]
    {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT block FROM keyword_data WHERE id = ?"),
            arguments: [id]
        )
        guard let row else { throw RowDamage(what: "record \(id) of the words' index") }
        let data = row.bytes(0)
        try sums.check(id, data)
        return [UInt8](data)
    }

    /// What terms are called in the index: those of the main one are marked with a zero digit.
    static func key(of term: String) -> [UInt8] { [0x30] + Array(term.utf8) }

    /// The list of `term` in a segment, or nil if the segment has no such term.
    ///
    /// - Throws: `RowDamage` where a page is not as it was written, `FTS5ListError` where it is not what
    ///   its head says, or what SQLite reports.
    /// - Complexity: O(length of the list).
    func doclist(of term: String, in segment: FTS5Segment) throws -> FTS5Doclist? {
        var list: FTS5Doclist?
        _ = try forEachPage(of: Self.key(of: term), in: segment) { page, place in
            if let place {
                list = FTS5Doclist(bytes: page.bytes(in: place), absolutes: [0])
                return
            }
            let end = page.firstTerm ?? page.end
            guard end >= FTS5Page.head else { throw FTS5ListError(what: "a page") }
            list?.add(
                page.bytes(in: FTS5Page.head..<end),
                firstRow: page.firstRow - FTS5Page.head
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
    /// - Throws: `RowDamage`, `FTS5ListError`, or what SQLite reports.
    func forEachPage(
        of key: [UInt8],
        in segment: FTS5Segment,
        _ body: (FTS5Page, Range<Int>?) throws -> Void
    ) throws -> ClosedRange<Int>? {
        let first = try start(for: key, in: segment)
        var number = first
        var gap: FTS5Page.Place?
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
                let page = try FTS5Page(data ?? Data())
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
    func start(for key: [UInt8], in segment: FTS5Segment) throws -> Int {
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
        _ gap: FTS5Page.Place,
        at number: Int,
        for key: [UInt8],
        in segment: FTS5Segment
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
    func proveNothing(from key: [UInt8], before number: Int, in segment: FTS5Segment) throws {
        var former = number - 1
        while former >= segment.firstPage, try !sums.hasTerms(segment.row(former)) { former -= 1 }
        guard former >= segment.firstPage else { return }
        guard try page(former, of: segment).place(of: key) == .behind else {
            throw Self.misdirection
        }
    }

    /// A page that is as it was written.
    func page(_ number: Int, of segment: FTS5Segment) throws -> FTS5Page {
        let id = segment.row(number)
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT block FROM keyword_data WHERE id = ?"),
            arguments: [id]
        )
        let data = row?.bytes(0) ?? Data()
        try sums.check(id, data)
        return try FTS5Page(data)
    }
}
