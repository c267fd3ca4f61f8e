package import HTTPTransport
package import SentenceEncoder

/// An embedding model behind Ollama's own `/api/embed`.
package struct OllamaEmbedder: RemoteEmbedder {
    private let access: ModelAccess
    private let prefixes: RolePrefixes
    private let remote: RemoteEmbedding

    package static let form = WireForm.ollama

    package init(
        _ access: ModelAccess,
        dimensions: Int?,
        transport: Transport?,
        refused: RefusedOptions
    ) {
        self.access = access
        prefixes = .forModel(named: access.model)
        remote = RemoteEmbedding(
            access,
            askedDimensions: nil,
            maximumTokens: 512,
            limits: RemoteEmbedding.Limits(texts: 32, tokens: 50_000),
            options: [.truncate],
            transport: transport,
            refused: refused
        )
    }

    /// The model; its dimensions are 0 before the first reply.
    package var model: EmbeddingModel { remote.model }

    /// Embeds `texts`, in batches.
    package func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
        let texts = texts.map { prefixes.apply(to: $0, as: role) }
        return try await remote.embed(texts) { batch, omitted in
            let body: RequestJSON = [
                "model": .string(access.model), "input": .array(batch.map(RequestJSON.string)),
                "truncate": omitted.contains(.truncate) ? nil : true,
            ]
            return access.request("/api/embed", body: body)
        }
    }
}
