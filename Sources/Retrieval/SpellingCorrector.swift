internal import Corpus
internal import TextAnalysis

/// Replaces a query's misspelled words by words of the library.
///
/// Only a word that stands nowhere is replaced, and only if the others are at home in the library: of a
/// question in another language most words stand nowhere, and are spelled well.
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
        guard !unknown.isEmpty, unknown.count == 1 || unknown.count * 3 <= whole.count,
            isInLanguageOfLibrary(query)
        else { return [] }
        var corrections: [Correction] = []
        for index in unknown {
            let term = query.terms[index]
            guard !query.isPrefix(term), let spelling = Spelling(of: term.surface),
                let first = term.surface.first
            else { continue }
            var vocabulary = try await snapshot.vocabulary(beginningWith: String(first))
            var best = spelling.best(among: vocabulary)
            if best == nil {
                vocabulary = try await wordsWithAnotherFirstLetter(than: term.surface)
                best = spelling.best(among: vocabulary)
            }
            guard let best else { continue }
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

    /// Words of a language that the library lacks are not misspelled: they only look like it.
    private func isInLanguageOfLibrary(_ query: AnalyzedQuery) -> Bool {
        let language = LanguageDetector().language(of: query.surfaces.joined(separator: " "))
        return language == .undetermined || languages.contains(language)
    }

    /// The words of the library that a slip in their first letter makes `word`: a wrong one, one too
    /// many or too few, two exchanged.
    private func wordsWithAnotherFirstLetter(than word: String) async throws -> [Spelling.Entry] {
        let rest = word.dropFirst()
        guard rest.utf8.count >= 4, word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else {
            return []
        }
        var beginnings = [String(rest.prefix(4))]
        beginnings.append(
            String(rest.prefix(1)) + String(word.prefix(1)) + rest.dropFirst().prefix(2)
        )
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
            let first = String(Unicode.Scalar(letter))
            beginnings.append(first + rest.prefix(4))
            beginnings.append(first + word.prefix(4))
        }
        var found: [Spelling.Entry] = []
        for beginning in Set(beginnings).sorted() {
            found += try await snapshot.vocabulary(beginningWith: beginning)
        }
        return found
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
