public import Corpus
package import Embedding
public import Indexing
public import ModelCatalog
public import Retrieval
internal import UserConfiguration

/// A library of documents: one SQLite file, or a schema of a PostgreSQL server, that finds and answers.
///
/// Open it for searching or for indexing, hand it folders, and ask. Any number of tasks may search
/// one at the same time, also while another process indexes into the same one.
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

    /// Where it is: the file, or the server's address.
    public var path: String { store.name }

    /// What makes searches slower in this library than they could be, and what to do about it; nil for
    /// nothing.
    public var advice: String? { store.advice }

    /// The embedding models that this library can use.
    public let catalog: ModelCatalog

    package let store: any LibraryStore
    package let embedders: EmbedderCache
    package let rerankers: RerankerCache
    /// What reads documents; nil for this process itself.
    package let reading: ReadingProgram?

    /// Opens the library at `path`.
    ///
    /// - Parameters:
    ///   - path: the file, or the connection string of a server (see `LibraryLocation.isServer`).
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
        // A model that cannot be had is found out before a file is made for it.
        var embedder: (any Embedder)?
        if purpose == .indexing, try !LibraryStores.exists(at: path) {
            let name = try model ?? Settings(library: path).model ?? ModelCatalog.defaultModel
            embedder = try catalog.embedder(named: name, baseURL: baseURL)
        }
        let store = try LibraryStores.open(at: path, for: purpose)
        let embedders = EmbedderCache(
            catalog: catalog,
            model: model,
            baseURL: baseURL,
            library: path,
            loaded: embedder
        )
        return Library(store: store, catalog: catalog, embedders: embedders, reading: reading)
    }

    package init(
        store: any LibraryStore,
        catalog: ModelCatalog,
        embedders: EmbedderCache,
        reading: ReadingProgram?
    ) {
        self.reading = reading
        self.store = store
        self.catalog = catalog
        self.embedders = embedders
        rerankers = RerankerCache(catalog: catalog, embedders: embedders)
    }

    /// Finds the passages that answer `request` best.
    public func search(_ request: SearchRequest) async throws -> SearchResults {
        try await searcher.search(request)
    }

    /// Finds the passages nearest in meaning to one of the library's own.
    public func similar(
        to passage: PassageID,
        limit: Int,
        otherDocumentsOnly: Bool = false
    ) async throws -> SearchResults {
        try await searcher.similar(
            to: passage,
            limit: limit,
            otherDocumentsOnly: otherDocumentsOnly
        )
    }

    /// How well each of `texts` answers `query`, by a closer look than embeddings allow.
    ///
    /// - Parameters:
    ///   - texts: of any origin.
    ///   - query: the question.
    ///   - reranking: what looks; late interaction is with this library's embedding model.
    /// - Returns: a score for each text, in their order, that grows with relevance.
    /// - Throws: `RetrievalError.cannotRerank`, `ModelCatalogError`, `EmbeddingError`.
    public func rerank(
        _ texts: [String],
        for query: String,
        by reranking: Reranking
    ) async throws -> [Double] {
        let model = try await store.read { try await $0.model() }?.identifier
        return try await rerankers.reranker(reranking, model: model)
            .scores(of: texts, for: query)
    }

    /// The embedding model of this library, loaded.
    package func embedder() async throws -> any Embedder {
        let stored = try await store.read { try await $0.model() }
        return try embedders.embedder(for: stored?.identifier)
    }

    package var searcher: Searcher {
        Searcher(
            store: store,
            reranker: { [rerankers] in try rerankers.reranker($0, model: $1) },
            embedder: { [embedders] in try embedders.embedder(for: $0) }
        )
    }
}
