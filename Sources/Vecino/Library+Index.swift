internal import Corpus
internal import Documents
internal import Embedding
internal import Foundation

/// Bringing a library up to date with folders of documents.
extension Library {
    /// The folders and files that the library knows, in the order they were added.
    public func roots() async throws -> [String] {
        try await store.read { try await $0.collections().map(\.root) }
    }

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
        let former = try await storedOptions(of: root)
        let chosen = options ?? former ?? IndexOptions()
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
        let lease = try await store.acquireWriterLease { report(.waiting) }
        defer { lease.release() }
        let embedder = try await embedder()
        let found = try contents()
        let former = try await storedOptions(of: root) ?? options
        let encoded = String(decoding: try JSONEncoder().encode(options), as: UTF8.self)
        try await store.prepareForIndexing()
        let added = try await store.commit(.addCollection(root: root, options: encoded))
        let collection = added.collections[0]
        let (known, skipped) = try await store.read { snapshot in
            (
                try await snapshot.knownDocuments(in: collection.id),
                try await snapshot.skippedFiles(in: collection.id)
            )
        }
        // Noted at once: a run that is interrupted leaves the rest of them to the next.
        let outdated = known.values.filter { options.rereads($0, readWith: former) }
        if !outdated.isEmpty { try await store.commit(.outdate(outdated.map(\.id).sorted())) }
        let run = IndexRun(
            store: store,
            embedder: embedder,
            collection: collection,
            known: options.outdating(known, readWith: former),
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
                known: options.outdating(known, readWith: former),
                skippedBefore: skipped,
                readsPictures: options.ocr
            )
        )
        try await store.finishIndexing()
        return report
    }

    /// Says what `index` would do, and does nothing.
    public func plan(_ path: String, options: IndexOptions? = nil) async throws -> IndexPlan {
        let root = try Self.readableRoot(path)
        let former = try await storedOptions(of: root)
        let chosen = options ?? former ?? IndexOptions()
        let walk = FolderContents(of: root, options: chosen)
        let (stored, skipped) = try await store.read { snapshot in
            guard
                let collection = try await snapshot.collections().first(where: { $0.root == root })
            else { return ([:], [:]) as ([ExactPath: KnownDocument], [ExactPath: SkipRecord]) }
            return (
                try await snapshot.knownDocuments(in: collection.id),
                try await snapshot.skippedFiles(in: collection.id)
            )
        }
        let known = chosen.outdating(stored, readWith: former ?? chosen)
        return FolderChanges(
            walk: walk,
            known: known,
            skippedBefore: skipped,
            readsPictures: chosen.ocr
        ).plan(root: root, known: known)
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
    public func prune() async throws -> Int {
        let dropped = try await store.commit(.purgeUnusedEmbeddings).affected
        try await store.compact()
        return dropped
    }

    /// What was chosen for a folder or file when it was last indexed; nil for one that never was.
    ///
    /// - Throws: `LibraryError` for a path that cannot be read, or `StoreError`.
    public func options(of path: String) async throws -> IndexOptions? {
        try await storedOptions(of: Self.readableRoot(path))
    }

    func storedOptions(of root: String) async throws -> IndexOptions? {
        let collection = try await store.read { snapshot in
            try await snapshot.collections().first { $0.root == root }
        }
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
