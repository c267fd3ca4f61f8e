/// The terms of a text: position by position, the word as it stands and its stem.
package struct AnalyzedText: Hashable, Sendable {
    /// The folded words.
    package let surfaces: [String]
    /// Their folded stems: as many as `surfaces`, or more where the language is undetermined.
    package let stems: [String]
}

/// A word of a query.
package struct QueryTerm: Hashable, Sendable {
    /// The folded word.
    package let surface: String
    /// Its stems in the languages that were asked for, folded, without repetition, never empty.
    package let stems: [String]
    /// Whether the word says little by itself (`de`, `the`).
    package let isStopWord: Bool
    /// Where the word stands in the query: UTF-8 offsets.
    package let range: Range<Int>
    /// Whether it lies inside a longer term before it: `doc` in `python3-doc`.
    package let isPart: Bool
    /// The same name without its connectors, which every text with the word has as well:
    /// `err1293sm` of `err_1293_sm`; nil for most.
    package internal(set) var joined: String?

    package init(
        surface: String,
        stems: [String],
        isStopWord: Bool,
        range: Range<Int>,
        isPart: Bool
    ) {
        self.surface = surface
        self.stems = stems
        self.isStopWord = isStopWord
        self.range = range
        self.isPart = isPart
    }
}

/// Turns text into terms for keyword search, the same way for documents and for queries.
///
/// Terms consist of letters, digits and the characters of `WordScanner.punctuation`: never a space, a
/// quotation mark or an operator of FTS5, whatever a person types.
package struct KeywordAnalyzer: Sendable {
    /// Names the rules by which terms are made.
    ///
    /// An index made by other rules must be rebuilt.
    package static let version = 5

    package init() {}

    /// The terms of a passage in `language`.
    ///
    /// Words of an undetermined language have their Spanish and their English stem: a title or a list
    /// is mostly in a language of the library, though it does not say in which. Words in another script
    /// than the text's have the stem that their script tells.
    ///
    /// - Complexity: O(length).
    package func indexTerms(_ text: String, language: Language) -> AnalyzedText {
        let bytes = NormalizedText(Array(text.utf8), tracksOrigins: false).bytes
        var surfaces: [String] = []
        var stems: [String] = []
        surfaces.reserveCapacity(bytes.count / 6)
        stems.reserveCapacity(bytes.count / 6)
        let isUndetermined = language == .undetermined
        StemmerHandle.withHandle(for: isUndetermined ? .spanish : language) { handle in
            StemmerHandle.withHandle(for: .english) { english in
                WordScanner(bytes).scan { range, kind in
                    let word = String(
                        decoding: kind.form.bytes(of: bytes[range]),
                        as: UTF8.self
                    )
                    let foreign = kind.isPlain ? Script(of: bytes[range]) : nil
                    var terms = handle.terms(of: word, isPlain: kind.isPlain)
                    if let foreign, !foreign.hasStems(in: language) {
                        terms = StemmerHandle.withHandle(for: foreign.language) {
                            $0.terms(of: word, isPlain: true)
                        }
                    }
                    guard !terms.surface.isEmpty else { return }
                    let stem = terms.stem.isEmpty ? terms.surface : terms.stem
                    surfaces.append(terms.surface)
                    stems.append(stem)
                    guard isUndetermined, kind.isPlain, foreign == nil else { return }
                    let other = english.terms(of: word, isPlain: true).stem
                    if !other.isEmpty, other != stem { stems.append(other) }
                }
            }
        }
        return AnalyzedText(surfaces: surfaces, stems: stems)
    }

    /// The terms of a query, in order and with repetitions.
    ///
    /// - Parameters:
    ///   - query: What a person typed.
    ///   - language: The query's language. Where it is undetermined, Spanish and English stems are
    ///     given.
    /// - Returns: The terms, compounds before their parts.
    package func queryTerms(_ query: String, language: Language) -> [QueryTerm] {
        queryTerms(
            query,
            languages: language == .undetermined ? [.spanish, .english] : [language]
        )
    }

    /// The terms of a query against documents in any of several languages.
    ///
    /// - Parameters:
    ///   - query: What a person typed.
    ///   - languages: The languages whose stems to give.
    /// - Returns: The terms, compounds before their parts.
    package func queryTerms(_ query: String, languages: [Language]) -> [QueryTerm] {
        let normalized = NormalizedText(Array(query.utf8), tracksOrigins: true)
        var terms: [QueryTerm] = []
        WordScanner(normalized.bytes).scan { range, kind in
            let bytes = kind.form.bytes(of: normalized.bytes[range])
            let surface = Folding.folded(bytes)
            guard !surface.isEmpty else { return }
            let place = normalized.originalRange(range)
            if case .withoutConnectors = kind.form, let last = terms.indices.last,
                terms[last].range == place
            {
                terms[last].joined = surface
                return
            }
            let word = String(decoding: bytes, as: UTF8.self)
            let stems = kind.isPlain ? stems(of: word, surface, languages) : [surface]
            terms.append(
                QueryTerm(
                    surface: surface,
                    stems: stems,
                    isStopWord: languages.contains { stopWords(for: $0).contains(surface) },
                    range: place,
                    isPart: kind.isPart
                )
            )
        }
        return terms
    }

    /// Both spellings are stemmed, because people leave accents out and suffixes need them.
    private func stems(of word: String, _ surface: String, _ languages: [Language]) -> [String] {
        var stems: [String] = []
        var languages = languages
        if let script = Script(of: word.utf8) {
            languages.removeAll { !script.hasStems(in: $0) }
            if !languages.contains(script.language) { languages.append(script.language) }
        }
        for language in languages {
            guard let stemmer = Stemmer(language: language) else { continue }
            for spelling in [Folding.lowercased(word), surface] {
                let stem = folded(stemmer.stem(spelling))
                if !stem.isEmpty, !stems.contains(stem) { stems.append(stem) }
            }
        }
        return stems.isEmpty ? [surface] : stems
    }
}
