#if Postgres
package import Corpus
internal import TextAnalysis

/// Candidates of both retrievers.
extension PostgresSnapshot {
    /// Up to so many passages that may match, all of them are scored.
    private static let mostScored = 1_000
    /// Beyond, so many times the passages that are asked for are taken from the index, and at least so many:
    /// its order is that of a simpler score.
    private static let reach = (times: 4, least: 400)
    /// Prefixes stand for so many of the words that begin so.
    private static let mostExpansions = 50

    package func keywordCandidates(_ request: KeywordRequest) async throws -> [ScoredPassage] {
        let own = request.clauses + request.neighbors
        guard
            let expression = TSQuery.expression(.any(own.filter { TSQuery.expression($0) != nil }))
        else { return [] }
        let counts = try await counts(of: own + request.optional)
        let scoring = scoring(request, counts)
        let count = Set(request.clauses).reduce(0) { $0 + (counts[$1] ?? 0) }
        let depth = max(request.limit * Self.reach.times, Self.reach.least)
        var found: [ScoredPassage] = []
        var isWhole = false
        if count > Self.mostScored, state.hasTermIndex {
            let terms = try await indexTerms(of: request.clauses + request.neighbors)
            if !terms.isEmpty {
                found = try await ranked(terms, request.scope, depth: depth, scoring)
                // A condition may leave the index too few to choose from.
                isWhole = request.scope.isEverything || found.count >= request.limit
            }
        }
        if !isWhole {
            found = try await matching(
                expression,
                request.scope,
                depth: count > Self.mostScored ? depth : 2 * Self.mostScored,
                scoring
            )
        }
        return Self.best(found, request.limit)
    }

    package func beginnings(in scope: CandidateScope, limit: Int) async throws -> [PassageID] {
        var condition = PassageCondition(parameters: [.integer(Int64(limit))])
        try await demand(scope, of: &condition)
        return try await query(
            """
            SELECT DISTINCT ON (p.document_id) p.id FROM passage p WHERE \(condition.sql)
            ORDER BY p.document_id, p.position LIMIT $1
            """,
            condition.parameters
        ) { PassageID(rawValue: $0.integer(0) ?? 0) }
    }

    /// What scores the candidates of a request.
    func scoring(_ request: KeywordRequest, _ counts: [KeywordQuery: Int]) -> KeywordScoring {
        KeywordScoring(
            request,
            counts: counts,
            passages: state.passages,
            averageLength: Double(state.terms) / Double(max(1, state.passages))
        )
    }

    /// The best of scored passages, ties by identifier.
    static func best(_ found: [ScoredPassage], _ limit: Int) -> [ScoredPassage] {
        let best = found.filter { $0.score > 0 }
            .sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
        return Array(best.prefix(limit))
    }

    /// The passages that pg_textsearch ranks first, scored.
    private func ranked(
        _ terms: [String],
        _ scope: CandidateScope,
        depth: Int,
        _ scoring: KeywordScoring
    ) async throws -> [ScoredPassage] {
        let index = SQL.name(store.address.schema) + ".passage_terms"
        var condition = PassageCondition(
            parameters: [
                .text(terms.joined(separator: " ")), .text(index), .integer(Int64(depth)),
            ]
        )
        try await demand(scope, of: &condition)
        return try await query(
            """
            SELECT p.id, p.length, p.words FROM passage p WHERE \(condition.sql)
            ORDER BY p.terms <@> to_bm25query($1, $2) LIMIT $3
            """,
            condition.parameters
        ) { Self.scored($0, scoring) }
    }

    /// Passages that match, scored: all of them up to `depth`, otherwise those that PostgreSQL's own ranking
    /// puts first, for which it has to look at each.
    func matching(
        _ expression: String,
        _ scope: CandidateScope,
        depth: Int,
        _ scoring: KeywordScoring
    ) async throws -> [ScoredPassage] {
        var condition = PassageCondition(
            parameters: [.text(expression), .integer(Int64(depth))]
        )
        try await demand(scope, of: &condition)
        return try await query(
            """
            SELECT p.id, p.length, p.words FROM passage p
            WHERE p.words @@ $1::tsquery AND \(condition.sql)
            ORDER BY ts_rank(p.words, $1::tsquery) DESC, p.id LIMIT $2
            """,
            condition.parameters
        ) { Self.scored($0, scoring) }
    }

