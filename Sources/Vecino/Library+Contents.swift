internal import Foundation
internal import PassageStore
internal import TextAnalysis

/// Looking at what a library holds, and taking out of it.
extension Library {
    /// A document as `ls` and the like show it.
    public struct Entry: Codable, Hashable, Sendable {
        /// The store's key.
        public let id: Int64
        /// The absolute path.
        public let path: String
        /// The title, from the document or its file's name.
        public let title: String
        /// The reader that read it.
        public let format: String
        /// The language, as a two-letter code, or `und`.
        public let language: String
        /// The document's own date, if it names one.
        public let date: String?

        init(_ summary: DocumentSummary) {
            id = summary.id
            path = summary.absolutePath
            title = summary.title
            format = summary.format
            language = summary.language.rawValue
            date = summary.date
        }
    }

    /// A stretch of a document's stored text.
    public struct Passage: Codable, Hashable, Sendable {
        /// Names the passage.
        public let id: Int64
        /// The document's absolute path.
        public let path: String
        /// The document's title.
        public let title: String
        /// The headings above it, outermost first.
        public let headings: [String]
        /// The first of its lines in the file, counted from 1.
        public let firstLine: Int
        /// The last of its lines.
        public let lastLine: Int
        /// The first of its pages, counted from 1; nil for formats without pages.
        public let firstPage: Int?
        /// The last of its pages.
        public let lastPage: Int?
        /// Its first byte in the file.
        public let firstByte: Int
        /// The byte after its last.
        public let endByte: Int
        /// Its place in the document, from 0.
        public let position: Int
        /// The text.
        public let text: String

        init(_ passage: StoredPassage) {
            id = passage.id
            path = passage.document.absolutePath
            title = passage.document.title
            headings = passage.headings
            firstLine = passage.lines.lowerBound
            lastLine = passage.lines.upperBound
            firstPage = passage.pages?.lowerBound
            lastPage = passage.pages?.upperBound
            firstByte = passage.bytes.lowerBound
            endByte = passage.bytes.upperBound
            position = passage.position
            text = passage.text
        }
    }

    /// The documents that pass `filter`, by collection and path.
    public func documents(_ filter: DocumentFilter = DocumentFilter()) throws -> [Entry] {
        let passes = try filter.compiled()
        let fields = Set(filter.conditions.map(\.field))
        return try store.read {
            try $0.documents(metadataFields: fields).filter(passes).map(Entry.init)
        }
    }

    /// The passages that `reference` names.
    ///
    /// A number, with or without `#`, is a passage. Anything else is a document: its path, absolute
    /// or relative to the working folder or to its collection, or the end of its path; then all its
    /// passages, or those that touch `lines`.
    ///
    /// - Throws: `LibraryError.noSuchReference` or `.ambiguousReference`.
    public func passages(
        named reference: String,
        lines: ClosedRange<Int>? = nil,
        workingFolder: String = Surroundings.workingFolder
    ) throws -> [Passage] {
        try store.read { snapshot in
            if let id = Int64(reference.drop { $0 == "#" }) {
                guard let passage = try snapshot.passages([id]).first else {
                    throw LibraryError.noSuchReference(reference)
                }
                guard let lines else { return [Passage(passage)] }
                return try snapshot.passages(ofDocument: passage.documentID)
                    .filter { $0.lines.overlaps(lines) }.map(Passage.init)
            }
            let document = try Self.document(
                named: reference,
                among: snapshot.documents(),
                workingFolder: workingFolder
            )
            let passages = try snapshot.passages(ofDocument: document.id)
            guard let lines else { return passages.map(Passage.init) }
            return passages.filter { $0.lines.overlaps(lines) }.map(Passage.init)
        }
    }

    /// Takes documents, or whole collections named by their root, out of the library.
    ///
    /// The files themselves are never touched. All references are resolved before anything goes.
    ///
    /// - Returns: the paths of the documents that went.
    public func remove(
        _ references: [String],
        dryRun: Bool = false,
        workingFolder: String = Surroundings.workingFolder
    ) throws -> [String] {
        try store.write { transaction in
            let snapshot = transaction.snapshot(of: store)
            let documents = try snapshot.documents()
            let collections = try snapshot.collections()
            var removed: [DocumentSummary] = []
            var emptied: [Int64] = []
            for reference in references {
                let path = Self.absolute(reference, in: workingFolder)
                if let collection = collections.first(where: { $0.root == path }) {
                    emptied.append(collection.id)
                    removed += documents.filter { $0.root == path }
                } else {
                    removed.append(
                        try Self.document(
                            named: reference,
                            among: documents,
                            workingFolder: workingFolder
                        )
                    )
                }
            }
            if !dryRun {
                try transaction.removeDocuments(Set(removed.map(\.id)).sorted())
                for collection in emptied { try transaction.removeCollection(collection) }
            }
            return Set(removed.map(\.absolutePath)).sorted()
        }
    }

    /// What the library holds, collection by collection.
    public func status() throws -> LibraryStatus {
        try store.read { try LibraryStatus(of: $0, path: path) }
    }

    /// What SQLite finds wrong with the file; empty when it is whole.
    public func integrityProblems() throws -> [String] { try store.integrityProblems() }

    static func absolute(_ path: String, in folder: String) -> String {
        let url = URL(
            filePath: path,
            relativeTo: URL(filePath: folder, directoryHint: .isDirectory)
        )
        var path = url.standardizedFileURL.path(percentEncoded: false)
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    private static func document(
        named reference: String,
        among documents: [DocumentSummary],
        workingFolder: String
    ) throws -> DocumentSummary {
        let path = absolute(reference, in: workingFolder)
        if let exact = documents.first(where: { $0.absolutePath == path }) { return exact }
        var matches = documents.filter { $0.path == reference }
        if matches.isEmpty {
            matches = documents.filter { $0.absolutePath.hasSuffix("/" + reference) }
        }
        guard let match = matches.first else { throw LibraryError.noSuchReference(reference) }
        guard matches.count == 1 else {
            throw LibraryError.ambiguousReference(
                reference,
                matches: matches.map(\.absolutePath)
            )
        }
        return match
    }
}
