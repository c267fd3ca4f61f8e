public import SentenceEncoder

/// Which model made an embedding: vectors of two different models never meet in one index.
public struct EmbeddingModel: Codable, Hashable, Sendable, CustomStringConvertible {
    /// What tells this model from every other: `local:NAME:FINGERPRINT` for one that runs in this
    /// process, `openai:NAME`, `gemini:NAME` or `ollama:NAME` for one behind HTTP.
    public var id: String

    /// Components of each embedding; 0 while a remote model has not answered yet.
    public var dimensions: Int

    /// Tokens of one text that the model reads; what is beyond them has no influence.
    public var maximumTokens: Int

    /// Describes a model.
    public init(id: String, dimensions: Int, maximumTokens: Int) {
        self.id = id
        self.dimensions = dimensions
        self.maximumTokens = maximumTokens
    }

    /// The model and its dimensions.
    public var description: String {
        dimensions > 0 ? "\(id), \(dimensions) dimensions" : id
    }
}

/// Turns texts into embeddings, in this process or over HTTP.
///
/// Every embedding has `model.dimensions` components (unless that is 0: not known yet) and length
/// one, so that the inner product of two is their cosine similarity.
public protocol Embedder: Sendable {
    /// The model, as an index records it.
    var model: EmbeddingModel { get }

    /// Embeds `texts`, in their order, as what is looked for or as what is found.
    ///
    /// Texts beyond `model.maximumTokens` are cut. No texts give no embeddings and cost nothing.
    ///
    /// - Throws: `EmbeddingError`, or `CancellationError` when the task was cancelled.
    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]]

    /// Returns how many tokens `text` has for this model; remote models estimate, rather too many
    /// than too few.
    func tokenCount(of text: String) -> Int
}

extension Embedder {
    /// Embeds one text.
    public func embed(_ text: String, as role: EmbeddingRole) async throws -> [Float] {
        let embeddings = try await embed([text], as: role)
        guard let embedding = embeddings.first else {
            throw EmbeddingError.wrongCount(model: model.id, expected: 1, actual: 0)
        }
        return embedding
    }
}
