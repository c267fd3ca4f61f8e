package import Corpus
internal import TextAnalysis

/// What became of some passages on their way through one search.
package struct SearchTrace: Sendable {
    /// One passage at each stage.
    package struct Way: Sendable {
        /// The passage.
        package let passage: PassageID
        /// Whether its document passes the filter.
        package let passesFilter: Bool
        /// Whether it has what the query demands: phrases, fields, alternatives.
        package let meetsDemands: Bool
        /// Whether it has what the query excludes.
        package let hasExcluded: Bool
        /// The query's words that it has, and those that it does not have, as they were typed.
        package let words: (found: [String], missing: [String])
        /// Its rank among all passages by words, beyond the candidates too; nil if it has no word.
        package var keywordRank: Int?
        /// Its rank among all passages by meaning, beyond the candidates too.
        package var vectorRank: Int?
        /// Its similarity to the query.
        package var similarity: Double?
        /// Its rank where both sides are brought together; nil if it is no candidate of either.
        package var fusedRank: Int?
        /// Its rank among the hits.
        package var hitRank: Int?
        /// The hit that stands for it because both say nearly the same.
        package var standIn: SearchHit?
        /// Whether it is near the query, if it is a hit.
        package var isNear = true
    }

    /// In the order in which they were asked for.
    package let ways: [Way]
    /// How many candidates each side may bring up.
    package let depth: Int
    /// What the search found.
    package let results: SearchResults
}

extension Searcher {
    /// Searches, and follows some passages through all stages.
    ///
    /// - Parameters:
    ///   - request: what is looked for.
    ///   - passages: whose way is wanted.
    /// - Returns: the ways and what was found.
    /// - Throws: as `search`.
    /// - Complexity: a search, and one that ranks every passage.
    package func trace(
        _ request: SearchRequest,
        of passages: [PassageID]
    ) async throws -> SearchTrace {
        var all = request
        all.perDocument = nil
        all.diversity = nil
        all.showsDuplicates = true
        return try await withWork(request) { snapshot, query in
            var work = SearchWork(request: request)
            try await work.run(query, in: snapshot)
            let ranked = try await work.rank(in: snapshot)
            let hits = try await work.hits(from: snapshot)
            let total = try await snapshot.passageCount()
            all.limit = max(request.limit, min(total, Limits.results.upperBound))
            var deep = SearchWork(request: all)
            try await deep.run(query, in: snapshot)
            var ways: [SearchTrace.Way] = []
            for passage in passages {
                var way = try await deep.beginning(of: passage, in: snapshot)
                way.keywordRank = deep.keyword.firstIndex { $0.id == passage }.map { $0 + 1 }
                way.vectorRank = deep.vector.firstIndex { $0.id == passage }.map { $0 + 1 }
                way.similarity = deep.vector.first { $0.id == passage }?.score
                way.fusedRank = ranked.firstIndex { $0.passage == passage }.map { $0 + 1 }
                let hit = hits.first { $0.id == passage }
                way.hitRank = hit?.rank
                way.isNear = hit?.isNear ?? true
                way.standIn = hits.first { $0.duplicates.contains(passage) }
                ways.append(way)
            }
            return SearchTrace(
                ways: ways,
                depth: work.depth,
                results: SearchResults(
                    query: request.query,
                    mode: request.mode,
                    hits: hits,
                    exact: work.isExact,
                    notes: work.notes,
                    timings: work.timings
                )
            )
        }
    }
}

extension SearchWork {
    /// Retrieves on both sides.
    fileprivate mutating func run(
        _ query: (embedding: [Float], model: String)?,
        in snapshot: any LibrarySnapshot
    ) async throws {
        try await findKeywords(in: snapshot)
        guard let query else { return }
        try await findVectors(query.embedding, model: query.model, in: snapshot)
    }

    /// What a passage has of what the query asks for.
    fileprivate func beginning(
        of passage: PassageID,
        in snapshot: any LibrarySnapshot
    ) async throws -> SearchTrace.Way {
        let document = try await snapshot.passage(passage)?.document.id
        var found: [String] = []
        var missing: [String] = []
        for (term, match) in zip(query.terms, query.termQueries) where !term.isPart {
            if try await snapshot.matches(match, passage: passage) {
                found.append(term.surface)
            } else {
                missing.append(term.surface)
            }
        }
        func matches(_ query: KeywordQuery?, otherwise: Bool) async throws -> Bool {
            guard let query else { return otherwise }
            return try await snapshot.matches(query, passage: passage)
        }
        return SearchTrace.Way(
            passage: passage,
            passesFilter: document.map { documents?.contains($0) ?? true } ?? false,
            meetsDemands: try await matches(query.required, otherwise: true),
            hasExcluded: try await matches(query.excluded, otherwise: false),
            words: (found, missing)
        )
    }
}
