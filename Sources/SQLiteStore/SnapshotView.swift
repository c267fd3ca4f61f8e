internal import Corpus
internal import FTS5Index
internal import Foundation
internal import GRDB
internal import Synchronization
internal import VectorIndex

/// One state of a library, as a connection reads it; it must not outlive the access to that.
struct SnapshotView {
    let db: Database
    let store: SQLiteStore
    /// What several reads of one snapshot share.
    var memo = SnapshotMemo()

    /// The model that the library was built with, or nil before the first embedding.
    func model() throws -> ModelRecord? { try SnapshotView.model(db)?.record }

    static func model(_ db: Database) throws -> StoredModel? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT id, identifier, dimensions FROM model LIMIT 1")
        ).map { row in
            guard let identifier = row.text(1), let dimensions = row.integer(2), dimensions > 0
            else {
                throw RowDamage(what: "the model's name")
            }
            return StoredModel(
                id: row[0],
                record: ModelRecord(identifier: identifier, dimensions: Int(dimensions))
            )
        }
    }

    /// What the person chose for this library under `key`, or nil.
    func preference(_ key: String) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT value FROM setting WHERE key = 'preference.' || ?"),
            arguments: [key]
        )
    }

    /// All that the person chose for this library.
    func preferences() throws -> [String: String] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT substr(key, 12), value FROM setting WHERE key LIKE 'preference.%'"
        )
        return Dictionary(
            rows.map { ($0.text(0) ?? "", $0.text(1) ?? "") },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Names the state of the library's passages: another one after every change to them.
    func generation() throws -> String {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT value FROM setting WHERE key = 'vector_version'")
        )
            ?? "0"
    }

    // MARK: Synchronization

    /// The collections, in the order they were added.
    func collections() throws -> [CollectionRecord] {
        try Row.fetchAll(
            db,
            sql: "SELECT id, root, options, indexed_at FROM collection ORDER BY id"
        )
        .map { row in
            guard let root = row.text(1) else { throw RowDamage(what: "a folder's path") }
            return CollectionRecord(
                id: row[0],
                root: root,
                options: row.text(2) ?? "{}",
                indexedAt: row.text(3)
            )
        }
    }

    /// The documents of a collection by path.
    func knownDocuments(in collection: CollectionID) throws -> [ExactPath: KnownDocument] {
        var known: [ExactPath: KnownDocument] = [:]
        let cursor = try Row.fetchCursor(
            db,
            sql: """
                SELECT path, id, size, modified, content_hash, format, reader, picture_pages,
                    status_changed, inode
                FROM document
                WHERE collection_id = ?
                """,
            arguments: [collection]
        )
        while let row = try cursor.next() {
            // A document whose row is damaged counts as changed, and is read again.
            known[ExactPath(row.text(0) ?? "")] = KnownDocument(
                id: row[1],
                stamp: Self.stamp(row, changed: 8),
                contentHash: [UInt8](row.bytes(4)),
                format: row.text(5) ?? "",
                reader: Int(row.integer(6) ?? 0),
                picturePages: Int(row.integer(7) ?? 0)
            )
        }
        return known
    }

    /// The files of a collection that could not be read, by path.
    func skippedFiles(in collection: CollectionID) throws -> [ExactPath: SkipRecord] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT path, reason, size, modified, code, reader, status_changed, inode FROM skipped
                WHERE collection_id = ? ORDER BY path
                """,
            arguments: [collection]
        )
        return Dictionary(
            rows.map { row in
                let stamp = Self.stamp(row, changed: 6)
                let path = row.text(0) ?? ""
                return (
                    ExactPath(path),
                    SkipRecord(
                        path: path,
                        reason: row.text(1) ?? "",
                        code: row.text(4) ?? "",
                        reader: Int(row.integer(5) ?? 0),
                        stamp: stamp
                    )
                )
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// A file's stamp, its size and time in columns 2 and 3, the rest from column `changed` on.
    private static func stamp(_ row: Row, changed: Int) -> FileStamp {
        FileStamp(
            size: row.integer(2) ?? -1,
            modified: row.integer(3) ?? 0,
            changed: row.integer(changed),
            inode: row.integer(changed + 1).map { UInt64(bitPattern: $0) }
        )
    }

    /// Those of `keys` whose embedding is stored.
    func storedEmbeddings(among keys: [EmbeddingKey]) throws -> Set<EmbeddingKey> {
        guard let model = try SnapshotView.model(db) else { return [] }
        let statement = try db.cachedStatement(
            sql: "SELECT 1 FROM embedding WHERE model_id = ? AND text_hash = ?"
        )
        var stored: Set<EmbeddingKey> = []
        for key in keys
        where try Int.fetchOne(statement, arguments: [model.id, Data(key)]) != nil {
            stored.insert(key)
        }
        return stored
    }

    // MARK: Vectors

    /// What the passages' embeddings are searched with, or nil for an empty library.
    ///
    /// A graph if there is one that knows of nearly every change; otherwise the comparison of all. A
    /// long-lived process reads the whole graph once, another one what its walk touches. Rows and segments
    /// are read through this snapshot: the result must not outlive it.
    func vectorSearch() throws -> VectorSearch? {
        let cache = try vectorCache()
        if let graph = cache.graph {
            let rows = StoredRows(db: db)
            return .graph(
                store.isLongLived
                    ? graph.with(rows: rows)
                    : graph.with(rows: rows, segments: StoredSegments(db: db)),
                PendingVectors(slots: cache.pending, rows: rows)
            )
        }
        guard !cache.segments.isEmpty else { return nil }
        return .exact(try FlatIndex(segments: cache.segments, rows: StoredRows(db: db)))
    }

    /// Reads what a search of the vectors needs, unless it is known, so that the search need not wait.
    func prepareVectorSearch() throws { _ = try vectorCache() }

    /// The library's language groups, which hold all its passages; none for a library in one
    /// language, or one that changed since they were found.
    func languageGroups() throws -> [StoredLanguageGroup] { try vectorCache().languageGroups }

    private func vectorCache() throws -> VectorCache {
        let version = try generation()
        // Groups are found again after a change, in a transaction of their own.
        let groups = try languageGroupsVersion()
        let cached = store.vectorCache.withLock { $0?.version == version ? $0 : nil }
        if let cached, cached.groupsVersion == groups { return cached }
        let languageGroups = try storedLanguageGroups(of: version)
        var loaded = VectorCache(
            version: version,
            groupsVersion: groups,
            languageGroups: languageGroups
        )
        if let cached {
            (loaded.segments, loaded.graph, loaded.pending) =
                (cached.segments, cached.graph, cached.pending)
        } else {
            try loadIndex(into: &loaded)
        }
        store.vectorCache.withLock { $0 = loaded }
        return loaded
    }

    private func loadIndex(into cache: inout VectorCache) throws {
        let graph = VectorGraph(db: db)
        let pending = try graph.pending()
        if pending.count <= VectorGraph.mostPending {
            cache.graph = try store.isLongLived ? graph.load() : graph.open()
            cache.pending = OrdinalSet(pending)
        }
        if cache.graph == nil { cache.segments = try VectorSegments(db: db).all() }
    }

    /// The embedding of a passage.
    func embedding(of passage: PassageID) throws -> [Float]? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT e.vector, e.checksum
                    FROM passage p JOIN embedding e ON e.id = p.embedding_id
                    WHERE p.id = ?
                    """
            ),
            arguments: [passage]
        ).map { try VectorBlob.vector(in: $0, at: 0) }
    }

    /// Under what the embedding of a passage is kept.
    func embeddingKey(of passage: PassageID) throws -> EmbeddingKey? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT e.text_hash FROM passage p JOIN embedding e ON e.id = p.embedding_id
                    WHERE p.id = ?
                    """
            ),
            arguments: [passage]
        ).map { [UInt8]($0.bytes(0)) }
    }

    /// The passages at these places of the vector index, in the same order.
    func passageIDs(at ordinals: [Ordinal]) throws -> [PassageID] {
        let statement = try db.cachedStatement(sql: "SELECT id FROM passage WHERE slot = ?")
        return try ordinals.compactMap {
            try PassageID.fetchOne(statement, arguments: [Int64($0.rawValue)])
        }
    }

    /// The places in the vector index of these documents' passages.
    func ordinals(ofDocuments documents: [DocumentID]) throws -> OrdinalSet {
        var set = OrdinalSet()
        let cursor = try Int64.fetchCursor(
            db,
            sql: """
                SELECT slot FROM passage
                WHERE document_id IN (SELECT value FROM json_each(?))
                """,
            arguments: [Self.list(documents)]
        )
        while let slot = try cursor.next() {
            if let slot = UInt32(exactly: slot) { set.insert(Ordinal(rawValue: slot)) }
        }
        return set
    }
}

/// The library's model with the key of its row.
struct StoredModel {
    let id: Int64
    let record: ModelRecord

    var identifier: String { record.identifier }
    var dimensions: Int { record.dimensions }
}
