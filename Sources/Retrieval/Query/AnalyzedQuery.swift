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

    /// From so many other words on a query is a sentence, in which a quotation lifts the passages
    /// that have it and shuts no other out.
    private static let sentenceLength = 4

    /// The terms that are looked for, in the order of the query; repeated ones repeat.
    private(set) var terms: [QueryTerm]

    /// Function words beside others: they are looked for only in what those bring up.
    private let optionalTerms: [QueryTerm]

    /// Neighbors in the query that both say something, by their places in `terms`.
    ///
    /// That they are neighbors in a passage too counts as much as another word of that rarity, in a
    /// long query half as much. On the labeled sets it is worth 0.001 to 0.006 nDCG@10.
    private let pairs: [(Int, Int)]

    /// What a passage has to match, or nil: the query's phrases, each in the order it was written,
    /// its fields and alternatives.
    let required: KeywordQuery?
    /// What a passage must not match, or nil.
    let excluded: KeywordQuery?
    /// The phrases that are demanded.
    let demandedPhrases: [String]
    /// The phrases of a sentence, which lift passages.
    let liftedPhrases: [String]

    /// Beginnings that stand for every word with them, by their surface.
    private let prefixes: Set<String>

    /// The query without its operators.
    let text: String

    /// Emoji that words of the query name, and the names of its emoji: they bring up passages too, which
    /// have less of the query than those with its words.
    private(set) var alternatives: [Alternative] = []

    /// Something that says the same as some of the query's words.
    struct Alternative {
        let query: KeywordQuery
        /// The places of those words among the terms.
        let places: [Int]
    }

    /// Every word of the query that is no part of another, function words included, folded.
    let surfaces: [String]

    /// Analyzes a query.
    ///
    /// The stems of each of the library's `languages` are looked for; their function words bring up
    /// nothing by themselves unless the query has no others.
    init(_ query: QuerySyntax, languages: [Language]) {
        let analyzer = KeywordAnalyzer()
        text = query.text
        // The last character of a run without spaces is a word of the index only.
        let all = analyzer.queryTerms(query.text, languages: languages)
            .filter { !($0.isPart && DemandMapping.isCharacter($0)) }
        surfaces = all.filter { !$0.isPart }.map(\.surface)
        let prefixes = Set(
            query.prefixes.flatMap {
                analyzer.queryTerms($0, languages: languages).filter { !$0.isPart }.map(\.surface)
            }
        )
        let hasContent = all.contains { !$0.isStopWord || prefixes.contains($0.surface) }
        var terms: [QueryTerm] = []
        var pairs: [(Int, Int)] = []
        // The place of the word, or the last part of the compound, just before.
        var previous: Int?
        var prefixEnd = 0
        for term in all where terms.count < Self.maximumTerms {
            // What a beginning consists of stands for nothing by itself.
            if term.isPart, term.range.upperBound <= prefixEnd { continue }
            if prefixes.contains(term.surface) { prefixEnd = term.range.upperBound }
            let isLookedFor =
                !hasContent || !term.isStopWord || prefixes.contains(term.surface)
            if isLookedFor { terms.append(term) }
            let place = isLookedFor ? terms.count - 1 : nil
            if !term.isPart, let place, let previous { pairs.append((previous, place)) }
            previous = place
        }
        self.terms = terms
        alternatives = Self.alternatives(for: terms)
        optionalTerms =
            hasContent
            ? all.filter { $0.isStopWord && !prefixes.contains($0.surface) }
                .prefix(Self.maximumPairs).map(\.self) : []
        self.pairs = Array(pairs.prefix(Self.maximumPairs))
        self.prefixes = prefixes
        let mapping = DemandMapping(languages: languages)
        func words(_ text: String) -> Int {
            analyzer.queryTerms(text, languages: []).count { !$0.isPart }
        }
        let others = words(query.text) - query.phrases.reduce(0) { $0 + words($1) }
        let isSentence = others >= Self.sentenceLength
        let phrases = query.phrases.filter { WordSequence($0) != nil }
        demandedPhrases = isSentence ? [] : phrases
        liftedPhrases = isSentence ? phrases : []
        let demands =
            demandedPhrases.compactMap { mapping.query(.phrase($0)) }
            + query.required.compactMap(mapping.query)
        required = demands.isEmpty ? nil : .all(demands)
        let unwanted = query.excluded.compactMap(mapping.query)
        excluded = unwanted.isEmpty ? nil : .any(unwanted)
    }

    var isEmpty: Bool { terms.isEmpty }

    /// What brings up candidates: each term as a surface form and as its stems, and the words of
    /// lifted phrases once more.
    var clauses: [KeywordQuery] {
        let single = terms.flatMap { term -> [KeywordQuery] in
            isPrefix(term)
                ? [.prefix(term.surface)]
                : [.term(term.form, .surface)] + Self.stems(of: term)
        }
        let analyzer = KeywordAnalyzer()
        let lifted = liftedPhrases.flatMap { phrase -> [KeywordQuery] in
            let words = analyzer.queryTerms(phrase, languages: []).map(\.surface)
            return words.count == 1
                ? [.term(words[0], .surface)]
                : zip(words, words.dropFirst()).map { .phrase([$0, $1], .surface) }
        }
        return single + lifted + alternatives.map(\.query)
    }

    /// The most words of a query whose words are looked up among names of emoji.
    private static let longestWithNames = 8

    /// What says the same as terms do: an emoji for its name, a name for its emoji.
    private static func alternatives(for terms: [QueryTerm]) -> [Alternative] {
        let whole = terms.indices.filter { !terms[$0].isPart }
        guard whole.count <= longestWithNames else { return [] }
        let words = whole.map { terms[$0].surface }
        var found = EmojiNames.emoji(namedIn: words).map { emoji, places in
            Alternative(query: .term(emoji, .surface), places: places.map { whole[$0] })
        }
        for place in whole
        where terms[place].surface.unicodeScalars.first.map({ $0.value > 0x2300 }) == true {
            for name in EmojiNames.names(of: terms[place].surface) {
                let words = name.split(separator: " ").map(String.init)
                guard (1...2).contains(words.count) else { continue }
                let query: KeywordQuery =
                    words.count == 1 ? .term(words[0], .surface) : .phrase(words, .surface)
                found.append(Alternative(query: query, places: [place]))
            }
        }
        return found
    }

    /// Each pair of neighbors.
    var neighbors: [KeywordQuery] {
        pairs.flatMap { pair in
            stems(of: pair).map { KeywordQuery.phrase([$0, $1], .stem) }
        }
    }

    /// What neighbors count beside single words: less in a long query, which has many of them.
    var neighborWeight: Double { wordCount > 10 ? 0.5 : 1 }

    /// The function words, which only add to what the clauses bring up.
    var optionalClauses: [KeywordQuery] {
        optionalTerms.flatMap { [.term($0.form, .surface)] + Self.stems(of: $0) }
    }

    /// What a passage matches that has every word.
    var conjunction: KeywordQuery { .all(terms.filter { !$0.isPart }.map(match)) }

    /// How many words are looked for.
    var wordCount: Int { terms.count { !$0.isPart } }

    /// What a passage matches that has a term, for each term.
    var termQueries: [KeywordQuery] { terms.map(match) }

    /// What a passage matches that has every name of the query: codes, versions and identifiers,
    /// which are looked for as they are written; nil without one.
    var names: KeywordQuery? { namesAsWritten.isEmpty ? nil : .all(namesAsWritten) }

    /// What a passage matches that has one of several names of the query; nil without a second one.
    var anyName: KeywordQuery? { namesAsWritten.count < 2 ? nil : .any(namesAsWritten) }

    private var namesAsWritten: [KeywordQuery] {
        terms.filter { !$0.isPart && $0.isName }.map { .term($0.form, .surface) }
    }

    /// Whether a word of the query is a code or an identifier, of which parts are words too.
    var hasName: Bool { terms.contains { $0.isPart || $0.isName } }

    /// Looks for what says the same as some of the words.
    mutating func add(_ alternatives: [Alternative]) { self.alternatives += alternatives }

    /// Looks for other words in the place of the term at `index`.
    mutating func replace(termAt index: Int, with term: QueryTerm) { terms[index] = term }

    /// Whether the term stands for every word that begins so: `word*`, or a lone character of a script
    /// written without spaces, whose index holds pairs.
    func isPrefix(_ term: QueryTerm) -> Bool {
        prefixes.contains(term.surface) || DemandMapping.isCharacter(term)
    }

    private func match(_ term: QueryTerm) -> KeywordQuery {
        isPrefix(term) ? .prefix(term.surface) : DemandMapping.match(term)
    }

    private static func stems(of term: QueryTerm) -> [KeywordQuery] {
        term.joined.map { [.term($0, .stem)] } ?? term.stems.map { .term($0, .stem) }
    }

    /// The stems of two neighbors side by side, in any of the languages that they have stems of.
    private func stems(of pair: (Int, Int)) -> [(String, String)] {
        let (first, second) = (terms[pair.0].stems.prefix(3), terms[pair.1].stems.prefix(3))
        return first.flatMap { a in second.map { b in (a, b) } }
    }
}

