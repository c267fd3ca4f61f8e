internal import Documents
internal import Embedding
internal import Foundation
internal import PassageStore

/// Bringing a library up to date with folders of documents.
extension Library {
    /// The folders and files that the library knows, in the order they were added.
    public func roots() throws -> [String] { try store.read { try $0.collections().map(\.root) } }

    /// Brings the library up to date with a folder or file.
    ///
    /// New and changed documents are read and embedded, deleted ones leave; what has the size and
    /// time it had is not opened. Cancelling the task stops the run at a whole state. While another
    /// process indexes into the same file this waits.
    ///
    /// - Parameters:
    ///   - path: the folder or file.
    ///   - options: what of it is indexed; nil for what the library used last time.
    ///   - report: called as the work goes on, from whichever thread does it.
    /// - Returns: what was done.
    /// - Throws: `LibraryError`, `StoreError`, what the embedder throws, or `CancellationError`.
    public func index(
        _ path: String,
        options: IndexOptions? = nil,
        report: @escaping @Sendable (IndexEvent) -> Void = { _ in }
    ) async throws -> IndexReport {
        let root = try Self.readableRoot(path)
        let chosen = try options ?? storedOptions(of: root) ?? IndexOptions()
        return try await synchronize(
            root: root,
            options: chosen,
            contents: { FolderContents(of: root, options: chosen) },
            report: report
        )
    }

    /// Brings one collection up to date with what `contents` finds and `read` makes of it.
    func synchronize(
        root: String,
        options: IndexOptions,
        contents: () throws -> FolderContents,
        read: ((any Embedder) -> IndexRun.Reader)? = nil,
        report: @escaping @Sendable (IndexEvent) -> Void
    ) async throws -> IndexReport {
        let lock = try await WriterLock(waitingFor: path) { report(.waiting) }
        defer { lock.release() }
        let embedder = try embedders.embedder()
        let found = try contents()
        let former = try storedOptions(of: root) ?? options
        let encoded = String(decoding: try JSONEncoder().encode(options), as: UTF8.self)
        let (collection, model, known, skipped) = try store.write { transaction in
            try transaction.refreshKeywordIndex()
            try transaction.refreshSketches()
            try transaction.refreshChecksums()
            let collection = try transaction.collection(root: root, options: encoded)
            let snapshot = transaction.snapshot(of: store)
            let known = try snapshot.knownDocuments(in: collection.id)
            // Noted at once: a run that is interrupted leaves the rest of them to the next.
            let outdated = known.values.filter { options.rereads($0, readWith: former) }
            try transaction.outdate(outdated.map(\.id))
            return (
                collection, try snapshot.model(),
                options.outdating(known, readWith: former),
                try snapshot.skippedFiles(in: collection.id)
            )
        }
        let run = IndexRun(
            store: store,
            embedder: embedder,
            collection: collection,
            model: model,
            known: known,
            reading: DocumentSource(
                options: options.reading,
                processes: reading.map { ReaderProcesses(command: [$0.path] + $0.arguments) }
            ),
            read: read?(embedder),
            report: report
        )
        let report = try await run(
            FolderChanges(
                walk: found,
                known: known,
                skippedBefore: skipped,
                readsPictures: options.ocr
            )
        )
        try store.refreshGraph()
        try store.refreshLanguageGroups()
        return report
    }

    /// Says what `index` would do, and does nothing.
    public func plan(_ path: String, options: IndexOptions? = nil) async throws -> IndexPlan {
        let root = try Self.readableRoot(path)
        let former = try storedOptions(of: root)
        let chosen = options ?? former ?? IndexOptions()
        let walk = FolderContents(of: root, options: chosen)
        return try store.read { snapshot in
            let collection = try snapshot.collections().first { $0.root == root }
            let known = chosen.outdating(
                try collection.map { try snapshot.knownDocuments(in: $0.id) } ?? [:],
                readWith: former ?? chosen
            )
            let skipped = try collection.map { try snapshot.skippedFiles(in: $0.id) } ?? [:]
            return FolderChanges(
                walk: walk,
                known: known,
                skippedBefore: skipped,
                readsPictures: chosen.ocr
            ).plan(root: root, known: known)
        }
    }

    /// Says what `index` would do where there is no library yet.
    public static func planWithoutLibrary(
        _ path: String,
        options: IndexOptions
    ) async throws -> IndexPlan {
        let root = try readableRoot(path)
        let walk = FolderContents(of: root, options: options)
        return FolderChanges(walk: walk, known: [:], skippedBefore: [:])
            .plan(root: root, known: [:])
    }

    /// Forgets the embeddings that no passage uses, shrinks the file, and returns how many went.
    public func prune() throws -> Int {
        let dropped = try store.write { try $0.purgeUnusedEmbeddings() }
        try store.vacuum()
        return dropped
    }

    /// What was chosen for a folder or file when it was last indexed; nil for one that never was.
    ///
    /// - Throws: `LibraryError` for a path that cannot be read, or `StoreError`.
    public func options(of path: String) throws -> IndexOptions? {
        try storedOptions(of: Self.readableRoot(path))
    }

    func storedOptions(of root: String) throws -> IndexOptions? {
        let collection = try store.read { try $0.collections().first { $0.root == root } }
        return collection.flatMap {
            try? JSONDecoder().decode(IndexOptions.self, from: Data($0.options.utf8))
        }
    }

    /// The absolute path of a folder or file that can be read, links in it followed.
    ///
    /// - Throws: `LibraryError.noSuchPath` or `.unreadable`.
    public static func readableRoot(_ path: String) throws -> String {
        let absolute = absolute(path, in: FileManager.default.currentDirectoryPath)
        let resolved = URL(filePath: absolute).resolvingSymlinksInPath()
            .path(percentEncoded: false)
        var root = resolved
        while root.count > 1, root.hasSuffix("/") { root.removeLast() }
        let manager = FileManager.default
        guard manager.fileExists(atPath: root) else { throw LibraryError.noSuchPath(path) }
        guard manager.isReadableFile(atPath: root) else {
            throw LibraryError.unreadable(path, reason: "no permission")
        }
        return root
    }
}
