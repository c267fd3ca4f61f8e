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
}

extension ChatClient {
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
