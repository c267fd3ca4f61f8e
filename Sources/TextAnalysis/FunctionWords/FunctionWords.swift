/// What the words of a language do to a statement, as far as lists can tell.
package struct FunctionWords: Sendable {
    /// A word that changes what a statement means, whatever it is about.
    package struct Operator: Hashable, Sendable {
        /// What it does.
        package enum Kind: Hashable, Sendable {
            /// not, never, without, false
            case negation
            /// may, must, should, will
            case modal
            /// all, some, only, most
            case quantity
            /// if, unless, except, until, before
            case condition
            /// says, according to, allegedly
            case attribution
            /// about, perhaps
            case hedge
            /// or
            case choice
        }
        package let kind: Kind
        /// The same for words that may stand for each other: `may`, `can`.
        package let name: String
    }

    package let operators: [String: Operator]
    /// Operators of two or three words.
    package let phrases: [[String]: Operator]
    /// Words that join a sentence to the one before and say nothing themselves: `however`, `sin embargo`.
    package let fillers: Set<[String]>
    /// Articles and demonstratives: they say nothing that is compared.
    package let determiners: Set<String>
    /// Words that stand for something said before.
    package let pronouns: Set<String>
    /// Prepositions, auxiliaries and possessives, by what they are compared as.
    package let links: [String: String]
    /// Forms of `be` in the present tense.
    package let copulas: Set<String>
    /// Words that join two equal parts.
    package let coordinators: Set<String>
    /// Words that open a clause about the word before them.
    package let relatives: Set<String>
    /// Words that open a clause that is what somebody says, thinks or wants, or a relative one.
    package let complementizers: Set<String>
    /// Words that open a clause that may be left out.
    package let clauseOpeners: Set<String>
    /// Words that answer instead of saying: yes, no.
    package let bareAnswers: Set<String>

    /// The lists for `language`: Spanish, or else English.
    package static func of(_ language: Language) -> FunctionWords {
        language == .spanish ? spanish : english
    }

    private static func split(_ words: String) -> [String] {
        words.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// `name: word word` lines, for one kind of operator.
    private static func operators(
        _ lists: [(Operator.Kind, String)]
    ) -> (words: [String: Operator], phrases: [[String]: Operator]) {
        var words: [String: Operator] = [:]
        var phrases: [[String]: Operator] = [:]
        for (kind, text) in lists {
            for line in text.split(separator: "\n") {
                let spellings = line.split(separator: ",").map { split(String($0)) }
                let name = spellings.first?.joined(separator: " ") ?? ""
                for spelling in spellings {
                    let sign = Operator(kind: kind, name: name)
                    if spelling.count == 1 {
                        words[spelling[0]] = sign
                    } else {
                        phrases[spelling] = sign
                    }
                }
            }
        }
        return (words, phrases)
    }

    private static func links(_ groups: String) -> [String: String] {
        var result: [String: String] = [:]
        for line in groups.split(separator: "\n") {
            let words = split(String(line))
            for word in words { result[word] = words[0] }
        }
        return result
    }

    init(
        operators: [(Operator.Kind, String)],
        fillers: String,
        determiners: String,
        pronouns: String,
        links: String,
        copulas: String,
        coordinators: String,
        relatives: String,
        complementizers: String,
        clauseOpeners: String,
        bareAnswers: String
    ) {
        (self.operators, phrases) = Self.operators(operators)
        self.fillers = Set(fillers.split(separator: ",").map { Self.split(String($0)) })
        self.determiners = Set(Self.split(determiners))
        self.pronouns = Set(Self.split(pronouns))
        self.links = Self.links(links)
        self.copulas = Set(Self.split(copulas))
        self.coordinators = Set(Self.split(coordinators))
        self.relatives = Set(Self.split(relatives))
        self.complementizers = Set(Self.split(complementizers))
        self.clauseOpeners = Set(Self.split(clauseOpeners))
        self.bareAnswers = Set(Self.split(bareAnswers))
    }
}
