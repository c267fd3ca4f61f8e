internal import TextAnalysis

/// A sentence as the words that claim something and what joins them.
///
/// Articles go; prepositions, auxiliaries and possessives are kept as what stands before a word;
/// commas and conjunctions as the boundary before it. What is left are words, numbers, pronouns and
/// operators, in order: see `FunctionWords.Operator`.
struct ClaimSentence: Sendable {
    /// What a word says.
    enum Content: Hashable, Sendable {
        /// A word of its own meaning.
        case word
        /// A number, in one form: see `NumberWords.canonical`.
        case number(String)
        /// A word that changes what the others say.
        case sign(FunctionWords.Operator)
        /// A word that stands for something said before.
        case pronoun
    }

    /// What parts a word from the one before it.
    struct Boundary: Hashable, Sendable {
        /// A comma, a colon, a bracket or a dash.
        var hasMark = false
        /// `and`, `but`.
        var hasCoordinator = false
        /// `which`, `who`.
        var hasRelative = false
        /// `that`, before what somebody says or what is told of a word.
        var hasComplementizer = false
        /// `because`, or a condition.
        var hasOpener = false

        /// Whether the two words stand in different parts of the sentence.
        var isAny: Bool { isPart || hasOpener }

        /// Whether what stands before says nothing about what stands after: a condition goes on with what it
        /// limits.
        var isPart: Bool { hasMark || hasCoordinator || hasRelative || hasComplementizer }
    }

    /// A word with what stands before it.
    struct Token: Sendable {
        /// The word as it is spelled.
        let text: String
        /// The word and its stems, folded: two words are alike if they share one.
        let forms: Set<String>
        let content: Content
        /// The tense that the ending shows: words of one stem and different tenses are not alike.
        let inflection: Inflection
        /// A unit or currency beside a number.
        var unit = ""
        /// What parts it from the word before.
        var boundary = Boundary()
        /// What joins it to the word before, after the boundary.
        var links: [String] = []
        /// What stands between the word before and the boundary: `how strong it is, …`.
        var trail: [String] = []
        /// Whether nothing at all stands between it and the word before.
        var isAdjacent = false
        /// Whether the word before owns it: `Ana's key`.
        var isOwned = false
        /// Whether an article stands before it.
        var hasDeterminer = false
        /// Where it stands: UTF-8 offsets.
        let range: Range<Int>

        var isSign: Bool { if case .sign = content { true } else { false } }
        var isNumber: Bool { if case .number = content { true } else { false } }

        /// Whether two words say the same.
        func matches(_ other: Token) -> Bool {
            switch (content, other.content) {
            case (.number(let a), .number(let b)): a == b && unit == other.unit
            case (.sign(let a), .sign(let b)): a == b
            case (.pronoun, .pronoun): !forms.isDisjoint(with: other.forms)
            case (.word, .word):
                !forms.isDisjoint(with: other.forms) && inflection == other.inflection
            default: false
            }
        }
    }

    /// The words, in order.
    let tokens: [Token]
    /// What stands after the last word.
    let trail: [String]
    /// Whether it begins with a yes or a no.
    let startsWithAnswer: Bool
    /// Whether it has a form of `be` in it.
    let hasCopula: Bool

    /// Reads `sentence`.
    ///
    /// - Complexity: O(length).
    init(_ sentence: String, language: Language) {
        var reader = ClaimReader(sentence, language: language)
        reader.read()
        tokens = reader.tokens
        trail = reader.links
        startsWithAnswer = reader.startsWithAnswer
        hasCopula = reader.hasCopula
    }

    /// The sentence with its words in another order.
    init(_ other: ClaimSentence, tokens: [Token]) {
        self.tokens = tokens
        trail = other.trail
        startsWithAnswer = other.startsWithAnswer
        hasCopula = other.hasCopula
    }

    /// The tense that a word's ending shows.
    enum Inflection: Hashable, Sendable {
        case plain, past, progressive, future, conditional, infinitive

        init(_ word: String, isSpanish: Bool) {
            let word = word.lowercased()
            func ends(_ endings: [String]) -> Bool { endings.contains(where: word.hasSuffix) }
            if !isSpanish {
                self = ends(["ed"]) ? .past : ends(["ing"]) ? .progressive : .plain
            } else if ends(["ría", "rían"]) {
                self = .conditional
            } else if ends(["rá", "rán", "ré", "remos"]) {
                self = .future
            } else if ends(["ó", "aron", "ieron", "aba", "aban", "ía", "ían", "é", "í"]) {
                self = .past
            } else if ends(["ando", "iendo"]) {
                self = .progressive
            } else {
                // What somebody promised, or used, to do is not done.
                self = word.count > 3 && ends(["ar", "er", "ir"]) ? .infinitive : .plain
            }
        }
    }
}
