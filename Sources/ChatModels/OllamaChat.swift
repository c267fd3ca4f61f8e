package import HTTPTransport

/// A chat model behind Ollama's own `/api/chat`, streamed.
///
/// Ollama's OpenAI-compatible address takes no context length and cuts longer prompts without a
/// word; here each request asks for a context as long as its prompt and reply need.
package struct OllamaChat: ChatClient {
    package let call: ChatCall

    package static let form = WireForm.ollama

    /// Contexts are multiples of this many tokens: each new length makes Ollama load the model
    /// anew.
    private static let contextStep = 2_048

    package init(_ access: ModelAccess, transport: Transport?, refused: RefusedOptions) {
        call = ChatCall(
            access: access,
            transport: transport,
            refused: refused
        )
    }

    package func ask(
        _ request: ChatRequest,
        omitting omitted: Set<RequestOption>,
        _ reply: ChatReply
    ) async throws {
        let context = Self.context(for: request)
        _ = try await call.messages(
            call.access.request("/api/chat", body: body(of: request, omitting: omitted).json)
        ) { chunk in
            // `thinking` stands beside the content and is passed over.
            reply.append(chunk["message"]?["content"]?.spoken ?? "")
            guard chunk["done"] == .bool(true) else { return true }
            let read = chunk.count("prompt_eval_count")
            // A prompt that was cut fills its context to the last token.
            if let read, read >= context {
                throw AnsweringError.contextOverflow(
                    model: name,
                    reason: "it filled the context of \(context) tokens that was asked for"
                )
            }
            reply.reason = chunk["done_reason"]?.text == "length" ? .length : .complete
            reply.usage = read.map {
                TokenUsage(prompt: $0, reply: chunk.count("eval_count") ?? 0)
            }
            return false
        }
    }

    /// The tokens of context that a request needs: its prompt by a generous estimate, and its
    /// reply.
    static func context(for request: ChatRequest) -> Int {
        let prompt = request.messages
            .reduce(0) { $0 + ChatMessage.estimatedTokens(of: $1.text) + 16 }
        let needed = prompt * 5 / 4 + request.sampling.maximumTokens
        return (needed / contextStep + 1) * contextStep
    }

    package func body(
        of request: ChatRequest,
        omitting omitted: Set<RequestOption>
    ) -> ChatCall.Body {
        var options = RequestDraft(omitting: omitted)
        options.set("num_ctx", .integer(Self.context(for: request)))
        options.set("num_predict", .integer(request.sampling.maximumTokens))
        options.set(request.sampling)
        var draft = RequestDraft(omitting: omitted)
        draft.set("model", .string(call.access.model))
        draft.set("messages", RequestJSON(draft.messages(of: request)))
        draft.set(.stream, true, otherwise: false)
        draft.set(.schema, as: "format", request.schema.map(RequestJSON.raw))
        draft.set("options", options.body.json)
        return ChatCall.Body(
            json: draft.body.json,
            options: draft.body.options + options.body.options
        )
    }
}
