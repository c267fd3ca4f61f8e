internal import Foundation
internal import PassageStore
internal import TextAnalysis

/// A person's query as the words' side understands it.
///
/// Whatever was typed is text to look for: none of it reaches SQLite as syntax.
struct KeywordQuery {
    /// The most terms that are looked for; of a longer query the first ones count.
    static let maximumTerms = 200

    /// The most pairs of neighbours that are looked for.
    static let maximumPairs = 40

    /// How much a match in each column counts: title, heading path and body, then the stems of each.
    ///
    /// Stems carry most of the weight; that the very form stands there adds to it.
    static let columnWeights = [1.2, 0.9, 0.6, 2.0, 1.5, 1.0]

    /// The same as a library was tuned.
    static func columnWeights(_ settings: RankingSettings) -> [Double] {
        let factors = [settings.title, settings.heading, 1]
        return columnWeights.enumerated().map { $0.element * factors[$0.offset % 3] }
    }

    /// The terms that are looked for, in the order of the query; repeated ones repeat.
    private(set) var terms: [QueryTerm]

    /// Function words beside others: they are looked for only in what those bring up.
    private let faintTerms: [QueryTerm]

    /// Neighbours in the query that both say something, by their places in `terms`.
    ///
    /// That they are neighbours in a passage too counts as much as another word of that rarity. On the
    /// labelled sets it is worth 0.001 to 0.006 nDCG@10.
    private let pairs: [(Int, Int)]

    /// What a passage has to fulfil, or nil: its phrases, each in the order it was written.
    let required: String?
    /// What a passage must not fulfil, or nil.
    let excluded: String?

    /// Beginnings that stand for every word with them, by their surface.
    private let prefixes: Set<String>

    /// Analyses a query.
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
        faintTerms =
            hasContent
            ? all.filter { $0.isStopWord && !prefixes.contains($0.surface) }
                .prefix(Self.maximumPairs).map(\.self) : []
        self.pairs = Array(pairs.prefix(Self.maximumPairs))
        self.prefixes = prefixes
        let phrases = query.phrases.compactMap { phrase -> String? in
            let words = analyzer.queryTerms(phrase, languages: languages).map(\.surface)
            guard !words.isEmpty else { return nil }
            return "{title heading body} : " + Self.quoted(words.joined(separator: " "))
        }
        required = phrases.isEmpty ? nil : phrases.map { "(\($0))" }.joined(separator: " AND ")
        let unwanted = query.excluded.flatMap { word in
            analyzer.queryTerms(word, languages: languages).prefix(1).map(Self.expression)
        }
        excluded = unwanted.isEmpty ? nil : unwanted.map { "(\($0))" }.joined(separator: " OR ")
    }

    var isEmpty: Bool { terms.isEmpty }

    /// The FTS5 expression: any of the terms, as a surface form or as one of its stems, and any pair of
    /// them, in a passage that fulfils what is required.
    var expression: String {
        var expression = (terms.map(expression) + pairs.map(expression)).joined(separator: " OR ")
        if let required { expression = "(\(expression)) AND \(required)" }
        if let excluded { expression = "(\(expression)) NOT (\(excluded))" }
        return expression
    }

    /// What `expression` looks for, phrase by phrase in the same order; nil if it has beginnings of words,
    /// which only FTS5 finds.
    var phrases: [KeywordPhrase]? {
        guard !terms.contains(where: isPrefix) else { return nil }
        let single = terms.flatMap { term in
            [KeywordPhrase([term.surface], isStems: false)] + Self.stems(of: term)
        }
        let neighbours = pairs.flatMap { pair in
            stems(of: pair).map { KeywordPhrase([$0, $1], isStems: true) }
        }
        return single + neighbours
    }

    /// The phrases of the function words, which only add to what `phrases` bring up.
    var faintPhrases: [KeywordPhrase] {
        faintTerms.flatMap { [KeywordPhrase([$0.surface], isStems: false)] + Self.stems(of: $0) }
    }

    /// The stems of a term, each by itself.
    static func stems(of term: QueryTerm) -> [KeywordPhrase] {
        term.stems.map { KeywordPhrase([$0], isStems: true) }
    }

    /// The expression that a passage fulfils which has every word.
    var conjunction: String {
        terms.filter { !$0.isPart }.map { "(\(expression($0)))" }.joined(separator: " AND ")
    }

    /// How many words are looked for.
    var wordCount: Int { terms.count { !$0.isPart } }

    /// An expression for each term: a passage that matches it has the term.
    var termExpressions: [String] {
        terms.map { isPrefix($0) ? expression($0) : Self.stemExpression($0) }
    }

    /// Looks for other words in the place of the term at `index`.
    mutating func replace(termAt index: Int, with term: QueryTerm) { terms[index] = term }

    /// Whether the term stands for every word that begins so: `word*`, or a lone character of a script
    /// written without spaces, whose index holds pairs.
    func isPrefix(_ term: QueryTerm) -> Bool {
        prefixes.contains(term.surface)
            || (term.surface.count == 1 && term.surface.utf8.count >= 3)
    }

    /// The score of a passage of average length that has every term once, in its body, as a stem and
    /// as it was typed; `information` is that of each term.
    static func fullScore(information: [Double]) -> Double {
        let surface = columnWeights[2] * 2.2 / (columnWeights[2] + 1.2)
        return information.reduce(0, +) * (1 + surface)
    }

    /// How much a match of a term says: BM25's inverse passage frequency as FTS5 reckons it,
    /// ln((N − n + ½) / (n + ½)) and at least 10⁻⁶.
    static func information(matching: Int, of passages: Int) -> Double {
        let (total, matching) = (Double(passages), Double(matching))
        return max(1e-6, log((total - matching + 0.5) / (matching + 0.5)))
    }

    private func expression(_ term: QueryTerm) -> String {
        guard isPrefix(term) else { return Self.expression(term) }
        return "({title heading body} : \(Self.quoted(term.surface)) *)"
    }

    /// The stems of two neighbours side by side, in any of the languages that they have stems of.
    private func expression(_ pair: (Int, Int)) -> String {
        let phrases = stems(of: pair).map { Self.quoted("\($0) \($1)") }
        return "({title_stem heading_stem body_stem} : (\(phrases.joined(separator: " OR "))))"
    }

    private func stems(of pair: (Int, Int)) -> [(String, String)] {
        let (first, second) = (terms[pair.0].stems.prefix(3), terms[pair.1].stems.prefix(3))
        return first.flatMap { a in second.map { b in (a, b) } }
    }

    private static func expression(_ term: QueryTerm) -> String {
        "({title heading body} : \(quoted(term.surface))) OR (\(stemExpression(term)))"
    }

    private static func stemExpression(_ term: QueryTerm) -> String {
        "{title_stem heading_stem body_stem} : ("
            + term.stems.map(quoted).joined(separator: " OR ") + ")"
    }

    /// A string literal of FTS5, whose only special character is the quotation mark.
    private static func quoted(_ term: String) -> String {
        "\"" + term.replacing("\"", with: "\"\"") + "\""
    }
}
