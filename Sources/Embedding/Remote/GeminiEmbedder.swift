package import HTTPTransport
package import SentenceEncoder

/// An embedding model behind Google's `batchEmbedContents`.
package struct GeminiEmbedder: RemoteEmbedder {
    private let access: ModelAccess
    private let askedDimensions: Int?
    private let remote: RemoteEmbedding

    package static let form = WireForm.gemini

    package init(
        _ access: ModelAccess,
        dimensions: Int?,
        transport: Transport?,
        refused: RefusedOptions
    ) throws(EmbeddingError) {
        let named = access.withGoogleName
        let access = named ?? access
        remote = RemoteEmbedding(
            access,
            askedDimensions: dimensions,
            maximumTokens: 2_048,
            limits: RemoteEmbedding.Limits(texts: 100, tokens: 20_000),
            options: dimensions == nil ? [] : [.dimensions],
            transport: transport,
            refused: refused
        )
        self.access = access
        askedDimensions = dimensions
        guard named != nil else {
            throw .request(
                model: remote.model.id,
                reason: "this is not a model's name: check it."
            )
        }
    }

    /// The model; its dimensions are 0 before the first reply, unless they were asked for.
    package var model: EmbeddingModel { remote.model }

    /// Embeds `texts`, in batches.
    package func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
        let task = role == .query ? "RETRIEVAL_QUERY" : "RETRIEVAL_DOCUMENT"
        return try await remote.embed(texts) { batch, omitted in
            let body: RequestJSON = [
                "requests": .array(
                    batch.map {
                        [
                            "model": .string("models/\(access.model)"),
                            "content": ["parts": [["text": .string($0)]]],
                            "taskType": .string(task),
                            "outputDimensionality": omitted.contains(.dimensions)
                                ? nil : askedDimensions.map(RequestJSON.integer),
                        ]
                    }
                )
            ]
            return access.request(
                "/v1beta/models/\(access.model):batchEmbedContents",
                keyHeader: ModelAccess.googleKeyHeader,
                body: body
            )
        }
    }
}
