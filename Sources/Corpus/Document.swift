public import TextAnalysis

/// What a library knows of a document besides its passages.
public struct Document: Hashable, Sendable {
    /// Names the document.
    public let id: DocumentID
    /// The root of its collection, an absolute path.
    public let root: String
    /// Relative to the root; empty when the root is the file itself.
    public let path: String
    /// The name of the format it was read as.
    public let format: String
    /// The language it is written in.
    public let language: Language
    /// The title, from the document or its file's name.
    public let title: String
    /// The document's own date, if it names one: ISO 8601, a day or an instant.
    public let date: String?
    /// When its file was changed, in nanoseconds since 1970.
    public let modified: Int64
    /// Front matter and the like; nested fields have dots in their names.
    public let metadata: [String: MetadataValue]
    /// What had to be repaired in its text, in words.
    public let repairs: [String]

    /// A document from its parts.
    package init(
        id: DocumentID,
        root: String,
        path: String,
        format: String,
        language: Language,
        title: String,
        date: String?,
        modified: Int64,
        metadata: [String: MetadataValue],
        repairs: [String]
    ) {
        self.id = id
        self.root = root
        self.path = path
        self.format = format
        self.language = language
        self.title = title
        self.date = date
        self.modified = modified
        self.metadata = metadata
        self.repairs = repairs
    }

    /// Where the file is.
    public var absolutePath: String { path.isEmpty ? root : root + "/" + path }

    /// The last component of the path.
    public var fileName: String {
        let path = absolutePath
        return path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
}

/// By what a person may know a document.
package struct DocumentName: Hashable, Sendable {
    /// Its title.
    package let title: String
    /// Its absolute path.
    package let path: String

    package init(title: String, path: String) {
        self.title = title
        self.path = path
    }
}

/// A document that has been read, cut and embedded, and is to be stored.
package struct NewDocument: Sendable {
    /// Relative to the collection's root.
    package var path: String
    /// Tells whether the file holds what it held.
    package var contentHash: [UInt8]
    package var stamp: FileStamp
    package var format: String
    package var language: Language
    package var title: String
    /// ISO 8601, a day or an instant.
    package var date: String?
    package var metadata: [String: MetadataValue]
    /// What had to be repaired, in words.
    package var repairs: [String]
    /// The version of the reader that read it.
    package var reader: Int
    /// How many pages of pictures the reader left out.
    package var picturePages: Int
    /// Its text in pieces, in their order.
    package var chunks: [Chunk]
    /// Under what the embedding of each chunk is kept: the hash of what was embedded for it.
    package var embeddingKeys: [EmbeddingKey]

    /// A document to be stored.
    ///
    /// - Precondition: each chunk has a key.
    package init(
        path: String,
        contentHash: [UInt8],
        stamp: FileStamp,
        format: String,
        language: Language,
        title: String,
        date: String?,
        metadata: [String: MetadataValue],
        repairs: [String],
        reader: Int = 1,
        picturePages: Int = 0,
        chunks: [Chunk],
        embeddingKeys: [EmbeddingKey]
    ) {
        precondition(chunks.count == embeddingKeys.count, "a key for each chunk")
        self.path = path
        self.contentHash = contentHash
        self.stamp = stamp
        self.format = format
        self.language = language
        self.title = title
        self.date = date
        self.metadata = metadata
        self.repairs = repairs
        self.reader = reader
        self.picturePages = picturePages
        self.chunks = chunks
        self.embeddingKeys = embeddingKeys
    }
}

/// Under what an embedding is kept: the hash of exactly the text that was embedded, 16 bytes.
package typealias EmbeddingKey = [UInt8]

/// What tells whether a file has to be read again.
package struct FileStamp: Hashable, Sendable {
    package let size: Int64
    /// When its content was changed, as it says itself, in nanoseconds since 1970.
    package let modified: Int64
    /// When the system last changed anything about it, in nanoseconds since 1970; nil for unknown.
    ///
    /// Unlike `modified`, nobody can set it.
    package let changed: Int64?
    /// Its number in the file system; nil for unknown.
    package let inode: UInt64?

    package init(size: Int64, modified: Int64, changed: Int64? = nil, inode: UInt64? = nil) {
        self.size = size
        self.modified = modified
        self.changed = changed
        self.inode = inode
    }

    /// Whether nothing tells that a file with this stamp is another than one with `other`.
    ///
    /// What one of them does not know counts as equal.
    package func agrees(with other: FileStamp) -> Bool {
        func isEqual<T: Equatable>(_ a: T?, _ b: T?) -> Bool { a == nil || b == nil || a == b }
        return size == other.size && modified == other.modified
            && isEqual(changed, other.changed) && isEqual(inode, other.inode)
    }

    /// Whether it says all that a file system says.
    package var isWhole: Bool { changed != nil && inode != nil }
}
