internal import Foundation
internal import GRDB
internal import TextAnalysis

/// Whether the full-text index holds the words of the passages, each in its place, and nothing else.
///
/// The words of every passage are made again. What they amount to is compared with what FTS5 lists: a sum
/// over all occurrences, in which each counts with its word, passage, column and place, so that the order
/// in which they are listed does not matter.
struct KeywordExamination {
    let db: Database

    /// What is wrong, or nil.
    ///
    /// - Complexity: O(words of the library).
    func fault() throws -> String? {
        var expected = Sum()
        var total = 0
        let index = KeywordIndex(db: db)
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT p.id, d.title, p.headings, p.text, d.language, k.sz
                FROM passage p JOIN document d ON d.id = p.document_id
                JOIN keyword_docsize k ON k.id = p.id
                """
        )
        while let row = try rows.next() {
            let id: Int64 = row[0]
            let columns = index.columns(
                title: row.text(1) ?? "",
                headings: ColumnJSON.decode(row.text(2) ?? "", or: []),
                text: row.text(3) ?? "",
                language: Language(rawValue: row.text(4) ?? "")
            ).terms
            var length = 0
            for (column, text) in columns.enumerated() {
                length += Self.forEachTerm(of: text) { term, place in
                    expected.add(term, id, column, place)
                }
            }
            guard KeywordLengths.length(fromSizes: row.bytes(5)) == length else {
                return "passage \(id) is not as long as its words"
            }
            total += length
        }
        guard try expected == listed() else { return "the words are not those of the passages" }
        guard try lengthsAgree() else { return "the lengths are not those of the words" }
        if let segments = try KeywordSegments(db), segments.terms != total {
            return "the words are counted wrongly"
        }
        return nil
    }

    /// What FTS5 lists.
    private func listed() throws -> Sum {
        let columns = ["title", "heading", "body", "title_stem", "heading_stem", "body_stem"]
            .map { Array($0.utf8) }
        try db.execute(
            sql: """
                CREATE VIRTUAL TABLE IF NOT EXISTS temp.keyword_place
                USING fts5vocab(main, keyword, instance)
                """
        )
        var sum = Sum()
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT term, doc, col, offset FROM temp.keyword_place"
        )
        // There are a hundred of them for each passage: nothing is allocated for one.
        while let row = try rows.next() {
            let term = try row.withUnsafeData(atIndex: 0) { TermHash($0 ?? Data()) }
            let column = try row.withUnsafeData(atIndex: 2) { name in
                columns.firstIndex { $0.count == name?.count && name?.elementsEqual($0) == true }
            }
            sum.add(term, row.integer(1) ?? 0, column ?? -1, Int(row.integer(3) ?? -1))
        }
        return sum
    }

    private func lengthsAgree() throws -> Bool {
        guard let lengths = try? KeywordLengths(db: db).all() else { return false }
        // None are kept until the first run of indexing by a program that keeps them.
        guard !lengths.isEmpty else { return true }
        let rows = try Row.fetchCursor(db, sql: "SELECT id, sz FROM keyword_docsize")
        while let row = try rows.next() {
            let id = Int(row[0] as Int64)
            let length = UInt16(clamping: KeywordLengths.length(fromSizes: row.bytes(1)))
            guard id < lengths.count, lengths[id] == length else { return false }
        }
        return true
    }

    /// Calls `body` with each term that FTS5's tokenizer makes of a column, and returns how many there are.
    ///
    /// Terms are runs of bytes that are not ASCII, letters, digits and the marks that the table names, in
    /// small letters.
    private static func forEachTerm(
        of text: String,
        _ body: (_ term: TermHash, _ place: Int) -> Void
    ) -> Int {
        var place = 0
        var term: TermHash?
        for byte in text.utf8 {
            if isPartOfTerm[Int(byte)] {
                var longer = term ?? TermHash()
                longer.add((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
                term = longer
            } else if let whole = term {
                body(whole, place)
                place += 1
                term = nil
            }
        }
        if let whole = term {
            body(whole, place)
            place += 1
        }
        return place
    }

    private static let isPartOfTerm: [Bool] = (0..<256).map { byte in
        byte > 0x20 && ![0x22, 0x27, 0x7F].contains(byte)
    }

    /// A number that stands for a word.
    private struct TermHash {
        private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

        init() {}

        init(_ bytes: Data) {
            for byte in bytes { add(byte) }
        }

        mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }

    /// A sum over occurrences of words.
    private struct Sum: Equatable {
        private var value: UInt64 = 0
        private var count = 0

        mutating func add(_ term: TermHash, _ passage: Int64, _ column: Int, _ place: Int) {
            var hash = term.value
            for number in [passage, Int64(column), Int64(place)] {
                hash ^= UInt64(bitPattern: number) &+ 0x9E37_79B9_7F4A_7C15
                hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
                hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
                hash ^= hash >> 31
            }
            value &+= hash
            count += 1
        }
    }
}
