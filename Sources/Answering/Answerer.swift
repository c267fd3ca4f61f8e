public import ChatModels
internal import Corpus
public import TextAnalysis

/// Answers with a language model, and shows only what the quotation gate lets through.
///
/// Prompt, stream, gate; where nothing passes, once more with the failures named; where nothing
/// passes again, an abstention. A claim counts as supported because of its quotation, never
/// because the model says so.
public struct Answerer: Sendable {
    /// The model that writes.
    public var model: any LanguageModel
    /// What it is told.
    public var builder: PromptBuilder
    /// How its replies are drawn.
    public var sampling: Sampling
    /// Whether the reply's form is enforced by a JSON schema, where the provider can.
    public var usesSchema: Bool

    /// Finds passages for words that the model wants looked up.
    public typealias Search = @Sendable (_ query: String) async throws -> [SourcePassage]

    /// How often the model may have the documents searched again.
    public var steps: Int
    /// How that is done; without it, it is not offered.
    public var search: Search?

    /// Makes an answerer.
    public init(
        model: any LanguageModel,
        builder: PromptBuilder = PromptBuilder(),
        sampling: Sampling = Sampling(),
        usesSchema: Bool = true,
        steps: Int = 0,
        search: Search? = nil
    ) {
        self.model = model
        self.builder = builder
        self.sampling = sampling
        self.usesSchema = usesSchema
        self.steps = steps
        self.search = search
    }

    /// What happens while a question is being answered, for a person who waits.
    public enum Event: Sendable {
        /// The prompt is on its way: the model's name and the prompt's estimated tokens.
        case asked(model: String, estimatedTokens: Int)
        /// So many characters of the reply have come.
        case received(characters: Int)
        /// A claim has passed the gate.
        case passed(Claim)
        /// A quotation has not.
        case rejected(RejectedQuotation)
        /// Nothing passed: the model is asked once more.
        case retrying
        /// The prompt was longer than the model reads: it is asked with fewer passages.
        case shortened
        /// The passages do not suffice, the model says: the documents are searched for this.
        case searching(String)
        /// Text of an answer without documents.
        case text(String)
    }

    /// Answers `question` from `passages`, or abstains.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - passages: What retrieval found, best first.
    ///   - language: The question's language; found out if nil.
    ///   - onEvent: Called in order, while the answer is being made.
    /// - Returns: The claims whose quotations passed, in the model's order.
    /// - Throws: `AnsweringError` or `CancellationError`.
    public func answer(
        _ question: String,
        from passages: [SourcePassage],
        language: Language? = nil,
        onEvent: @Sendable (Event) -> Void = { _ in }
    ) async throws -> Answer {
        let language = language ?? LanguageDetector().language(of: question)
        var answer = Answer(
            question: question,
            outcome: .abstained(.noPassages),
            model: model.name,
            language: language.rawValue
        )
        var passages = passages
        var left = search == nil ? 0 : steps
        guard !passages.isEmpty || left > 0 else { return answer }
        while true {
            answer.sources = passages.prefix(3).map(Source.init)
            let round = Round(
                question: question,
                language: language,
                passages: passages,
                offersSearch: left > 0
            )
            let reading = try await run(round, &answer, onEvent)
            guard answer.claims.isEmpty else {
                answer.outcome = .answered
                return answer
            }
            // The model may have the documents searched again, each time in other words.
            if left > 0, let query = ReplyParser.search(in: reading.reply),
                !answer.searches.contains(query)
            {
                left -= 1
                answer.searches.append(query)
                onEvent(.searching(query))
                let known = Set(passages.map(\.id))
                let found = try await search?(query) ?? []
                passages = found.filter { !known.contains($0.id) } + passages
                continue
            }
            answer.outcome =
                switch reading.result {
                case .unreadable: .abstained(.unreadableReply)
                case .claims(let drafts):
                    .abstained(drafts.isEmpty ? .modelDeclined : .noQuotationPassed)
                }
            return answer
        }
    }

    /// Asks the model alone, without any documents: the answer is marked as resting on nothing.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - language: The question's language; found out if nil.
    ///   - onEvent: Called with the text as it comes.
    /// - Returns: One claim without citations.
    /// - Throws: `AnsweringError` or `CancellationError`.
    public func answerWithoutContext(
        _ question: String,
        language: Language? = nil,
        onEvent: @Sendable (Event) -> Void = { _ in }
    ) async throws -> Answer {
        let language = language ?? LanguageDetector().language(of: question)
        let messages = builder.promptWithoutContext(for: question, language: language)
        var text = ""
        var usage: TokenUsage?
        for try await event in model.reply(to: ChatRequest(messages: messages, sampling: sampling))
        {
            switch event {
            case .text(let piece):
                text += piece
                onEvent(.text(piece))
            case .finished(_, let tokens): usage = tokens
            }
        }
        return Answer(
            question: question,
            outcome: .answered,
            claims: [
                Claim(
                    text: HiddenCharacters.removed(from: text),
                    citations: [],
                    standing: .notChecked
                )
            ],
            grounding: .none,
            model: model.name,
            language: language.rawValue,
            usage: usage
        )
    }

