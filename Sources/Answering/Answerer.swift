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

    /// Makes an answerer.
    public init(
        model: any LanguageModel,
        builder: PromptBuilder = PromptBuilder(),
        sampling: Sampling = Sampling(),
        usesSchema: Bool = true
    ) {
        self.model = model
        self.builder = builder
        self.sampling = sampling
        self.usesSchema = usesSchema
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
        guard !passages.isEmpty else { return answer }
        answer.sources = passages.prefix(3).map(Source.init)

        let prompt = builder.prompt(for: question, passages: passages, language: language)
        let judge = ClaimJudge(prompt.passages, question: question)
        onEvent(.asked(model: model.name, estimatedTokens: prompt.estimatedTokens))
        var reading = try await ask(prompt.messages, prompt, judge, &answer, onEvent)
        if answer.claims.isEmpty, reading.isWorthRetrying {
            onEvent(.retrying)
            let messages = builder.retry(
                prompt,
                reply: reading.reply,
                rejected: answer.rejected,
                language: language
            )
            reading = try await ask(messages, prompt, judge, &answer, onEvent)
        }
        guard answer.claims.isEmpty else {
            answer.outcome = .answered
            var cited: Set<Int64> = []
            let ids = answer.claims.flatMap { $0.citations.map(\.passageID) }
                .filter { cited.insert($0).inserted }
            answer.sources = ids.compactMap { id in
                prompt.passages.first { $0.id == id }.map(Source.init)
            }
            return answer
        }
        answer.outcome =
            switch reading.result {
            case .unreadable: .abstained(.unreadableReply)
            case .claims(let drafts):
                .abstained(drafts.isEmpty ? .modelDeclined : .noQuotationPassed)
            }
        return answer
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
            claims: [Claim(text: text, citations: [])],
            grounding: .none,
            model: model.name,
            language: language.rawValue,
            usage: usage
        )
    }

    /// A reply and what was read in it.
    private struct Reading {
        var reply: String
        var result: ReplyParser.Reading

        /// A model that read the passages and declined is taken at its word.
        var isWorthRetrying: Bool { result != .claims([]) }
    }

    private func ask(
        _ messages: [ChatMessage],
        _ prompt: PromptBuilder.Prompt,
        _ judge: ClaimJudge,
        _ answer: inout Answer,
        _ onEvent: @Sendable (Event) -> Void
    ) async throws -> Reading {
        let request = ChatRequest(
            messages: messages,
            sampling: sampling,
            schema: usesSchema ? prompt.schema : nil
        )
        var reply = ""
        var judged = 0
        for try await event in model.reply(to: request) {
            switch event {
            case .text(let piece):
                reply += piece
                onEvent(.received(characters: reply.count))
                // Claim by claim: each is judged as soon as its brace closes.
                if piece.contains("}"), case .claims(let drafts) = ReplyParser.read(reply) {
                    record(drafts.dropFirst(judged), judge, &answer, onEvent)
                    judged = drafts.count
                }
            case .finished(_, let usage):
                guard let usage else { break }
                answer.usage = answer.usage.map { $0 + usage } ?? usage
            }
        }
        let result = ReplyParser.read(reply)
        if case .claims(let drafts) = result {
            record(drafts.dropFirst(judged), judge, &answer, onEvent)
        }
        return Reading(reply: reply, result: result)
    }

    private func record(
        _ drafts: ArraySlice<ReplyParser.Draft>,
        _ judge: ClaimJudge,
        _ answer: inout Answer,
        _ onEvent: @Sendable (Event) -> Void
    ) {
        for draft in drafts {
            switch judge.judge(draft) {
            case .success(let claim):
                guard !answer.claims.contains(claim) else { continue }
                answer.claims.append(claim)
                onEvent(.passed(claim))
            case .failure(let rejected):
                answer.rejected.append(rejected)
                onEvent(.rejected(rejected))
            }
        }
    }
}

extension RejectedQuotation: Error {}

/// Takes a model's claims to the gate.
struct ClaimJudge: Sendable {
    private let passages: [SourcePassage]
    private let gate: QuotationGate
    private let question: String

    /// Judges against `passages`, numbered from 1 in this order.
    init(_ passages: [SourcePassage], question: String) {
        self.question = question
        self.passages = passages
        gate = QuotationGate(passages)
    }

    /// The claim with its quotation as stored, or what is wrong with it.
    func judge(_ draft: ReplyParser.Draft) -> Result<Claim, RejectedQuotation> {
        let passage = draft.passage.flatMap {
            passages.indices.contains($0 - 1) ? passages[$0 - 1] : nil
        }
        func rejected(_ fault: QuotationFault) -> Result<Claim, RejectedQuotation> {
            .failure(
                RejectedQuotation(
                    claim: draft.claim,
                    passageID: passage?.id,
                    quotation: draft.quotation,
                    reason: fault
                )
            )
        }
        guard let passage else { return rejected(.unknownPassage) }
        switch gate.check(draft.quotation, in: passage.id) {
        case .refused(let fault): return rejected(fault)
        case .verified(let whole):
            let citation = whole.narrowed(to: draft.claim, question: question, in: passage)
            // A claim without words of its own, or with numbers of its own, is its quotation.
            let text = draft.claim.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let isBacked = Self.numbers(in: text)
                .isSubset(of: Self.numbers(in: whole.quotation + " " + question))
            return .success(
                Claim(
                    text: text.isEmpty || !isBacked ? citation.quotation : text,
                    citations: [citation]
                )
            )
        }
    }

    /// The numbers in `text` whole: the 10 in 0,10 is none.
    private static func numbers(in text: String) -> Set<Substring> {
        let parts = text.split { !($0.isNumber || $0 == "." || $0 == "," || $0 == ":") }
        return Set(
            parts.map { part in
                var part = part
                while part.last?.isNumber == false { part.removeLast() }
                while part.first?.isNumber == false { part.removeFirst() }
                return part
            }
        ).subtracting([""])
    }
}