extension QueryTerm {
    /// The form that every text with the word has.
    var form: String { joined ?? surface }

    /// Whether the word is a code, a version or an identifier rather than a word of a language, a
    /// number or a measure.
    var isName: Bool {
        let digits = surface.utf8.count { (0x30...0x39).contains($0) }
        if surface.contains("_") || surface.contains("::") { return surface.utf8.count > 3 }
        guard digits > 0, digits < surface.utf8.count, surface.utf8.count > 2 else { return false }
        // "1.7" and "CVE-2024-3094"; not "500mg", "2nd" or "1990s", which begin like a number.
        guard let first = surface.utf8.first else { return false }
        let hasConnector = surface.contains { "-._/:".contains($0) }
        return hasConnector || !(0x30...0x39).contains(first)
    }
}

/// Turns a person's demands into keyword queries.
struct DemandMapping {
    let languages: [Language]

    /// The query of a demand, or nil if it has no words.
    func query(_ demand: QuerySyntax.Demand) -> KeywordQuery? {
        switch demand {
        case .word(let text): return word(text)
        case .prefix(let text):
            let terms = KeywordAnalyzer().queryTerms(text, languages: []).filter { !$0.isPart }
            return terms.count == 1 ? .prefix(terms[0].surface) : word(text)
        case .phrase(let text): return WordSequence(text).map(KeywordQuery.sequence)
        case .field(let field, let part): return query(part).map { .field(field, $0) }
        case .any(let parts):
            let queries = parts.compactMap(query)
            return queries.isEmpty ? nil : .any(queries)
        case .all(let parts):
            let queries = parts.compactMap(query)
            return queries.isEmpty ? nil : .all(queries)
        case .not(let part): return query(part).map(KeywordQuery.not)
        }
    }

