public import Answering
public import ChatModels
public import Corpus
internal import Embedding
public import LibraryCore
public import Retrieval
internal import SentenceEncoder
internal import TextAnalysis
internal import VectorKernels

/// How a question is answered.
public struct AskOptions: Sendable {
    /// The language model, or nil for an extractive answer.
    public var model: (any LanguageModel)?
    /// Passages that the answer may draw on, before their neighbors.
    public var passages: Int
    /// Tokens of all passages together, roughly.
    public var tokenBudget: Int
    /// How the passages are found.
    public var mode: SearchMode
    /// Only passages of documents that pass.
    public var filter: DocumentFilter
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
    /// What was asked and answered before, oldest first: a question may lean on it.
    public var history: [Turn] = []
    /// Tells, by its path, a document that the answer must not draw on.
    package var isLeftOut: (@Sendable (String) -> Bool)?
    /// Told what the ranking of sentences was computed from.
    package var observe: (@Sendable (ExtractiveAnswerer.Observation) -> Void)?

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

extension Library {
    /// Answers a question from the documents, each claim with a quotation that stands in them, or
    /// abstains.
    ///
    /// The answer is in the question's language. `onEvent` is called in order while a language model
    /// works. Throws what searching throws, `AnsweringError`, or `CancellationError`.
    public func ask(
        _ question: String,
        options: AskOptions = AskOptions(),
        onEvent: @Sendable (Answerer.Event) -> Void = { _ in }
    ) async throws -> Answer {
        guard question.contains(where: { $0.isLetter || $0.isNumber }) else {
            throw RetrievalError.emptyQuery
        }
        guard !options.history.isEmpty else {
            return try await askAlone(question, options: options, onEvent: onEvent)
        }
        let standalone = try await QuestionRewriter(
            model: options.model,
            sampling: options.sampling
        )
        .standalone(question, after: options.history)
        var answer = try await askAlone(standalone.question, options: options, onEvent: onEvent)
        if options.model == nil {
            answer = QuestionRewriter.withoutRepetition(answer, after: options.history)
        }
        answer.question = question
        if standalone.question != question { answer.standalone = standalone.question }
        if let usage = standalone.usage { answer.usage = answer.usage.map { $0 + usage } ?? usage }
        return answer
    }

    /// Answers a question that needs nothing that was said before.
    private func askAlone(
        _ question: String,
        options: AskOptions,
        onEvent: @Sendable (Answerer.Event) -> Void
    ) async throws -> Answer {
        guard let model = options.model else {
            let context = try await self.context(for: question, options: options)
            var answerer = ExtractiveAnswerer(
                maximumRisk: options.maximumRisk ?? ExtractiveAnswerer.defaultRisk
            )
            answerer.observe = options.observe
            return try await answerer.answer(
                question,
                from: context.passages,
                similarity: try await similarity(to: context.embedding)
            )
        }
        let answerer = Answerer(
            model: model,
            builder: options.builder,
            sampling: options.sampling,
            steps: options.steps,
            search: { [self] query in try await self.context(for: query, options: options).passages
            }
        )
        guard options.usesContext else {
            return try await answerer.answerWithoutContext(question, onEvent: onEvent)
        }
        let context = try await self.context(for: question, options: options)
        // Nothing more is sent to anybody where the passages have nothing to say.
        var doubt = try await ExtractiveAnswerer(
            maximumRisk: options.maximumRisk ?? AskOptions.defaultRiskBeforeModel
        ).answer(
            question,
            from: context.passages,
            similarity: try await similarity(to: context.embedding)
        )
        doubt.model = model.name
        // Who may search again is stopped by a bound that somebody chose, not by our own.
        let mayGoOn = options.steps > 0 && options.maximumRisk == nil
        if !doubt.outcome.isAnswered, !mayGoOn { return doubt }
        var answer = try await answerer.answer(
            question,
            from: context.passages,
            onEvent: onEvent
        )
        answer.evidence = doubt.evidence
        // A model that cannot fill the form is no reason to say less than without it.
        let risk = doubt.evidence?.risk ?? 1
        let isFormFault =
            answer.outcome == .abstained(.unreadableReply)
            || answer.outcome == .abstained(.noQuotationPassed)
        let bound = min(options.maximumRisk ?? 1, ExtractiveAnswerer.defaultRisk)
        if isFormFault, doubt.outcome.isAnswered, risk <= bound {
            answer.outcome = .answered
            answer.claims = doubt.claims
            answer.sources = doubt.sources
            answer.model = "extractive"
        }
        return answer
    }

    /// How near sentences are in meaning to a question; nil if only keywords are to count.
    ///
    /// - Parameter question: its embedding.
    /// - Returns: what compares sentences with it.
    /// - Throws: what loading the model throws.
    private func similarity(
        to question: [Float]?
    ) async throws -> ExtractiveAnswerer.Similarity? {
        guard let question else { return nil }
        let embedder = try await embedder()
        return { sentences in
            try await embedder.embed(sentences, as: .passage)
                .map { DistanceKernels.dot($0, question) }
        }
    }

    /// What a language model would be sent.
    ///
    /// A question that leans on the conversation is put as it would be without a model; a model is asked
    /// to rewrite it before anything else, with what was said.
    public func prompt(
        for question: String,
        options: AskOptions = AskOptions()
    ) async throws -> [ChatMessage] {
        let question = try await QuestionRewriter(model: nil)
            .standalone(question, after: options.history).question
        let language = LanguageDetector().language(of: question)
        guard options.usesContext else {
            return options.builder.promptWithoutContext(for: question, language: language)
        }
        let context = try await self.context(for: question, options: options)
        return options.builder.prompt(
            for: question,
            passages: context.passages,
            language: language,
            offersSearch: options.steps > 0
        ).messages
    }
}
