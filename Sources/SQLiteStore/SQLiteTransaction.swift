internal import Corpus
internal import FTS5Index
internal import Foundation
internal import GRDB
internal import TextAnalysis
internal import VectorIndex

/// Changes to a library, all of them committed together.
///
/// Whoever holds one is inside `SQLiteStore.write`; it must not outlive that call.
final class SQLiteTransaction {
    let db: Database
    /// First slots of the vector segments whose rows changed.
    private var touchedSegments: Set<Int> = []
    /// How many terms the passages have that were put in or taken out.
    private var keywordLengths: [Int64: Int] = [:]
    /// Whether there is a graph that has to learn of changed slots; found out when one changes.
    private var hasGraph: Bool?

    init(db: Database) { self.db = db }

    /// What the library holds at this point of the transaction.
    func snapshot(of store: SQLiteStore) -> SnapshotView {
        SnapshotView(db: db, store: store)
    }

    // MARK: Models and collections

    /// Makes a model the library's, or makes sure that it is.
    ///
    /// - Throws: `StoreError.modelMismatch` if the library was built with another one.
    func adopt(_ model: ModelRecord) throws {
        if let stored = try SnapshotView.model(db) {
            guard stored.record == model else {
                throw StoreError.modelMismatch(
                    stored: stored.identifier,
                    requested: model.identifier
                )
            }
            return
        }
        try db.execute(
            sql: "INSERT INTO model(identifier, dimensions) VALUES (?, ?)",
            arguments: [model.identifier, model.dimensions]
        )
    }

    /// The library's model, which a step before this one adopted.
    ///
    /// - Throws: `StoreError.noModel` if none did.
    private func adoptedModel() throws -> StoredModel {
        guard let model = try SnapshotView.model(db) else { throw StoreError.noModel }
        return model
    }

    /// Empties the library, its model included; the collections' roots stay known.
    func reset() throws {
        try KeywordIndex(db: db).clear()
        try db.execute(
            sql: """
                DELETE FROM passage; DELETE FROM document; DELETE FROM skipped;
                DELETE FROM embedding; DELETE FROM model; DELETE FROM free_slot;
                DELETE FROM vector_segment; DELETE FROM graph_segment; DELETE FROM graph_pending;
                DELETE FROM language_group; DELETE FROM keyword_length;
                DELETE FROM setting WHERE key = 'slot_count';
                """
        )
        touchedSegments = []
        keywordLengths = [:]
        try bumpVectorVersion()
    }

    /// The collection with this root, made if it is new, with these options from now on.
    func collection(root: String, options: String) throws -> CollectionRecord {
        try db.execute(
            sql: """
                INSERT INTO collection(root, options) VALUES (?, ?)
                ON CONFLICT(root) DO UPDATE SET options = excluded.options
                """,
            arguments: [root, options]
        )
        let row = try Row.fetchOne(
            db,
            sql: "SELECT id, indexed_at FROM collection WHERE root = ?",
            arguments: [root]
        )
        return CollectionRecord(
            id: row?[0] ?? 0,
            root: root,
            options: options,
            indexedAt: row?.text(1)
        )
    }

    /// Notes that a collection has been brought up to date.
    func markIndexed(_ collection: CollectionID, at instant: String) throws {
        try db.execute(
            sql: "UPDATE collection SET indexed_at = ? WHERE id = ?",
            arguments: [instant, collection]
        )
    }

    /// Forgets a collection with all its documents.
    func removeCollection(_ id: CollectionID) throws {
        let documents = try DocumentID.fetchAll(
            db,
            sql: "SELECT id FROM document WHERE collection_id = ?",
            arguments: [id]
        )
        try removeDocuments(documents)
        try db.execute(sql: "DELETE FROM collection WHERE id = ?", arguments: [id])
    }

    // MARK: Embeddings

