package import Corpus
internal import Foundation
internal import GRDB

extension SQLiteStore: LibraryStore {
    /// Where the file is.
    package var name: String { path }

    package func withSnapshot<R: Sendable>(
        _ body: (any LibrarySnapshot) async throws -> R
    ) async throws -> R {
        let (connections, connection) = try await beginSnapshot()
        defer { connections.endSnapshot(connection) }
        return try await body(SQLiteSnapshot(store: self, connection: connection))
    }

    private func beginSnapshot() async throws -> (ReadConnections, DatabaseQueue) {
        do {
            try followReplacement()
            let connections = self.connections
            return (connections, try await connections.beginSnapshot())
        } catch {
            throw SQLiteStore.explain(error, path: path)
        }
    }

    package func commit(_ change: LibraryChange) async throws -> CommitResult {
        try checkPermission(for: change)
        try checkPlace()
        return try write { transaction in
            var result = CommitResult()
            for step in change.steps { try transaction.perform(step, &result) }
            return result
        }
    }

    package func acquireWriterLease(
        waits: Bool,
        onWait: () -> Void
    ) async throws -> WriterLease {
        try checkPlace()
        return try await WriterLock.acquire(library: path, waits: waits, onWait: onWait)
    }

    package func prepareForIndexing() async throws {
        try write { transaction in
            try transaction.refreshKeywordIndex()
            try transaction.refreshSketches()
            try transaction.refreshChecksums()
        }
    }

    package func finishIndexing() async throws {
        try refreshGraph()
        try refreshLanguageGroups()
        bringLogIn()
    }

    package func diskSize() async -> Int64? {
        ["", "-wal"].reduce(0) { sum, suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            return sum + ((attributes?[.size] as? NSNumber)?.int64Value ?? 0)
        }
    }

    package func compact() async throws { try vacuum() }

    package func databaseProblems() async throws -> [String] { try integrityProblems() }

    package func recallCurve(_ request: RecallRequest) async throws -> RecallCurve? {
        try measureRecall(request)
    }

    package func recallCheck(
        of queries: [[Float]],
        k: Int,
        depth: Int
    ) async throws -> RecallCheck? {
        try measureRecall(of: queries, k: k, depth: depth)
    }
}

extension SQLiteTransaction {
    /// Does one step of a change.
    fileprivate func perform(_ step: LibraryChange.Step, _ result: inout CommitResult) throws {
        switch step {
        case .adopt(let model): try adopt(model)
        case .addCollection(let root, let options):
            result.collections.append(try collection(root: root, options: options))
        case .markIndexed(let collection, let instant): try markIndexed(collection, at: instant)
        case .removeCollection(let id): try removeCollection(id)
        case .storeEmbeddings(let embeddings): try storeEmbeddings(embeddings)
        case .purgeUnusedEmbeddings: result.affected += try purgeUnusedEmbeddings()
        case .put(let document, let collection, let instant):
            try put(document, in: collection, at: instant)
        case .removeDocuments(let ids): try removeDocuments(ids)
        case .touch(let document, let stamp): try touch(document, stamp)
        case .outdate(let documents): try outdate(documents)
        case .skip(let file, let collection): try skip(file, in: collection)
        case .clearSkip(let path, let collection): try clearSkip(path: path, in: collection)
        case .setPreference(let key, let value): try setPreference(key, to: value)
        case .reset: try reset()
        case .keepAnswer(let answer): result.answers.append(try keep(answer))
        case .rateAnswer(let id, let feedback):
            result.affected += try rate(id, feedback) ? 1 : 0
        case .removeAnswers(let ids): result.affected += try removeAnswers(ids)
        }
    }
}
