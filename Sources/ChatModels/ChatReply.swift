internal import HTTPTransport

/// A reply in the making: what a server sends goes in, what a person may see comes out.
package final class ChatReply {
    private let name: String
    private let continuation: AsyncThrowingStream<ChatEvent, any Error>.Continuation
    private var filter: ThoughtFilter
    /// The text as the server sent it, thoughts that it did not keep apart included.
    private var received = ""
    private var isEnded = false

    /// Why the reply ended, once the server has said so.
    var reason: FinishReason?
    /// What it cost, as far as the server has said.
    var usage: TokenUsage?
    /// Whether the server said in any way that the reply is whole.
    var isDone = false
    /// Whether something was handed on, after which nothing can be asked again.
    private(set) var hasSpoken = false

    init(
        name: String,
        keepsThoughtsApart: Bool,
        _ continuation: AsyncThrowingStream<ChatEvent, any Error>.Continuation
    ) {
        self.name = name
        self.continuation = continuation
        filter = ThoughtFilter(keepsThoughtsApart: keepsThoughtsApart)
    }

    /// Takes in a piece of text.
    func append(_ text: String) {
        guard !text.isEmpty else { return }
        received += text
        say(filter.append(text))
    }

    /// Takes in the text of a message that says all of it, which a server may send after the
    /// pieces.
    func appendWhole(_ text: String) {
        if received.isEmpty { append(text) }
    }

    /// Ends the reply.
    ///
    /// - Throws: `AnsweringError.malformedReply` if it is not whole, `blocked` if a filter stopped
    ///   it.
    func end() throws(AnsweringError) {
        guard !isEnded else { return }
        isEnded = true
        guard reason != nil || isDone && !received.isEmpty else {
            let isNothing = received.isEmpty && isDone
            throw .malformedReply(
                model: name,
                reason: isNothing ? "it is empty" : "the stream broke off"
            )
        }
        if reason == .filtered { throw .blocked(model: name, reason: "its content filter") }
        say(filter.finish())
        continuation.yield(.finished(reason ?? .complete, usage))
    }

    private func say(_ text: String) {
        guard !text.isEmpty else { return }
        hasSpoken = true
        continuation.yield(.text(text))
    }
}

extension JSONReply {
    /// The text of a message's content: a string, or parts of which those that are text are joined
    /// and thoughts are passed over.
    var spoken: String {
        switch self {
        case .string(let text):
            return text
        case .array(let parts):
            return parts.map(\.spoken).joined()
        case .object:
            let kind = self["type"]?.text?.lowercased() ?? ""
            let isThought =
                ["think", "thought", "reason", "summary", "tool", "function"]
                .contains { kind.contains($0) } || self["thought"] == .bool(true)
            if isThought { return "" }
            let inner = self["text"] ?? self["value"] ?? self["content"] ?? self["parts"]
            return inner?.spoken ?? ""
        default:
            return ""
        }
    }

    /// The first of `names` that is a count of tokens.
    func count(_ names: String...) -> Int? {
        names.lazy.compactMap { self[$0]?.integer }.first { $0 >= 0 }
    }
}

extension TokenUsage {
    /// Reads the counts that OpenAI and those who speak its language give, as far as they are
    /// there; nil if none is.
    init?(openAI usage: JSONReply?) {
        guard let usage else { return nil }
        let prompt = usage.count("prompt_tokens", "input_tokens")
        let reply = usage.count("completion_tokens", "output_tokens")
        guard prompt != nil || reply != nil else { return nil }
        let details = usage["prompt_tokens_details"] ?? usage["input_tokens_details"]
        self.init(
            prompt: prompt ?? 0,
            reply: reply ?? 0,
            cached: details?.count("cached_tokens")
                ?? usage.count("prompt_cache_hit_tokens", "cached_tokens")
        )
    }
}
