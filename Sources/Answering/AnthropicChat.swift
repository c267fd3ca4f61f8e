package import HTTPTransport

/// A chat model behind Anthropic's `/v1/messages`, streamed: Anthropic itself, and the servers that
/// speak its language (llama.cpp, LiteLLM).
public struct AnthropicChat: LanguageModel {
    /// `anthropic:MODEL`.
    public let name: String

    private let model: String
    private let address: String
    private let provider: Provider
    private let transport: Transport

    /// The address of Anthropic's own API.
    public static let anthropic = "https://api.anthropic.com"

    /// The environment variable that the key is read from.
    public static let keyVariable = "ANTHROPIC_API_KEY"

    /// The version of the interface that requests are written for.
    private static let version = "2026-10-21"

    /// Describes a model and where it is.
    ///
    /// - Parameters:
    ///   - model: The model, such as `claude-haiku-5-5`.
    ///   - baseURL: The address, without `/v1`.
    ///   - key: The value of `ANTHROPIC_API_KEY`.
    /// - Throws: `AnsweringError.missingKey` without a key.
    public init(
        model: String,
        baseURL: String = AnthropicChat.anthropic,
        key: String?
    ) throws(AnsweringError) {
        try self.init(model: model, baseURL: baseURL, key: key, transport: .forProviders())
    }

    package init(
        model: String,
        baseURL: String = AnthropicChat.anthropic,
        key: String?,
        transport: Transport
    ) throws(AnsweringError) {
        name = "anthropic:\(model)"
        self.model = model
        var base = trimmedBase(baseURL)
        if base.hasSuffix("/v1") { base.removeLast(3) }
        address = base + "/v1/messages"
        guard let secret = Secret(key) else {
            throw .missingKey(variable: Self.keyVariable, model: name)
        }
        provider = Provider(name: name, variable: Self.keyVariable, key: secret)
        self.transport = transport
    }

    /// Streams the model's reply.
    public func reply(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        provider.stream { continuation in
            try await provider.withoutRefusedOptions(Self.options) { omitted in
                try await stream(request, omitting: omitted, to: continuation)
            }
        }
    }

    /// What a request can do without.
    private static let options = ["temperature", "top_p", "top_k", "output_config"]

    private func stream(
        _ request: ChatRequest,
        omitting omitted: Set<String>,
        to continuation: AsyncThrowingStream<ChatEvent, any Error>.Continuation
    ) async throws {
        var reason: FinishReason?
        var read = 0
        var written = 0
        var hasUsage = false
        try await transport.events(
            Transport.Request(
                address: address,
                headers: [("anthropic-version", Self.version)],
                key: provider.key.map { ("Authorization", "Bearer ", $0) },
                body: body(of: request, omitting: omitted).encoded
            )
        ) { event in
            let event = try provider.decode(Event.self, from: event)
            if let error = event.error { throw error.transportError }
            // Tokens read are said at the beginning, tokens written so far now and then.
            if let usage = event.message?.usage ?? event.usage {
                hasUsage = true
                read = max(read, usage.read)
                written = max(written, usage.output_tokens ?? 0)
            }
            if let text = event.delta?.text, !text.isEmpty {
                continuation.yield(.text(text))
            }
            switch event.delta?.stop_reason {
            case nil: break
            case "max_tokens", "model_context_window_exceeded": reason = .length
            case "refusal":
                throw AnsweringError.blocked(model: name, reason: "the model declined")
            default: reason = .complete
            }
            return event.type != "message_stop"
        }
        guard let reason else {
            throw AnsweringError.malformedReply(model: name, reason: "the stream broke off")
        }
        let usage = hasUsage ? TokenUsage(prompt: read, reply: written) : nil
        continuation.yield(.finished(reason, usage))
    }

    private func body(of request: ChatRequest, omitting omitted: Set<String>) -> JSON {
        let sampling = request.sampling
        func option(_ name: String, _ value: JSON?) -> JSON? {
            omitted.contains(name) ? nil : value
        }
        let rules = request.messages.filter { $0.role == .system }.map(\.text)
        return [
            "model": .string(model),
            "max_tokens": .integer(sampling.maximumTokens),
            "stream": true,
            "system": rules.isEmpty ? nil : .string(rules.joined(separator: "\n\n")),
            "messages": .array(
                request.messages.filter { $0.role != .system }.map {
                    ["role": .string($0.role.rawValue), "content": .string($0.text)]
                }
            ),
            // Newer models refuse to be told how to draw; they are told only what was asked for.
            "temperature": option(
                "temperature",
                (sampling.temperature ?? 0) > 0 ? sampling.temperature.map(JSON.number) : nil
            ),
            "top_p": option("top_p", sampling.topP.map(JSON.number)),
            "top_k": option("top_k", sampling.topK.map(JSON.integer)),
            "output_config": option(
                "output_config",
                request.schema.map { ["format": ["type": "json_schema", "schema": .raw($0)]] }
            ),
        ]
    }

    /// One event of the stream.
    private struct Event: Decodable {
        struct Message: Decodable {
            var usage: Usage?
        }
        struct Delta: Decodable {
            var text: String?
            var stop_reason: String?
        }
        struct Usage: Decodable {
            var input_tokens: Int?
            var cache_read_input_tokens: Int?
            var cache_creation_input_tokens: Int?
            var output_tokens: Int?

            /// Tokens read, whether or not they were in the provider's cache.
            var read: Int {
                (input_tokens ?? 0) + (cache_read_input_tokens ?? 0)
                    + (cache_creation_input_tokens ?? 0)
            }
        }
        struct Failure: Decodable {
            var type: String?
            var message: String?

            var transportError: TransportError {
                let status = ["overloaded_error": 529, "rate_limit_error": 429][type ?? ""] ?? 500
                return .status(status, body: message ?? type ?? "", retryAfter: nil)
            }
        }
        var type: String
        var message: Message?
        var delta: Delta?
        var usage: Usage?
        var error: Failure?
    }
}
