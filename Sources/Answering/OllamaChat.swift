package import HTTPTransport

/// A chat model behind Ollama's own `/api/chat`, streamed.
///
/// Ollama's OpenAI-compatible address takes no context length and cuts longer prompts without a word;
/// here each request asks for a context as long as its prompt and reply need.
public struct OllamaChat: LanguageModel {
    /// `ollama:MODEL`, with `@HOST` for another machine than this one.
    public let name: String

    private let model: String
    private let address: String
    private let provider: Provider
    private let transport: Transport

    /// The address where Ollama listens unless it is told otherwise.
    public static let local = "http://127.0.0.1:11434"

    /// The environment variable that a key is read from, for a server that wants one.
    public static let keyVariable = "OLLAMA_API_KEY"

    /// The environment variable with Ollama's address.
    public static let hostVariable = "OLLAMA_HOST"

    /// Contexts are multiples of this many tokens: each new length makes Ollama load the model anew.
    private static let contextStep = 2_048

    /// Describes a model and where it is.
    ///
    /// - Parameters:
    ///   - model: The name that Ollama knows it by, such as `qwen3:4b`.
    ///   - baseURL: The address, without `/api`; a host or a port alone, as `OLLAMA_HOST` may have it,
    ///     will do.
    ///   - key: The value of `OLLAMA_API_KEY`, for a server that wants one.
    public init(model: String, baseURL: String = OllamaChat.local, key: String? = nil) {
        self.init(model: model, baseURL: baseURL, key: key, transport: .forProviders())
    }

    package init(model: String, baseURL: String, key: String? = nil, transport: Transport) {
        let base = Self.address(from: baseURL)
        let host = base.split(separator: "/").dropFirst().first ?? base[...]
        let isHere = host.hasPrefix("127.0.0.1") || host.hasPrefix("localhost")
        name = isHere ? "ollama:\(model)" : "ollama:\(model)@\(host)"
        address = base + "/api/chat"
        self.model = model
        self.transport = transport
        provider = Provider(name: name, variable: Self.keyVariable, key: Secret(key))
    }

    /// The address that `text` means: `host`, `host:port`, `:port` and whole addresses.
    ///
    /// A server that listens on every interface is reached on the loopback one.
    static func address(from text: String) -> String {
        var rest = trimmedBase(text)[...]
        var scheme = "http://"
        if let mark = rest.ranges(of: "://").first {
            scheme = String(rest[..<mark.upperBound])
            rest = rest[mark.upperBound...]
        }
        if rest.hasSuffix("/v1") { rest = rest.dropLast(3) }
        let usual = scheme == "https://" ? "" : ":11434"
        // An IPv6 address has colons of its own.
        if rest.hasPrefix("[") { return scheme + rest + (rest.hasSuffix("]") ? usual : "") }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        var host = parts.first.map(String.init) ?? ""
        if host.isEmpty || host == "0.0.0.0" { host = "127.0.0.1" }
        return scheme + host + (parts.count > 1 ? ":\(parts[1])" : usual)
    }

    /// Streams the model's reply.
    public func reply(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        provider.stream { continuation in try await stream(request, to: continuation) }
    }

    private func stream(
        _ request: ChatRequest,
        to continuation: AsyncThrowingStream<ChatEvent, any Error>.Continuation
    ) async throws {
        var isDone = false
        let context = Self.context(for: request)
        try await transport.lines(
            Transport.Request(
                address: address,
                key: provider.key.map { ("Authorization", "Bearer ", $0) },
                body: body(of: request, context: context).encoded
            )
        ) { line in
            let chunk = try provider.decode(Chunk.self, from: line)
            if let error = chunk.error {
                throw TransportError.status(500, body: error, retryAfter: nil)
            }
            if let text = chunk.message?.content, !text.isEmpty { continuation.yield(.text(text)) }
            guard chunk.done == true else { return true }
            isDone = true
            let read = chunk.prompt_eval_count
            // A prompt that was cut fills its context to the last token.
            if let read, read >= context {
                throw AnsweringError.contextOverflow(
                    model: name,
                    reason: "it filled the context of \(context) tokens that was asked for"
                )
            }
            continuation.yield(
                .finished(
                    chunk.done_reason == "length" ? .length : .complete,
                    read.map { TokenUsage(prompt: $0, reply: chunk.eval_count ?? 0) }
                )
            )
            return false
        }
        guard isDone else {
            throw AnsweringError.malformedReply(model: name, reason: "the stream broke off")
        }
    }

    /// The tokens of context that a request needs: its prompt by a generous estimate, and its reply.
    static func context(for request: ChatRequest) -> Int {
        let prompt = request.messages.reduce(0) { $0 + PromptBuilder.estimatedTokens($1.text) + 16 }
        let needed = prompt * 5 / 4 + request.sampling.maximumTokens
        return (needed / contextStep + 1) * contextStep
    }

    private func body(of request: ChatRequest, context: Int) -> JSON {
        let sampling = request.sampling
        return [
            "model": .string(model),
            "messages": .array(
                request.messages.map {
                    ["role": .string($0.role.rawValue), "content": .string($0.text)]
                }
            ),
            "stream": true,
            "format": request.schema.map(JSON.raw),
            "options": [
                "num_ctx": .integer(context),
                "num_predict": .integer(sampling.maximumTokens),
                "temperature": sampling.temperature.map(JSON.number),
                "top_p": sampling.topP.map(JSON.number),
                "top_k": sampling.topK.map(JSON.integer),
                "seed": sampling.seed.map(JSON.integer),
            ],
        ]
    }

    /// One line of the reply.
    private struct Chunk: Decodable {
        struct Message: Decodable {
            var content: String?
        }
        var message: Message?
        var done: Bool?
        var done_reason: String?
        var prompt_eval_count: Int?
        var eval_count: Int?
        var error: String?
    }
}
