internal import Corpus
internal import TextAnalysis

/// Puts first what a query names exactly: documents whose name it is, and passages with its codes.
///
/// Embeddings know little of names and less of codes, and in a library of several languages the
/// places go by languages; what is looked for as it is written comes before all that.
struct ExactMatches {
    let query: AnalyzedQuery
    /// The keyword candidates, best first.
    let keyword: [ScoredPassage]
    /// Whether each code of the query stands in few passages.
    let namesAreRare: Bool

    /// The most words of a query that may be a document's name.
    private static let longestName = 6
    /// The keyword candidates whose documents' names are looked at, and whose codes.
    private static let reach = 30
    /// The part of the best keyword score that a passage with the codes has at least; more where many
    /// passages have them, so that they say less.
    private static let leastScore = (rare: 0.4, frequent: 0.8)

    /// The same candidates with the exact ones first, each of both kinds in its order.
    ///
    /// Scores never grow from one to the next: what is lifted has the best one's.
    func promoted(
        in ranked: [FusedCandidate],
        from snapshot: any LibrarySnapshot
    ) async throws -> [FusedCandidate] {
        let named = try await passagesOfNamedDocuments(from: snapshot)
        let coded = try await passagesWithNames(from: snapshot)
        guard !named.isEmpty || !coded.isEmpty else { return ranked }
        let order = ranked.indices.sorted { a, b in
            func place(_ index: Int) -> Int {
                let passage = ranked[index].passage
                return named.contains(passage) ? 0 : coded.contains(passage) ? 1 : 2
            }
            return (place(a), a) < (place(b), b)
        }
        var result = order.map { ranked[$0] }
        let best = ranked.first?.score ?? 0
        let lifted = order.count {
            named.contains(ranked[$0].passage) || coded.contains(ranked[$0].passage)
        }
        for index in 0..<lifted {
            result[index].keywordShare += max(0, best - result[index].score)
            result[index].isLifted = true
        }
        return result
    }

    /// The best passage of each document whose title, or file's name, is the query.
    private func passagesOfNamedDocuments(
        from snapshot: any LibrarySnapshot
    ) async throws -> Set<PassageID> {
        guard (1...Self.longestName).contains(query.surfaces.count) else { return [] }
        let passages = keyword.prefix(Self.reach).map(\.id)
        let names = try await snapshot.documentNames(of: passages)
        var seen: Set<String> = []
        var found: Set<PassageID> = []
        for (passage, name) in zip(passages, names) {
            guard let name, isQuery(name.title) || isQuery(name.stem),
                seen.insert(name.path).inserted
            else { continue }
            found.insert(passage)
        }
        return found
    }

    private func isQuery(_ name: String) -> Bool {
        // Most names are not the query, as a look at their length shows.
        guard name.utf8.count <= 8 * (query.surfaces.reduce(0) { $0 + $1.utf8.count } + 8) else {
            return false
        }
        let words = KeywordAnalyzer().queryTerms(name, languages: []).filter { !$0.isPart }
        return words.map(\.surface) == query.surfaces
    }

    /// The candidates that have all codes of the query and most of what else it says; where none has all
    /// and they are rare, those that have any, as of a list of names of the same thing.
    private func passagesWithNames(
        from snapshot: any LibrarySnapshot
    ) async throws -> Set<PassageID> {
        guard let best = keyword.first else { return [] }
        let least = namesAreRare ? Self.leastScore.rare : Self.leastScore.frequent
        let near = keyword.prefix(Self.reach).filter { $0.score >= least * best.score }
        let demands: [KeywordQuery?] =
            namesAreRare ? [query.names, query.anyName] : [query.names]
        for demand in demands.compactMap(\.self) {
            var found: Set<PassageID> = []
            for candidate in near
            where try await snapshot.matches(demand, passage: candidate.id) {
                found.insert(candidate.id)
            }
            if !found.isEmpty { return found }
        }
        return []
    }
}

extension DocumentName {
    /// The file's name without its extension.
    fileprivate var stem: String {
        let name = path.split(separator: "/").last ?? ""
        guard let point = name.lastIndex(of: "."), point > name.startIndex else {
            return String(name)
        }
        return String(name[..<point])
    }
}
