package import HTTPTransport

/// A chat model behind Google's `generateContent`, streamed.
package struct GeminiChat: ChatClient {
    package let call: ChatCall

    package static let form = WireForm.gemini

    package init(
        _ access: ModelAccess,
        transport: Transport?,
        refused: RefusedOptions
    ) throws(AnsweringError) {
        guard let access = access.withGoogleName else {
            throw .unknownModel(model: access.name, reason: "not a model's name")
        }
        call = ChatCall(
            access: access,
            keepsThoughtsApart: access.isUsualServer,
            transport: transport,
            refused: refused
        )
    }

    package func ask(
        _ request: ChatRequest,
        omitting omitted: Set<RequestOption>,
        _ reply: ChatReply
    ) async throws {
        _ = try await call.messages(
            call.access.request(
                "/v1beta/models/\(call.access.model):streamGenerateContent?alt=sse",
                keyHeader: ModelAccess.googleKeyHeader,
                body: body(of: request, omitting: omitted).json
            )
        ) { chunk in
            if let block = chunk["promptFeedback"]?["blockReason"]?.text { throw blocked(block) }
            reply.usage = TokenUsage(gemini: chunk["usageMetadata"]) ?? reply.usage
            guard let candidate = chunk["candidates"]?.elements.first else { return true }
            reply.append(candidate["content"]?["parts"]?.spoken ?? "")
            switch candidate["finishReason"]?.text {
            case nil, "", "FINISH_REASON_UNSPECIFIED": break
            case "STOP": reply.reason = .complete
            case "MAX_TOKENS": reply.reason = .length
            case let other?: throw blocked(other)
            }
            return true
        }
    }

    private func blocked(_ reason: String) -> AnsweringError {
        .blocked(model: name, reason: ProviderRefusal.oneLine(reason.lowercased()))
    }

    package func body(
        of request: ChatRequest,
        omitting omitted: Set<RequestOption>
    ) -> ChatCall.Body {
        var draft = RequestDraft(omitting: omitted)
        let (rules, messages) = draft.rulesAndMessages(of: request)
        var options = RequestDraft(omitting: omitted)
        options.set(request.sampling, topP: "topP", topK: "topK")
        options.set(
            "maxOutputTokens",
            .integer(request.maximumTokens(allowingForThoughts: Sampling.allowanceForThoughts))
        )
        options.set(
            .schema,
            as: "responseMimeType",
            request.schema == nil ? nil : "application/json"
        )
        options.set(.schema, as: "responseJsonSchema", request.schema.map(RequestJSON.raw))
        draft.set(
            "systemInstruction",
            rules.map { ["parts": [["text": .string($0)]]] }
        )
        draft.set(
            "contents",
            .array(
                messages.map {
                    [
                        "role": $0.role == .user ? "user" : "model",
                        "parts": [["text": .string($0.text)]],
                    ]
                }
            )
        )
        draft.set("generationConfig", options.body.json)
        return ChatCall.Body(
            json: draft.body.json,
            options: draft.body.options + options.body.options
        )
    }
}

extension TokenUsage {
    /// Reads the counts of Gemini's form.
    fileprivate init?(gemini usage: JSONReply?) {
        guard let usage else { return nil }
        let prompt = usage.count("promptTokenCount")
        let written = usage.count("candidatesTokenCount")
        let thoughts = usage.count("thoughtsTokenCount")
        guard prompt != nil || written != nil || thoughts != nil else { return nil }
        self.init(
            prompt: prompt ?? 0,
            reply: (written ?? 0) + (thoughts ?? 0),
            cached: usage.count("cachedContentTokenCount")
        )
    }
}
