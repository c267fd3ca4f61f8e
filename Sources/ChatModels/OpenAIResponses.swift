package import HTTPTransport

/// A model behind OpenAI's `/responses`, streamed: the only interface of some models, and the one
/// that OpenAI recommends.
package struct OpenAIResponses: ChatClient {
    package let call: ChatCall
    private let keyHeader: (name: String, prefix: String)

    package static let form = WireForm(
        provider: "openai-responses",
        address: WireForm.openAI.address,
        variable: WireForm.openAI.variable,
        server: ServerAddress.openAI
    )

    package init(_ access: ModelAccess, transport: Transport?, refused: RefusedOptions) {
        self.init(
            access,
            keyHeader: OpenAIChat.Dialect.openAI.keyHeader,
            transport: transport,
            refused: refused
        )
    }

    /// The client of a model that is reached so; `keyHeader` is the header that carries the key,
    /// and what precedes the key in it.
    package init(
        _ access: ModelAccess,
        keyHeader: (name: String, prefix: String),
        transport: Transport? = nil,
        refused: RefusedOptions = .shared
    ) {
        call = ChatCall(
            access: access,
            keepsThoughtsApart: true,
            transport: transport,
            refused: refused
        )
        self.keyHeader = keyHeader
    }

    package func ask(
        _ request: ChatRequest,
        omitting omitted: Set<RequestOption>,
        _ reply: ChatReply
    ) async throws {
        reply.isDone = try await call.messages(
            call.access.request(
                "/responses",
                keyHeader: keyHeader,
                body: body(of: request, omitting: omitted).json
            )
        ) { event in
            switch event["type"]?.text {
            case "response.output_text.delta": reply.append(event["delta"]?.text ?? "")
            case "response.refusal.delta", "response.refusal.done":
                let text = event["refusal"]?.text ?? event["delta"]?.text ?? "the model declined"
                throw AnsweringError.blocked(model: name, reason: ProviderRefusal.oneLine(text))
            default:
                // The last event has the whole response in it; one that is not streamed is that
                // alone.
                let whole = event["response"] ?? (event["output"] == nil ? nil : event)
                if let whole { return try !read(whole, reply) }
            }
            return true
        }
    }

    /// Reads a response as far as it is; returns whether it is ended.
    private func read(_ response: JSONReply, _ reply: ChatReply) throws -> Bool {
        reply.usage = TokenUsage(openAI: response["usage"]) ?? reply.usage
        let status = response["status"]?.text ?? "completed"
        guard ["completed", "incomplete", "failed", "cancelled"].contains(status) else {
            return false
        }
        if let error = response["error"], !error.isEmpty {
            let code = ProviderRefusal.status(of: .object(["error": error])) ?? 200
            let words = error["message"]?.text ?? error.text ?? status
            throw TransportError.status(code, body: words, retryAfter: nil)
        }
        let messages = (response["output"]?.elements ?? []).filter { $0["type"]?.text == "message" }
        let parts = messages.flatMap { $0["content"]?.elements ?? [] }
        if let refusal = parts.lazy.compactMap({ $0["refusal"]?.text }).first {
            throw AnsweringError.blocked(model: name, reason: ProviderRefusal.oneLine(refusal))
        }
        reply.appendWhole(parts.map(\.spoken).joined())
        switch response["incomplete_details"]?["reason"]?.text {
        case "content_filter": reply.reason = .filtered
        case .some: reply.reason = .length
        case nil: reply.reason = .complete
        }
        return true
    }

    package func body(
        of request: ChatRequest,
        omitting omitted: Set<RequestOption>
    ) -> ChatCall.Body {
        var draft = RequestDraft(omitting: omitted)
        let sampling = request.sampling
        draft.set("model", .string(call.access.model))
        draft.set("input", RequestJSON(draft.messages(of: request)))
        draft.set(.stream, true, otherwise: false)
        // Documents are nobody's to keep.
        draft.set(.store, false)
        draft.set(
            .maxOutputTokens,
            .integer(request.maximumTokens(allowingForThoughts: Sampling.allowanceForThoughts))
        )
        draft.set(.temperature, sampling.temperature.map(RequestJSON.number))
        draft.set(.topP, sampling.topP.map(RequestJSON.number))
        draft.set(
            .schema,
            as: "text",
            request.schema.map {
                [
                    "format": [
                        "type": "json_schema", "name": "answer", "strict": true, "schema": .raw($0),
                    ]
                ]
            }
        )
        return draft.body
    }
}
