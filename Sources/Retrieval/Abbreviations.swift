internal import Corpus
internal import TextAnalysis

/// Abbreviations and their long forms, learned from the library's own passages.
///
/// Whoever writes “General Data Protection Regulation (GDPR)” or “GDPR (General Data Protection
/// Regulation)” once says that both mean the same. A query for either then brings up passages with the other.
/// The long form has to spell the abbreviation with the first letters of its words, function words left
/// out or not, after Schwartz and Hearst, "A Simple Algorithm for Identifying Abbreviation Definitions in
/// Biomedical Text" (PSB 2003), in its strictest form.
struct Abbreviations {
    let snapshot: any LibrarySnapshot
    let weights: FieldWeights

    /// Passages that are looked at for a definition.
    private static let reach = 20
    /// The letters of an abbreviation.
    private static let lengths = 2...6
    /// The words in a row whose first letters are looked at: of two, they are mostly another word.
    private static let lengthsOfInitials = 3...6
    /// The most words of a query whose abbreviations are looked at, and whose first letters.
    private static let longestQuery = (short: 6, long: 4)

    /// What says the same as words of a query.
    ///
    /// - Parameters:
    ///   - query: as analyzed.
    ///   - counts: in how many passages each of its terms stands.
    /// - Returns: for some of its words what the library says is the same.
    /// - Throws: `StoreError`.
    func alternatives(
        for query: AnalyzedQuery,
        counts: [Int]
    ) async throws -> [AnalyzedQuery.Alternative] {
        let whole = query.terms.indices.filter { !query.terms[$0].isPart }
        guard whole.count <= Self.longestQuery.short else { return [] }
        var found: [AnalyzedQuery.Alternative] = []
        let text = Array(query.text.utf8)
        for place in whole where counts[place] > 0 {
            let term = query.terms[place]
            guard Self.isShort(term.surface), term.range.upperBound <= text.count,
                Self.looksShort(text[term.range])
            else { continue }
            let pairs = try await longForm(of: term.surface)?.pairs ?? []
            found += pairs.map {
                AnalyzedQuery.Alternative(query: .phrase($0, .surface), places: [place])
            }
        }
        guard whole.count <= Self.longestQuery.long else { return found }
        return found + (try await shortForms(of: query, whole))
    }

    /// Whether letters are written as an abbreviation's: in capitals, or without a vowel.
    private static func looksShort(_ letters: ArraySlice<UInt8>) -> Bool {
        letters.allSatisfy { (0x41...0x5A).contains($0) }
            || !letters.contains { "aeiouyAEIOUY".utf8.contains($0) }
    }

    private static func isShort(_ word: String) -> Bool {
        lengths.contains(word.utf8.count) && word.utf8.allSatisfy { (0x61...0x7A).contains($0) }
    }

    /// The words that passages with an abbreviation define it by.
    private func longForm(of letters: String) async throws -> Definition? {
        try await texts(with: .term(letters, .surface)).lazy
            .flatMap { Definition.all(in: $0) }.first { $0.short == letters }
    }

    /// The abbreviations that passages give to several words of the query in a row.
    private func shortForms(
        of query: AnalyzedQuery,
        _ whole: [Int]
    ) async throws -> [AnalyzedQuery.Alternative] {
        // Longer runs first, so that a part of one is not taken by itself.
        var runs: [(letters: String, places: [Int])] = []
        for count in Self.lengthsOfInitials.reversed() where count <= whole.count {
            for first in 0...(whole.count - count) {
                let places = Array(whole[first..<first + count])
                let letters = String(places.compactMap { query.terms[$0].surface.first })
                if Self.isShort(letters) { runs.append((letters, places)) }
            }
        }
        guard !runs.isEmpty else { return [] }
        let passages = try await snapshot.keywordCounts(
            of: runs.map { .term($0.letters, .surface) },
            weights: weights
        )
        var found: [AnalyzedQuery.Alternative] = []
        for (run, count) in zip(runs, passages) where count > 0 {
            guard !found.contains(where: { !$0.places.filter(run.places.contains).isEmpty }) else {
                continue
            }
            let words = run.places.map { query.terms[$0].surface }
            let isDefined = try await texts(with: .term(run.letters, .surface)).contains { text in
                Definition.all(in: text).contains { $0.short == run.letters && $0.words == words }
            }
            guard isDefined else { continue }
            found.append(
                AnalyzedQuery.Alternative(query: .term(run.letters, .surface), places: run.places)
            )
        }
        return found
    }

    private func texts(with query: KeywordQuery) async throws -> [String] {
        let request = KeywordRequest(clauses: [query], weights: weights, limit: Self.reach)
        let best = try await snapshot.keywordCandidates(request)
        return try await snapshot.passages(best.map(\.id)).map(\.text)
    }
}

/// “Long Form (LF)” or “LF (Long Form)” in a text.
struct Definition: Hashable {
    /// The abbreviation, folded.
    let short: String
    /// The folded words of the long form whose first letters make the abbreviation.
    let words: [String]
    /// Neighbors in the long form that both say something; any neighbors if there are none.
    let pairs: [[String]]
    /// The length of the long form in bytes.
    private let length: Int

    /// The definitions of a text, in its order.
    static func all(in text: String) -> [Definition] {
        var found: [Definition] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "(") {
            let inner = rest[rest.index(after: open)...].prefix(120)
            rest = rest[rest.index(after: open)...]
            guard let close = inner.firstIndex(of: ")") else { continue }
            let inside = String(inner[..<close])
            let before = String(text[..<open].suffix(160))
            if isShort(inside) {
                if let long = ending(of: before, spelling: inside) { found.append(long) }
            } else if let short = lastWord(of: before), isShort(short),
                let long = ending(of: inside, spelling: short), long.length >= inside.utf8.count - 4
            {
                found.append(long)
            }
        }
        return found
    }

    /// Whether a word is written as abbreviations are: two to six letters, most of them capitals.
    private static func isShort(_ word: String) -> Bool {
        let letters = word.unicodeScalars
        return (2...6).contains(letters.count)
            && letters.allSatisfy { $0.properties.isAlphabetic }
            && letters.count { $0.properties.isUppercase } * 2 > letters.count
    }

    private static func lastWord(of text: String) -> String? {
        let words = text.split(whereSeparator: \.isWhitespace)
        return text.last?.isWhitespace == true ? words.last.map(String.init) : nil
    }

    /// The words at the end of a text whose first letters spell an abbreviation.
    private static func ending(of text: String, spelling short: String) -> Definition? {
        let letters = Array(folded(short))
        let words = TextAnalysis.words(in: text).filter { !$0.isPart }
        var found: [String] = []
        var index = letters.count
        var start: Int?
        // From the last word back: each spells the next letter, or is a function word that spells none.
        for (place, word) in words.enumerated().reversed() {
            guard index > 0 else { break }
            if word.folded.first == letters[index - 1] {
                found.insert(word.folded, at: 0)
                index -= 1
                start = place
            } else if isLittle(word.folded), !found.isEmpty {
                continue
            } else {
                return nil
            }
        }
        guard index == 0, let start, let last = words.last else { return nil }
        let all = words[start...].map(\.folded)
        let pairs = zip(all, all.dropFirst()).map { [$0, $1] }
        let telling = pairs.filter { !$0.contains(where: isLittle) }
        return Definition(
            short: String(letters),
            words: found,
            pairs: telling.isEmpty ? pairs : telling,
            length: last.range.upperBound - words[start].range.lowerBound
        )
    }

    private static func isLittle(_ word: String) -> Bool {
        [Language.english, .spanish].contains { stopWords(for: $0).contains(word) }
    }
}
