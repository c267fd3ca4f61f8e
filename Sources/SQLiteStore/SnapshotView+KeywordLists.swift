internal import FTS5Index
internal import Foundation
internal import GRDB

extension SnapshotView {
    /// A scan of the keyword index, or nil where its format or its size is one that only FTS5 copes with.
    ///
    /// - Parameter weights: one for each of the columns title, heading, body and their stems.
    /// - Returns: a scan that must not outlive this snapshot.
    /// - Throws: what SQLite reports.
    func keywordScan(weights: [Double]) throws -> KeywordScan? {
        precondition(weights.count == 6, "one weight for each column")
        guard let segments = try KeywordSegments(db), segments.passages > 0 else { return nil }
        // IDs grow with every change; a number for each must stay affordable.
        let lengths = try keywordLengths()
        guard lengths.count <= 16 * segments.passages + 1_000_000, !lengths.isEmpty else {
            return nil
        }
        guard store.isLongLived else {
            return KeywordScan(db: db, segments: segments, weights: weights)
        }
        let key = KeywordHitsCache.Key(generation: try generation(), weights: weights)
        return KeywordScan(
            db: db,
            segments: segments,
            weights: weights,
            kept: (store.keywordHits, key)
        )
    }

    func keywordLengths() throws -> [UInt16] {
        try fact(\.keywordLengths) { try KeywordLengths(db: db).all() } ?? []
    }
}

extension SnapshotView {
    /// Makes sure of what FTS5 reads for expressions in its language.
    ///
    /// - Throws: `RowDamage` where it is not as it was written, or what SQLite reports.
    /// - Complexity: O(length of the terms' lists).
    func proveKeywords(of expressions: [String]) throws {
        try proveKeywords(expressions.reduce(into: []) { $0.formUnion(KeywordTerm.terms(of: $1)) })
    }

    /// The same for terms.
    func proveKeywords(_ terms: Set<KeywordTerm>) throws {
        if let segments = try KeywordSegments(db) { return try segments.prove(terms) }
        // Lists of a form that is not known here.
        _ = try fact(\.keywordsAreProved) {
            try KeywordChecksums(db: db).checkEverything()
            return true
        }
    }

    /// Makes sure of the lengths of the passages that an expression is fulfilled by, as FTS5 keeps them for
    /// its scores: they are those that are kept beside it with a checksum.
    func proveLengths(of expression: String) throws {
        let lengths = try keywordLengths()
        // A library that was just brought up to this format has none until its next run.
        guard !lengths.isEmpty else { return }
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT id, sz FROM keyword_docsize
                    WHERE id IN (SELECT rowid FROM keyword WHERE keyword MATCH ?)
                    """
            ),
            arguments: [expression]
        )
        while let row = try rows.next() {
            let id = Int(row.integer(0) ?? -1)
            let length = KeywordLengths.length(fromSizes: row.bytes(1))
            guard lengths.indices.contains(id), lengths[id] == UInt16(clamping: length) else {
                throw RowDamage(what: "the length of passage \(id)")
            }
        }
    }
}
