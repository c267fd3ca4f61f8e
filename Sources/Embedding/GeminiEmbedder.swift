package import HTTPTransport
public import SentenceEncoder

/// An embedding model behind Google's `batchEmbedContents`.
public struct GeminiEmbedder: Embedder {
    private let name: String
    private let address: String
    private let key: Secret
    private let askedDimensions: Int?
    private let remote: RemoteEmbedding

    /// The address of Google's own API.
    public static let google = "https://generativelanguage.googleapis.com"

    /// The environment variable that the key is read from.
    public static let keyVariable = "GEMINI_API_KEY"

    /// Describes a model and where it is.
    ///
    /// - Parameters:
    ///   - model: The model, such as `gemini-embedding-001`.
    ///   - baseURL: The address, without `/v1beta`.
    ///   - key: The value of `GEMINI_API_KEY`.
    ///   - dimensions: Dimensions to ask for; the model's own number if nil.
    /// - Throws: `EmbeddingError.missingKey` without a key.
    public init(
        model: String = "gemini-embedding-001",
        baseURL: String = GeminiEmbedder.google,
        key: String?,
        dimensions: Int? = nil
    ) throws(EmbeddingError) {
        try self.init(
            model: model,
            baseURL: baseURL,
            key: key,
            dimensions: dimensions,
            transport: .forEmbedding()
        )
    }

    package init(
        model: String,
        baseURL: String,
        key: String?,
        dimensions: Int? = nil,
        transport: Transport
    ) throws(EmbeddingError) {
        let model = model.hasPrefix("models/") ? String(model.dropFirst(7)) : model
        let id = "gemini:\(model)" + (dimensions.map { ":\($0)" } ?? "")
        guard let secret = Secret(key) else {
            throw .missingKey(variable: Self.keyVariable, model: id)
        }
        // A name with other characters could change the path.
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._")
        guard !model.isEmpty, model.allSatisfy(allowed.contains) else {
            throw .request(model: id, reason: "this is not a model's name: check it.")
        }
        name = model
        self.key = secret
        askedDimensions = dimensions
        address = trimmedBase(baseURL) + "/v1beta/models/\(model):batchEmbedContents"
        remote = RemoteEmbedding(
            id: id,
            dimensions: dimensions ?? 0,
            maximumTokens: 2_048,
            limits: RemoteEmbedding.Limits(texts: 100, tokens: 20_000),
            variable: Self.keyVariable,
            key: secret,
            transport: transport
        )
    }

    /// The model; its dimensions are 0 before the first reply, unless they were asked for.
    public var model: EmbeddingModel { remote.model }

    /// Estimates the tokens of `text`, rather too many than too few.
    public func tokenCount(of text: String) -> Int { RemoteEmbedding.tokenCount(of: text) }

    /// Embeds `texts`, in batches.
    public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
        let task = role == .query ? "RETRIEVAL_QUERY" : "RETRIEVAL_DOCUMENT"
        return try await remote.embed(texts) { batch in
            let body: JSON = [
                "requests": .array(
                    batch.map {
                        [
                            "model": .string("models/\(name)"),
                            "content": ["parts": [["text": .string($0)]]],
                            "taskType": .string(task),
                            "outputDimensionality": askedDimensions.map(JSON.integer),
                        ]
                    }
                )
            ]
            return Transport.Request(
                address: address,
                key: ("x-goog-api-key", "", key),
                body: body.encoded
            )
        } reply: { body, _ in
            try remote.decode(Reply.self, from: body).embeddings.map(\.values)
        }
    }

    private struct Reply: Decodable {
        struct Item: Decodable {
            var values: [Float]
        }
        var embeddings: [Item]
    }
}
