public import Answering
internal import Embedding
internal import SentenceEncoder
internal import PassageStore
internal import TextAnalysis

/// How a question is answered.
public struct AskOptions: Sendable {
    /// The language model, or nil for an extractive answer.
    public var model: (any LanguageModel)?
    /// Passages that the answer may draw on, before their neighbours.
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

    /// Makes options; without arguments, the command line's defaults without a language model.
    public init(
        model: (any LanguageModel)? = nil,
        passages: Int = 5,
        tokenBudget: Int = 2_500,
        mode: SearchMode = .hybrid,
        filter: DocumentFilter = DocumentFilter(),
        usesContext: Bool = true,
        sampling: Sampling = Sampling()
    ) {
        self.model = model
        self.passages = passages
        self.tokenBudget = tokenBudget
        self.mode = mode
        self.filter = filter
        self.usesContext = usesContext
        self.sampling = sampling
    }

    var builder: PromptBuilder {
        // Neighbours come on top of the passages that were asked for; the budget bounds them all.
        PromptBuilder(maximumPassages: passages * 3, maximumTokens: tokenBudget)
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
        guard question.contains(where: { !$0.isWhitespace }) else {
            throw RetrievalError.emptyQuery
        }
        if let model = options.model {
            let answerer = Answerer(
                model: model,
                builder: options.builder,
                sampling: options.sampling
            )
            guard options.usesContext else {
                return try await answerer.answerWithoutContext(question, onEvent: onEvent)
            }
            let passages = try await context(for: question, options: options)
            return try await answerer.answer(question, from: passages, onEvent: onEvent)
        }
        let passages = try await context(for: question, options: options)
        guard options.mode != .keyword else {
            return try await ExtractiveAnswerer().answer(question, from: passages)
        }
        let embedder = try embedders.embedder()
        return try await ExtractiveAnswerer().answer(question, from: passages) { sentences in
            // As questions, both: what is compared is likeness, not who answers whom.
            let vectors = try await embedder.embed(sentences, as: .passage)
            let query = try await embedder.embed(question, as: .query)
            return vectors.map { vector in
                zip(vector, query).reduce(Float(0)) { $0 + $1.0 * $1.1 }
            }
        }
    }

    /// What a language model would be sent.
    public func prompt(
        for question: String,
        options: AskOptions = AskOptions()
    ) async throws -> [ChatMessage] {
        let language = LanguageDetector().language(of: question)
        guard options.usesContext else {
            return options.builder.promptWithoutContext(for: question, language: language)
        }
        let passages = try await context(for: question, options: options)
        return options.builder.prompt(for: question, passages: passages, language: language)
            .messages
    }

    /// The passages that answer best, each followed by its neighbours in the same section as far as
    /// the budget goes.
    private func context(for question: String, options: AskOptions) async throws -> [SourcePassage]
    {
        let results = try await search(
            SearchRequest(
                question,
                mode: options.mode,
                limit: options.passages,
                filter: options.filter
            )
        )
        return try store.read { snapshot in
            let found = try snapshot.passages(results.hits.map(\.id))
            var budget = options.tokenBudget
            var chosen: [Int64: SourcePassage] = [:]
            var order: [Int64] = []
            var texts: Set<String> = []
            func add(_ passage: StoredPassage, score: Double) {
                // The same text twice, in two copies of a document, supports nothing twice.
                guard chosen[passage.id] == nil, texts.insert(passage.text).inserted else { return }
                guard passage.tokenCount <= budget || order.isEmpty else { return }
                budget -= passage.tokenCount
                chosen[passage.id] = SourcePassage(passage, score: score)
                order.append(passage.id)
            }
            let scores = Dictionary(
                results.hits.map { ($0.id, $0.score) },
                uniquingKeysWith: { a, _ in a }
            )
            for passage in found { add(passage, score: scores[passage.id] ?? 0) }
            for passage in found.prefix(2) {
                let near = max(0, passage.position - 1)...(passage.position + 1)
                let neighbours = try snapshot.passages(
                    ofDocument: passage.documentID,
                    positions: near
                )
                for neighbour in neighbours where neighbour.headings == passage.headings {
                    add(neighbour, score: (scores[passage.id] ?? 0) / 2)
                }
            }
            return order.compactMap { chosen[$0] }
        }
    }
}

extension SourcePassage {
    init(_ passage: StoredPassage, score: Double) {
        self.init(
            id: passage.id,
            text: passage.text,
            path: passage.document.absolutePath,
            title: passage.document.title,
            headingPath: passage.headings,
            lines: passage.lines,
            pages: passage.pages,
            language: passage.document.language,
            score: score
        )
    }
}
