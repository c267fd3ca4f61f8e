package import HTTPTransport

/// A chat model behind OpenAI's `/chat/completions`: OpenAI itself, and the many servers that
/// speak its language (llama.cpp, LM Studio, vLLM, LiteLLM, Mistral, DeepSeek, Groq, OpenRouter).
package struct OpenAIChat: ChatClient {
    /// What servers that speak OpenAI's language do differently.
    package struct Dialect: Sendable {
        /// The header that carries the key, and what precedes the key in it.
        package var keyHeader = (name: "Authorization", prefix: "Bearer ")
        /// Whether the longest reply is first asked for by OpenAI's newer name of it.
        package var limitsCompletion = false
        /// Tokens added for models that think before they write, since those count as written.
        package var allowanceForThoughts = 0
        /// Whether thoughts come in a field of their own, so that text can be shown as it comes.
        package var keepsThoughtsApart = false

        /// A server of which nothing is known.
        package static let compatible = Dialect()
        /// A provider whose models may think, apart from what they answer.
        package static let thinking = Dialect(
            allowanceForThoughts: Sampling.allowanceForThoughts,
            keepsThoughtsApart: true
        )
        /// OpenAI itself.
        package static let openAI = openAI(keyHeader: ("Authorization", "Bearer "))

        /// OpenAI's models, where another header carries the key.
        package static func openAI(keyHeader: (name: String, prefix: String)) -> Dialect {
            Dialect(
                keyHeader: keyHeader,
                limitsCompletion: true,
                allowanceForThoughts: Sampling.allowanceForThoughts,
                keepsThoughtsApart: true
            )
        }

        /// Describes a dialect.
        package init(
            keyHeader: (name: String, prefix: String) = ("Authorization", "Bearer "),
            limitsCompletion: Bool = false,
            allowanceForThoughts: Int = 0,
            keepsThoughtsApart: Bool = false
        ) {
            self.keyHeader = keyHeader
            self.limitsCompletion = limitsCompletion
            self.allowanceForThoughts = allowanceForThoughts
            self.keepsThoughtsApart = keepsThoughtsApart
        }
    }

    package let call: ChatCall
    private let dialect: Dialect
    private let responses: OpenAIResponses

    package static let form = WireForm.openAI

    package init(_ access: ModelAccess, transport: Transport?, refused: RefusedOptions) {
        let isOpenAI = access.server.origin == Self.form.server(Self.form.address).origin
        self.init(
            access,
            dialect: isOpenAI ? .openAI : .compatible,
            transport: transport,
            refused: refused
        )
    }

    /// The client of a model that is reached so.
    package init(
        _ access: ModelAccess,
        dialect: Dialect,
        transport: Transport? = nil,
        refused: RefusedOptions = .shared
    ) {
        call = ChatCall(
            access: access,
            // What stands in a provider's place need not keep to its ways.
            keepsThoughtsApart: dialect.keepsThoughtsApart && access.isUsualServer,
            transport: transport,
            refused: refused
        )
        self.dialect = dialect
        responses = OpenAIResponses(
            access,
            keyHeader: dialect.keyHeader,
            transport: transport,
            refused: refused
        )
    }

    /// Streams the model's reply.
    ///
    /// Models that OpenAI has behind its other interface only are asked there.
    package func reply(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        call.stream { omitted, reply in
            do {
                try await ask(request, omitting: omitted, reply)
            } catch TransportError.status(_, let body, _)
                where body.contains("v1/responses") && !reply.hasSpoken
            {
                try await responses.ask(request, omitting: omitted, reply)
            }
        } options: { omitted in
            body(of: request, omitting: omitted).options
        }
    }

    package func ask(
        _ request: ChatRequest,
        omitting omitted: Set<RequestOption>,
        _ reply: ChatReply
    ) async throws {
        reply.isDone = try await call.messages(
            call.access.request(
                "/chat/completions",
                keyHeader: dialect.keyHeader,
                body: body(of: request, omitting: omitted).json
            )
        ) { chunk in
            let choice = chunk["choices"]?.elements.first
            let usage = chunk["usage"] ?? chunk["x_groq"]?["usage"] ?? choice?["usage"]
            reply.usage = TokenUsage(openAI: usage) ?? reply.usage
            guard let choice else { return true }
            let message = choice["delta"] ?? choice["message"]
            if let text = message?["refusal"]?.text, !text.isEmpty {
                throw AnsweringError.blocked(model: name, reason: ProviderRefusal.oneLine(text))
            }
            // `reasoning` and `reasoning_content` stand beside the content and are passed over.
            if let delta = choice["delta"] {
                reply.append(delta["content"]?.spoken ?? "")
            } else {
                reply.appendWhole((message?["content"] ?? choice["text"])?.spoken ?? "")
            }
            switch choice["finish_reason"]?.text?.lowercased() {
            case nil, "", "null": break
            case "length", "max_tokens", "model_length": reply.reason = .length
            case "content_filter": reply.reason = .filtered
            default: reply.reason = .complete
            }
            return true
        }
    }

    /// The body of a request.
    package func body(
        of request: ChatRequest,
        omitting omitted: Set<RequestOption>
    ) -> ChatCall.Body {
        var draft = RequestDraft(omitting: omitted)
        let limit = RequestJSON.integer(
            request.maximumTokens(allowingForThoughts: dialect.allowanceForThoughts)
        )
        draft.set("model", .string(call.access.model))
        draft.set("messages", RequestJSON(draft.messages(of: request)))
        draft.set(.stream, true, otherwise: false)
        if !omitted.contains(.stream) { draft.set(.streamOptions, ["include_usage": true]) }
        // OpenAI's newer models know only the first name, most other servers the second.
        let names: [RequestOption] =
            dialect.limitsCompletion
            ? [.maxCompletionTokens, .maxTokens] : [.maxTokens, .maxCompletionTokens]
        if let name = names.first(where: { !omitted.contains($0) }) { draft.set(name, limit) }
        draft.set(request.sampling)
        draft.set(
            .schema,
            request.schema.map {
                [
                    "type": "json_schema",
                    "json_schema": ["name": "answer", "strict": true, "schema": .raw($0)],
                ]
            }
        )
        return draft.body
    }
}
