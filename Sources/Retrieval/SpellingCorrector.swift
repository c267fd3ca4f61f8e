internal import PassageStore
internal import TextAnalysis

/// Replaces a query's misspelt words by words of the library.
///
/// Only a word that stands nowhere is replaced, and only if the others are at home in the library: of a
/// question in another language most words stand nowhere, and are spelt well.
struct SpellingCorrector {
    /// A word to look for in the place of another.
    struct Correction {
        /// The place in the query's terms.
        let index: Int
        let term: QueryTerm
        /// How many passages have it.
        let passages: Int
    }

    let snapshot: StoreSnapshot
    let languages: [Language]

    /// The corrections of a query whose terms stand in `counts` passages each.
    func corrections(of query: KeywordQuery, counts: [Int]) throws -> [Correction] {
        let whole = query.terms.indices.filter { !query.terms[$0].isPart }
        let unknown = whole.filter { counts[$0] == 0 }
        guard !unknown.isEmpty, unknown.count == 1 || unknown.count * 3 <= whole.count else {
            return []
        }
        return try unknown.compactMap { index in
            let term = query.terms[index]
            guard !query.isPrefix(term), let spelling = Spelling(of: term.surface),
                let first = term.surface.first
            else { return nil }
            let vocabulary = try snapshot.vocabulary(beginningWith: String(first))
            guard let best = spelling.best(among: vocabulary) else { return nil }
            return Correction(
                index: index,
                term: try replacement(for: term, by: best.entry.term, of: vocabulary),
                passages: best.entry.passages
            )
        }
    }

    /// The library may know what was found as a stem only: people are then shown the most frequent word
    /// that has it, and it counts as its own stem.
    private func replacement(
        for term: QueryTerm,
        by found: String,
        of vocabulary: [Spelling.Entry]
    ) throws -> QueryTerm {
        var word = found
        if try !isWord(found) {
            // A stem may end otherwise than its words: librari, library.
            let beginning = found.dropLast()
            let words = vocabulary.filter { entry in
                entry.term.hasPrefix(beginning) && stems(of: entry.term).contains(found)
            }.sorted { ($1.passages, $0.term) < ($0.passages, $1.term) }
            word = try words.first { try isWord($0.term) }?.term ?? found
        }
        return QueryTerm(
            surface: word,
            stems: [found] + stems(of: word).filter { $0 != found },
            isStopWord: false,
            range: term.range,
            isPart: false
        )
    }

    private func stems(of word: String) -> [String] {
        KeywordAnalyzer().queryTerms(word, languages: languages).first?.stems ?? []
    }

    /// Whether a term stands in a text as it is, and not only as a stem.
    private func isWord(_ term: String) throws -> Bool {
        try snapshot.keywordCounts(of: ["{title heading body} : \"\(term)\""]).first != 0
    }
}
