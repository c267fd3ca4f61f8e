package import TextAnalysis

/// The embedding model that a library was built with.
package struct ModelRecord: Hashable, Sendable {
    /// Its name with a fingerprint of its weights and tokenizer.
    package let identifier: String
    /// Components of an embedding.
    package let dimensions: Int

    package init(identifier: String, dimensions: Int) {
        self.identifier = identifier
        self.dimensions = dimensions
    }
}

/// An embedding with the hash of what was embedded.
package struct StoredEmbedding: Sendable {
    package let key: EmbeddingKey
    package let vector: [Float]

    package init(key: EmbeddingKey, vector: [Float]) {
        self.key = key
        self.vector = vector
    }
}

/// A folder or file that a person asked to have indexed.
package struct CollectionRecord: Hashable, Sendable {
    package let id: CollectionID
    /// The absolute path.
    package let root: String
    /// Include and exclude globs and the like, as JSON; a store does not read it.
    package let options: String
    /// When it was last indexed to the end, ISO 8601.
    package let indexedAt: String?

    package init(id: CollectionID, root: String, options: String, indexedAt: String?) {
        self.id = id
        self.root = root
        self.options = options
        self.indexedAt = indexedAt
    }
}

/// A path as a key: two names that differ only in how an accent is written are two files, although
/// they are equal as strings.
package struct ExactPath: Hashable, Comparable, Sendable {
    private let bytes: [UInt8]

    package init(_ path: String) { bytes = Array(path.utf8) }

    package static func < (a: ExactPath, b: ExactPath) -> Bool {
        a.bytes.lexicographicallyPrecedes(b.bytes)
    }

    /// The path.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether it is one of `folders`, or lies below one.
    package func isInside(_ folders: Set<ExactPath>) -> Bool {
        guard !folders.isEmpty else { return false }
        var rest = bytes[...]
        while true {
            if folders.contains(ExactPath(rest)) { return true }
            guard let slash = rest.lastIndex(of: UInt8(ascii: "/")) else { return false }
            rest = rest[..<slash]
        }
    }

    private init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }
}

/// A document that is in the library, as synchronization needs it.
package struct KnownDocument: Hashable, Sendable {
    package let id: DocumentID
    package let stamp: FileStamp
    package let contentHash: [UInt8]
    package let format: String
    /// The version of the reader that read it; 0 for one of an earlier program.
    package let reader: Int
    /// How many pages of pictures the reader left out.
    package let picturePages: Int

    package init(
        id: DocumentID,
        stamp: FileStamp,
        contentHash: [UInt8],
        format: String,
        reader: Int,
        picturePages: Int
    ) {
        self.id = id
        self.stamp = stamp
        self.contentHash = contentHash
        self.format = format
        self.reader = reader
        self.picturePages = picturePages
    }

    /// The same document as if its file had another time and content, so that it is read again.
    package var outdated: KnownDocument {
        KnownDocument(
            id: id,
            stamp: FileStamp(size: stamp.size, modified: 0),
            contentHash: [],
            format: format,
            reader: reader,
            picturePages: picturePages
        )
    }
}

/// A file that could not be read, and why.
package struct SkipRecord: Hashable, Sendable {
    package let path: String
    /// Why, for people.
    package let reason: String
    /// Why, for the program; an empty string for what an earlier program noted.
    package let code: String
    /// The version of the readers that passed it over; 0 for those of an earlier program.
    package let reader: Int
    package let stamp: FileStamp

    package init(
        path: String,
        reason: String,
        code: String = "",
        reader: Int = 0,
        stamp: FileStamp
    ) {
        self.path = path
        self.reason = reason
        self.code = code
        self.reader = reader
        self.stamp = stamp
    }
}

/// How much of everything a collection holds.
package struct CollectionStatistics: Sendable {
    package let collection: CollectionRecord
    package let documents: Int
    package let passages: Int
    package let bytes: Int64
    /// Documents per language, most first.
    package let languages: [(language: Language, documents: Int)]
    /// Documents per format, most first.
    package let formats: [(format: String, documents: Int)]
    package let repaired: [(path: String, repairs: [String])]
    package let skipped: [SkipRecord]

    package init(
        collection: CollectionRecord,
        documents: Int,
        passages: Int,
        bytes: Int64,
        languages: [(language: Language, documents: Int)],
        formats: [(format: String, documents: Int)],
        repaired: [(path: String, repairs: [String])],
        skipped: [SkipRecord]
    ) {
        self.collection = collection
        self.documents = documents
        self.passages = passages
        self.bytes = bytes
        self.languages = languages
        self.formats = formats
        self.repaired = repaired
        self.skipped = skipped
    }
}
