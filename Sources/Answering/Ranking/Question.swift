internal import TextAnalysis

/// What a question asks about, and what kind of thing would answer it.
struct Question: Sendable {
    /// The kinds of answers that question words announce.
    enum Kind: Sendable {
        /// How many, how long, ¿cuánto?
        case number
        /// When, in which year, ¿cuándo?
        case date
        /// Who, ¿quién?
        case person
        /// Where, ¿dónde?
        case place
        /// Why, ¿por qué?
        case reason
        /// How do I, ¿cómo se…?
        case manner
        /// Which command, which option, ¿qué orden?
        case command
        /// What is, ¿qué es?
        case definition
        /// Can I, ¿se puede…?
        case yesNo
        /// Anything.
        case other
    }

    /// A word that the answer should share with the question.
    struct Term: Hashable, Sendable {
        /// The word and its stems, folded; any of them counts.
        let forms: Set<String>
    }

    let text: String
    let language: Language
    let terms: [Term]
    let kind: Kind
    /// The numbers in the question: an answer has others.
    let numbers: Set<String>
    /// The terms that are names: words with a capital inside the question, words with digits or signs.
    let names: Set<Int>
    /// The terms that follow another term with no word between them, by their first.
    let pairs: [(first: Int, second: Int)]
    /// Whether the question denies something: what is not, without what.
    let denies: Bool
    /// The sides of opposites of which it has one: its own, and the other.
    let opposites: [Opposites.Pair]
    /// The terms that stand after a word that limits: but, without, only.
    let limits: Set<Int>
    /// The options that it names, with their dashes.
    let options: Set<String>
    /// Where the words of terms stand: UTF-8 offsets.
    private let ranges: [(term: Int, range: Range<Int>)]
    /// The terms that each form belongs to.
    private let places: [String: [Int]]
    /// All of its words, folded.
    private let asked: Set<String>

    /// Reads a question that is asked of passages in `languages`.
    init(_ text: String, language: Language, passageLanguages: Set<Language>) {
        self.text = text
        self.language = language
        var languages = [language]
        languages += passageLanguages.subtracting([language]).sorted { $0.rawValue < $1.rawValue }
        let all = KeywordAnalyzer().queryTerms(text, languages: languages).filter { !$0.isPart }
        let ignored = stopWords(for: language)
        // `Which command …`: the answer is one, and need not say that it is.
        let opening = all.prefix(2)
        let isNamed = Self.commandPairs.contains(
            opening.map(\.surface).joined(separator: " ")
        )
        let named = isNamed ? opening.last?.range : nil
        let content = all.filter {
            !$0.isStopWord && !ignored.contains($0.surface) && $0.range != named
        }
        var terms: [Term] = []
        var known: [Term: Int] = [:]
        var names: Set<Int> = []
        var pairs: [(Int, Int)] = []
        var ranges: [(term: Int, range: Range<Int>)] = []
        var before: (index: Int, end: Int)?
        let bytes = Array(text.utf8)
        for word in content.isEmpty ? all : content {
            let term = Term(forms: Set(word.stems).union([word.surface]))
            let index = known[term] ?? terms.count
            if known[term] == nil {
                known[term] = index
                terms.append(term)
            }
            ranges.append((index, word.range))
            let spelled = String(decoding: bytes[word.range], as: UTF8.self)
            let hasSigns = spelled.contains { !$0.isLetter }
            let isCapital = spelled.first?.isUppercase == true && word.range.lowerBound > 2
            if hasSigns || isCapital { names.insert(index) }
            if let before, word.range.lowerBound - before.end <= 5, before.index != index {
                pairs.append((before.index, index))
            }
            before = (index, word.range.upperBound)
        }
        self.terms = terms
        self.ranges = ranges
        self.names = names
        places = terms.indices.reduce(into: [:]) { places, index in
            for form in terms[index].forms { places[form, default: []].append(index) }
        }
        asked = Set(all.map(\.surface))
        denies = !asked.isDisjoint(with: Self.negations)
        opposites = Opposites.of(asked)
        options = Set(
            text.split { $0.isWhitespace || ",;?¿`'\"()".contains($0) }
                .filter { $0.hasPrefix("-") && $0.contains(where: \.isLetter) }.map(String.init)
        )
        let bound = all.first { Self.limiting.contains($0.surface) }?.range.lowerBound ?? Int.max
        limits = Set(
            all.filter { $0.range.lowerBound > bound && $0.range.lowerBound < bound + 60 }
                .flatMap {
                    known[Term(forms: Set($0.stems).union([$0.surface]))].map { [$0] } ?? []
                }
        )
        self.pairs = pairs
        kind = Self.kind(of: all.map(\.surface))
        numbers = Set(all.map(\.surface).filter { $0.utf8.contains(where: isDigit) })
    }

