package import HTTPTransport

/// A language model behind HTTP, by the language that its server speaks.
package protocol ChatClient: LanguageModel {
    /// The language, and whose it is.
    static var form: WireForm { get }

    /// The client of a model that is reached so.
    ///
    /// - Throws: `AnsweringError.unknownModel` for a name that no model can have.
    init(
        _ access: ModelAccess,
        transport: Transport?,
        refused: RefusedOptions
    ) throws(AnsweringError)

    /// The model, the way to it, and what its server is known to refuse.
    var call: ChatCall { get }

    /// What a request says in this language.
    func body(of request: ChatRequest, omitting omitted: Set<RequestOption>) -> ChatCall.Body

    /// Makes one request and hands what comes to `reply`.
    func ask(
        _ request: ChatRequest,
        omitting omitted: Set<RequestOption>,
        _ reply: ChatReply
    ) async throws
}

extension ChatClient {
    /// `PROVIDER:MODEL`, with `@HOST` for another server than the provider's.
    package var name: String { call.name }

    /// Streams the model's reply.
    package func reply(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        call.stream { omitted, reply in
            try await ask(request, omitting: omitted, reply)
        } options: { omitted in
            body(of: request, omitting: omitted).options
        }
    }

    /// The client of a model.
    ///
    /// - Parameters:
    ///   - model: The name that the server knows it by.
    ///   - baseURL: The server's address; the provider's own if nil.
    ///   - key: The key for this server; servers of one's own rarely want one.
    ///   - transport: How requests are made.
    ///   - refused: What servers are known to refuse.
    /// - Throws: `AnsweringError.missingKey` for the provider's own server without a key.
    package init(
        model: String,
        baseURL: String? = nil,
        key: String?,
        transport: Transport? = nil,
        refused: RefusedOptions = RefusedOptions()
    ) throws(AnsweringError) {
        let access = Self.form.access(model: model, baseURL: baseURL, key: key)
        try self.init(access, transport: transport, refused: refused)
        if Self.form.needsKey, access.isUsualServer, access.key == nil {
            throw .missingKey(variable: access.variable, model: name)
        }
    }
}
