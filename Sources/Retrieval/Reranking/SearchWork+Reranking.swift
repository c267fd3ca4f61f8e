internal import Corpus
internal import TextAnalysis

/// A second look at the best candidates.
extension SearchWork {
    /// What a candidate changes places within: what the query names exactly stays before the rest, and
    /// languages keep their places where scores favor one.
    private struct Group: Hashable {
        let isLifted: Bool
        let language: Language?
    }

    /// The same candidates, the first of them in the order that `reranker` gives them.
    mutating func reranked(
        _ ranked: [FusedCandidate],
        by reranker: any Reranker,
        from snapshot: any LibrarySnapshot
    ) async throws -> [FusedCandidate] {
        try await measure(\.rerank) { work in
            let best = ranked.prefix(RerankedOrder.depth)
            let passages = Dictionary(
                try await snapshot.passages(best.map(\.passage)).map { ($0.id, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            let head = best.filter { passages[$0.passage] != nil }
            guard head.count > 1, !work.syntax.text.isEmpty else { return ranked }
            let read = head.compactMap { passages[$0.passage] }
            let text = withoutShouting(work.syntax.text)
            // Small letters may take other bytes than the capitals did.
            let isAsAnalyzed = text.utf8.count == work.syntax.text.utf8.count
            let scores = try await reranker.scores(
                of: read.map(\.embeddedText),
                for: text,
                weights: isAsAnalyzed ? work.queryWeights : []
            )
            var languages: [Language?] = read.map { _ in nil }
            if reranker.favorsLanguages, try await snapshot.languageGroups().count > 1 {
                languages = read.map(\.document.language)
            }
            let groups = zip(head, languages).map { candidate, language in
                Group(isLifted: candidate.isLifted, language: language)
            }
            let order = RerankedOrder(weight: reranker.weight)
            return order.apply(to: Array(head), scores: scores, groups: groups)
                + best.filter { passages[$0.passage] == nil }
                + ranked.dropFirst(RerankedOrder.depth)
        }
    }
}
