internal import Embedding
internal import Foundation
internal import PassageStore
internal import Synchronization
@_exported public import Retrieval

/// A library of documents: one SQLite file that finds and answers.
///
/// Open it for searching or for indexing, hand it folders, and ask. Any number of tasks may search
/// one at the same time, also while another process indexes into the same file.
///
/// ```swift
/// let library = try Library.open(at: "notes.db", for: .indexing)
/// _ = try await library.index("Notes")
/// let results = try await library.search(SearchRequest("¿cuándo abre la biblioteca?"))
/// ```
public final class Library: Sendable {
    /// What a library is opened for.
    public enum Purpose: Sendable {
        /// One search after another, as cheaply to open as can be.
        case searching
        /// Many searches at once.
        case serving
        /// Adding and removing documents; a missing file is made.
        case indexing
    }

    /// Where the file is.
    public var path: String { store.path }

    /// The embedding models that this library can use.
    public let catalog: ModelCatalog

    let store: PassageStore
    let embedders: EmbedderCache
    /// What reads documents; nil for this process itself.
    let reading: ReadingProgram?

    /// Opens the library at `path`.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - purpose: what it is opened for.
    ///   - model: names the embedding model (see `ModelCatalog`); nil for the one that the library
    ///     was built with, or, for a new one, the settings' or the default.
    ///   - baseURL: the server of a remote model.
    ///   - catalog: where local models are.
    ///   - reading: what reads documents, so that a hostile one does no harm; nil for this process.
    /// - Returns: the library.
    /// - Throws: `StoreError`, or, for a new library, what loading its model throws.
    public static func open(
        at path: String,
        for purpose: Purpose,
        model: String? = nil,
        baseURL: String? = nil,
        catalog: ModelCatalog = ModelCatalog(),
        reading: ReadingProgram? = nil
    ) throws -> Library {
        let access: PassageStore.Access =
            switch purpose {
            case .searching: .readOnly
            case .serving: .shared
            case .indexing: .readWrite
            }
        // A model that cannot be had is found out before a file is made for it.
        var embedder: (any Embedder)?
        if purpose == .indexing, !FileManager.default.fileExists(atPath: path) {
            let name = try model ?? Settings(library: path).model ?? ModelCatalog.defaultModel
            embedder = try catalog.embedder(named: name, baseURL: baseURL)
        }
        let store = try PassageStore(at: path, access: access)
        let embedders = EmbedderCache(
            store: store,
            catalog: catalog,
            model: model,
            // Read here, because a search reads its words while the model is being loaded.
            stored: purpose == .indexing ? nil : try store.read { try $0.model() }?.identifier,
            baseURL: baseURL,
            loaded: embedder,
            follows: purpose == .serving && model == nil
        )
        return Library(store: store, catalog: catalog, embedders: embedders, reading: reading)
    }

    init(
        store: PassageStore,
        catalog: ModelCatalog,
        embedders: EmbedderCache,
        reading: ReadingProgram?
    ) {
        self.reading = reading
        self.store = store
        self.catalog = catalog
        self.embedders = embedders
    }

    /// Finds the passages that answer `request` best.
    public func search(_ request: SearchRequest) async throws -> SearchResults {
        try await searcher.search(request)
    }

    /// Finds the passages nearest in meaning to one of the library's own.
    public func similar(
        to passage: Int64,
        limit: Int,
        otherDocumentsOnly: Bool = false
    ) throws -> SearchResults {
        try searcher.similar(to: passage, limit: limit, otherDocumentsOnly: otherDocumentsOnly)
    }

    var searcher: Searcher {
        Searcher(store: store) { [embedders] in try embedders.embedder() }
    }
}

/// Loads the embedding model once, when it is first needed.
final class EmbedderCache: Sendable {
    private let store: PassageStore
    private let catalog: ModelCatalog
    private let model: String?
    private let stored: String?
    private let baseURL: String?
    /// Whether the library may get another model while it is open.
    private let follows: Bool
    private let loaded: Mutex<(any Embedder)?>

    init(
        store: PassageStore,
        catalog: ModelCatalog,
        model: String?,
        stored: String?,
        baseURL: String?,
        loaded: (any Embedder)?,
        follows: Bool
    ) {
        self.follows = follows
        self.loaded = Mutex(loaded)
        self.stored = stored
        self.store = store
        self.catalog = catalog
        self.model = model
        self.baseURL = baseURL
    }

    /// The embedder that was named, or the one that the library was built with, or the default.
    ///
    /// - Throws: `RetrievalError.modelMismatch` when the library was built with another model.
    func embedder() throws -> any Embedder {
        try loaded.withLock { loaded in
            let current = follows ? try store.read { try $0.model() }?.identifier : stored
            if let loaded, !follows || current == nil || current == loaded.model.id {
                return loaded
            }
            let stored = try current ?? store.read { try $0.model() }?.identifier
            let name = try model ?? stored ?? chosenModel()
            let embedder = try catalog.embedder(named: name, baseURL: baseURL)
            if let stored, stored != embedder.model.id {
                throw RetrievalError.modelMismatch(stored: stored, requested: embedder.model.id)
            }
            loaded = embedder
            return embedder
        }
    }

    /// The embedder for a library that is to be emptied first.
    func embedderForRebuild() throws -> any Embedder {
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
    func forget() {
        loaded.withLock { $0 = nil }
    }

    private func chosenModel() throws -> String {
        try Settings(library: store.path).model ?? ModelCatalog.defaultModel
    }
}
