public import Corpus
internal import TextAnalysis

/// What a library holds and what it could not read.
public struct LibraryStatus: Codable, Sendable {
    /// The file.
    public var path: String
    /// Bytes on disk, the write-ahead log included.
    public var fileSize: Int64
    /// The embedding model, or nil for a library without passages.
    public var model: String?
    /// Components of an embedding.
    public var dimensions: Int?
    /// Documents in all collections.
    public var documents: Int
    /// Passages in all collections.
    public var passages: Int
    /// One for each folder or file that was indexed.
    public var collections: [Collection]

    /// A folder or file that was indexed.
    public struct Collection: Codable, Sendable {
        /// Its absolute path.
        public var root: String
        /// When it was last indexed to the end, ISO 8601, or nil if no run has ended yet.
        public var indexedAt: String?
        /// Documents in it.
        public var documents: Int
        /// Passages in it.
        public var passages: Int
        /// Bytes of the documents' files.
        public var bytes: Int64
        /// Documents per language code.
        public var languages: [Count]
        /// Documents per format.
        public var formats: [Count]
        /// Files whose text was repaired, and how.
        public var repaired: [FileNote]
        /// Files that could not be read, and why.
        public var skipped: [FileNote]
    }

    /// How many documents have a property.
    public struct Count: Codable, Sendable {
        /// The property's value.
        public var name: String
        /// How many have it.
        public var documents: Int
    }

    init(of snapshot: any LibrarySnapshot, path: String, fileSize: Int64) async throws {
        self.path = path
        self.fileSize = fileSize
        let stored = try await snapshot.model()
        model = stored?.identifier
        dimensions = stored?.dimensions
        collections = try await snapshot.statistics().map(Collection.init)
        documents = collections.reduce(0) { $0 + $1.documents }
        passages = collections.reduce(0) { $0 + $1.passages }
    }
}

extension LibraryStatus.Collection {
    init(_ statistics: CollectionStatistics) {
        root = statistics.collection.root
        indexedAt = statistics.collection.indexedAt
        documents = statistics.documents
        passages = statistics.passages
        bytes = statistics.bytes
        languages = statistics.languages.map { .init(name: $0.rawValue, documents: $1) }
        formats = statistics.formats.map { .init(name: $0, documents: $1) }
        repaired = statistics.repaired.map {
            .init(path: $0.path, text: $0.repairs.joined(separator: "; "))
        }
        skipped = statistics.skipped.map { .init(path: $0.path, text: $0.reason) }
    }
}
