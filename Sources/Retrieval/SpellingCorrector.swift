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
                term: replacement(for: term, by: best.entry.term),
                passages: best.entry.passages
            )
        }
    }

    /// The library's word may be one that it knows as a stem only, so it counts as its own stem too.
    private func replacement(for term: QueryTerm, by word: String) -> QueryTerm {
        let analyzed = KeywordAnalyzer().queryTerms(word, languages: languages).first
        return QueryTerm(
            surface: word,
            stems: [word] + (analyzed?.stems ?? []).filter { $0 != word },
            isStopWord: false,
            range: term.range,
            isPart: false
        )
    }
}
