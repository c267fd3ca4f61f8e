package import HTTPTransport
public import SentenceEncoder

/// An embedding model behind OpenAI's `/embeddings`: OpenAI itself, llama.cpp, Ollama, vLLM, TEI
/// and others.
public struct OpenAIEmbedder: Embedder {
    private let name: String
    private let address: String
    private let key: Secret?
    private let prefixes: RolePrefixes
    private let askedDimensions: Int?
    private let remote: RemoteEmbedding

    /// The address of OpenAI's own API.
    public static let openAI = "https://api.openai.com/v1"

    /// The environment variable that the key is read from.
    public static let keyVariable = "OPENAI_API_KEY"

    /// Describes a model and where it is.
    ///
    /// - Parameters:
    ///   - model: The name that the server knows it by.
    ///   - baseURL: The address up to and including `/v1`.
    ///   - key: The value of `OPENAI_API_KEY`; servers of one's own rarely want one.
    ///   - dimensions: Dimensions to ask for, of models that can shorten their embeddings.
    ///   - maximumTokens: Tokens of one text that the model reads; 8,191 for OpenAI's models and
    ///     512 for others if nil.
    ///   - prefixes: What the model wants before texts; known models' own if nil.
    /// - Throws: `EmbeddingError.missingKey` for OpenAI itself without a key.
    public init(
        model: String,
        baseURL: String = OpenAIEmbedder.openAI,
        key: String?,
        dimensions: Int? = nil,
        maximumTokens: Int? = nil,
        prefixes: RolePrefixes? = nil
    ) throws(EmbeddingError) {
        try self.init(
            model: model,
            baseURL: baseURL,
            key: key,
            dimensions: dimensions,
            maximumTokens: maximumTokens,
            prefixes: prefixes,
            transport: .forEmbedding()
        )
    }

    package init(
        model: String,
        baseURL: String,
        key: String?,
        dimensions: Int? = nil,
        maximumTokens: Int? = nil,
        prefixes: RolePrefixes? = nil,
        transport: Transport
    ) throws(EmbeddingError) {
        let base = trimmedBase(baseURL)
        let isOpenAI = base.hasPrefix("https://api.openai.com/")
        let id = "openai:\(model)" + (dimensions.map { ":\($0)" } ?? "")
        let secret = Secret(key)
        if isOpenAI, secret == nil { throw .missingKey(variable: Self.keyVariable, model: id) }
        name = model
        address = base + "/embeddings"
        self.key = secret
        askedDimensions = dimensions
        self.prefixes = prefixes ?? .forModel(named: model)
        let isKnown = model.hasPrefix("text-embedding-")
        remote = RemoteEmbedding(
            id: id,
            dimensions: dimensions ?? Self.knownDimensions[model] ?? 0,
            maximumTokens: maximumTokens ?? (isKnown ? 8_191 : 512),
            limits: RemoteEmbedding.Limits(texts: isOpenAI ? 256 : 32, tokens: 100_000),
            variable: Self.keyVariable,
            key: secret,
            transport: transport
        )
    }

    private static let knownDimensions = [
        "text-embedding-3-small": 1536, "text-embedding-3-large": 3072,
        "text-embedding-ada-002": 1536,
    ]

    /// The model; its dimensions are 0 before the first reply of one that is not known.
    public var model: EmbeddingModel { remote.model }

    /// Estimates the tokens of `text`, rather too many than too few.
    public func tokenCount(of text: String) -> Int { RemoteEmbedding.tokenCount(of: text) }

    /// Embeds `texts`, in batches.
    public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
        try await remote.embed(texts.map { prefixes.apply(to: $0, as: role) }) { batch in
            let body: JSON = [
                "model": .string(name),
                "input": .array(batch.map(JSON.string)),
                "encoding_format": "float",
                "dimensions": askedDimensions.map(JSON.integer),
            ]
            return Transport.Request(
                address: address,
                key: key.map { ("Authorization", "Bearer ", $0) },
                body: body.encoded
            )
        } reply: { body, count in
            let reply = try remote.decode(Reply.self, from: body)
            // Replies may come in any order; the index says which text each belongs to.
            var embeddings = [[Float]?](repeating: nil, count: count)
            for (position, item) in reply.data.enumerated() {
                let index = item.index ?? position
                guard embeddings.indices.contains(index), embeddings[index] == nil else {
                    throw EmbeddingError.malformedReply(
                        model: remote.model.id,
                        reason: "embedding \(index) of \(count)"
                    )
                }
                embeddings[index] = item.embedding
            }
            return embeddings.compactMap { $0 }
        }
    }

    private struct Reply: Decodable {
        struct Item: Decodable {
            var index: Int?
            var embedding: [Float]
        }
        var data: [Item]
    }
}
