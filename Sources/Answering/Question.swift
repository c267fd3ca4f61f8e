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

    /// Reads a question that is asked of passages in `languages`.
    init(_ text: String, language: Language, passageLanguages: Set<Language>) {
        self.text = text
        self.language = language
        var languages = [language]
        languages += passageLanguages.subtracting([language]).sorted { $0.rawValue < $1.rawValue }
        let all = KeywordAnalyzer().queryTerms(text, languages: languages).filter { !$0.isPart }
        let ignored = stopWords(for: language)
        let content = all.filter { !$0.isStopWord && !ignored.contains($0.surface) }
        var seen: Set<Term> = []
        terms = (content.isEmpty ? all : content)
            .map { Term(forms: Set($0.stems).union([$0.surface])) }
            .filter { seen.insert($0).inserted }
        kind = Self.kind(of: all.map(\.surface))
        numbers = Set(all.map(\.surface).filter { $0.utf8.contains(where: isDigit) })
    }

    /// Whether `passage` is known to be in another language; short texts often are in none.
    func isForeign(to passage: SourcePassage) -> Bool {
        passage.language != language && passage.language != .undetermined
            && language != .undetermined
    }

    private static func kind(of words: [String]) -> Kind {
        let pairs = zip(words, words.dropFirst()).map { "\($0) \($1)" }
        if words.contains(where: ["cuanto", "cuanta", "cuantos", "cuantas"].contains)
            || pairs.contains(where: numberPairs.contains)
        {
            return .number
        }
        if words.contains(where: ["cuando", "when"].contains)
            || pairs.contains(where: datePairs.contains)
        {
            return .date
        }
        if words.contains(where: ["quien", "quienes", "who", "whom", "whose"].contains) {
            return .person
        }
        return .other
    }

    private static let numberPairs: Set<String> = [
        "how many", "how much", "how long", "how often", "how far", "how old", "how tall",
        "how big", "how large", "how high", "how deep", "what percentage", "what percent",
        "que porcentaje", "que cantidad", "que edad", "what number", "que numero", "what age",
        "what price", "que precio",
    ]
    private static let datePairs: Set<String> = [
        "what year", "which year", "what date", "what day", "which day", "what month", "what time",
        "which month", "que ano", "que fecha", "que dia", "que mes", "que hora", "que siglo",
        "what century", "which century", "what decade",
    ]
}

/// Whether `byte` is an ASCII digit.
func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
