internal import Corpus
internal import VectorKernels

/// Reading the best candidates, and making hits of them.
extension SearchWork {
    /// Ranks the candidates and reads the best.
    mutating func hits(from snapshot: any LibrarySnapshot) async throws -> [SearchHit] {
        var ranked = try await rank(in: snapshot)
        if let reranker, !syntax.isFilter {
            ranked = try await reranked(ranked, by: reranker, from: snapshot)
        }
        let chosen = try await measure(\.fetch) { try await $0.fetch(ranked, from: snapshot) }
        let hits = await measure(\.snippet) { work in
            let maker = SnippetMaker(query: work.query, languages: work.languages)
            return chosen.enumerated().map { index, choice in
                work.hit(choice, rank: index + 1, snippets: maker)
            }
        }
        let near = (hits.lastIndex(where: \.isNear) ?? -1) + 1
        if near < hits.count, !isVerbatim { notes.append(.far(fromRank: near + 1)) }
        return hits
    }

    /// A passage that is to be a hit.
    private struct Choice {
        let passage: Passage
        let candidate: FusedCandidate
        /// Passages that say nearly the same.
        var duplicates: [PassageID] = []
    }

    private func fetch(
        _ ranked: [FusedCandidate],
        from snapshot: any LibrarySnapshot
    ) async throws -> [Choice] {
        var chosen: [Choice] = []
        var perDocument: [DocumentID: Int] = [:]
        let ordered = try await diversified(ranked, from: snapshot)
        var duplicates = DuplicateFinder(
            sketches: request.showsDuplicates
                ? [:] : try await snapshot.sketches(of: ordered.map(\.passage))
        )
        for candidate in ordered {
            let isLike = try await duplicates.indexOfLike(candidate.passage) { first, second in
                try await snapshot.passages([first, second]).map(\.text)
            }
            if let isLike {
                chosen[isLike].duplicates.append(candidate.passage)
                continue
            }
            guard chosen.count < request.limit, !excludedPassages.contains(candidate.passage),
                let passage = try await snapshot.passage(candidate.passage),
                !excludedDocuments.contains(passage.document.id)
            else { continue }
            if let most = request.perDocument {
                guard perDocument[passage.document.id, default: 0] < most else { continue }
                perDocument[passage.document.id, default: 0] += 1
            }
            duplicates.choose(candidate.passage)
            chosen.append(Choice(passage: passage, candidate: candidate))
        }
        return chosen
    }

    /// The candidates in an order in which each differs from those before it, if that was asked for.
    private func diversified(
        _ ranked: [FusedCandidate],
        from snapshot: any LibrarySnapshot
    ) async throws -> [FusedCandidate] {
        guard let diversity = request.diversity, diversity > 0 else { return ranked }
        let head = Array(ranked.prefix(depth))
        let best = head.first?.score ?? 0, last = head.last?.score ?? 0
        let embeddings = try await snapshot.embeddings(of: head.map(\.passage)).map { $0 ?? [] }
        let order = MarginalRelevance(lambda: 1 - diversity).order(
            relevance: head.map { best > last ? ($0.score - last) / (best - last) : 1 },
            count: head.count
        ) { first, second in
            Double(DistanceKernels.dot(embeddings[first], embeddings[second]))
        }
        return order.map { head[$0] }
    }

    private func hit(_ choice: Choice, rank: Int, snippets: SnippetMaker) -> SearchHit {
        let (passage, candidate) = (choice.passage, choice.candidate)
        let score =
            switch request.mode {
            case .keyword where reranker == nil: candidate.keywordScore ?? 0
            case .vector where reranker == nil: candidate.vectorScore ?? 0
            case .keyword, .vector, .hybrid: candidate.score
            }
        let explanation = Explanation(
            keywordRank: candidate.keywordRank,
            keywordScore: candidate.keywordScore,
            vectorRank: candidate.vectorRank,
            vectorScore: candidate.vectorScore,
            keywordShare: candidate.keywordShare,
            vectorShare: candidate.vectorShare,
            rerankScore: candidate.rerankScore,
            rerankShare: candidate.rerankScore.map { _ in candidate.rerankShare }
        )
        return SearchHit(
            passage: passage,
            rank: rank,
            score: score,
            snippet: snippets.snippet(of: passage.text, language: passage.document.language),
            duplicates: choice.duplicates,
            isNear: floor.isNear(candidate, fullScore: confidence.fullScore),
            explanation: request.explain ? explanation : nil
        )
    }
}