    /// Stores embeddings under the hashes of what was embedded; known ones are left as they are.
    func storeEmbeddings(_ embeddings: [StoredEmbedding]) throws {
        let model = try adoptedModel()
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO embedding(model_id, text_hash, vector, checksum) VALUES (?, ?, ?, ?)
                ON CONFLICT(model_id, text_hash) DO NOTHING
                """
        )
        for embedding in embeddings {
            precondition(embedding.vector.count == model.dimensions, "one of another model")
            let blob = VectorBlob.encode(embedding.vector)
            try statement.execute(
                arguments: [model.id, Data(embedding.key), blob, RowChecksum.of(blob)]
            )
        }
    }

    /// Drops the embeddings that no passage refers to, and returns how many there were.
    func purgeUnusedEmbeddings() throws -> Int {
        try db.execute(
            sql: """
                DELETE FROM embedding WHERE id NOT IN (SELECT embedding_id FROM passage)
                """
        )
        return db.changesCount
    }

    // MARK: Documents

    /// Puts a document with all its passages in, in place of the one with the same path if any.
    ///
    /// Every passage's embedding must have been stored before.
    func put(_ document: NewDocument, in collection: CollectionID, at now: String) throws {
        let model = try adoptedModel()
        let old = try DocumentID.fetchAll(
            db,
            sql: "SELECT id FROM document WHERE collection_id = ? AND path = ?",
            arguments: [collection, document.path]
        )
        try removeDocuments(old)
        try clearSkip(path: document.path, in: collection)
        try db.cachedStatement(
            sql: """
                INSERT INTO document(
                    collection_id, path, content_hash, size, modified, format, language, title,
                    date, metadata, repairs, indexed_at, reader, picture_pages, status_changed, inode)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            collection, document.path, Data(document.contentHash), document.stamp.size,
            document.stamp.modified, document.format, document.language.rawValue, document.title,
            document.date, ColumnJSON.encode(document.metadata),
            ColumnJSON.encode(document.repairs), now, document.reader, document.picturePages,
            document.stamp.changed, document.stamp.inode.map { Int64(bitPattern: $0) },
        ])
        let documentID = db.lastInsertedRowID
        try Checksums.seal(db, document: documentID)
        let keywords = KeywordIndex(db: db)
        for (position, (chunk, key)) in zip(document.chunks, document.embeddingKeys).enumerated() {
            try insert(
                chunk,
                key: key,
                at: position,
                of: documentID,
                document: document,
                model: model.id,
                keywords: keywords
            )
        }
    }

    private func insert(
        _ passage: Chunk,
        key: EmbeddingKey,
        at position: Int,
        of documentID: Int64,
        document: NewDocument,
        model: Int64,
        keywords: KeywordIndex
    ) throws {
        let slot = try allocateSlot()
        try db.cachedStatement(
            sql: """
                INSERT INTO passage(
                    document_id, position, headings, text, first_line, last_line, first_byte,
                    end_byte, token_count, slot, first_page, last_page, sketch, embedding_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    (SELECT id FROM embedding WHERE model_id = ? AND text_hash = ?))
                """
        ).execute(arguments: [
            documentID, position, ColumnJSON.encode(passage.headings), passage.text,
            passage.lines.lowerBound, passage.lines.upperBound, passage.bytes.lowerBound,
            passage.bytes.upperBound, passage.tokenCount, slot, passage.pages?.lowerBound,
            passage.pages?.upperBound, Sketches.blob(of: passage.text), model, Data(key),
        ])
        let id = db.lastInsertedRowID
        try Checksums.seal(db, passage: id)
        keywordLengths[id] = try keywords.insert(
            id: id,
            title: document.title,
            headings: MetadataWords.headings(
                passage.headings,
                at: position,
                metadata: document.metadata
            ),
            text: passage.text,
            language: document.language
        )
    }

    /// Takes documents out, with their passages, keyword entries and places in the segments.
    ///
    /// - Parameters:
    ///   - ids: those of the documents.
    ///   - evenDamaged: whether those that are not as they were written go too. Entries are taken out by making
    ///     their words again, which leaves some behind unless they are the same.
    /// - Throws: `RowDamage`, or what SQLite reports.
    func removeDocuments(_ ids: [DocumentID], evenDamaged: Bool = false) throws {
        let keywords = KeywordIndex(db: db)
        for id in ids {
            if !evenDamaged { try Checksums.check(db, document: id.rawValue) }
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT p.id, d.title, p.headings, p.text, d.language, p.slot, p.position,
                        \(KeywordIndex.metadata)
                    FROM passage p JOIN document d ON d.id = p.document_id
                    WHERE d.id = ?
                    """,
                arguments: [id]
            )
            for row in rows {
                try keywords.remove(
                    id: row[0],
                    title: row.text(1) ?? "",
                    headings: KeywordIndex.headings(row, at: 2, position: 6, metadata: 7),
                    text: row.text(3) ?? "",
                    language: Language(rawValue: row.text(4) ?? "")
                )
                keywordLengths[row[0]] = 0
                if let slot = row.integer(5) { try freeSlot(Int(slot)) }
            }
            try db.execute(sql: "DELETE FROM document WHERE id = ?", arguments: [id])
        }
    }

    /// Notes that a file was touched but holds what it held.
    func touch(_ document: DocumentID, _ stamp: FileStamp) throws {
        try db.execute(
            sql: """
                UPDATE document SET size = ?, modified = ?, status_changed = ?, inode = ? WHERE id = ?
                """,
            arguments: [
                stamp.size, stamp.modified, stamp.changed,
                stamp.inode.map { Int64(bitPattern: $0) }, document,
            ]
        )
        try Checksums.seal(db, document: document.rawValue)
    }

    /// Has the next run read documents again although their files are as they were.
    func outdate(_ documents: [DocumentID]) throws {
        for id in documents {
            try db.cachedStatement(
                sql: "UPDATE document SET modified = 0, content_hash = x'' WHERE id = ?"
            ).execute(arguments: [id])
            try Checksums.seal(db, document: id.rawValue)
        }
    }

    /// Notes a file that could not be read; what the library held of it goes.
    func skip(_ file: SkipRecord, in collection: CollectionID) throws {
        let old = try DocumentID.fetchAll(
            db,
            sql: "SELECT id FROM document WHERE collection_id = ? AND path = ?",
            arguments: [collection, file.path]
        )
        try removeDocuments(old)
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO skipped(
                    collection_id, path, reason, size, modified, code, reader, status_changed, inode)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                collection, file.path, file.reason, file.stamp.size, file.stamp.modified,
                file.code, file.reader, file.stamp.changed,
                file.stamp.inode.map { Int64(bitPattern: $0) },
            ]
        )
    }

    /// Forgets that a file could not be read.
    func clearSkip(path: String, in collection: CollectionID) throws {
        try db.execute(
            sql: "DELETE FROM skipped WHERE collection_id = ? AND path = ?",
            arguments: [collection, path]
        )
    }

    // MARK: Derived parts

    /// Makes the keyword index again if it was made by another version of the analysis.
    func refreshKeywordIndex() throws {
        if try setting("analysis") != KeywordIndex.analysisVersion {
            try KeywordIndex(db: db).rebuild()
            try set("analysis", to: KeywordIndex.analysisVersion)
            try KeywordLengths(db: db).rebuild()
        } else if try Int.fetchOne(db, sql: "SELECT 1 FROM keyword_length LIMIT 1") == nil {
            try KeywordLengths(db: db).rebuild()
        }
    }

    /// Makes the sketches again if they are missing or were made by other rules.
    func refreshSketches() throws {
        guard try setting("sketches") != Sketches.version else { return }
        try Sketches.rebuild(db)
        try set("sketches", to: Sketches.version)
    }

    /// Makes the checksums that an older program did not write.
    func refreshChecksums() throws {
        guard try setting("checksums") != Checksums.version else { return }
        try Checksums.complete(db)
        try KeywordLengths(db: db).rebuild()
        try set("checksums", to: Checksums.version)
    }

    /// Writes the derived parts of what changed; runs at the end of every transaction.
    func finish() throws {
        try KeywordLengths(db: db).store(keywordLengths)
        keywordLengths = [:]
        guard !touchedSegments.isEmpty else { return }
        let segments = VectorSegments(db: db)
        for first in touchedSegments.sorted() { try segments.rewrite(firstSlot: first) }
        touchedSegments = []
        try bumpVectorVersion()
    }

    private func allocateSlot() throws -> Int {
        let slot: Int
        if let free = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT slot FROM free_slot ORDER BY slot LIMIT 1")
        ) {
            try db.cachedStatement(sql: "DELETE FROM free_slot WHERE slot = ?")
                .execute(arguments: [free])
            slot = free
        } else {
            slot = try setting("slot_count").flatMap(Int.init) ?? 0
            try set("slot_count", to: String(slot + 1))
        }
        try touch(slot)
        return slot
    }

    private func freeSlot(_ slot: Int) throws {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO free_slot(slot) VALUES (?)")
            .execute(arguments: [slot])
        try touch(slot)
    }

    private func touch(_ slot: Int) throws {
        touchedSegments.insert(VectorSegments.firstSlot(ofSegmentHolding: slot))
        if hasGraph == nil { hasGraph = try VectorGraph(db: db).exists() }
        if hasGraph == true {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO graph_pending(slot) VALUES (?)")
                .execute(arguments: [slot])
        }
    }

    func bumpVectorVersion() throws {
        let version = try setting("vector_version").flatMap(Int.init) ?? 0
        try set("vector_version", to: String(version + 1))
    }

    func setting(_ key: String) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT value FROM setting WHERE key = ?"),
            arguments: [key]
        )
    }

    /// Notes what the person chose for this library, or forgets it.
    func setPreference(_ key: String, to value: String?) throws {
        if let value { return try set("preference.\(key)", to: value) }
        try db.execute(
            sql: "DELETE FROM setting WHERE key = 'preference.' || ?",
            arguments: [key]
        )
    }

    func set(_ key: String, to value: String) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO setting(key, value) VALUES (?, ?)")
            .execute(arguments: [key, value])
    }
}
