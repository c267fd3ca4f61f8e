package import HTTPTransport

/// An embedding model behind HTTP, by the language that its server speaks.
package protocol RemoteEmbedder: Embedder {
    /// The language, and whose it is.
    static var form: WireForm { get }

    /// The client of a model that is reached so.
    ///
    /// - Parameters:
    ///   - access: The model and the way to it.
    ///   - dimensions: Dimensions to ask for, of models that can shorten their embeddings.
    ///   - transport: How requests are made.
    ///   - refused: What servers are known to refuse.
    /// - Throws: `EmbeddingError.request` for a name that no model can have.
    init(
        _ access: ModelAccess,
        dimensions: Int?,
        transport: Transport?,
        refused: RefusedOptions
    ) throws(EmbeddingError)
}

extension RemoteEmbedder {
    /// The client of a model.
    ///
    /// - Parameters:
    ///   - model: The name that the server knows it by.
    ///   - baseURL: The server's address; the provider's own if nil.
    ///   - key: The key for this server; servers of one's own rarely want one.
    ///   - dimensions: Dimensions to ask for, of models that can shorten their embeddings.
    ///   - transport: How requests are made.
    ///   - refused: What servers are known to refuse.
    /// - Throws: `EmbeddingError.missingKey` for the provider's own server without a key.
    package init(
        model: String,
        baseURL: String? = nil,
        key: String? = nil,
        dimensions: Int? = nil,
        transport: Transport? = nil,
        refused: RefusedOptions = RefusedOptions()
    ) throws(EmbeddingError) {
        let access = Self.form.access(model: model, baseURL: baseURL, key: key)
        try self.init(access, dimensions: dimensions, transport: transport, refused: refused)
        if Self.form.needsKey, access.isUsualServer, access.key == nil {
            throw .missingKey(variable: access.variable, model: self.model.id)
        }
    }

    /// Estimates the tokens of `text`, rather too many than too few.
    package func tokenCount(of text: String) -> Int { RemoteEmbedding.tokenCount(of: text) }
}
