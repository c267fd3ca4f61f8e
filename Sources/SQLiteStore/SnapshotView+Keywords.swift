internal import Corpus
internal import FTS5Index
internal import Foundation
internal import GRDB
internal import TextAnalysis
internal import VectorIndex

/// What keyword retrieval asks the library.
///
/// Expressions are in the language of FTS5 and name columns of the table `keyword`.
extension SnapshotView {
    /// The words of the library that begin with `prefix`, and how many passages have each, inflected
    /// forms and stems alike.
    func vocabulary(beginningWith prefix: String) throws -> [Spelling.Entry] {
        guard !prefix.isEmpty else { return [] }
        try proveKeywords([KeywordTerm(prefix, isPrefix: true)])
        // The vocabulary as a table: `temp` can be written to even where the file cannot.
        try db.execute(
            sql: """
                CREATE VIRTUAL TABLE IF NOT EXISTS temp.keyword_term
                USING fts5vocab(main, keyword, row)
                """
        )
        // U+10FFFF sorts behind every character that a term contains.
        return try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT term, doc FROM temp.keyword_term WHERE term >= ? AND term < ?"
            ),
            arguments: [prefix, prefix + "\u{10FFFF}"]
        ).map { Spelling.Entry(term: $0.text(0) ?? "", passages: Int($0.integer(1) ?? 0)) }
    }

    /// The languages of the documents that these passages are in.
    func languages(of passages: [PassageID]) throws -> [Language] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT d.language FROM passage p JOIN document d ON d.id = p.document_id
                WHERE p.id = ?
                """
        )
        return try passages.map {
            try String.fetchOne(statement, arguments: [$0]).map(Language.init(rawValue:))
                ?? .undetermined
        }
    }

    /// The passages that match an FTS5 expression, best first, ties by passage ID.
    ///
    /// - Parameters:
    ///   - expression: in FTS5's language.
    ///   - weights: one for each of the columns title, heading, body and their stems.
    ///   - limit: the most passages to return.
    ///   - documents: only their passages, or nil for all.
    /// - Returns: scores that grow with relevance (SQLite's `bm25` negated).
    /// - Throws: what SQLite reports.
    func keywordMatches(
        _ expression: String,
        weights: [Double],
        limit: Int,
        documents: [DocumentID]? = nil
    ) throws -> [ScoredPassage] {
        precondition(weights.count == 6, "one weight for each column")
        try proveKeywords(of: [expression])
        try proveLengths(of: expression)
        let weights = weights.map { String($0) }.joined(separator: ", ")
        var sql = """
            SELECT rowid, bm25(keyword, \(weights)) AS badness FROM keyword
            WHERE keyword MATCH ?
            """
        var arguments: StatementArguments = [expression]
        if let documents {
            // The plus keeps SQLite from asking FTS5 for each of these passages in turn, which
            // counts the words' passages every time anew.
            sql += """
                 AND +rowid IN (
                    SELECT id FROM passage
                    WHERE document_id IN (SELECT value FROM json_each(?)))
                """
            arguments += [Self.list(documents)]
        }
        sql += " ORDER BY badness, rowid LIMIT ?"
        arguments += [limit]
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments)
            .map { ScoredPassage(id: $0[0], score: -($0[1] as Double)) }
    }

    /// Whether a passage matches an FTS5 expression.
    func fulfills(_ expression: String, passage: PassageID) throws -> Bool {
        try proveKeywords(of: [expression])
        return try Int.fetchOne(
            db.cachedStatement(
                sql: "SELECT 1 FROM keyword WHERE keyword MATCH ? AND rowid = ?"
            ),
            arguments: [expression, passage]
        ) != nil
    }

    /// Numbers as the JSON list that `json_each` reads.
    static func list(_ numbers: [some RawRepresentable<Int64>]) -> String {
        "[" + numbers.map { String($0.rawValue) }.joined(separator: ",") + "]"
    }
}
