internal import Embedding
internal import SentenceEncoder

/// Embeddings that were made beforehand, so that measuring a search does not measure the model.
struct RememberedEmbeddings: Embedder {
    let model: EmbeddingModel
    let embeddings: [String: [Float]]

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
        try texts.map { text in
            guard let embedding = embeddings[text] else {
                throw EmbeddingError.wrongCount(model: model.id, expected: 1, actual: 0)
            }
            return embedding
        }
    }

    func tokenCount(of text: String) -> Int { text.utf8.count / 4 }
}
