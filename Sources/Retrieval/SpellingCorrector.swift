internal import Corpus
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

    let snapshot: any LibrarySnapshot
    let languages: [Language]

    /// The corrections of a query whose terms stand in `counts` passages each.
    func corrections(of query: AnalyzedQuery, counts: [Int]) async throws -> [Correction] {
        let whole = query.terms.indices.filter { !query.terms[$0].isPart }
        let unknown = whole.filter { counts[$0] == 0 }
        guard !unknown.isEmpty, unknown.count == 1 || unknown.count * 3 <= whole.count else {
            return []
        }
        var corrections: [Correction] = []
        for index in unknown {
            let term = query.terms[index]
            guard !query.isPrefix(term), let spelling = Spelling(of: term.surface),
                let first = term.surface.first
            else { continue }
            let vocabulary = try await snapshot.vocabulary(beginningWith: String(first))
            guard let best = spelling.best(among: vocabulary) else { continue }
            corrections.append(
                Correction(
                    index: index,
                    term: try await replacement(for: term, by: best.entry.term, of: vocabulary),
                    passages: best.entry.passages
                )
            )
        }
        return corrections
    }

    /// The library may know what was found as a stem only: people are then shown the most frequent word
    /// that has it, and it counts as its own stem.
    private func replacement(
        for term: QueryTerm,
        by found: String,
        of vocabulary: [Spelling.Entry]
    ) async throws -> QueryTerm {
        var word = found
        if try await !snapshot.isWord(found) {
            // A stem may end otherwise than its words: librari, library.
            let beginning = found.dropLast()
            let words = vocabulary.filter { entry in
                entry.term.hasPrefix(beginning) && stems(of: entry.term).contains(found)
            }.sorted { ($1.passages, $0.term) < ($0.passages, $1.term) }
            for entry in words where try await snapshot.isWord(entry.term) {
                word = entry.term
                break
            }
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
}
