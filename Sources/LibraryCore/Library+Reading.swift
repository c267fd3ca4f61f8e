package import Corpus
package import Embedding
internal import SentenceEncoder

/// What servers read besides what a search finds.
extension Library {
    /// Names the state of the library's passages: another one after every change to them.
    package func generation() async throws -> String {
        try await store.read { try await $0.generation() }
    }

    /// A document's passages in their order; empty if there is no such document.
    ///
    /// - Complexity: O(the document).
    package func passages(of document: DocumentID) async throws -> [Passage] {
        try await store.read { try await $0.passages(of: document) }
    }

    /// The embedding model of this library, which is loaded for it.
    package func embeddingModel() async throws -> EmbeddingModel { try await embedder().model }

    /// Embeds texts with the library's model: unit vectors in the order of the texts.
    ///
    /// - Parameters:
    ///   - texts: any texts.
    ///   - isQuery: whether they are what is looked for rather than what is found.
    /// - Returns: an embedding for each.
    /// - Throws: `EmbeddingError`, or what loading the model throws.
    package func embed(_ texts: [String], isQuery: Bool) async throws -> [[Float]] {
        try await embedder().embed(texts, as: isQuery ? .query : .passage)
    }

    /// How many tokens the texts have for the library's model, together.
    package func tokenCount(of texts: [String]) async throws -> Int {
        let embedder = try await embedder()
        return texts.reduce(0) { $0 + embedder.tokenCount(of: $1) }
    }
}
