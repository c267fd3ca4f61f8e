#if Postgres
package import Corpus
internal import Foundation

extension PostgresStore: LibraryStore {
    /// The address, without any password.
    package var name: String { address.text }

    package func acquireWriterLease(
        waits: Bool,
        onWait: () -> Void
    ) async throws -> WriterLease {
        try await explaining { try await lease.acquire(waits: waits, onWait: onWait) }
    }

    package func prepareForIndexing() async throws {
        // Terms that other rules made are made again by indexing the documents again.
        guard try await storedSetting("analysis") != PassageWords.analysisVersion else { return }
        try await write { transaction in
            let documents = try transaction.session.query("SELECT id FROM document")
                .map { DocumentID(rawValue: $0.integer(0) ?? 0) }
            var change = LibraryChange()
            if !documents.isEmpty { change.append(.outdate(documents)) }
            _ = try transaction.perform(change)
            try transaction.set("analysis", to: PassageWords.analysisVersion)
        }
    }

    package func finishIndexing() async throws {
        try await makeIndexes()
        try await condense()
        try await refreshLanguageGroups()
        try await maintain(["ANALYZE passage", "ANALYZE embedding", "ANALYZE document"])
    }

    package func diskSize() async -> Int64? {
        let size = try? await read { snapshot -> Int64? in
            guard let snapshot = snapshot as? PostgresSnapshot else { return nil }
            return try await snapshot.query(
                """
                SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = $1 AND c.relkind = 'r'
                """,
                [.text(self.address.schema)]
            ) { $0.integer(0) }.first ?? nil
        }
        return size ?? nil
    }

    package func compact() async throws {
        try await condense()
        try await maintain(Self.tables.map { "VACUUM ANALYZE \($0)" })
    }

    private func storedSetting(_ key: String) async throws -> String? {
        try await read { snapshot -> String? in
            guard let snapshot = snapshot as? PostgresSnapshot else { return nil }
            return try await snapshot.query(
                "SELECT value FROM setting WHERE key = $1",
                [.text(key)]
            ) { $0.text(0) }.first ?? nil
        }
    }
}
#endif
