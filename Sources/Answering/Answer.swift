public import ChatModels
public import Corpus

/// An answer, or an honest refusal, with everything needed to print and to check it again.
public struct Answer: Codable, Hashable, Sendable {
    /// What was asked.
    public var question: String

    /// Whether the documents answered.
    public var outcome: Outcome

    /// What is claimed, in the order of reading.
    ///
    /// Each claim has at least one citation unless
    /// `grounding` is `.none`. Empty after an abstention.
    public var claims: [Claim]

    /// The cited passages, in the order of their marks `[1]`, `[2]`, …; after an abstention, the
    /// nearest passages, so that a person can look for themselves.
    public var sources: [Source]

    /// Whether the claims rest on checked quotations.
    public var grounding: Grounding

    /// What wrote it: `extractive`, or a language model's name such as `openai:gpt-4.1-mini`.
    public var model: String

    /// The language of the answer's own words, as a two-letter code.
    public var language: String

    /// The tokens that a language model read and wrote, if it said so.
    public var usage: TokenUsage?

    /// What in the passages speaks for there being an answer, where that was looked at.
    public var evidence: Evidence?

    /// Quotations that did not pass the gate, in the order in which they came.
    public var rejected: [RejectedQuotation]

    /// What a language model had the documents searched for, in order, besides the question.
    public var searches: [String] = []

    /// The question as it was understood, if it leaned on what had been said before.
    public var standalone: String?

    /// Why the language model's reply ended before it was whole; what had passed until then is there.
    public var interruption: String?

    /// What was taken of the budget, if there was one.
    public var budget: AnswerBudget.Use?

    /// Describes an answer.
    public init(
        question: String,
        outcome: Outcome,
        claims: [Claim] = [],
        sources: [Source] = [],
        grounding: Grounding = .quotations,
        model: String,
        language: String,
        usage: TokenUsage? = nil,
        evidence: Evidence? = nil,
        rejected: [RejectedQuotation] = []
    ) {
        self.question = question
        self.outcome = outcome
        self.claims = claims
        self.sources = sources
        self.grounding = grounding
        self.model = model
        self.language = language
        self.usage = usage
        self.evidence = evidence
        self.rejected = rejected
    }

    /// What an answer's claims rest on.
    public enum Grounding: String, Codable, Sendable {
        /// Every claim has a quotation that was found in the stored text.
        case quotations

        /// Nothing: a language model was asked without documents.
        case none
    }

    /// The mark under which `claims` cite a passage: 1 for the first source.
    ///
    /// - Complexity: O(`sources.count`).
    public func mark(of passageID: PassageID) -> Int? {
        sources.firstIndex { $0.passageID == passageID }.map { $0 + 1 }
    }
}

/// A quotation that was found in a stored passage.
public struct Citation: Codable, Hashable, Sendable {
    /// The passage it stands in.
    public var passageID: PassageID

    /// The passage's own text, verbatim; never the spelling of the one who quoted it.
    public var quotation: String

    /// Where it stands: UTF-8 offsets into the passage's text.
    public var range: Range<Int>

    /// Describes a citation.
    public init(passageID: PassageID, quotation: String, range: Range<Int>) {
        self.passageID = passageID
        self.quotation = quotation
        self.range = range
    }
}

/// A quotation that the gate refused, and why.
public struct RejectedQuotation: Codable, Hashable, Sendable {
    /// The claim it was to support.
    public var claim: String
    /// The passage it was said to come from, if that passage exists.
    public var passageID: PassageID?
    /// The words, as they were quoted.
    public var quotation: String
    /// Why it was refused.
    public var reason: QuotationFault

    /// Describes a refusal.
    public init(
        claim: String,
        passageID: PassageID?,
        quotation: String,
        reason: QuotationFault
    ) {
        self.claim = claim
        self.passageID = passageID
        self.quotation = quotation
        self.reason = reason
    }
}

/// What is wrong with a quotation.
public enum QuotationFault: String, Codable, Sendable, CaseIterable {
    /// Close to something in the passage, but words or numbers are not the passage's.
    case altered
    /// Made of pieces that stand in different places.
    case stitched
    /// Verbatim, but in another passage than the one named.
    case misattributed
    /// Under 12 characters and under three words: it would be found anywhere.
    case tooShort
    /// Nowhere in the passages.
    case absent
    /// The passage it names does not exist.
    case unknownPassage
}