    /// The terms that `surface` or `stem` is a form of.
    func terms(of surface: String, _ stem: String) -> [Int] {
        let direct = places[surface] ?? []
        guard surface != stem, let others = places[stem] else { return direct }
        return direct.isEmpty ? others : direct + others.filter { !direct.contains($0) }
    }

    /// The term that each of these pieces of the question is part of.
    func terms(at pieces: [Range<Int>]) -> [Int?] {
        pieces.map { piece in ranges.first { $0.range.overlaps(piece) }?.term }
    }

    /// Whether the question has a word, in any form that it was given.
    func isAsked(_ word: String) -> Bool { places[word] != nil || asked.contains(word) }

    /// Whether it is about what changed, or about a version.
    var asksForChanges: Bool { !asked.isDisjoint(with: Self.changes) || !numbers.isEmpty }

    /// Words of questions about changes.
    private static let changes: Set<String> = [
        "changelog", "changed", "history", "news", "new", "cambio", "novedades", "historial",
        "release",
        "releases", "version", "versions", "versiones", "upgrade", "upgrading",
    ]

    /// Whether `passage` is known to be in another language; short texts often are in none.
    func isForeign(to passage: SourcePassage) -> Bool {
        passage.language != language && passage.language != .undetermined
            && language != .undetermined
    }

    /// The kind that the first question word announces: `how do I see who …` asks for a manner.
    private static func kind(of words: [String]) -> Kind {
        let pairs = zip(words, words.dropFirst()).map { "\($0) \($1)" } + [""]
        for (word, pair) in zip(words, pairs) {
            if let kind = kindsOfPairs[pair] ?? kindsOfWords[word] { return kind }
            if definitionPairs.contains(pair) {
                // `What is the name of …` asks for nearly anything, `what is a bare repository` for one thing.
                if words.count <= 9, pair == pairs[0] { return .definition }
            }
        }
        if let first = words.first, yesNoWords.contains(first) { return .yesNo }
        return .other
    }

    private static let kindsOfWords: [String: Kind] = {
        var kinds: [String: Kind] = [:]
        for (kind, words) in [
            (Kind.number, "cuanto cuanta cuantos cuantas"), (.date, "cuando when"),
            (.person, "quien quienes who whom whose"), (.place, "donde adonde where"),
            (.reason, "why"), (.manner, "how como"),
        ] {
            for word in words.split(separator: " ") { kinds[String(word)] = kind }
        }
        return kinds
    }()

    private static let kindsOfPairs: [String: Kind] = {
        var kinds = ["por que": Kind.reason, "what reason": .reason]
        for (kind, pairs) in [
            (Kind.number, numberPairs), (.date, datePairs), (.place, placePairs),
            (.command, commandPairs),
        ] {
            for pair in pairs { kinds[pair] = kind }
        }
        return kinds
    }()

    private static let limiting: Set<String> = [
        "but", "without", "only", "except", "not", "keeping", "before", "after", "pero", "sin",
        "solo", "excepto", "salvo", "manteniendo", "antes", "despues",
    ]
    private static let negations: Set<String> = [
        "not", "without", "never", "no", "except", "sin", "nunca", "salvo", "excepto",
    ]
    private static let placePairs: Set<String> = [
        "what city", "which city", "what country", "which country", "what state", "what region",
        "what place", "que ciudad", "que pais", "que region", "que lugar", "que directorio",
        "which directory", "what directory", "which file", "what file", "que archivo",
        "que fichero",
    ]
    private static let commandPairs: Set<String> = [
        "which command", "what command", "which option", "what option", "which flag", "which key",
        "what key", "que orden", "que comando", "que opcion", "que tecla", "que instruccion",
    ]
    private static let definitionPairs: Set<String> = [
        "what is", "what are", "what does", "what s", "que es", "que son", "que significa",
        "que hace",
    ]
    private static let yesNoWords: Set<String> = [
        "is", "are", "was", "were", "do", "does", "did", "can", "could", "may", "must", "should",
        "will", "has", "have", "es", "son", "puede", "puedo", "pueden", "se", "hay", "debe",
        "tiene",
    ]
    private static let numberPairs: Set<String> = [
        "how many", "how much", "how long", "how often", "how far", "how old", "how tall",
        "how big", "how large", "how high", "how deep", "what percentage", "what percent",
        "que porcentaje", "que cantidad", "que edad", "what number", "que numero", "what age",
        "what price", "que precio", "which port", "what port", "default port", "que puerto",
        "which version", "what version", "que version", "default value", "maximum size",
        "maximum number", "tamano maximo", "numero maximo",
    ]
    private static let datePairs: Set<String> = [
        "what year", "which year", "what date", "what day", "which day", "what month", "what time",
        "which month", "que ano", "que fecha", "que dia", "que mes", "que hora", "que siglo",
        "what century", "which century", "what decade",
    ]
}

/// Whether `byte` is an ASCII digit.
func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
