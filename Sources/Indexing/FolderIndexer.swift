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
    ///   - allowsEmpty: whether all documents go where nothing is left in the folder.
    ///   - embedder: makes the embedder once nobody else writes.
    /// - Returns: what was done.
    /// - Throws: `StoreError`, what the embedder throws, or `CancellationError`.
    package func index(
        _ root: String,
        options: IndexOptions?,
        allowsEmpty: Bool = false,
        embedder: () async throws -> any Embedder
    ) async throws -> IndexReport {
        let root = try await known(as: root)
        let former = try await storedOptions(of: root)
        let chosen = options ?? former ?? IndexOptions()
        return try await synchronize(
            root: root,
            options: chosen,
            allowsEmpty: allowsEmpty,
            contents: { FolderContents(of: root, options: chosen) },
            embedder: embedder
        )
    }

    /// Brings a collection up to date with what `contents` finds and `reader` makes of it.
    package func synchronize(
        root: String,
        options: IndexOptions,
        allowsEmpty: Bool = true,
        contents: () throws -> FolderContents,
        embedder: () async throws -> any Embedder,
        reader: ((any Embedder) -> Reader)? = nil
    ) async throws -> IndexReport {
        let lease = try await store.acquireWriterLease { report(.waiting) }
        defer { lease.release() }
        let embedder = try await embedder()
        var found = try contents()
        let former = try await storedOptions(of: root) ?? options
        let encoded = String(decoding: try JSONEncoder().encode(options), as: UTF8.self)
        try await store.prepareForIndexing()
        let added = try await store.commit(.addCollection(root: root, options: encoded))
        let collection = added.collections[0]
        let before = try await storedFolder(root)
        if !allowsEmpty, options.chooses(asWith: former) {
            found = found.doubtingThatAllIsGone(from: before)
        }
        // Noted at once: a run that is interrupted leaves the rest of them to the next.
        let outdated = before.all.values.filter { options.rereads($0, readWith: former) }
        if !outdated.isEmpty { try await store.commit(.outdate(outdated.map(\.id).sorted())) }
        let stored = options.outdating(before, readWith: former)
        let run = IndexRun(
            store: store,
            embedder: embedder,
            collection: collection,
            stored: stored,
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
                stored: stored,
                readsPictures: options.ocr,
                isGone: { Self.isGone(PathName.joined(root, $0)) }
            )
        )
        try await store.finishIndexing()
        return result
    }

    /// Says what `index` would do, and does nothing.
    package func plan(
        _ root: String,
        options: IndexOptions?,
        allowsEmpty: Bool = false
    ) async throws -> IndexPlan {
        let root = try await known(as: root)
        let former = try await storedOptions(of: root)
        let chosen = options ?? former ?? IndexOptions()
        var walk = FolderContents(of: root, options: chosen)
        let before = try await storedFolder(root)
        if !allowsEmpty, chosen.chooses(asWith: former ?? chosen) {
            walk = walk.doubtingThatAllIsGone(from: before)
        }
        let stored = chosen.outdating(before, readWith: former ?? chosen)
        return FolderChanges(
            walk: walk,
            stored: stored,
            readsPictures: chosen.ocr,
            isGone: { Self.isGone(PathName.joined(root, $0)) }
        ).plan(root: root, stored: stored)
    }

    /// Says what `index` would do where there is no library yet.
    package static func planWithoutLibrary(_ root: String, options: IndexOptions) -> IndexPlan {
        let walk = FolderContents(of: root, options: options)
        return FolderChanges(walk: walk, stored: StoredFolder())
            .plan(root: root, stored: StoredFolder())
    }

    /// What was chosen for a collection when it was last indexed; nil for one that never was.
    package func storedOptions(of root: String) async throws -> IndexOptions? {
        try await collection(try await known(as: root)).flatMap {
            try? JSONDecoder().decode(IndexOptions.self, from: Data($0.options.utf8))
        }
    }

    /// The name by which the library knows a folder, or the one that it lies in: what is mounted at two
    /// places has two names.
    private func known(as root: String) async throws -> String {
        let collections = try await store.read { try await $0.collections() }
        if collections.contains(where: { $0.root == root }) { return root }
        var names: [FolderIdentity: String] = [:]
        for collection in collections {
            guard let identity = FolderIdentity(collection.root) else { continue }
            names[identity] = names[identity] ?? collection.root
        }
        guard !names.isEmpty else { return root }
        var folder = root
        while folder != "/", folder != "." {
            if let name = FolderIdentity(folder).flatMap({ names[$0] }) {
                return PathName.joined(name, PathName.relative(root, to: folder) ?? "")
            }
            folder = PathName.folder(folder)
        }
        return root
    }

    /// Whether nothing is at a path; false where that cannot be told.
    private static func isGone(_ path: String) -> Bool {
        do {
            _ = try FileManager.default.attributesOfItem(atPath: path)
            return false
        } catch {
            return (error as? CocoaError)?.code == .fileReadNoSuchFile
        }
    }

    private func collection(_ root: String) async throws -> CollectionRecord? {
        try await store.read { snapshot in
            try await snapshot.collections().first { $0.root == root }
        }
    }

    /// What the library holds of a folder.
    private func storedFolder(_ root: String) async throws -> StoredFolder {
        try await store.read { try await StoredFolder(of: root, in: $0) }
    }
}

/// What makes a folder the same under two names.
private struct FolderIdentity: Hashable {
    private let device: Int
    private let inode: Int

    /// Nil for what cannot be looked at.
    init?(_ path: String) {
        let found = try? FileManager.default.attributesOfItem(atPath: path)
        guard let device = found?[.systemNumber] as? NSNumber,
            let inode = found?[.systemFileNumber] as? NSNumber
        else { return nil }
        self.device = device.intValue
        self.inode = inode.intValue
    }
}
