internal import Corpus
internal import FTS5Index
internal import GRDB
internal import VectorIndex

/// What the reads of one snapshot share, so that nothing is decoded twice.
///
/// `@unchecked Sendable`: it is only touched while its snapshot's connection is being used, and that
/// serves one access at a time.
final class SnapshotMemo: @unchecked Sendable {
    /// The scan of the keyword index by the weights of its columns.
    var scan: (weights: FieldWeights, scan: KeywordScan?)?
    /// The ordinals of a scope.
    var ordinals: (scope: CandidateScope, ordinals: OrdinalSet)?
    /// The passages that have sequences of words.
    var sequences: [SequencePlace: [PassageID]] = [:]
}

/// Candidates of both retrievers.
extension SnapshotView {
    /// In how many passages each query matches.
    ///
    /// - Complexity: O(length of the terms' lists).
    func keywordCounts(of queries: [KeywordQuery], weights: FieldWeights) throws -> [Int] {
        let phrases = queries.map(\.scannablePhrases)
        if !phrases.contains(nil), let scan = try scan(weights: weights) {
            return try phrases.map { try scan.count(ofAny: $0 ?? []) }
        }
        return try queries.map { query in
            if let expression = query.simplified.fts5Expression {
                return try matchCounts(of: [expression])[0]
            }
            return try allowedPassages(CandidateScope(required: query))?.count ?? passageCount()
        }
    }

    /// The passages that match keywords, best first, ties by identifier.
    func keywordCandidates(_ request: KeywordRequest) throws -> [ScoredPassage] {
        let phrases = KeywordQuery.any(request.clauses).scannablePhrases
        if let phrases, let scan = try scan(weights: request.weights) {
            return try scan.best(
                phrases,
                neighbors: KeywordQuery.any(request.neighbors).scannablePhrases ?? [],
                neighborWeight: request.neighborWeight,
                optional: KeywordQuery.any(request.optional).scannablePhrases ?? [],
                lengths: keywordLengths(),
                limit: request.limit,
                allowed: allowedPassages(request.scope)
            )
        }
        let clauses = KeywordQuery.any(request.clauses + request.neighbors).simplified
        guard let expression = clauses.fts5Expression else { return [] }
        var scope = request.scope
        // Documents are a condition that FTS5 itself can be asked with.
        scope.documents = nil
        guard let allowed = try allowedPassages(scope) else {
            return try keywordMatches(
                expression,
                weights: request.weights.columns,
                limit: request.limit,
                documents: request.scope.documents
            )
        }
        return try Array(
            keywordMatches(
                expression,
                weights: request.weights.columns,
                limit: -1,
                documents: request.scope.documents
            ).filter { UInt32(exactly: $0.id.rawValue).map(allowed.contains) ?? false }
                .prefix(request.limit)
        )
    }

    /// The first passage that a scope allows in each document, in the order of the documents.
    func beginnings(in scope: CandidateScope, limit: Int) throws -> [PassageID] {
        let (sql, arguments) = try condition(scope)
        // SQLite takes the other columns from the row that has the least.
        return try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT id, min(position) FROM passage WHERE \(sql)
                    GROUP BY document_id ORDER BY document_id LIMIT ?
                    """
            ),
            arguments: arguments + [limit]
        ).map { $0[0] }
    }

    /// Whether a passage matches a query.
    func matches(_ query: KeywordQuery, passage: PassageID) throws -> Bool {
        if let expression = query.simplified.fts5Expression {
            return try fulfills(expression, passage: passage)
        }
        let allowed = try allowedPassages(CandidateScope(required: query))
        return UInt32(exactly: passage.rawValue).flatMap { allowed?.contains($0) } ?? false
    }

    /// The passages of a scope with the nearest embeddings, best first, ties by ordinal.
    func nearest(
        to embedding: [Float],
        in scope: CandidateScope,
        limit: Int
    ) throws -> VectorMatches {
        guard let index = try vectorSearch() else {
            return VectorMatches(passages: [], isExact: true)
        }
        var ordinals = try allowedOrdinals(scope)
        if let name = scope.languageGroup {
            var members =
                try languageGroups().first { $0.group.language == name }?.ordinals ?? OrdinalSet()
            if let ordinals { members.formIntersection(ordinals) }
            ordinals = members
        }
        let neighbors = try index.neighbors(of: embedding, k: limit, in: ordinals)
        let passages = try passageIDs(at: neighbors.map(\.ordinal))
        return VectorMatches(
            passages: zip(passages, neighbors).map {
                ScoredPassage(id: $0, score: Double($1.score))
            },
            isExact: index.isExact
        )
    }

    private func scan(weights: FieldWeights) throws -> KeywordScan? {
        if let known = memo.scan, known.weights == weights { return known.scan }
        let scan = try keywordScan(weights: weights.columns)
        memo.scan = (weights, scan)
        return scan
    }

    /// The passages of a scope, or nil for all.
    private func allowedPassages(_ scope: CandidateScope) throws -> Set<UInt32>? {
        if scope.isEverything { return nil }
        let (sql, arguments) = try condition(scope)
        guard let name = scope.languageGroup else {
            return Set(
                try UInt32.fetchAll(
                    db.cachedStatement(sql: "SELECT id FROM passage WHERE \(sql)"),
                    arguments: arguments
                )
            )
        }
        let members = try languageGroups().first { $0.group.language == name }?.ordinals
        var allowed: Set<UInt32> = []
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT id, slot FROM passage WHERE \(sql)"),
            arguments: arguments
        )
        while let row = try rows.next() {
            guard let id = row.integer(0).flatMap(UInt32.init(exactly:)),
                let slot = row.integer(1).flatMap(UInt32.init(exactly:)),
                members?.contains(Ordinal(rawValue: slot)) == true
            else { continue }
            allowed.insert(id)
        }
        return allowed
    }

    /// The ordinals of a scope's passages whatever their language, or nil for all.
    private func allowedOrdinals(_ scope: CandidateScope) throws -> OrdinalSet? {
        var scope = scope
        scope.languageGroup = nil
        if scope.isEverything { return nil }
        if let known = memo.ordinals, known.scope == scope { return known.ordinals }
        let (sql, arguments) = try condition(scope)
        let slots = try UInt32.fetchAll(
            db.cachedStatement(sql: "SELECT slot FROM passage WHERE \(sql)"),
            arguments: arguments
        )
        let ordinals = OrdinalSet(slots.map(Ordinal.init(rawValue:)))
        memo.ordinals = (scope, ordinals)
        return ordinals
    }

    /// The condition on `passage` that a scope without its language group stands for.
    ///
    /// - Throws: `RowDamage` where FTS5 would read damaged lists for it.
    private func condition(
        _ scope: CandidateScope
    ) throws -> (sql: String, arguments: StatementArguments) {
        var conditions = ["1"]
        var arguments = StatementArguments()
        if let documents = scope.documents {
            conditions.append("document_id IN (SELECT value FROM json_each(?))")
            arguments += [Self.list(documents)]
        }
        for query in [scope.required, scope.excluded.map(KeywordQuery.not)].compactMap(\.self) {
            let condition = try query.simplified.condition { words, field in
                try passages(with: SequencePlace(words: words, field: field))
            }
            try proveKeywords(of: condition.expressions)
            conditions.append("(\(condition.sql))")
            arguments += StatementArguments(condition.arguments)
        }
        return (conditions.joined(separator: " AND "), arguments)
    }
}
