package import HTTPTransport
public import SentenceEncoder

/// An embedding model behind Ollama's own `/api/embed`.
public struct OllamaEmbedder: Embedder {
    private let name: String
    private let address: String
    private let prefixes: RolePrefixes
    private let remote: RemoteEmbedding

    /// The address where Ollama listens unless it is told otherwise.
    public static let local = "http://127.0.0.1:11434"

    /// Describes a model and where it is.
    ///
    /// - Parameters:
    ///   - model: The name that Ollama knows it by, such as `nomic-embed-text`.
    ///   - baseURL: The address, without `/api`.
    ///   - maximumTokens: Tokens of one text that the model reads.
    ///   - prefixes: What the model wants before texts; known models' own if nil.
    public init(
        model: String,
        baseURL: String = OllamaEmbedder.local,
        maximumTokens: Int = 512,
        prefixes: RolePrefixes? = nil
    ) {
        self.init(
            model: model,
            baseURL: baseURL,
            maximumTokens: maximumTokens,
            prefixes: prefixes,
            transport: .forEmbedding()
        )
    }

    package init(
        model: String,
        baseURL: String,
        maximumTokens: Int = 512,
        prefixes: RolePrefixes? = nil,
        transport: Transport
    ) {
        name = model
        address = trimmedBase(baseURL) + "/api/embed"
        self.prefixes = prefixes ?? .forModel(named: model)
        remote = RemoteEmbedding(
            id: "ollama:\(model)",
            dimensions: 0,
            maximumTokens: maximumTokens,
            limits: RemoteEmbedding.Limits(texts: 32, tokens: 50_000),
            variable: "OLLAMA_API_KEY",
            key: nil,
            transport: transport
        )
    }

    /// The model; its dimensions are 0 before the first reply.
    public var model: EmbeddingModel { remote.model }

    /// Estimates the tokens of `text`, rather too many than too few.
    public func tokenCount(of text: String) -> Int { RemoteEmbedding.tokenCount(of: text) }

    /// Embeds `texts`, in batches.
    public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
        try await remote.embed(texts.map { prefixes.apply(to: $0, as: role) }) { batch in
            let body: JSON = [
                "model": .string(name), "input": .array(batch.map(JSON.string)), "truncate": true,
            ]
            return Transport.Request(address: address, body: body.encoded)
        } reply: { body, _ in
            try remote.decode(Reply.self, from: body).embeddings
        }
    }

    private struct Reply: Decodable {
        var embeddings: [[Float]]
    }
}
