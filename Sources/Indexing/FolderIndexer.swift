package import Corpus
package import Embedding
internal import Documents
internal import Foundation

/// Brings a library up to date with folders of documents.
package struct FolderIndexer: Sendable {
    /// Reads and chunks one document of a collection.
    package typealias Reader = @Sendable (SourceFile, KnownDocument?) -> PreparedDocument

    private let store: any LibraryStore
    /// What reads documents; nil for this process itself.
    private let reading: ReadingProgram?
    private let report: @Sendable (IndexEvent) -> Void

    /// An indexer that writes to `store`.
    package init(
        store: any LibraryStore,
        reading: ReadingProgram? = nil,
        report: @escaping @Sendable (IndexEvent) -> Void = { _ in }
    ) {
        self.store = store
        self.reading = reading
        self.report = report
    }

    /// Brings a collection up to date with a folder or file.
    ///
    /// - Parameters:
    ///   - root: its absolute path.
    ///   - options: what of it is indexed; nil for what was used last time.
    ///   - embedder: makes the embedder once nobody else writes.
    /// - Returns: what was done.
    /// - Throws: `StoreError`, what the embedder throws, or `CancellationError`.
    package func index(
        _ root: String,
        options: IndexOptions?,
        embedder: () async throws -> any Embedder
    ) async throws -> IndexReport {
        let former = try await storedOptions(of: root)
        let chosen = options ?? former ?? IndexOptions()
        return try await synchronize(
            root: root,
            options: chosen,
            contents: { FolderContents(of: root, options: chosen) },
            embedder: embedder
        )
    }

    /// Brings a collection up to date with what `contents` finds and `reader` makes of it.
    package func synchronize(
        root: String,
        options: IndexOptions,
        contents: () throws -> FolderContents,
        embedder: () async throws -> any Embedder,
        reader: ((any Embedder) -> Reader)? = nil
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
        let (stored, skipped) = try await files(of: collection)
        // Noted at once: a run that is interrupted leaves the rest of them to the next.
        let outdated = stored.values.filter { options.rereads($0, readWith: former) }
        if !outdated.isEmpty { try await store.commit(.outdate(outdated.map(\.id).sorted())) }
        let known = options.outdating(stored, readWith: former)
        let run = IndexRun(
            store: store,
            embedder: embedder,
            collection: collection,
            known: known,
            reading: DocumentSource(
                options: options.reading,
                processes: reading.map { ReaderProcesses(command: [$0.path] + $0.arguments) }
            ),
            read: reader?(embedder),
            report: report
        )
        let result = try await run(
            FolderChanges(
                walk: found,
                known: known,
                skippedBefore: skipped,
                readsPictures: options.ocr
            )
        )
        try await store.finishIndexing()
        return result
    }

    /// Says what `index` would do, and does nothing.
    package func plan(_ root: String, options: IndexOptions?) async throws -> IndexPlan {
        let former = try await storedOptions(of: root)
        let chosen = options ?? former ?? IndexOptions()
        let walk = FolderContents(of: root, options: chosen)
        let collection = try await collection(root)
        let (stored, skipped) = try await files(of: collection)
        let known = chosen.outdating(stored, readWith: former ?? chosen)
        return FolderChanges(
            walk: walk,
            known: known,
            skippedBefore: skipped,
            readsPictures: chosen.ocr
        ).plan(root: root, known: known)
    }

    /// Says what `index` would do where there is no library yet.
    package static func planWithoutLibrary(_ root: String, options: IndexOptions) -> IndexPlan {
        let walk = FolderContents(of: root, options: options)
        return FolderChanges(walk: walk, known: [:], skippedBefore: [:])
            .plan(root: root, known: [:])
    }

    /// What was chosen for a collection when it was last indexed; nil for one that never was.
    package func storedOptions(of root: String) async throws -> IndexOptions? {
        try await collection(root).flatMap {
            try? JSONDecoder().decode(IndexOptions.self, from: Data($0.options.utf8))
        }
    }

    private func collection(_ root: String) async throws -> CollectionRecord? {
        try await store.read { snapshot in
            try await snapshot.collections().first { $0.root == root }
        }
    }

    /// The documents and the skipped files of a collection; none of one that is not there yet.
    private func files(
        of collection: CollectionRecord?
    ) async throws -> (known: [ExactPath: KnownDocument], skipped: [ExactPath: SkipRecord]) {
        guard let id = collection?.id else { return ([:], [:]) }
        return try await store.read { snapshot in
            (
                try await snapshot.knownDocuments(in: id),
                try await snapshot.skippedFiles(in: id)
            )
        }
    }
}
