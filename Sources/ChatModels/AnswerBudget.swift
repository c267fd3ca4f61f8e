/// What answering one question may take.
public struct AnswerBudget: Codable, Hashable, Sendable {
    /// Tokens that language models read and write together.
    public var tokens: Int?
    /// Money, in the currency of the prices.
    public var cost: Double?
    /// Milliseconds from the question to the answer.
    public var milliseconds: Double?

    /// Describes a budget; what is nil is not bounded.
    public init(tokens: Int? = nil, cost: Double? = nil, milliseconds: Double? = nil) {
        self.tokens = tokens
        self.cost = cost
        self.milliseconds = milliseconds
    }

    /// What a token costs.
    public struct Rates: Hashable, Sendable {
        /// One that is read.
        public var prompt: Double
        /// One that is written.
        public var reply: Double

        /// Describes rates.
        public init(prompt: Double, reply: Double) {
            self.prompt = prompt
            self.reply = reply
        }
    }

    /// What was taken of a budget.
    public struct Use: Codable, Hashable, Sendable {
        /// What might have been taken.
        public var budget: AnswerBudget
        /// Tokens that were read and written, estimated where the server does not say.
        public var tokens: Int
        /// What they cost, if prices are known.
        public var cost: Double?
        /// How long it took.
        public var milliseconds: Double
        /// What was done less for the budget's sake, a sentence each.
        public var cuts: [String]

        /// Describes a use.
        public init(
            budget: AnswerBudget,
            tokens: Int,
            cost: Double?,
            milliseconds: Double,
            cuts: [String]
        ) {
            self.budget = budget
            self.tokens = tokens
            self.cost = cost
            self.milliseconds = milliseconds
            self.cuts = cuts
        }
    }
}

extension AnswerBudget: LosslessStringConvertible {
    /// `2000tokens,0.02$,1500ms`.
    public var description: String {
        [
            tokens.map { "\($0)tokens" }, cost.map { "\($0)$" }, milliseconds.map { "\($0)ms" },
        ].compactMap(\.self).joined(separator: ",")
    }

    /// Reads amounts with their units, in any order, divided by commas or spaces.
    ///
    /// Tokens are `2000tokens` or `2000t`; money has a sign or a code before or behind it (`$0.02`, `0.02€`,
    /// `0.02eur`), or is `0.02money`; time is `1500ms` or `1.5s`. Nil for anything else, and for an amount that
    /// is said twice.
    public init?(_ description: String) {
        self.init()
        let parts = description.lowercased().split { $0 == "," || $0 == "+" || $0 == ";" }
        guard !parts.isEmpty else { return nil }
        for part in parts {
            let text = String(part.filter { !$0.isWhitespace })
            let digits = text.filter { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let number = Double(digits), number >= 0, number.isFinite,
                let range = text.firstRange(of: digits)
            else { return nil }
            let unit = text[..<range.lowerBound] + text[range.upperBound...]
            switch String(unit) {
            case "t", "tok", "token", "tokens":
                guard tokens == nil, number < 1e9 else { return nil }
                tokens = Int(number)
            case "ms":
                guard milliseconds == nil else { return nil }
                milliseconds = number
            case "s", "sec":
                guard milliseconds == nil else { return nil }
                milliseconds = number * 1_000
            case "$", "€", "£", "¥", "usd", "eur", "gbp", "mxn", "ars", "clp", "cop", "money":
                guard cost == nil else { return nil }
                cost = number
            default: return nil
            }
        }
    }
}
