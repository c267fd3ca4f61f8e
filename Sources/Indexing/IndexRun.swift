internal import Corpus
internal import Documents
internal import Embedding
internal import SentenceEncoder
internal import Foundation

/// One synchronization of a folder with the library.
///
/// Reading, embedding and writing overlap: while one batch of documents is embedded, the next is
/// read and cut. Embeddings are stored as they are made, documents whole: an interrupted run has
/// lost at most one group of embeddings, and the next one goes on from there.
struct IndexRun {
    /// Tokens that are embedded in one call: long enough to keep every core busy, short enough that
    /// an interruption is heeded within a second or two.
    static let tokensPerGroup = 6_000
    /// Passages and files of a batch of documents, which is read while another is embedded and
    /// written in one transaction.
    static let passagesPerBatch = 192
    static let filesPerBatch = 64

    let store: any LibraryStore
    let embedder: any Embedder
    let read: FolderIndexer.Reader
    let collection: CollectionRecord
    private let stored: StoredFolder
    private let known: [ExactPath: KnownDocument]
    let report: @Sendable (IndexEvent) -> Void

    private let start = ContinuousClock().now

    init(
        store: any LibraryStore,
        embedder: any Embedder,
        collection: CollectionRecord,
        stored: StoredFolder,
        reading: DocumentSource = DocumentSource(),
        read: FolderIndexer.Reader? = nil,
        report: @escaping @Sendable (IndexEvent) -> Void
    ) {
        let chunker = PreparedDocument.chunker(for: embedder)
        self.read =
            read ?? { entry, known in
                PreparedDocument(file: entry, known: known, source: reading, chunker: chunker)
            }
        self.store = store
        self.embedder = embedder
        self.collection = collection
        self.stored = stored
        known = stored.all
        self.report = report
    }

    /// Brings the library up to date with `changes`.
    func callAsFunction(_ changes: FolderChanges) async throws -> IndexReport {
        var result = IndexReport(root: collection.root)
        result.unchanged = changes.unchanged
        result.skipped = changes.stillSkipped
        try await removeGone(changes, &result)
        var progress = IndexProgress()
        progress.totalFiles = changes.toRead.count
        progress.totalBytes = changes.bytes
        report(
            .planned(
                files: changes.toRead.count,
                bytes: changes.bytes,
                unchanged: changes.unchanged,
                removed: changes.gone.count
            )
        )
        var position = 0
        var next = prepare(changes.toRead, from: &position)
        while true {
            var batch = await next.value
            if batch.isEmpty { break }
            try Task.checkCancellation()
            next = prepare(changes.toRead, from: &position)
            do {
                // A document that cannot be embedded costs no other.
                while let refused = try await embed(batch, &result, &progress) {
                    batch = batch.map { $0.leftOut(ifNeeding: refused) }
                }
                try await write(batch, &result, &progress)
            } catch {
                next.cancel()
                throw error
            }
        }
        try await store.commit(.markIndexed(collection.id, at: Self.now()))
        result.seconds = elapsed
        return result
    }

    private var elapsed: Double { ContinuousClock().now.milliseconds(since: start) / 1e3 }

    static func now() -> String { Date().formatted(.iso8601) }

    // MARK: Reading

    /// Begins to read the next files, two at a time, up to a batch's worth.
    private func prepare(
        _ entries: [SourceFile],
        from position: inout Int
    ) -> Task<[PreparedDocument], Never> {
        let end = min(entries.count, position + Self.filesPerBatch)
        var bytes: Int64 = 0
        var stop = position
        // Roughly 1,200 bytes make a passage: enough to size a batch before reading it.
        while stop < end, stop == position || bytes < Int64(Self.passagesPerBatch) * 1_200 {
            bytes += entries[stop].stamp.size
            stop += 1
        }
        let slice = Array(entries[position..<stop])
        position = stop
        return Task.detached(priority: .utility) { [known, read] in
            await withTaskGroup(of: (Int, PreparedDocument).self) { group in
                var documents = [PreparedDocument?](repeating: nil, count: slice.count)
                var started = 0
                func startOne() {
                    guard started < slice.count, !Task.isCancelled else { return }
                    let index = started
                    started += 1
                    group.addTask {
                        (index, read(slice[index], known[ExactPath(slice[index].path)]))
                    }
                }
                startOne()
                startOne()
                while let (index, document) = await group.next() {
                    documents[index] = document
                    startOne()
                }
                return documents.compactMap(\.self)
            }
        }
    }

    // MARK: Embedding

