internal import Corpus
internal import FTS5Lists
internal import Foundation
package import GRDB
internal import Synchronization
internal import TextAnalysis

/// Whether the full-text index holds the words of the passages, each in its place, and nothing else.
///
/// The words of every passage are made again. What they amount to is compared with what FTS5 lists: a sum
/// over all occurrences, in which each counts with its word, passage, column and place, so that the order
/// in which they are listed does not matter.
package struct KeywordIntegrityCheck {
    let db: Database

    package init(db: Database) { self.db = db }

    /// What is wrong, or nil.
    ///
    /// - Complexity: O(words of the library).
    package func fault() throws -> String? {
        do {
            try KeywordChecksums(db: db).checkEverything()
            if let segments = try KeywordSegments(db) { try segments.checkIndex() }
        } catch let damage as RowDamage {
            return "\(damage.what) is not as it was written"
        } catch let error as FTS5ListError {
            return error.description
        }
        let expected = try expected()
        if let id = expected.wrongLength { return "passage \(id) is not as long as its words" }
        guard try expected.sum == listed() else { return "the words are not those of the passages" }
        guard try lengthsAgree() else { return "the lengths are not those of the words" }
        if let segments = try KeywordSegments(db), segments.terms != expected.sum.count {
            return "the words are counted wrongly"
        }
        return nil
    }

    /// What the words of the passages amount to, made again on all processors.
    private func expected() throws -> Expected {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT p.id, d.title, p.headings, p.text, d.language, k.sz, p.position,
                    \(KeywordIndex.metadata)
                FROM passage p JOIN document d ON d.id = p.document_id
                JOIN keyword_docsize k ON k.id = p.id
                """
        )
        let shares = ProcessInfo.processInfo.activeProcessorCount
        var expected = Expected()
        var batch: [Passage] = []
        while true {
            let row = try rows.next()
            if let row { batch.append(Passage(row)) }
            guard batch.count == Self.batchSize || row == nil else { continue }
            let passages = batch
            let whole = Mutex(expected)
            DispatchQueue.concurrentPerform(iterations: shares) { share in
                var part = Expected()
                for index in stride(from: share, to: passages.count, by: shares) {
                    part.add(passages[index])
                }
                whole.withLock { $0.add(part) }
            }
            expected = whole.withLock { $0 }
            batch.removeAll(keepingCapacity: true)
            if row == nil { return expected }
        }
    }

    /// Passages that are in memory at once: some megabytes.
    private static let batchSize = 2048

    /// What FTS5 lists.
    private func listed() throws -> Sum {
        var sum = Sum()
        try KeywordOccurrences.forEach(in: db) { term, passage, column, place in
            sum.add(TermHash(term), passage, column, place)
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

    private static let isPartOfTerm: [Bool] = (0..<256).map { KeywordTerm.isPart(UInt8($0)) }

    /// A number that stands for a word.
    private struct TermHash {
        private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

        init() {}

        init(_ bytes: Span<UInt8>) {
            for index in bytes.indices { add(bytes[index]) }
        }

        mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }

    /// A sum over occurrences of words.
    private struct Sum: Equatable, Sendable {
        private var value: UInt64 = 0
        private(set) var count = 0

        mutating func add(_ other: Sum) {
            value &+= other.value
            count += other.count
        }

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

    /// A passage, as far as its words go.
    private struct Passage: Sendable {
        let id: Int64
        let title, text: String
        let headings: [String]
        let language: Language
        /// How many terms FTS5 notes.
        let length: Int

        init(_ row: Row) {
            id = row[0]
            title = row.text(1) ?? ""
            headings = KeywordIndex.headings(row, at: 2, position: 6, metadata: 7)
            text = row.text(3) ?? ""
            language = Language(rawValue: row.text(4) ?? "")
            length = KeywordLengths.length(fromSizes: row.bytes(5))
        }
    }

    /// What the words of passages amount to.
    private struct Expected: Sendable {
        var sum = Sum()
        /// The first passage whose noted length is not that of its words.
        var wrongLength: Int64?

        mutating func add(_ other: Expected) {
            sum.add(other.sum)
            note(other.wrongLength)
        }

        mutating func add(_ passage: Passage) {
            let columns = KeywordAnalyzer().columns(
                title: passage.title,
                headings: passage.headings,
                text: passage.text,
                language: passage.language
            ).terms
            var length = 0
            for (column, text) in columns.enumerated() {
                length += KeywordIntegrityCheck.forEachTerm(of: text) {
                    sum.add($0, passage.id, column, $1)
                }
            }
            if length != passage.length { note(passage.id) }
        }

        private mutating func note(_ id: Int64?) {
            guard let id else { return }
            wrongLength = min(id, wrongLength ?? id)
        }
    }
}
