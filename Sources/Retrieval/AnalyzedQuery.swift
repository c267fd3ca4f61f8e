internal import Corpus
internal import Foundation
internal import TextAnalysis

/// A person's query after analysis: its terms, and what keyword retrieval is asked for.
///
/// Whatever was typed is text to look for: none of it is syntax to a store.
struct AnalyzedQuery {
    /// The most terms that are looked for; of a longer query the first ones count.
    static let maximumTerms = 200

    /// The most pairs of neighbors that are looked for.
    static let maximumPairs = 40

    /// The terms that are looked for, in the order of the query; repeated ones repeat.
    private(set) var terms: [QueryTerm]

    /// Function words beside others: they are looked for only in what those bring up.
    private let optionalTerms: [QueryTerm]

    /// Neighbors in the query that both say something, by their places in `terms`.
    ///
    /// That they are neighbors in a passage too counts as much as another word of that rarity. On the
    /// labelled sets it is worth 0.001 to 0.006 nDCG@10.
    private let pairs: [(Int, Int)]

    /// What a passage has to match, or nil: the query's phrases, each in the order it was written.
    let required: KeywordQuery?
    /// What a passage must not match, or nil.
    let excluded: KeywordQuery?

    /// Beginnings that stand for every word with them, by their surface.
    private let prefixes: Set<String>

    /// Analyzes a query.
    ///
    /// The stems of each of the library's `languages` are looked for; their function words bring up
    /// nothing by themselves unless the query has no others.
    init(_ query: QuerySyntax, languages: [Language]) {
        let analyzer = KeywordAnalyzer()
        let all = analyzer.queryTerms(query.text, languages: languages)
        let prefixes = Set(
            query.prefixes.flatMap {
                analyzer.queryTerms($0, languages: languages).filter { !$0.isPart }.map(\.surface)
            }
        )
        let hasContent = all.contains { !$0.isStopWord || prefixes.contains($0.surface) }
        var terms: [QueryTerm] = []
        var pairs: [(Int, Int)] = []
        // The place of the word just before, if it is looked for.
        var previous: Int?
        for term in all where terms.count < Self.maximumTerms {
            let isLookedFor =
                !hasContent || !term.isStopWord || prefixes.contains(term.surface)
            if isLookedFor { terms.append(term) }
            if term.isPart { continue }
            if isLookedFor, let previous { pairs.append((previous, terms.count - 1)) }
            previous = isLookedFor ? terms.count - 1 : nil
        }
        self.terms = terms
        optionalTerms =
            hasContent
            ? all.filter { $0.isStopWord && !prefixes.contains($0.surface) }
                .prefix(Self.maximumPairs).map(\.self) : []
        self.pairs = Array(pairs.prefix(Self.maximumPairs))
        self.prefixes = prefixes
        let phrases = query.phrases.compactMap { phrase -> KeywordQuery? in
            let words = analyzer.queryTerms(phrase, languages: languages).map(\.surface)
            return words.isEmpty ? nil : .phrase(words, .surface)
        }
        required = phrases.isEmpty ? nil : .all(phrases)
        let unwanted = query.excluded.flatMap { word in
            analyzer.queryTerms(word, languages: languages).prefix(1).map(Self.match)
        }
        excluded = unwanted.isEmpty ? nil : .any(unwanted)
    }

    var isEmpty: Bool { terms.isEmpty }

    /// What brings up candidates: each term as a surface form and as its stems, then each pair of
    /// neighbors.
    var clauses: [KeywordQuery] {
        let single = terms.flatMap { term -> [KeywordQuery] in
            isPrefix(term)
                ? [.prefix(term.surface)]
                : [.term(term.surface, .surface)] + Self.stems(of: term)
        }
        let neighbors = pairs.flatMap { pair in
            stems(of: pair).map { KeywordQuery.phrase([$0, $1], .stem) }
        }
        return single + neighbors
    }

    /// The function words, which only add to what the clauses bring up.
    var optionalClauses: [KeywordQuery] {
        optionalTerms.flatMap { [.term($0.surface, .surface)] + Self.stems(of: $0) }
    }

    /// What a passage matches that has every word.
    var conjunction: KeywordQuery { .all(terms.filter { !$0.isPart }.map(match)) }

    /// How many words are looked for.
    var wordCount: Int { terms.count { !$0.isPart } }

    /// What a passage matches that has a term, for each term.
    var termQueries: [KeywordQuery] {
        terms.map { isPrefix($0) ? .prefix($0.surface) : .any(Self.stems(of: $0)) }
    }

    /// Looks for other words in the place of the term at `index`.
    mutating func replace(termAt index: Int, with term: QueryTerm) { terms[index] = term }

    /// Whether the term stands for every word that begins so: `word*`, or a lone character of a script
    /// written without spaces, whose index holds pairs.
    func isPrefix(_ term: QueryTerm) -> Bool {
        prefixes.contains(term.surface)
            || (term.surface.count == 1 && term.surface.utf8.count >= 3)
    }

    private func match(_ term: QueryTerm) -> KeywordQuery {
        isPrefix(term) ? .prefix(term.surface) : Self.match(term)
    }

    private static func match(_ term: QueryTerm) -> KeywordQuery {
        .any([.term(term.surface, .surface)] + stems(of: term))
    }

    private static func stems(of term: QueryTerm) -> [KeywordQuery] {
        term.stems.map { .term($0, .stem) }
    }

    /// The stems of two neighbors side by side, in any of the languages that they have stems of.
    private func stems(of pair: (Int, Int)) -> [(String, String)] {
        let (first, second) = (terms[pair.0].stems.prefix(3), terms[pair.1].stems.prefix(3))
        return first.flatMap { a in second.map { b in (a, b) } }
    }
}

extension AnalyzedQuery {
    /// The score of a passage of average length that has every term once, in its body, as a stem and
    /// as it was typed; `information` is that of each term.
    static func fullScore(information: [Double]) -> Double {
        let weight = FieldWeights.standard.surface[2]
        return information.reduce(0, +) * (1 + weight * 2.2 / (weight + 1.2))
    }

    /// How much a match of a term says: BM25's inverse passage frequency,
    /// ln((N − n + ½) / (n + ½)) and at least 10⁻⁶.
    static func information(matching: Int, of passages: Int) -> Double {
        let (total, matching) = (Double(passages), Double(matching))
        return max(1e-6, log((total - matching + 0.5) / (matching + 0.5)))
    }
}
