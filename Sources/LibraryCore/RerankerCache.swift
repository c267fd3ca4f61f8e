internal import Embedding
internal import ModelCatalog
package import Retrieval
internal import Synchronization

/// Loads what looks at the first passages again once, when it is first needed.
package final class RerankerCache: Sendable {
    /// A reranker is of a choice and, where it uses that, of a library's model.
    private struct Key: Hashable {
        let choice: Reranking
        let model: String?
    }

    private let catalog: ModelCatalog
    private let embedders: EmbedderCache
    private let loaded = Mutex<[Key: any Reranker]>([:])

    /// A cache that takes models from `catalog` and the library's own from `embedders`.
    init(catalog: ModelCatalog, embedders: EmbedderCache) {
        self.catalog = catalog
        self.embedders = embedders
    }

    /// The reranker of a library that was built with `model`.
    ///
    /// - Throws: `RetrievalError.cannotRerank`, or what loading a model throws.
    package func reranker(_ choice: Reranking, model: String?) throws -> any Reranker {
        try loaded.withLock { loaded in
            let key = Key(choice: choice, model: choice == .late ? model : nil)
            if let reranker = loaded[key] { return reranker }
            let reranker = try make(choice, model: model)
            loaded[key] = reranker
            return reranker
        }
    }

    private func make(_ choice: Reranking, model: String?) throws -> any Reranker {
        switch choice {
        case .late:
            guard let embedder = try embedders.embedder(for: model) as? any TokenEmbedder else {
                throw RetrievalError.cannotRerank(choice, model: model)
            }
            return LateInteraction(embedder)
        case .model(let name):
            return try catalog.crossEncoder(named: name)
        case .off:
            throw RetrievalError.cannotRerank(choice, model: model)
        }
    }
}
