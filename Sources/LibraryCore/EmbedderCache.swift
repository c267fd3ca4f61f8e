package import Embedding
internal import ModelCatalog
internal import Corpus
internal import Synchronization
internal import UserConfiguration

/// Loads the embedding model once, when it is first needed.
package final class EmbedderCache: Sendable {
    private let catalog: ModelCatalog
    private let model: String?
    private let baseURL: String?
    /// Where the library is, beside which settings may choose a model.
    private let library: String
    private let loaded: Mutex<(any Embedder)?>

    /// A cache that loads what `model` names, else what a library was built with, else what settings
    /// choose.
    init(
        catalog: ModelCatalog,
        model: String?,
        baseURL: String?,
        library: String,
        loaded: (any Embedder)? = nil
    ) {
        self.catalog = catalog
        self.model = model
        self.baseURL = baseURL
        self.library = library
        self.loaded = Mutex(loaded)
    }

    /// The embedder for a library.
    ///
    /// - Parameter stored: the model that the library was built with; nil before its first embedding.
    /// - Returns: the embedder, loaded.
    /// - Throws: `StoreError.modelMismatch` when another model was named.
    func embedder(for stored: String?) throws -> any Embedder {
        try loaded.withLock { loaded in
            if let loaded, stored == nil || stored == loaded.model.id { return loaded }
            let embedder = try catalog.embedder(
                named: try model ?? stored ?? chosenModel(),
                baseURL: baseURL
            )
            if let stored, stored != embedder.model.id {
                throw StoreError.modelMismatch(stored: stored, requested: embedder.model.id)
            }
            loaded = embedder
            return embedder
        }
    }

    /// The embedder for a library that is to be built anew.
    package func embedderForRebuild() throws -> any Embedder {
        try loaded.withLock { loaded in
            let embedder = try catalog.embedder(
                named: try model ?? chosenModel(),
                baseURL: baseURL
            )
            loaded = embedder
            return embedder
        }
    }

    /// Loads the model again when it is next needed.
    package func forget() {
        loaded.withLock { $0 = nil }
    }

    private func chosenModel() throws -> String {
        try Settings(library: library).model ?? ModelCatalog.defaultModel
    }
}
