public import Corpus
internal import Foundation
internal import TextAnalysis
public import UserConfiguration

/// Looking at what a library holds, and taking out of it.
extension Library {
    /// A document as `ls` and the like show it.
    public struct Entry: Codable, Hashable, Sendable {
        /// The store's key.
        public let id: DocumentID
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

        init(_ document: Document) {
            id = document.id
            path = document.absolutePath
            title = document.title
            format = document.format
            language = document.language.rawValue
            date = document.date
        }
    }

    /// The documents that pass `filter`, by collection and path.
    public func documents(
        _ filter: DocumentFilter = DocumentFilter()
    ) async throws -> [Entry] {
        try await store.read { try await $0.allDocuments(passing: filter).map(Entry.init) }
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
        workingFolder: String = ProcessEnvironment.workingFolder
    ) async throws -> [Passage] {
        try await store.read { snapshot in
            if let number = Int64(reference.drop { $0 == "#" }) {
                guard let passage = try await snapshot.passage(PassageID(rawValue: number)) else {
                    throw LibraryError.noSuchReference(reference)
                }
                guard let lines else { return [passage] }
                return try await snapshot.passages(of: passage.document.id)
                    .filter { $0.lines.overlaps(lines) }
            }
            let document = try Self.document(
                named: reference,
                among: await snapshot.documents(),
                workingFolder: workingFolder
            )
            let passages = try await snapshot.passages(of: document.id)
            guard let lines else { return passages }
            return passages.filter { $0.lines.overlaps(lines) }
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
        workingFolder: String = ProcessEnvironment.workingFolder
    ) async throws -> [String] {
        let (documents, collections) = try await store.read { snapshot in
            (try await snapshot.documents(), try await snapshot.collections())
        }
        var removed: [Document] = []
        var emptied: [CollectionID] = []
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
            let ids = Set(removed.map(\.id)).sorted()
            try await store.commit(
                LibraryChange(
                    [.removeDocuments(ids)] + emptied.map(LibraryChange.Step.removeCollection)
                )
            )
        }
        return Set(removed.map(\.absolutePath)).sorted()
    }

    /// What the library holds, collection by collection.
    public func status() async throws -> LibraryStatus {
        let size = await store.diskSize() ?? 0
        return try await store.read {
            try await LibraryStatus(of: $0, path: path, fileSize: size)
        }
    }

    /// What the database below finds wrong with its own structures; empty when it is whole.
    public func integrityProblems() async throws -> [String] { try await store.databaseProblems() }

    package static func absolute(_ path: String, in folder: String) -> String {
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
        among documents: [Document],
        workingFolder: String
    ) throws -> Document {
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
