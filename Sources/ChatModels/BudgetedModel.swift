internal import Synchronization

/// A language model that takes no more than a budget.
///
/// A request that could take more is not made: its reply is bounded by what is left, and where that would not
/// do for any reply, or the time is up, `AnsweringError.budget` is thrown.
package final class BudgetedModel: LanguageModel {
    private let model: any LanguageModel
    private let budget: AnswerBudget
    private let rates: AnswerBudget.Rates?
    private let start: ContinuousClock.Instant
    private let state = Mutex(State())

    private struct State {
        /// Tokens that were sent and that the server counted, or their estimate.
        var prompt = 0
        /// Tokens that the server counted in whole replies.
        var reply = 0
        /// Bytes of replies of which no count came.
        var bytes = 0
        var cuts: [String] = []

        var written: Int { reply + BudgetedModel.mostTokens(ofBytes: bytes) }
    }

    /// Tokens of the shortest reply that is worth asking for.
    package static let leastReply = 64

    package var name: String { model.name }

    /// Bounds `model` from `start` on; `rates` are needed for a budget of money.
    package init(
        _ model: any LanguageModel,
        budget: AnswerBudget,
        rates: AnswerBudget.Rates?,
        start: ContinuousClock.Instant
    ) {
        self.model = model
        self.budget = budget
        self.rates = rates
        self.start = start
    }

    /// Tokens that were read and written.
    package var tokens: Int { state.withLock { $0.prompt + $0.written } }

    /// What they cost, where that is known.
    package var cost: Double? {
        guard let rates else { return nil }
        return state.withLock {
            Double($0.prompt) * rates.prompt + Double($0.written) * rates.reply
        }
    }

    /// What was done less, in the order in which it was.
    package var cuts: [String] { state.withLock(\.cuts) }

    /// Notes something that was done less.
    package func note(_ cut: String) {
        state.withLock { if !$0.cuts.contains(cut) { $0.cuts.append(cut) } }
    }

    /// Tokens of the longest prompt that leaves room for a reply of `reply` tokens; nil for any.
    package func promptRoom(leaving reply: Int) -> Int? {
        let reply = min(reply, max(Self.leastReply, (budget.tokens ?? .max) / 4))
        var room: Int?
        if let tokens = budget.tokens { room = max(0, tokens - self.tokens - reply) }
        if let cost = budget.cost, let rates, rates.prompt > 0 {
            let left = cost - (self.cost ?? 0)
            let written = min(Double(reply), left / 4 / max(rates.reply, .leastNonzeroMagnitude))
            let affordable = (left - written * rates.reply) / rates.prompt
            room = min(room ?? .max, Int(min(max(affordable, 0), 1e9)))
        }
        // Prompts are estimated with fewer tokens than this counts to be safe.
        return room.map { $0 * 5 / 7 }
    }

    /// Streams the reply, as far as the budget goes.
    package func reply(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        let prompt = request.messages.reduce(0) {
            $0 + Self.mostTokens(ofBytes: $1.text.utf8.count) + 8
        }
        let room = replyRoom(after: prompt)
        var bounded = request
        if let room {
            guard room >= Self.leastReply else {
                return Self.failing(
                    exhausted("a prompt of about \(prompt) tokens and its reply do not fit")
                )
            }
            if room < request.sampling.maximumTokens {
                note("The reply was bounded to \(room) tokens.")
            }
            bounded.sampling.maximumTokens = min(request.sampling.maximumTokens, room)
            bounded.limitsThoughts = true
        }
        let end = budget.milliseconds.map { start.advanced(by: .milliseconds($0)) }
        if let end, end <= .now { return Self.failing(exhausted("the time is up")) }
        return stream(bounded, prompt: prompt, until: end)
    }

    /// Tokens of the longest reply after a prompt; nil for any.
    private func replyRoom(after prompt: Int) -> Int? {
        var room: Int?
        if let tokens = budget.tokens { room = tokens - self.tokens - prompt }
        if let cost = budget.cost, let rates {
            let left = cost - (self.cost ?? 0) - Double(prompt) * rates.prompt
            let affordable = rates.reply > 0 ? left / rates.reply : left >= 0 ? 1e9 : 0
            room = min(room ?? .max, Int(min(max(affordable, 0), 1e9)))
        }
        return room
    }

    private func stream(
        _ request: ChatRequest,
        prompt: Int,
        until end: ContinuousClock.Instant?
    ) -> AsyncThrowingStream<ChatEvent, any Error> {
        AsyncThrowingStream { continuation in
            // What is sent is read, whatever becomes of the reply.
            state.withLock { $0.prompt += prompt }
            let task = Task {
                var bytes = 0
                do {
                    for try await event in model.reply(to: request) {
                        switch event {
                        case .text(let text):
                            bytes += text.utf8.count
                            state.withLock { $0.bytes += text.utf8.count }
                        case .finished(_, let usage):
                            guard let usage else { break }
                            state.withLock {
                                $0.prompt += usage.prompt - prompt
                                $0.reply += usage.reply
                                $0.bytes -= bytes
                            }
                        }
                        continuation.yield(event)
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            let alarm = end.map { end in
                Task {
                    try await Task.sleep(until: end, clock: .continuous)
                    continuation.finish(throwing: exhausted("the time is up"))
                    task.cancel()
                }
            }
            continuation.onTermination = { _ in
                task.cancel()
                alarm?.cancel()
            }
        }
    }

    /// More tokens than a text has, in nearly all tokenizers: a token for two and a half bytes.
    fileprivate static func mostTokens(ofBytes count: Int) -> Int { (count * 2 + 4) / 5 }

    private func exhausted(_ reason: String) -> AnsweringError {
        .budget(model: name, reason: reason)
    }

    private static func failing(
        _ error: AnsweringError
    ) -> AsyncThrowingStream<ChatEvent, any Error> {
        AsyncThrowingStream { $0.finish(throwing: error) }
    }
}
