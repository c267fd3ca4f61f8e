package import HTTPTransport

/// A chat model behind OpenAI's `/chat/completions`: OpenAI itself, and the many servers that
/// speak its language (llama.cpp, LM Studio, vLLM, Ollama, LiteLLM).
public struct OpenAIChat: LanguageModel {
    /// `openai:MODEL`, with `@HOST` for another server than OpenAI's.
    public let name: String

    private let model: String
    private let address: String
    private let isOpenAI: Bool
    private let provider: Provider
    private let transport: Transport

    /// The address of OpenAI's own API.
    public static let openAI = "https://api.openai.com/v1"

    /// The environment variable that the key is read from.
    public static let keyVariable = "OPENAI_API_KEY"

    /// Describes a model and where it is.
    ///
    /// - Parameters:
    ///   - model: The name that the server knows it by.
    ///   - baseURL: The address up to and including `/v1`.
    ///   - key: The value of `OPENAI_API_KEY`; servers of one's own rarely want one.
    /// - Throws: `AnsweringError.missingKey` for OpenAI itself without a key.
    public init(
        model: String,
        baseURL: String = OpenAIChat.openAI,
        key: String?
    ) throws(AnsweringError) {
        try self.init(
            model: model,
            baseURL: baseURL,
            key: key,
            transport: .forProviders()
        )
    }

    package init(
        model: String,
        baseURL: String = OpenAIChat.openAI,
        key: String?,
        transport: Transport
    ) throws(AnsweringError) {
        let base = trimmedBase(baseURL)
        isOpenAI = base.hasPrefix("https://api.openai.com/") || base == "https://api.openai.com"
        let host = base.split(separator: "/").dropFirst().first ?? base[...]
        // llama.cpp names a model by the path of its file.
        let shown = model.split(separator: "/").last.map(String.init) ?? model
        name = isOpenAI ? "openai:\(model)" : "openai:\(model.first == "/" ? shown : model)@\(host)"
        address = base + "/chat/completions"
        self.model = model
        self.transport = transport
        let secret = Secret(key)
        if isOpenAI, secret == nil {
            throw .missingKey(variable: Self.keyVariable, model: name)
        }
        provider = Provider(name: name, variable: Self.keyVariable, key: secret)
    }

    /// Streams the model's reply.
    public func reply(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        provider.stream { continuation in
            try await provider.withoutRefusedOptions(Self.options) { omitted in
                try await stream(request, omitting: omitted, to: continuation)
            }
        }
    }

    /// What a request can do without: models refuse options that others require.
    private static let options = [
        "temperature", "top_p", "top_k", "seed", "response_format", "stream_options",
        "max_tokens", "max_completion_tokens",
    ]

    private func stream(
        _ request: ChatRequest,
        omitting omitted: Set<String>,
        to continuation: AsyncThrowingStream<ChatEvent, any Error>.Continuation
    ) async throws {
        var reason: FinishReason?
        var usage: TokenUsage?
        var isDone = false
        try await transport.events(
            Transport.Request(
                address: address,
                key: provider.key.map { ("Authorization", "Bearer ", $0) },
                body: body(of: request, omitting: omitted).encoded
            )
        ) { event in
            if event == "[DONE]" {
                isDone = true
                return false
            }
            let chunk = try provider.decode(Chunk.self, from: event)
            if let error = chunk.error {
                throw TransportError.status(error.status ?? 500, body: event, retryAfter: nil)
            }
            if let tokens = chunk.usage {
                usage = TokenUsage(
                    prompt: tokens.prompt_tokens,
                    reply: tokens.completion_tokens ?? 0
                )
            }
            guard let choice = chunk.choices?.first else { return true }
            if let text = choice.delta?.content, !text.isEmpty { continuation.yield(.text(text)) }
            if let text = choice.delta?.refusal, !text.isEmpty {
                throw AnsweringError.blocked(
                    model: name,
                    reason: ProviderRefusal.oneLine(text)
                )
            }
            switch choice.finish_reason {
            case nil: break
            case "length": reason = .length
            case "content_filter": reason = .filtered
            default: reason = .complete
            }
            return true
        }
        guard reason != nil || isDone else {
            throw AnsweringError.malformedReply(model: name, reason: "the stream broke off")
        }
        if reason == .filtered {
            throw AnsweringError.blocked(model: name, reason: "its content filter")
        }
        continuation.yield(.finished(reason ?? .complete, usage))
    }

    /// The body of a request.
    private func body(of request: ChatRequest, omitting omitted: Set<String>) -> JSON {
        let sampling = request.sampling
        let limit = JSON.integer(
            sampling.maximumTokens + (isOpenAI ? Sampling.allowanceForThoughts : 0)
        )
        let fields: [(key: String, value: JSON?)] = [
            ("model", .string(model)),
            (
                "messages",
                .array(
                    request.messages.map {
                        ["role": .string($0.role.rawValue), "content": .string($0.text)]
                    }
                )
            ),
            ("stream", true),
            ("stream_options", ["include_usage": true]),
            // OpenAI's newer models know only the first name, most other servers the second.
            ("max_completion_tokens", isOpenAI ? limit : nil),
            ("max_tokens", isOpenAI ? nil : limit),
            ("temperature", sampling.temperature.map(JSON.number)),
            ("top_p", sampling.topP.map(JSON.number)),
            ("top_k", sampling.topK.map(JSON.integer)),
            ("seed", sampling.seed.map(JSON.integer)),
            (
                "response_format",
                request.schema.map {
                    [
                        "type": "json_schema",
                        "json_schema": ["name": "answer", "strict": true, "schema": .raw($0)],
                    ]
                }
            ),
        ]
        return .object(fields.filter { !omitted.contains($0.key) })
    }

    /// One event of the stream.
    private struct Chunk: Decodable {
        struct Choice: Decodable {
            var delta: Delta?
            var finish_reason: String?
        }
        struct Delta: Decodable {
            var content: String?
            var refusal: String?
        }
        struct Usage: Decodable {
            var prompt_tokens: Int
            var completion_tokens: Int?
        }
        struct Failure: Decodable {
            var code: Code?
            var status: Int? { code?.number }
        }
        struct Code: Decodable {
            var number: Int?
            init(from decoder: any Decoder) throws {
                number = try? decoder.singleValueContainer().decode(Int.self)
            }
        }
        var choices: [Choice]?
        var usage: Usage?
        var error: Failure?
    }
}