    /// A word in any of its inflections; a compound, or a longer word of a script without spaces, as it
    /// stands.
    private func word(_ text: String) -> KeywordQuery? {
        let terms = KeywordAnalyzer().queryTerms(text, languages: languages)
        let whole = terms.filter { !$0.isPart }
        // "5%" is more than its number, which a sequence sees.
        guard whole.count == 1, let term = whole.first, term.joined == nil,
            terms.allSatisfy({ $0.range.upperBound <= term.range.upperBound })
        else {
            return WordSequence(text).map(KeywordQuery.sequence)
        }
        return Self.isCharacter(term) ? .prefix(term.surface) : Self.match(term)
    }

    /// Whether a term is a lone character of a script without spaces.
    static func isCharacter(_ term: QueryTerm) -> Bool {
        term.surface.unicodeScalars.count == 1 && term.surface.utf8.count == 3
    }

    static func match(_ term: QueryTerm) -> KeywordQuery {
        .any([.term(term.form, .surface)] + term.stems.map { .term($0, .stem) })
    }
}

extension AnalyzedQuery {
    /// The words of a query whose information makes its full score.
    private static let scoredWords = 10

    /// The score of a passage of average length that has each of the ten words that say most once, in
    /// its body, as a stem and as it was typed.
    ///
    /// No passage has all words of a long question; of ten, those that are about it have most.
    ///
    /// - Parameter information: that of each term.
    /// - Returns: a BM25 score.
    func fullScore(information: [Double]) -> Double {
        let weight = FieldWeights.standard.surface[2]
        let words = zip(terms, information).filter { !$0.0.isPart }.map(\.1)
        return words.sorted(by: >).prefix(Self.scoredWords).reduce(0, +)
            * (1 + weight * 2.2 / (weight + 1.2))
    }

    /// How much a match of a term says: BM25's inverse passage frequency,
    /// ln((N − n + ½) / (n + ½)) and at least 10⁻⁶.
    static func information(matching: Int, of passages: Int) -> Double {
        let (total, matching) = (Double(passages), Double(matching))
        return max(1e-6, log((total - matching + 0.5) / (matching + 0.5)))
    }
}