    /// What a prompt is made of.
    private struct Round {
        var question: String
        var language: Language
        var passages: [SourcePassage]
        var offersSearch: Bool
    }

    /// A reply and what was read in it.
    private struct Reading {
        var reply: String
        var result: ReplyParser.Reading

        /// A model that read the passages and declined is taken at its word.
        var isWorthRetrying: Bool { result != .claims([]) }
    }

    /// Asks, and once more if nothing passed; with ever fewer passages while the model cannot read
    /// them all.
    private func run(
        _ round: Round,
        _ answer: inout Answer,
        _ onEvent: @Sendable (Event) -> Void
    ) async throws -> Reading {
        var builder = builder
        while true {
            do {
                return try await run(round, builder, &answer, onEvent)
            } catch let error as AnsweringError {
                // What has been shown stays; a shorter prompt is for a model that has said nothing yet.
                guard case .contextOverflow = error, builder.maximumTokens > 600,
                    answer.claims.isEmpty
                else { throw error }
                builder.maximumTokens /= 2
                onEvent(.shortened)
            }
        }
    }

    private func run(
        _ round: Round,
        _ builder: PromptBuilder,
        _ answer: inout Answer,
        _ onEvent: @Sendable (Event) -> Void
    ) async throws -> Reading {
        let prompt = builder.prompt(
            for: round.question,
            passages: round.passages,
            language: round.language,
            offersSearch: round.offersSearch
        )
        let judge = AttributionCheck(prompt.passages, question: round.question)
        onEvent(.asked(model: model.name, estimatedTokens: prompt.estimatedTokens))
        let failed = answer.rejected.count
        var reading = try await ask(prompt.messages, prompt, judge, &answer, onEvent)
        let wantsSearch = round.offersSearch && ReplyParser.search(in: reading.reply) != nil
        if answer.claims.isEmpty, reading.isWorthRetrying, !wantsSearch {
            onEvent(.retrying)
            let messages = builder.retry(
                prompt,
                reply: reading.reply,
                rejected: Array(answer.rejected.dropFirst(failed)),
                language: round.language
            )
            reading = try await ask(messages, prompt, judge, &answer, onEvent)
        }
        var cited: Set<PassageID> = []
        let ids = answer.claims.flatMap { $0.citations.map(\.passageID) }
            .filter { cited.insert($0).inserted }
        if !ids.isEmpty {
            answer.sources = ids.compactMap { id in
                prompt.passages.first { $0.id == id }.map(Source.init)
            }
        }
        return reading
    }

    private func ask(
        _ messages: [ChatMessage],
        _ prompt: PromptBuilder.Prompt,
        _ judge: AttributionCheck,
        _ answer: inout Answer,
        _ onEvent: @Sendable (Event) -> Void
    ) async throws -> Reading {
        let request = ChatRequest(
            messages: messages,
            sampling: sampling,
            schema: usesSchema ? prompt.schema : nil
        )
        var reply = ""
        var judged: [ReplyParser.Draft] = []
        let before = answer
        /// Judges what is new. What came first may turn out to be thoughts, when a tag that closes them comes
        /// behind it.
        func take(_ drafts: [ReplyParser.Draft]) {
            if !drafts.starts(with: judged) {
                answer.claims = before.claims
                answer.rejected = before.rejected
                judged = []
            }
            record(drafts.dropFirst(judged.count), judge, &answer, onEvent)
            judged = drafts
        }
        do {
            for try await event in model.reply(to: request) {
                switch event {
                case .text(let piece):
                    reply += piece
                    onEvent(.received(characters: reply.count))
                    // Claim by claim: each is judged as soon as its brace closes.
                    if piece.contains("}"), case .claims(let drafts) = ReplyParser.read(reply) {
                        take(drafts)
                    }
                case .finished(_, let usage):
                    guard let usage else { break }
                    answer.usage = answer.usage.map { $0 + usage } ?? usage
                }
            }
        } catch {
            // What has been shown needs its sources: the answer ends here, with what it has.
            guard !answer.claims.isEmpty else { throw error }
            answer.interruption = "\(error)"
            return Reading(reply: reply, result: ReplyParser.read(reply))
        }
        let result = ReplyParser.read(reply)
        if case .claims(let drafts) = result { take(drafts) }
        return Reading(reply: reply, result: result)
    }

    private func record(
        _ drafts: ArraySlice<ReplyParser.Draft>,
        _ judge: AttributionCheck,
        _ answer: inout Answer,
        _ onEvent: @Sendable (Event) -> Void
    ) {
        for draft in drafts {
            switch judge.judge(draft) {
            case .success(let claim):
                var told = ToldClaims(answer.claims)
                let isNew = told.add(claim)
                answer.claims = told.claims
                if isNew { onEvent(.passed(claim)) }
            case .failure(let rejected):
                answer.rejected.append(rejected)
                onEvent(.rejected(rejected))
            }
        }
    }
}
