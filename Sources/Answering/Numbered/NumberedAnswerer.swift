package import ChatModels
internal import Corpus
package import TextAnalysis

/// Answers with a language model that is too small to quote: it chooses among the best sentences, which are
/// numbered, and says in a few words what they answer.
///
/// Quotations are the sentences themselves, so none can be wrong. The ranking of sentences stands unless the
/// model is surer: it has to choose another sentence twice, from two orders, and the ranking has to be in doubt.
package struct NumberedAnswerer: Sendable {
    /// The model that chooses.
    package var model: any LanguageModel
    /// How its replies are drawn.
    package var sampling: Sampling
    /// Tokens of the longest prompt, estimated.
    package var maximumTokens: Int

    /// Sentences that are numbered.
    package static let sentences = 8
    /// Tokens of the longest reply: numbers and a short claim.
    private static let replyTokens = 160
    /// The risk from which the ranking is in doubt.
    private static let doubt = 0.5

    /// Makes an answerer.
    package init(model: any LanguageModel, sampling: Sampling, maximumTokens: Int = 2_900) {
        self.model = model
        self.sampling = sampling
        self.sampling.maximumTokens = min(sampling.maximumTokens, Self.replyTokens)
        self.maximumTokens = maximumTokens
    }

    /// Answers with what the ranking chose, said in the model's words where these follow.
    ///
    /// - Parameters:
    ///   - question: what is asked.
    ///   - ranked: the answer without a model.
    ///   - candidates: more sentences, best first, each a claim that is its quotation.
    ///   - passages: what the claims cite.
    ///   - language: the question's; found out if nil.
    ///   - onEvent: called in order, while the answer is being made.
    /// - Returns: an answer that is not worse than `ranked`, whatever the model says.
    /// - Throws: `AnsweringError` or `CancellationError`.
    package func answer(
        _ question: String,
        ranked: Answer,
        candidates: [Claim],
        passages: [SourcePassage],
        language: Language? = nil,
        onEvent: @Sendable (Answerer.Event) -> Void = { _ in }
    ) async throws -> Answer {
        let language = language ?? LanguageDetector().language(of: question)
        var answer = ranked
        answer.model = model.name
        let first = try await choose(question, candidates, false, language, &answer, onEvent)
        var chosen = first
        if let choice = first, choice.places.first != 0 {
            // Whoever chooses by place chooses another sentence from the other end.
            let isInDoubt = (ranked.evidence?.risk ?? 0) >= Self.doubt
            let second =
                isInDoubt
                ? try await choose(question, candidates, true, language, &answer, onEvent) : nil
            if second?.places.first != choice.places.first { chosen = nil }
        }
        if let chosen {
            answer.claims = claims(chosen, in: ranked.claims, candidates, passages, question)
            cite(passages, in: &answer)
        } else {
            answer.model = ranked.model
        }
        for claim in answer.claims { onEvent(.passed(claim)) }
        return answer
    }

    /// What a model is asked first.
    package static func prompt(
        for question: String,
        candidates: [Claim],
        maximumTokens: Int,
        language: Language
    ) -> [ChatMessage] {
        NumberedPrompt(
            question,
            sentences: candidates.map(\.text),
            maximumTokens: maximumTokens,
            language: language
        ).messages
    }

    /// The places of the chosen candidates, and what is said of them.
    private struct Choice {
        var places: [Int]
        var claim: String
    }

    private func choose(
        _ question: String,
        _ candidates: [Claim],
        _ isReversed: Bool,
        _ language: Language,
        _ answer: inout Answer,
        _ onEvent: @Sendable (Answerer.Event) -> Void
    ) async throws -> Choice? {
        let prompt = NumberedPrompt(
            question,
            sentences: candidates.map(\.text),
            isReversed: isReversed,
            maximumTokens: maximumTokens,
            language: language
        )
        let tokens = prompt.messages.reduce(0) { $0 + PromptBuilder.estimatedTokens($1.text) }
        onEvent(.asked(model: model.name, estimatedTokens: tokens))
        let request = ChatRequest(
            messages: prompt.messages,
            sampling: sampling,
            schema: prompt.schema
        )
        var reply = ""
        for try await event in model.reply(to: request) {
            switch event {
            case .text(let piece):
                reply += piece
                onEvent(.received(characters: reply.count))
            case .finished(_, let usage):
                guard let usage else { break }
                answer.usage = answer.usage.map { $0 + usage } ?? usage
            }
        }
        guard let choice = NumberedReply(reply, count: prompt.places.count).choices.first else {
            return nil
        }
        return Choice(places: choice.numbers.map { prompt.places[$0 - 1] }, claim: choice.claim)
    }

    /// The ranking's claims, the chosen one first and in the model's words if they follow from it.
    private func claims(
        _ choice: Choice,
        in ranked: [Claim],
        _ candidates: [Claim],
        _ passages: [SourcePassage],
        _ question: String
    ) -> [Claim] {
        guard let place = choice.places.first, candidates.indices.contains(place) else {
            return ranked
        }
        var best = candidates[place]
        if let known = ranked.first(where: { $0.citations.first == best.citations.first }) {
            best = known
        }
        let others = ranked.filter { $0.citations.first != best.citations.first }
        return [worded(best, choice.claim, passages, question)] + others.prefix(2)
    }

    /// A claim in the model's words, if they follow from its quotation.
    private func worded(
        _ claim: Claim,
        _ said: String,
        _ passages: [SourcePassage],
        _ question: String
    ) -> Claim {
        let text = ShownText.of(said.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        guard !text.isEmpty, let citation = claim.citations.first,
            let passage = passages.first(where: { $0.id == citation.passageID })
        else { return claim }
        var result = claim
        switch ClaimSupport(question: question, passage: passage).judge(text, by: citation) {
        case .follows:
            result.text = text
            result.standing = .follows
        case .unchecked:
            result.reading = text
            result.standing = .notChecked
        case .fails: break
        }
        return result
    }

    private func cite(_ passages: [SourcePassage], in answer: inout Answer) {
        var cited: Set<PassageID> = []
        let ids = answer.claims.flatMap(\.citations).map(\.passageID)
            .filter { cited.insert($0).inserted }
        answer.sources = ids.compactMap { id in passages.first { $0.id == id }.map(Source.init) }
    }
}