    /// Stores the embeddings that the batch needs and the library lacks.
    ///
    /// - Returns: Nil once all are stored; else what the model refuses to embed, and why.
    private func embed(
        _ batch: [PreparedDocument],
        _ result: inout IndexReport,
        _ progress: inout IndexProgress
    ) async throws -> [EmbeddingKey: String]? {
        var wanted: [(key: EmbeddingKey, input: String, tokens: Int)] = []
        var seen: Set<EmbeddingKey> = []
        for case .read(let document, let inputs) in batch.map(\.result) {
            for (index, key) in document.embeddingKeys.enumerated()
            where seen.insert(key).inserted {
                wanted.append((key, inputs[index], document.chunks[index].tokenCount))
            }
        }
        let keys = wanted.map(\.key)
        let stored = try await store.read { try await $0.storedEmbeddings(among: keys) }
        wanted.removeAll { stored.contains($0.key) }
        var first = 0
        while first < wanted.count {
            try Task.checkCancellation()
            var end = first
            var tokens = 0
            while end < wanted.count, end == first || tokens < Self.tokensPerGroup {
                tokens += wanted[end].tokens
                end += 1
            }
            let group = wanted[first..<end]
            let vectors: [[Float]]
            do {
                vectors = try await embedder.embed(group.map(\.input), as: .passage)
            } catch EmbeddingError.refusedTexts(_, let reasons) {
                let refused = reasons.map { (wanted[first + $0.key].key, $0.value) }
                return Dictionary(refused) { one, _ in one }
            }
            let model = ModelRecord(
                identifier: embedder.model.id,
                dimensions: vectors[0].count
            )
            let embeddings = zip(group, vectors).map {
                StoredEmbedding(key: $0.key, vector: $1)
            }
            try await store.commit(LibraryChange([.adopt(model), .storeEmbeddings(embeddings)]))
            first = end
            result.embedded += group.count
            progress.embedded = result.embedded
            progress.seconds = elapsed
            report(.progress(progress))
        }
        return nil
    }

    // MARK: Writing

    private func removeGone(_ changes: FolderChanges, _ result: inout IndexReport) async throws {
        var change = LibraryChange([.removeDocuments(changes.gone.map(\.id) + changes.doubled)])
        for (id, stamp) in changes.restamped { change.append(.touch(id, stamp)) }
        for file in changes.skipped + changes.unreadAndUnknown {
            change.append(.skip(file, in: collection.id))
        }
        for path in changes.forgottenSkips {
            change.append(.clearSkip(path: path, in: collection.id))
        }
        try await store.commit(change)
        result.removed = changes.gone.count
        result.skipped += changes.skipped.count
        result.unread += changes.unread.count
        for gone in changes.gone {
            report(.file(path: gone.path, outcome: .removed, passages: 0, reason: nil))
        }
        for file in changes.skipped {
            report(.file(path: file.path, outcome: .skipped, passages: 0, reason: file.reason))
        }
        for file in changes.unread {
            report(.file(path: file.path, outcome: .unread, passages: 0, reason: file.reason))
        }
    }

    /// Puts a batch into the library, in one transaction.
    private func write(
        _ batch: [PreparedDocument],
        _ result: inout IndexReport,
        _ progress: inout IndexProgress
    ) async throws {
        let now = Self.now()
        var steps: [LibraryChange.Step] = []
        for prepared in batch {
            // What another collection held of a file that has changed is this one's from now on.
            let other = stored.elsewhere[ExactPath(prepared.entry.path)]
            let replaced = other.map { [LibraryChange.Step.removeDocuments([$0.id])] } ?? []
            switch prepared.result {
            case .read(let document, _):
                steps += replaced + [.put(document, in: collection.id, at: now)]
            case .touched(let id, let stamp): steps.append(.touch(id, stamp))
            case .failed(let file): steps += replaced + [.skip(file, in: collection.id)]
            case .unread(let file):
                if prepared.isNew { steps.append(.skip(file, in: collection.id)) }
            }
        }
        try await store.commit(LibraryChange(steps))
        for prepared in batch {
            count(prepared, &result)
            progress.files += 1
            progress.bytes += prepared.entry.stamp.size
        }
        progress.passages = result.passages
        progress.seconds = elapsed
        report(.progress(progress))
    }

    private func count(_ prepared: PreparedDocument, _ result: inout IndexReport) {
        let path = prepared.entry.path
        result.bytes += prepared.entry.stamp.size
        switch prepared.result {
        case .read(let document, _):
            if prepared.isNew { result.added += 1 } else { result.changed += 1 }
            if !document.repairs.isEmpty { result.repaired += 1 }
            result.passages += document.chunks.count
            report(
                .file(
                    path: path,
                    outcome: prepared.isNew ? .added : .changed,
                    passages: document.chunks.count,
                    reason: nil
                )
            )
        case .touched: result.unchanged += 1
        case .failed(let file):
            result.skipped += 1
            report(.file(path: path, outcome: .skipped, passages: 0, reason: file.reason))
        case .unread(let file):
            result.unread += 1
            report(.file(path: path, outcome: .unread, passages: 0, reason: file.reason))
        }
    }
}

extension PreparedDocument {
    /// The same document, or, if it needs an embedding that is refused, a file that is passed over.
    fileprivate func leftOut(ifNeeding refused: [EmbeddingKey: String]) -> PreparedDocument {
        guard case .read(let document, _) = result,
            let reason = document.embeddingKeys.lazy.compactMap({ refused[$0] }).first
        else { return self }
        return self.refused(reason)
    }
}
