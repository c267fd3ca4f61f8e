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
        var access = access
        if access.model.hasPrefix("models/") { access.model.removeFirst(7) }
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
        // A name with other characters could change the path.
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._")
        guard !access.model.isEmpty, access.model.allSatisfy(allowed.contains) else {
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
            let endpoint = "/v1beta/models/\(access.model):batchEmbedContents"
            return Transport.Request(
                address: access.server.appending(endpoint),
                key: access.key.map { ("x-goog-api-key", "", $0) },
                body: body.encoded
            )
        }
    }
}
