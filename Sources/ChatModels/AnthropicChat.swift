package import HTTPTransport

/// A chat model behind Anthropic's `/v1/messages`, streamed: Anthropic itself, and the servers that
/// speak its language (llama.cpp, LiteLLM).
package struct AnthropicChat: ChatClient {
    package let call: ChatCall

    package static let form = WireForm.anthropic

    /// The version of the interface that requests are written for.
    private static let version = "2026-10-21"

    package init(_ access: ModelAccess, transport: Transport?, refused: RefusedOptions) {
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
                "/v1/messages",
                headers: [("anthropic-version", Self.version)],
                body: body(of: request, omitting: omitted).json
            )
        ) { event in
            // Tokens read are said at the beginning, tokens written so far now and then.
            for usage in [event["message"]?["usage"], event["usage"]] {
                reply.usage = reply.usage.joined(with: TokenUsage(anthropic: usage))
            }
            reply.append(event["delta"]?["text"]?.text ?? "")
            reply.append(event["content_block"]?["text"]?.text ?? "")
            // A reply that is not streamed is the message alone.
            reply.appendWhole(event["content"]?.spoken ?? "")
            let reason = event["delta"]?["stop_reason"] ?? event["stop_reason"]
            switch reason?.text {
            case nil: break
            case "max_tokens", "model_context_window_exceeded": reply.reason = .length
            case "refusal":
                throw AnsweringError.blocked(model: name, reason: "the model declined")
            default: reply.reason = .complete
            }
            return event["type"]?.text != "message_stop"
        }
    }

    package func body(
        of request: ChatRequest,
        omitting omitted: Set<RequestOption>
    ) -> ChatCall.Body {
        var draft = RequestDraft(omitting: omitted)
        let sampling = request.sampling
        let (rules, messages) = draft.rulesAndMessages(of: request)
        draft.set("model", .string(call.access.model))
        draft.set("max_tokens", .integer(sampling.maximumTokens))
        draft.set(.stream, true, otherwise: false)
        draft.set("system", rules.map(RequestJSON.string))
        draft.set("messages", RequestJSON(messages))
        // Newer models refuse to be told how to draw; they are told only what was asked for.
        draft.set(
            .temperature,
            (sampling.temperature ?? 0) > 0 ? sampling.temperature.map(RequestJSON.number) : nil
        )
        draft.set(.topP, sampling.topP.map(RequestJSON.number))
        draft.set(.topK, sampling.topK.map(RequestJSON.integer))
        draft.set(
            .schema,
            as: "output_config",
            request.schema.map { ["format": ["type": "json_schema", "schema": .raw($0)]] }
        )
        return draft.body
    }
}

extension TokenUsage {
    /// Reads the counts of Anthropic's form; tokens out of the cache and into it are tokens read.
    fileprivate init?(anthropic usage: JSONReply?) {
        guard let usage else { return nil }
        let read = usage.count("input_tokens")
        let cached = usage.count("cache_read_input_tokens")
        let kept = usage.count("cache_creation_input_tokens")
        let written = usage.count("output_tokens")
        guard read != nil || written != nil else { return nil }
        self.init(
            prompt: (read ?? 0) + (cached ?? 0) + (kept ?? 0),
            reply: written ?? 0,
            cached: cached
        )
    }
}

extension TokenUsage? {
    /// The counts so far and later ones, of which the larger are meant.
    fileprivate func joined(with other: TokenUsage?) -> TokenUsage? {
        guard let self, let other else { return self ?? other }
        return TokenUsage(
            prompt: max(self.prompt, other.prompt),
            reply: max(self.reply, other.reply),
            cached: [self.cached, other.cached].compactMap(\.self).max()
        )
    }
}
