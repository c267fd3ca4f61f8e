package import TextAnalysis

/// A value of a document's metadata: what front matter and `<meta>` tags can hold.
package enum FieldValue: Hashable, Sendable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([FieldValue])
}

/// The embedding model that a library was built with.
package struct ModelRecord: Hashable, Sendable {
    package let id: Int64
    package let identifier: String
    package let dimensions: Int
}

/// A folder or file that the user asked to have indexed.
package struct CollectionRecord: Hashable, Sendable {
    package let id: Int64
    /// The absolute path.
    package let root: String
    /// Include and exclude globs and the like, as JSON; the store does not read it.
    package let options: String
    /// When it was last indexed to the end, ISO 8601.
    package let indexedAt: String?
}

/// What tells whether a file has to be read again.
package struct FileStamp: Hashable, Sendable {
    package let size: Int64
    /// Nanoseconds since 1970.
    package let modified: Int64

    package init(size: Int64, modified: Int64) {
        self.size = size
        self.modified = modified
    }
}

/// A path as a key: two names that differ only in how an accent is written are two files, although they
/// are equal as strings.
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

/// A document that is in the library, as the synchronisation needs it.
package struct KnownDocument: Hashable, Sendable {
    package let id: Int64
    package let stamp: FileStamp
    package let contentHash: [UInt8]
    package let format: String
    package let repairs: [String]

    /// The same document as if its file had another time and content, so that it is read again.
    package var outdated: KnownDocument {
        KnownDocument(
            id: id,
            stamp: FileStamp(size: stamp.size, modified: 0),
            contentHash: [],
            format: format,
            repairs: repairs
        )
    }
}

/// A document to be stored.
package struct NewDocument: Sendable {
    /// Relative to the collection's root.
    package var path: String
    package var contentHash: [UInt8]
    package var stamp: FileStamp
    package var format: String
    package var language: Language
    package var title: String
    /// ISO 8601, a day or an instant.
    package var date: String?
    package var metadata: [String: FieldValue]
    package var repairs: [String]
    package var passages: [NewPassage]

    package init(
        path: String,
        contentHash: [UInt8],
        stamp: FileStamp,
        format: String,
        language: Language,
        title: String,
        date: String?,
        metadata: [String: FieldValue],
        repairs: [String],
        passages: [NewPassage]
    ) {
        self.path = path
        self.contentHash = contentHash
        self.stamp = stamp
        self.format = format
        self.language = language
        self.title = title
        self.date = date
        self.metadata = metadata
        self.repairs = repairs
        self.passages = passages
    }
}

/// A passage to be stored, whose embedding the library already holds.
package struct NewPassage: Sendable {
    package var headings: [String]
    package var text: String
    package var lines: ClosedRange<Int>
    /// The pages it stands on, counted from 1; nil for formats without pages.
    package var pages: ClosedRange<Int>?
    package var bytes: Range<Int>
    package var tokenCount: Int
    /// The hash of what was embedded for it.
    package var embeddingKey: [UInt8]

    package init(
        headings: [String],
        text: String,
        lines: ClosedRange<Int>,
        pages: ClosedRange<Int>? = nil,
        bytes: Range<Int>,
        tokenCount: Int,
        embeddingKey: [UInt8]
    ) {
        self.headings = headings
        self.text = text
        self.lines = lines
        self.pages = pages
        self.bytes = bytes
        self.tokenCount = tokenCount
        self.embeddingKey = embeddingKey
    }
}

/// What filters and listings see of a document.
package struct DocumentSummary: Hashable, Sendable {
    package let id: Int64
    /// The root of its collection, an absolute path.
    package let root: String
    /// Relative to the root; empty when the root is the file itself.
    package let path: String
    package let format: String
    package let language: Language
    package let title: String
    package let date: String?
    /// Nanoseconds since 1970.
    package let modified: Int64
    package let metadata: [String: FieldValue]
    package let repairs: [String]

    /// Where the file is.
    package var absolutePath: String { path.isEmpty ? root : root + "/" + path }
}

/// A passage as it is stored, with what is said of its document.
package struct StoredPassage: Sendable {
    package let id: Int64
    package let documentID: Int64
    /// 0 for the first passage of its document.
    package let position: Int
    package let headings: [String]
    package let text: String
    package let lines: ClosedRange<Int>
    /// The pages it stands on, counted from 1; nil for formats without pages.
    package let pages: ClosedRange<Int>?
    package let bytes: Range<Int>
    package let tokenCount: Int
    package let document: DocumentSummary
}

/// A file that could not be read, and why.
package struct SkipRecord: Hashable, Sendable {
    package let path: String
    package let reason: String
    package let stamp: FileStamp

    package init(path: String, reason: String, stamp: FileStamp) {
        self.path = path
        self.reason = reason
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
}
