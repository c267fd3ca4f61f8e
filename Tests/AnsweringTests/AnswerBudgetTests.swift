import Testing

@testable import Answering
@testable import ChatModels

/// A budget is obeyed by what is not asked.
@Suite struct AnswerBudgetTests {
    @Test(arguments: [
        ("2000tokens", AnswerBudget(tokens: 2_000)), ("0.02$", AnswerBudget(cost: 0.02)),
        ("€1.5", AnswerBudget(cost: 1.5)), ("1500ms", AnswerBudget(milliseconds: 1_500)),
        ("1.5 s", AnswerBudget(milliseconds: 1_500)),
        ("2000 t, 0.02 eur, 3s", AnswerBudget(tokens: 2_000, cost: 0.02, milliseconds: 3_000)),
    ])
    func readsAmountsWithTheirUnits(text: String, budget: AnswerBudget) {
        #expect(AnswerBudget(text) == budget)
        #expect(AnswerBudget(budget.description) == budget)
    }

    @Test(arguments: ["", "2000", "-5ms", "1e3ms", "fast", "2t,3t", "5 apples", "$", "..ms"])
    func refusesWhatHasNoUnit(text: String) {
        #expect(AnswerBudget(text) == nil)
    }

    private func ask(
        _ model: ScriptedModel,
        _ budget: AnswerBudget,
        rates: AnswerBudget.Rates? = nil,
        _ text: String = "Where is the key?"
    ) async throws -> (reply: String, model: BudgetedModel) {
        let bounded = BudgetedModel(model, budget: budget, rates: rates, start: .now)
        var reply = ""
        let request = ChatRequest(messages: [ChatMessage(.user, text)])
        for try await event in bounded.reply(to: request) {
            if case .text(let piece) = event { reply += piece }
        }
        return (reply, bounded)
    }

    @Test func theReplyIsBoundedByWhatIsLeft() async throws {
        let model = ScriptedModel(["In the drawer."])
        let (reply, bounded) = try await ask(model, AnswerBudget(tokens: 200))
        #expect(reply == "In the drawer.")
        let request = try #require(model.requests.first)
        #expect(request.sampling.maximumTokens < 200 && request.limitsThoughts)
        #expect(bounded.tokens == 12)
        #expect(!bounded.cuts.isEmpty)
    }

    @Test func whatDoesNotFitIsNotSent() async throws {
        let model = ScriptedModel(["In the drawer."])
        let long = String(repeating: "word ", count: 200)
        await #expect(throws: AnsweringError.self) {
            _ = try await ask(model, AnswerBudget(tokens: 300), rates: nil, long)
        }
        #expect(model.requests.isEmpty)
        let rates = AnswerBudget.Rates(prompt: 0.001, reply: 0.001)
        await #expect(throws: AnsweringError.self) {
            _ = try await ask(model, AnswerBudget(cost: 0.05), rates: rates)
        }
        #expect(model.requests.isEmpty)
        await #expect(throws: AnsweringError.self) {
            _ = try await ask(model, AnswerBudget(milliseconds: 0))
        }
        #expect(model.requests.isEmpty)
    }

    @Test func aReplyThatComesTooLateIsCutOff() async throws {
        let bounded = BudgetedModel(
            EndlessModel(),
            budget: AnswerBudget(milliseconds: 50),
            rates: nil,
            start: .now
        )
        let request = ChatRequest(messages: [ChatMessage(.user, "Where?")])
        await #expect(throws: AnsweringError.self) {
            for try await _ in bounded.reply(to: request) {}
        }
        #expect(bounded.tokens > 0)
    }

    @Test func thoughtsCountWhereTokensAreBounded() {
        var request = ChatRequest(messages: [])
        #expect(request.maximumTokens(allowingForThoughts: 2_048) == 2_848)
        request.limitsThoughts = true
        #expect(request.maximumTokens(allowingForThoughts: 2_048) == 800)
    }

    /// A model that never comes to an end.
    private struct EndlessModel: LanguageModel {
        let name = "endless"
        func reply(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
            AsyncThrowingStream { continuation in
                let task = Task {
                    while !Task.isCancelled {
                        continuation.yield(.text("and "))
                        try? await Task.sleep(for: .milliseconds(5))
                    }
                    continuation.finish()
                }
                continuation.onTermination = { _ in task.cancel() }
            }
        }
    }
}
