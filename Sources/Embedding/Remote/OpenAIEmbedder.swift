package import HTTPTransport
package import SentenceEncoder

/// An embedding model behind OpenAI's `/embeddings`: OpenAI itself, Mistral, llama.cpp, vLLM, TEI
/// and others.
package struct OpenAIEmbedder: RemoteEmbedder {
    private let access: ModelAccess
    private let keyHeader: (name: String, prefix: String)
    private let prefixes: RolePrefixes
    private let askedDimensions: Int?
    private let remote: RemoteEmbedding

    package static let form = WireForm.openAI

    package init(
        _ access: ModelAccess,
        dimensions: Int?,
        transport: Transport?,
        refused: RefusedOptions
    ) {
        self.init(
            access,
            dimensions: dimensions,
            keyHeader: nil,
            transport: transport,
            refused: refused
        )
    }

    /// The client of a model that is reached so.
    ///
    /// - Parameters:
    ///   - access: The model and the way to it.
    ///   - dimensions: Dimensions to ask for, of models that can shorten their embeddings.
    ///   - keyHeader: The header that carries the key, and what precedes the key in it.
    ///   - transport: How requests are made.
    ///   - refused: What servers are known to refuse.
    package init(
        _ access: ModelAccess,
        dimensions: Int? = nil,
        keyHeader: (name: String, prefix: String)?,
        transport: Transport? = nil,
        refused: RefusedOptions = .shared
    ) {
        self.access = access
        self.keyHeader = keyHeader ?? ("Authorization", "Bearer ")
        askedDimensions = dimensions
        prefixes = .forModel(named: access.model)
        // Tokens of one text that the model reads; 512 is what most models of one's own read.
        let isOpenAI =
            access.model.hasPrefix("text-embedding-")
            && !access.model.hasPrefix("text-embedding-nomic")
        remote = RemoteEmbedding(
            access,
            askedDimensions: dimensions,
            knownDimensions: Self.knownDimensions[access.model] ?? 0,
            maximumTokens: isOpenAI ? 8_191 : 512,
            limits: RemoteEmbedding.Limits(
                texts: isOpenAI && access.isUsualServer ? 256 : 32,
                tokens: 100_000
            ),
            options: [.encodingFormat] + (dimensions == nil ? [] : [.dimensions]),
            transport: transport,
            refused: refused
        )
    }

    private static let knownDimensions = [
        "text-embedding-3-small": 1536, "text-embedding-3-large": 3072,
        "text-embedding-ada-002": 1536,
    ]

    /// The model; its dimensions are 0 before the first reply of one that is not known.
    package var model: EmbeddingModel { remote.model }

    /// Embeds `texts`, in batches.
    package func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
        let texts = texts.map { prefixes.apply(to: $0, as: role) }
        return try await remote.embed(texts) { batch, omitted in
            let body: RequestJSON = [
                "model": .string(access.model),
                "input": .array(batch.map(RequestJSON.string)),
                "encoding_format": omitted.contains(.encodingFormat) ? nil : "float",
                "dimensions": omitted.contains(.dimensions)
                    ? nil : askedDimensions.map(RequestJSON.integer),
            ]
            return access.request("/embeddings", keyHeader: keyHeader, body: body)
        }
    }
}