    @Sendable
    private static func scored(_ row: Row, _ scoring: KeywordScoring) -> ScoredPassage {
        let length = Int(row.integer(1) ?? 0)
        let score = row.withBytes(2) { scoring.score(words: $0, length: length) }
        return ScoredPassage(id: PassageID(rawValue: row.integer(0) ?? 0), score: score ?? 0)
    }

    /// What pg_textsearch is asked for: the terms of the clauses, those that begin with a prefix among them.
    private func indexTerms(of clauses: [KeywordQuery]) async throws -> [String] {
        var terms: [String] = []
        for clause in clauses {
            switch clause {
            case .term(let term, let form) where PassageWords.isTerm(term):
                terms.append(PassageWords.letters(PassageWords.lexeme(term, form)))
            case .prefix(let beginning):
                let words = try await vocabulary(beginningWith: beginning)
                    .sorted { ($1.passages, $0.term) < ($0.passages, $1.term) }
                terms += words.prefix(Self.mostExpansions).map {
                    PassageWords.letters(PassageWords.lexeme($0.term, .surface))
                }
            default: continue
            }
        }
        return terms
    }

    /// Demands of a condition what a scope does.
    private func demand(
        _ scope: CandidateScope,
        of condition: inout PassageCondition
    ) async throws {
        let sequences = try await resolve([scope.required, scope.excluded])
        condition.demand(scope, sequences: sequences)
        guard let group = scope.languageGroup else { return }
        if group.isEmpty {
            let named = try await languageGroups().map(\.language)
            condition.demand("p.language <> ALL(\(condition.place(of: .texts(named))))")
        } else {
            condition.demand("p.language = \(condition.place(of: .text(group)))")
        }
    }

    // MARK: Vectors

    /// Up to so many passages, each is compared: that takes no longer than a walk, and misses none.
    private static let mostCompared = 10_000

    package func nearest(
        to embedding: [Float],
        in scope: CandidateScope,
        limit: Int
    ) async throws -> VectorMatches {
        guard state.passages > 0, limit > 0 else {
            return VectorMatches(passages: [], isExact: true)
        }
        var condition = PassageCondition(
            parameters: [.vector(embedding), .integer(Int64(limit))]
        )
        try await demand(scope, of: &condition)
        let isExact = try await isCompared(scope)
        let found =
            isExact
            ? try await compared(condition) : try await walked(condition, limit: limit)
        return VectorMatches(passages: found, isExact: isExact)
    }

    /// Whether every passage of a scope is compared.
    private func isCompared(_ scope: CandidateScope) async throws -> Bool {
        if !state.hasVectorIndex || state.passages <= Self.mostCompared { return true }
        var scope = scope
        // A language has at least a twentieth of the passages, which the walk copes with.
        scope.languageGroup = nil
        if scope.isEverything { return false }
        var condition = PassageCondition(parameters: [.integer(Int64(Self.mostCompared) + 1)])
        try await demand(scope, of: &condition)
        let count =
            try await query(
                "SELECT count(*) FROM (SELECT 1 FROM passage p WHERE \(condition.sql) LIMIT $1) some",
                condition.parameters
            ) { Int($0.integer(0) ?? 0) }.first ?? 0
        return count <= Self.mostCompared
    }

    /// Compares every passage of a condition.
    func compared(_ condition: PassageCondition) async throws -> [ScoredPassage] {
        try await query(
            """
            WITH scope AS MATERIALIZED (
                SELECT p.id, e.vec <#> $1::vector AS distance
                FROM passage p JOIN embedding e ON e.id = p.embedding_id WHERE \(condition.sql))
            SELECT id, -distance FROM scope ORDER BY distance, id LIMIT $2
            """,
            condition.parameters,
            Self.neighbor
        )
    }

    /// Walks the graph until it has enough passages of a condition, or has seen as many as it may.
    func walked(_ condition: PassageCondition, limit: Int) async throws -> [ScoredPassage] {
        try await query(
            """
            SELECT p.id, -(e.vec <#> $1::vector) FROM embedding e
            JOIN passage p ON p.embedding_id = e.id WHERE \(condition.sql)
            ORDER BY e.vec <#> $1::vector LIMIT $2
            """,
            condition.parameters,
            Self.neighbor
        ).sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
    }

    @Sendable
    private static func neighbor(_ row: Row) -> ScoredPassage {
        ScoredPassage(id: PassageID(rawValue: row.integer(0) ?? 0), score: row.real(1) ?? 0)
    }
}
#endif
