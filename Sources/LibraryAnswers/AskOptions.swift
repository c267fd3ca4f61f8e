public import ChatModels
public import Answering
public import Corpus
public import Retrieval

/// How a question is answered.
public struct AskOptions: Sendable {
    /// The language model, or nil for an extractive answer.
    public var model: (any LanguageModel)?
    /// Passages that a language model is shown, before their neighbors.
    public var passages: Int
    /// Passages whose sentences may be quoted without a language model: they need not fit a prompt, and what
    /// answers is often in none of the first few.
    public var candidates = AskOptions.defaultCandidates
    /// Tokens of all passages together, roughly.
    public var tokenBudget: Int
    /// How the passages are found.
    public var mode: SearchMode
    /// Only passages of documents that pass.
    public var filter: DocumentFilter
    /// What looks at the first passages again; nil for what the library was tuned to, or nothing.
    public var reranking: Reranking?
    /// Whether the language model sees passages at all.
    public var usesContext: Bool
    /// How the model's reply is drawn.
    public var sampling: Sampling
    /// The risk of having no answer in the passages, from 0 to 1, above which nothing is answered and
    /// no language model asked; nil for `ExtractiveAnswerer.defaultRisk`, and a laxer bound where a
    /// language model reads the passages itself.
    public var maximumRisk: Double?
    /// How often a language model may have the documents searched again.
    public var steps = 0
    /// How the model is asked: in numbers, which small ones can fill in, or with quotations.
    public var form = AnswerForm.automatic
    /// What answering may take; nil for no bounds.
    public var budget: AnswerBudget?
    /// What a token of the model costs, for a budget of money.
    public var rates: AnswerBudget.Rates?
    /// What was asked and answered before, oldest first: a question may lean on it.
    public var history: [Turn] = []
    /// Tells, by its path, a document that the answer must not draw on.
    package var isLeftOut: (@Sendable (String) -> Bool)?
    /// Told what the ranking of sentences was computed from.
    package var observe: (@Sendable (ExtractiveAnswerer.Observation) -> Void)?

    /// Sentences of the longest answer without a model.
    var sentences = 3
    /// When the budget of time ends.
    var end: ContinuousClock.Instant?
    /// What was done less for the budget's sake.
    var cuts: BudgetCuts?

    /// How many passages' sentences are ranked unless `candidates` says otherwise.
    public static let defaultCandidates = 20

    /// The risk up to which a language model is asked: it judges the passages for itself.
    public static let defaultRiskBeforeModel = 0.95

    /// Makes options; without arguments, the command line's defaults without a language model.
    public init(
        model: (any LanguageModel)? = nil,
        passages: Int = 5,
        tokenBudget: Int = 2_500,
        mode: SearchMode = .hybrid,
        filter: DocumentFilter = DocumentFilter(),
        usesContext: Bool = true,
        sampling: Sampling = Sampling(),
        maximumRisk: Double? = nil
    ) {
        self.model = model
        self.passages = passages
        self.tokenBudget = tokenBudget
        self.mode = mode
        self.filter = filter
        self.usesContext = usesContext
        self.sampling = sampling
        self.maximumRisk = maximumRisk
    }

    /// What a prompt's rules and question take beside the passages, roughly.
    private static let tokensOfRules = 400

    var builder: PromptBuilder {
        // Neighbors come on top of the passages that were asked for; the budget bounds them all.
        PromptBuilder(
            maximumPassages: passages * 3,
            maximumTokens: tokenBudget + Self.tokensOfRules
        )
    }
}
