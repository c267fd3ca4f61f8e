package import HTTPTransport

/// A chat model behind Google's `generateContent`, streamed.
public struct GeminiChat: LanguageModel {
    /// `gemini:MODEL`.
    public let name: String

    private let address: String
    private let provider: Provider
    private let transport: Transport

    /// The address of Google's own API.
    public static let google = "https://generativelanguage.googleapis.com"

    /// The environment variable that the key is read from.
    public static let keyVariable = "GEMINI_API_KEY"

    /// Describes a model and where it is.
    ///
    /// - Parameters:
    ///   - model: The model, such as `gemini-3.8-flash`.
    ///   - baseURL: The address, without `/v1beta`.
    ///   - key: The value of `GEMINI_API_KEY`.
    /// - Throws: `AnsweringError.missingKey` without a key.
    public init(
        model: String,
        baseURL: String = GeminiChat.google,
        key: String?
    ) throws(AnsweringError) {
        try self.init(model: model, baseURL: baseURL, key: key, transport: .forProviders())
    }

    package init(
        model: String,
        baseURL: String = GeminiChat.google,
        key: String?,
        transport: Transport
    ) throws(AnsweringError) {
        let model = model.hasPrefix("models/") ? String(model.dropFirst(7)) : model
        name = "gemini:\(model)"
        let base = trimmedBase(baseURL)
        // A name with other characters could change the path.
        guard !model.isEmpty,
            model.utf8.allSatisfy({ isWordByte($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F })
        else { throw .unknownModel(model: name, reason: "not a model's name") }
        address = base + "/v1beta/models/\(model):streamGenerateContent?alt=sse"
        guard let secret = Secret(key) else {
            throw .missingKey(variable: Self.keyVariable, model: name)
        }
        provider = Provider(name: name, variable: Self.keyVariable, key: secret)
        self.transport = transport
    }

    /// Streams the model's reply.
    public func reply(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        provider.stream { continuation in
            do {
                try await stream(request, to: continuation)
            } catch let error as TransportError where request.schema != nil && isSchema(error) {
                // Older models know no JSON schema; the prompt says the form in words.
                var plain = request
                plain.schema = nil
                try await stream(plain, to: continuation)
            }
        }
    }

    private func stream(
        _ request: ChatRequest,
        to continuation: AsyncThrowingStream<ChatEvent, any Error>.Continuation
    ) async throws {
        var reason: FinishReason?
        var usage: TokenUsage?
        try await transport.events(
            Transport.Request(
                address: address,
                key: provider.key.map { ("x-goog-api-key", "", $0) },
                body: body(of: request).encoded
            )
        ) { event in
            let chunk = try provider.decode(Chunk.self, from: event)
            if let error = chunk.error {
                throw TransportError.status(error.code ?? 500, body: event, retryAfter: nil)
            }
            if let block = chunk.promptFeedback?.blockReason {
                throw blocked(block)
            }
            if let tokens = chunk.usageMetadata {
                usage = TokenUsage(
                    prompt: tokens.promptTokenCount ?? 0,
                    reply: (tokens.candidatesTokenCount ?? 0) + (tokens.thoughtsTokenCount ?? 0)
                )
            }
            guard let candidate = chunk.candidates?.first else { return true }
            for part in candidate.content?.parts ?? [] where part.thought != true {
                if let text = part.text, !text.isEmpty { continuation.yield(.text(text)) }
            }
            switch candidate.finishReason {
            case nil, "FINISH_REASON_UNSPECIFIED": break
            case "STOP": reason = .complete
            case "MAX_TOKENS": reason = .length
            case let other?: throw blocked(other)
            }
            return true
        }
        guard let reason else {
            throw AnsweringError.malformedReply(model: name, reason: "the stream broke off")
        }
        continuation.yield(.finished(reason, usage))
    }

    private func blocked(_ reason: String) -> AnsweringError {
        .blocked(model: name, reason: ProviderRefusal.oneLine(reason.lowercased()))
    }

    private func isSchema(_ error: TransportError) -> Bool {
        guard case .status(400, let body, _) = error else { return false }
        return body.contains("esponseJsonSchema") || body.contains("response_json_schema")
    }

    private func body(of request: ChatRequest) -> JSON {
        let sampling = request.sampling
        let rules = request.messages.filter { $0.role == .system }.map(\.text)
        return [
            "systemInstruction": rules.isEmpty
                ? nil : ["parts": [["text": .string(rules.joined(separator: "\n\n"))]]],
            "contents": .array(
                request.messages.filter { $0.role != .system }.map {
                    [
                        "role": $0.role == .user ? "user" : "model",
                        "parts": [["text": .string($0.text)]],
                    ]
                }
            ),
            "generationConfig": [
                "temperature": sampling.temperature.map(JSON.number),
                "topP": sampling.topP.map(JSON.number),
                "topK": sampling.topK.map(JSON.integer),
                "seed": sampling.seed.map(JSON.integer),
                "maxOutputTokens": .integer(
                    sampling.maximumTokens + Sampling.allowanceForThoughts
                ),
                "responseMimeType": request.schema == nil ? nil : "application/json",
                "responseJsonSchema": request.schema.map(JSON.raw),
            ],
        ]
    }

    /// One event of the stream.
    private struct Chunk: Decodable {
        struct Candidate: Decodable {
            var content: Content?
            var finishReason: String?
        }
        struct Content: Decodable {
            var parts: [Part]?
        }
        struct Part: Decodable {
            var text: String?
            var thought: Bool?
        }
        struct Feedback: Decodable {
            var blockReason: String?
        }
        struct Usage: Decodable {
            var promptTokenCount: Int?
            var candidatesTokenCount: Int?
            var thoughtsTokenCount: Int?
        }
        struct Failure: Decodable {
            var code: Int?
        }
        var candidates: [Candidate]?
        var promptFeedback: Feedback?
        var usageMetadata: Usage?
        var error: Failure?
    }
}

private func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
}
