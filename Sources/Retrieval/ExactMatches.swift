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
    /// Which passages may be candidates.
    let scope: CandidateScope
    /// Whether each code of the query stands in few passages.
    let namesAreRare: Bool
    /// In how many passages the most frequent word of the query stands.
    let mostPassages: Int

    /// The keyword candidates whose documents' names are looked at, and whose codes.
    private static let reach = 30
    /// Beyond so many passages with a word, to look for it among titles costs more than it tells.
    ///
    /// A name of one or two words may be one that everything speaks of.
    private static let mostPassages = (ofShort: 20_000, ofLonger: 2_000)
    /// The most documents with all words in their titles whose names are looked at.
    private static let mostTitles = 1_000
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
        return Self.ordered(ranked, first: named, then: coded)
    }

    /// The same candidates with the documents first that the query names.
    func withNamedDocuments(
        first ranked: [FusedCandidate],
        from snapshot: any LibrarySnapshot
    ) async throws -> [FusedCandidate] {
        let named = try await passagesOfNamedDocuments(from: snapshot)
        return Self.ordered(ranked, first: named, then: [])
    }

    private static func ordered(
        _ ranked: [FusedCandidate],
        first named: [PassageID],
        then coded: Set<PassageID>
    ) -> [FusedCandidate] {
        guard !named.isEmpty || !coded.isEmpty else { return ranked }
        let known = Set(ranked.map(\.passage))
        let all =
            named.filter { !known.contains($0) }.map { FusedCandidate(passage: $0) } + ranked
        let names = Set(named)
        let order = all.indices.sorted { a, b in
            func place(_ index: Int) -> Int {
                let passage = all[index].passage
                return names.contains(passage) ? 0 : coded.contains(passage) ? 1 : 2
            }
            return (place(a), a) < (place(b), b)
        }
        var result = order.map { all[$0] }
        let best = ranked.first?.score ?? 0
        let lifted = result.count { names.contains($0.passage) || coded.contains($0.passage) }
        for index in 0..<lifted {
            result[index].keywordShare += max(0, best - result[index].score)
            result[index].isLifted = true
        }
        return result
    }

    /// The best passage of each document whose title, or file's name, is the query.
    ///
    /// Where many passages speak of it, the document itself may not be among the best candidates: it is
    /// looked for by its title, one passage of each document that has the words there.
    private func passagesOfNamedDocuments(
        from snapshot: any LibrarySnapshot
    ) async throws -> [PassageID] {
        guard let name = NameOfDocument(query.text, words: query.surfaces.count) else { return [] }
        let near = keyword.prefix(Self.reach).map(\.id)
        let found = try await passages(named: name, among: near, from: snapshot)
        let most = Self.mostPassages
        guard found.isEmpty, keyword.count > Self.reach,
            mostPassages <= (query.wordCount <= 2 ? most.ofShort : most.ofLonger)
        else { return found }
        var scope = scope
        let title = KeywordQuery.field(.title, query.conjunction)
        scope.required = scope.required.map { .all([$0, title]) } ?? title
        let titled = try await snapshot.beginnings(in: scope, limit: Self.mostTitles)
        return try await passages(named: name, among: titled, from: snapshot)
    }

    private func passages(
        named name: NameOfDocument,
        among passages: [PassageID],
        from snapshot: any LibrarySnapshot
    ) async throws -> [PassageID] {
        let names = try await snapshot.documentNames(of: passages)
        var seen: Set<String> = []
        var found: [PassageID] = []
        for (passage, document) in zip(passages, names) {
            guard let document, name.isName(document.title) || name.isName(document.stem),
                seen.insert(document.path).inserted
            else { continue }
            found.append(passage)
        }
        return found
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

/// A query that may be a document's name.
///
/// What joins its words does not count, nor do an article before it and a date that a file's name begins
/// with.
private struct NameOfDocument {
    private let letters: String

    /// The most words of a name.
    private static let longest = 8

    /// Nil for a query that is too long for a name.
    init?(_ query: String, words: Int) {
        guard (1...Self.longest).contains(words) else { return nil }
        letters = Self.letters(of: query)
        if letters.isEmpty { return nil }
    }

    private static let articles: Set<String> = [
        "the", "a", "an", "el", "la", "los", "las", "un", "una", "le", "les", "der", "die", "das",
    ]

    func isName(_ name: String) -> Bool {
        // Most names are not the query, as a look at their length shows.
        guard name.utf8.count <= 4 * letters.utf8.count + 32 else { return false }
        if Self.letters(of: name) == letters { return true }
        let rest = name.drop { !$0.isLetter }
        return rest.count < name.count && Self.letters(of: String(rest)) == letters
    }

    private static func letters(of text: String) -> String {
        var text = folded(text)[...]
        let first = text.prefix { $0 != " " }
        if articles.contains(String(first)), first.count < text.count {
            text = text.dropFirst(first.count)
        }
        return text.filter { $0.isLetter || $0.isNumber || $0.isEmoji }
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
