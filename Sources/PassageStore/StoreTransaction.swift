internal import Foundation
internal import GRDB
internal import TextAnalysis
internal import VectorIndex

/// Changes to a library, all of them committed together.
///
/// Whoever holds one is inside `PassageStore.write`; it must not outlive that call.
package final class StoreTransaction {
    let db: Database
    /// First slots of the vector segments whose rows changed.
    private var touchedSegments: Set<Int> = []
    /// How many terms the passages have that were put in or taken out.
    private var keywordLengths: [Int64: Int] = [:]
    /// Whether there is a graph that has to learn of changed slots; found out when one changes.
    private var hasGraph: Bool?

    init(db: Database) { self.db = db }

    /// What the library holds at this point of the transaction.
    package func snapshot(of store: PassageStore) -> StoreSnapshot {
        StoreSnapshot(db: db, store: store)
    }

    // MARK: Models and collections

    /// Makes `identifier` the library's model.
    ///
    /// - Throws: `StoreError.modelMismatch` if the library was built with another one.
    package func adoptModel(identifier: String, dimensions: Int, path: String) throws -> ModelRecord
    {
        if let stored = try StoreSnapshot.model(db) {
            guard stored.identifier == identifier, stored.dimensions == dimensions else {
                throw StoreError.modelMismatch(stored: stored.identifier, requested: identifier)
            }
            return stored
        }
        try db.execute(
            sql: "INSERT INTO model(identifier, dimensions) VALUES (?, ?)",
            arguments: [identifier, dimensions]
        )
        return ModelRecord(
            id: db.lastInsertedRowID,
            identifier: identifier,
            dimensions: dimensions
        )
    }

    /// Empties the library, its model included; the collections' roots stay known.
    package func reset() throws {
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
    package func collection(root: String, options: String) throws -> CollectionRecord {
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
    package func markIndexed(collection: Int64, at instant: String) throws {
        try db.execute(
            sql: "UPDATE collection SET indexed_at = ? WHERE id = ?",
            arguments: [instant, collection]
        )
    }

    /// Forgets a collection with all its documents.
    package func removeCollection(_ id: Int64) throws {
        let documents = try Int64.fetchAll(
            db,
            sql: "SELECT id FROM document WHERE collection_id = ?",
            arguments: [id]
        )
        try removeDocuments(documents)
        try db.execute(sql: "DELETE FROM collection WHERE id = ?", arguments: [id])
    }

    // MARK: Embeddings

    /// Stores embeddings under the hashes of what was embedded; known ones are left as they are.
    package func storeEmbeddings(
        _ embeddings: [(key: [UInt8], vector: [Float])],
        model: ModelRecord
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO embedding(model_id, text_hash, vector, checksum) VALUES (?, ?, ?, ?)
                ON CONFLICT(model_id, text_hash) DO NOTHING
                """
        )
        for (key, vector) in embeddings {
            precondition(vector.count == model.dimensions, "an embedding of another model")
            let blob = VectorBlob.encode(vector)
            try statement.execute(arguments: [model.id, Data(key), blob, RowChecksum.of(blob)])
        }
    }

    /// Drops the embeddings that no passage refers to, and returns how many there were.
    package func purgeUnusedEmbeddings() throws -> Int {
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
    package func put(_ document: NewDocument, in collection: Int64, model: ModelRecord, now: String)
        throws
    {
        let old = try Int64.fetchAll(
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
                    date, metadata, repairs, indexed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            collection, document.path, Data(document.contentHash), document.stamp.size,
            document.stamp.modified, document.format, document.language.rawValue, document.title,
            document.date, ColumnJSON.encode(document.metadata),
            ColumnJSON.encode(document.repairs), now,
        ])
        let documentID = db.lastInsertedRowID
        try Checksums.seal(db, document: documentID)
        let keywords = KeywordIndex(db: db)
        for (position, passage) in document.passages.enumerated() {
            try insert(
                passage,
                at: position,
                of: documentID,
                document: document,
                model: model,
                keywords: keywords
            )
        }
    }

    private func insert(
        _ passage: NewPassage,
        at position: Int,
        of documentID: Int64,
        document: NewDocument,
        model: ModelRecord,
        keywords: KeywordIndex
    ) throws {
        let slot = try allocateSlot()
        let key = Data(passage.embeddingKey)
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
            passage.pages?.upperBound, Sketches.blob(of: passage.text), model.id, key,
        ])
        let id = db.lastInsertedRowID
        try Checksums.seal(db, passage: id)
        keywordLengths[id] = try keywords.insert(
            id: id,
            title: document.title,
            headings: passage.headings,
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
    package func removeDocuments(_ ids: [Int64], evenDamaged: Bool = false) throws {
        let keywords = KeywordIndex(db: db)
        for id in ids {
            if !evenDamaged { try Checksums.check(db, document: id) }
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT p.id, d.title, p.headings, p.text, d.language, p.slot
                    FROM passage p JOIN document d ON d.id = p.document_id
                    WHERE d.id = ?
                    """,
                arguments: [id]
            )
            for row in rows {
                try keywords.remove(
                    id: row[0],
                    title: row.text(1) ?? "",
                    headings: ColumnJSON.decode(row.text(2) ?? "", or: []),
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
    package func updateStamp(of document: Int64, to stamp: FileStamp) throws {
        try db.execute(
            sql: "UPDATE document SET size = ?, modified = ? WHERE id = ?",
            arguments: [stamp.size, stamp.modified, document]
        )
        try Checksums.seal(db, document: document)
    }

    /// Has the next run read documents again although their files are as they were.
    package func outdate(_ documents: [Int64]) throws {
        for id in documents {
            try db.cachedStatement(
                sql: "UPDATE document SET modified = 0, content_hash = x'' WHERE id = ?"
            ).execute(arguments: [id])
            try Checksums.seal(db, document: id)
        }
    }

    /// Notes a file that could not be read; what the library held of it goes.
    package func skip(_ file: SkipRecord, in collection: Int64) throws {
        let old = try Int64.fetchAll(
            db,
            sql: "SELECT id FROM document WHERE collection_id = ? AND path = ?",
            arguments: [collection, file.path]
        )
        try removeDocuments(old)
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO skipped(collection_id, path, reason, size, modified)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                collection, file.path, file.reason, file.stamp.size, file.stamp.modified,
            ]
        )
    }

    /// Forgets that a file could not be read.
    package func clearSkip(path: String, in collection: Int64) throws {
        try db.execute(
            sql: "DELETE FROM skipped WHERE collection_id = ? AND path = ?",
            arguments: [collection, path]
        )
    }

    // MARK: Derived parts

    /// Makes the keyword index again if it was made by another version of the analysis.
    package func refreshKeywordIndex() throws {
        if try setting("analysis") != KeywordIndex.analysisVersion {
            try KeywordIndex(db: db).rebuild()
            try set("analysis", to: KeywordIndex.analysisVersion)
            try KeywordLengths(db: db).rebuild()
        } else if try Int.fetchOne(db, sql: "SELECT 1 FROM keyword_length LIMIT 1") == nil {
            try KeywordLengths(db: db).rebuild()
        }
    }

    /// Makes the sketches again if they are missing or were made by other rules.
    package func refreshSketches() throws {
        guard try setting("sketches") != Sketches.version else { return }
        try Sketches.rebuild(db)
        try set("sketches", to: Sketches.version)
    }

    /// Makes the checksums that an older program did not write.
    package func refreshChecksums() throws {
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
    package func setPreference(_ key: String, to value: String?) throws {
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
