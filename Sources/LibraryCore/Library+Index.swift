internal import Corpus
internal import Documents
internal import Foundation
public import Indexing

/// Bringing a library up to date with folders of documents.
extension Library {
    /// The folders and files that the library knows, in the order they were added.
    public func roots() async throws -> [String] {
        try await store.read { try await $0.collections().map(\.root) }
    }

    /// Brings the library up to date with a folder or file.
    ///
    /// New and changed documents are read and embedded, deleted ones leave; what the system says nothing
    /// new of is not opened. A file that lies in several indexed folders is held once. Cancelling the task stops the run at a whole state. While another
    /// process indexes into the same file this waits.
    ///
    /// - Parameters:
    ///   - path: the folder or file.
    ///   - options: what of it is indexed; nil for what the library used last time.
    ///   - allowsEmpty: whether all documents leave where nothing is left in the folder, as when a disk is
    ///     not mounted; otherwise they stay, and the folder counts as not read.
    ///   - report: called as the work goes on, from whichever thread does it.
    /// - Returns: what was done.
    /// - Throws: `LibraryError`, `StoreError`, what the embedder throws, or `CancellationError`.
    public func index(
        _ path: String,
        options: IndexOptions? = nil,
        allowsEmpty: Bool = false,
        report: @escaping @Sendable (IndexEvent) -> Void = { _ in }
    ) async throws -> IndexReport {
        let root = try Self.readableRoot(path)
        return try await FolderIndexer(store: store, reading: reading, report: report)
            .index(root, options: options, allowsEmpty: allowsEmpty, embedder: embedder)
    }

    /// Says what `index` would do, and does nothing.
    public func plan(
        _ path: String,
        options: IndexOptions? = nil,
        allowsEmpty: Bool = false
    ) async throws -> IndexPlan {
        try await FolderIndexer(store: store)
            .plan(Self.readableRoot(path), options: options, allowsEmpty: allowsEmpty)
    }

    /// Says what `index` would do where there is no library yet.
    public static func planWithoutLibrary(
        _ path: String,
        options: IndexOptions
    ) async throws -> IndexPlan {
        FolderIndexer.planWithoutLibrary(try readableRoot(path), options: options)
    }

    /// Forgets the embeddings that no passage uses, shrinks the file, and returns how many went.
    public func prune() async throws -> Int {
        let dropped = try await store.commit(.purgeUnusedEmbeddings).affected
        try await store.compact()
        return dropped
    }

    /// What was chosen for a folder or file when it was last indexed; nil for one that never was.
    ///
    /// - Throws: `LibraryError` for a path that cannot be read, or `StoreError`.
    public func options(of path: String) async throws -> IndexOptions? {
        try await FolderIndexer(store: store).storedOptions(of: Self.readableRoot(path))
    }

    /// The absolute path of a folder or file that can be read, links in it followed.
    ///
    /// - Throws: `LibraryError.noSuchPath` or `.unreadable`.
    public static func readableRoot(_ path: String) throws -> String {
        let absolute = absolute(path, in: FileManager.default.currentDirectoryPath)
        let root: String
        do throws(FileSystem.Failure) { root = try FileSystem.realPath(absolute) } catch {
            if error.isMissing { throw LibraryError.noSuchPath(path) }
            throw LibraryError.unreadable(path, reason: error.description)
        }
        guard FileManager.default.isReadableFile(atPath: root) else {
            throw LibraryError.unreadable(path, reason: "no permission")
        }
        return root
    }
}
