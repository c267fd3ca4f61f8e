public import SentenceEncoder

/// An embedder that can be asked for the vectors of single tokens.
public protocol TokenEmbedder: Embedder {
    /// The vectors of each token of `texts`, in their order, as what is looked for or what is found.
    ///
    /// Texts beyond `model.maximumTokens` are cut. It costs what embedding the texts costs.
    ///
    /// - Throws: `EmbeddingError`, or `CancellationError` when the task was cancelled.
    func tokenStates(of texts: [String], as role: EmbeddingRole) async throws -> [TokenStates]
}
