package import Corpus
internal import FTS5Index
internal import Foundation
internal import GRDB
internal import VectorIndex

/// Whether a library holds what every committed state holds: each passage with its embedding, its slot,
/// its codes and its full-text entry, and nothing else.
extension SQLiteStore {
    /// Looks at all of the library, and changes nothing.
    ///
    /// - Returns: What is wrong; nothing for a library that is whole.
    /// - Throws: `StoreError` where the file cannot be read at all.
    /// - Complexity: O(file).
    package func checkIntegrity() throws -> [IntegrityProblem] {
        let damage = try integrityProblems().map { IntegrityProblem(.file, $0) }
        // What SQLite itself finds broken may read as anything.
        guard damage.isEmpty else { return damage }
        return try read { snapshot in try IntegrityCheck(db: snapshot.db).problems() }
    }

    /// Makes good what can be made again from the rest, in one transaction.
    ///
    /// Codes, the graph, full-text entries, sketches and language groups are derived from passages and
    /// embeddings. A document that is damaged, or a passage or embedding of it, is taken out, so that the
    /// next run of indexing reads it again; an answer that is damaged is taken out for good.
    ///
    /// - Parameter problems: What `checkIntegrity` found.
    /// - Returns: The paths of the documents that have to be indexed again.
    /// - Throws: `StoreError`; nothing is changed then.
    package func repair(_ problems: [IntegrityProblem]) throws -> [String] {
        let parts = Set(problems.map(\.part))
        return try write { transaction in
            let db = transaction.db
            let check = IntegrityCheck(db: db)
            if parts.contains(.file) { try db.execute(sql: "REINDEX") }
            var lost: [DocumentID] = []
            if !parts.isDisjoint(with: [.embedding, .reference, .passage]) {
                lost = try check.documentsWithDamagedEmbeddings()
                lost += try check.damagedDocuments()
                try check.removeOrphans()
            }
            if parts.contains(.answer) {
                for id in try check.damagedAnswers() {
                    try db.execute(sql: "DELETE FROM answer WHERE id = ?", arguments: [id])
                }
            }
            // Entries are taken out by making their terms again: they have to be right before that.
            if !parts.isDisjoint(with: [.keywords, .reference, .passage]) {
                try KeywordIndex(db: db).mendSettings()
                try KeywordIndex(db: db).rebuild()
                try KeywordLengths(db: db).rebuild()
            }
            lost = Set(lost).sorted()
            let paths = try lost.compactMap { try check.path(of: $0) }
            try transaction.removeDocuments(lost, evenDamaged: true)
            _ = try transaction.purgeUnusedEmbeddings()
            if parts.contains(.slots) { try check.repairSlots() }
            if parts.contains(.sketches) { try Sketches.rebuild(db) }
            if parts.contains(.languages) {
                // The next run of indexing finds them again.
                try db.execute(
                    sql:
                        "DELETE FROM language_group; DELETE FROM setting WHERE key = 'language_groups'"
                )
            }
            if !parts.isDisjoint(with: [.segment, .slots, .embedding, .reference, .passage]) {
                try transaction.rewriteAllSegments()
            }
            if !parts.isDisjoint(with: [.graph, .segment, .slots]) {
                // The next run of indexing makes it again, where it pays.
                try VectorGraph(db: db).replace(with: nil)
            }
            return paths.sorted()
        }
    }
}

extension SQLiteTransaction {
    /// Makes every segment again from the passages' embeddings.
    fileprivate func rewriteAllSegments() throws {
        try db.execute(sql: "DELETE FROM vector_segment")
        let slots = try Int.fetchAll(
            db,
            sql: "SELECT DISTINCT slot / ? FROM passage ORDER BY 1",
            arguments: [CodeSegment.capacity]
        )
        let segments = VectorSegments(db: db)
        for number in slots { try segments.rewrite(firstSlot: number * CodeSegment.capacity) }
        try bumpVectorVersion()
    }
}

/// The single checks.
private struct IntegrityCheck {
    let db: Database

    /// How far the length of a stored vector may be from 1.
    private static let tolerance: Float = 0.01

    func problems() throws -> [IntegrityProblem] {
        try references() + embeddings() + passages() + answers() + slots() + segments() + keywords()
            + graph() + sketches() + languages()
    }

    private func references() throws -> [IntegrityProblem] {
        let tables = try String.fetchAll(db, sql: "SELECT \"table\" FROM pragma_foreign_key_check")
        return Dictionary(grouping: tables) { $0 }.sorted { $0.key < $1.key }.map { table, rows in
            IntegrityProblem(.reference, "\(rows.count) rows of \(table) refer to nothing")
        }
    }

    private func embeddings() throws -> [IntegrityProblem] {
        let documents = try documentsWithDamagedEmbeddings()
        guard !documents.isEmpty else { return [] }
        return [IntegrityProblem(.embedding, "\(documents.count) documents have damaged vectors")]
    }

    /// The documents with a passage whose vector is missing, too short or long, or no unit vector.
    func documentsWithDamagedEmbeddings() throws -> [DocumentID] {
        guard let model = try SnapshotView.model(db) else { return [] }
        var damaged: Set<DocumentID> = []
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT p.document_id, e.vector, e.checksum FROM passage p
                LEFT JOIN embedding e ON e.id = p.embedding_id
                """
        )
        while let row = try rows.next() {
            let isSound = try row.withUnsafeData(atIndex: 1) { data in
                guard let data, data.count == model.dimensions * 4 else { return false }
                if let checksum = row.integer(2) { return checksum == RowChecksum.of(data) }
                let length = VectorBlob.decode(data).reduce(Float(0)) { $0 + $1 * $1 }
                return abs(length.squareRoot() - 1) <= Self.tolerance
            }
            if !isSound, let document = row.integer(0) {
                damaged.insert(DocumentID(rawValue: document))
            }
        }
        return damaged.sorted()
    }

    private func passages() throws -> [IntegrityProblem] {
        let documents = try damagedDocuments()
        guard !documents.isEmpty else { return [] }
        return [
            IntegrityProblem(.passage, "\(documents.count) documents are not as they were written")
        ]
    }

    /// The documents whose row is not as it was written, or that of a passage of them, or that lack one.
    func damagedDocuments() throws -> [DocumentID] {
        var damaged = Set(
            try DocumentID.fetchAll(
                db,
                sql: """
                    SELECT document_id FROM passage GROUP BY document_id
                    HAVING count(*) <> max(position) + 1 OR min(position) <> 0
                    """
            )
        )
        let documents = try Row.fetchCursor(
            db,
            sql: "SELECT \(Checksums.documentColumns) FROM document d"
        )
        while let row = try documents.next() {
            if !RowChecksum.agrees(row.integer(9), Checksums.document(row)) {
                damaged.insert(row[0])
            }
        }
        let passages = try Row.fetchCursor(
            db,
            sql: "SELECT \(Checksums.passageColumns) FROM passage p"
        )
        while let row = try passages.next() {
            if !RowChecksum.agrees(row.integer(14), Checksums.passage(row)) {
                damaged.insert(DocumentID(rawValue: row.integer(1) ?? 0))
            }
        }
        return damaged.sorted()
    }

    /// Takes out what belongs to a document or folder that is not there.
    func removeOrphans() throws {
        try db.execute(
            sql: """
                DELETE FROM document WHERE collection_id NOT IN (SELECT id FROM collection);
                DELETE FROM passage WHERE document_id NOT IN (SELECT id FROM document);
                DELETE FROM skipped WHERE collection_id NOT IN (SELECT id FROM collection);
                DELETE FROM embedding WHERE model_id NOT IN (SELECT id FROM model)
                    AND id NOT IN (SELECT embedding_id FROM passage);
                UPDATE answer SET follows = NULL WHERE follows NOT IN (SELECT id FROM answer);
                """
        )
    }

    private func answers() throws -> [IntegrityProblem] {
        let answers = try damagedAnswers()
        guard !answers.isEmpty else { return [] }
        let list = answers.map(String.init).joined(separator: ", ")
        return [IntegrityProblem(.answer, "not as they were written: \(list)")]
    }

    func damagedAnswers() throws -> [Int64] {
        try Row.fetchAll(db, sql: "SELECT \(Checksums.answerColumns) FROM answer")
            .filter { !RowChecksum.agrees($0.integer(6), Checksums.answer($0)) }.map { $0[0] }
    }

    /// Makes every sketch again and compares.
    private func sketches() throws -> [IntegrityProblem] {
        // A library of an earlier format has none, until the next run of indexing.
        let version = try String.fetchOne(
            db,
            sql: "SELECT value FROM setting WHERE key = 'sketches'"
        )
        guard version == Sketches.version else { return [] }
        var wrong = 0
        let rows = try Row.fetchCursor(db, sql: "SELECT text, sketch FROM passage")
        while let row = try rows.next() {
            if Sketches.blob(of: row.text(0) ?? "") ?? Data() != row.bytes(1) { wrong += 1 }
        }
        return wrong == 0 ? [] : [IntegrityProblem(.sketches, "\(wrong) passages have another's")]
    }

    private func languages() throws -> [IntegrityProblem] {
        let rows = try Row.fetchAll(db, sql: "SELECT slots, mean, checksum FROM language_group")
        let isSound = rows.allSatisfy {
            RowChecksum.agrees($0.integer(2), RowChecksum.of($0.bytes(0) + $0.bytes(1)))
        }
        return isSound ? [] : [IntegrityProblem(.languages, "not as they were written")]
    }

    private func slots() throws -> [IntegrityProblem] {
        let count = try Int.fetchOne(
            db,
            sql: "SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'slot_count'"
        )
        let beyond = try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM passage WHERE slot < 0 OR slot >= ?",
            arguments: [count ?? 0]
        )
        let both = try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM free_slot JOIN passage USING (slot)"
        )
        var problems: [IntegrityProblem] = []
        if let beyond, beyond > 0 {
            problems.append(IntegrityProblem(.slots, "\(beyond) passages lie beyond the last slot"))
        }
        if let both, both > 0 {
            problems.append(IntegrityProblem(.slots, "\(both) slots are taken and free at once"))
        }
        return problems
    }

    /// Counts the slots again from the passages.
    func repairSlots() throws {
        try db.execute(
            sql: """
                DELETE FROM free_slot;
                INSERT OR REPLACE INTO setting(key, value)
                    SELECT 'slot_count', coalesce(max(slot) + 1, 0) FROM passage;
                """
        )
    }

    /// Decodes each segment, which has a checksum, and compares its slots with the passages'.
    private func segments() throws -> [IntegrityProblem] {
        var problems: [IntegrityProblem] = []
        var expected = try Dictionary(
            grouping: Int.fetchAll(db, sql: "SELECT slot FROM passage"),
            by: VectorSegments.firstSlot(ofSegmentHolding:)
        )
        let rows = try Row.fetchCursor(db, sql: "SELECT first_slot, codes FROM vector_segment")
        while let row = try rows.next() {
            let first: Int = row[0]
            let codes = row.bytes(1)
            let slots = expected.removeValue(forKey: first) ?? []
            do {
                let segment = try CodeSegment(decoding: [UInt8](codes))
                let isComplete =
                    segment.count == slots.count
                    && slots.allSatisfy {
                        UInt32(exactly: $0).map { segment.contains(Ordinal(rawValue: $0)) } ?? false
                    }
                if !isComplete {
                    problems.append(
                        IntegrityProblem(.segment, "segment \(first) holds other passages' codes")
                    )
                }
            } catch {
                problems.append(IntegrityProblem(.segment, "segment \(first): \(error)"))
            }
        }
        for first in expected.keys.sorted() {
            problems.append(IntegrityProblem(.segment, "segment \(first) is missing"))
        }
        return problems
    }

    private func keywords() throws -> [IntegrityProblem] {
        let missing = try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM passage WHERE id NOT IN (SELECT id FROM keyword_docsize)"
        )
        let extra = try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM keyword_docsize WHERE id NOT IN (SELECT id FROM passage)"
        )
        var problems: [IntegrityProblem] = []
        if let missing, missing > 0 {
            problems.append(IntegrityProblem(.keywords, "\(missing) passages have no words"))
        }
        if let extra, extra > 0 {
            problems.append(IntegrityProblem(.keywords, "\(extra) entries belong to no passage"))
        }
        if problems.isEmpty, let fault = try KeywordIntegrityCheck(db: db).fault() {
            problems.append(IntegrityProblem(.keywords, fault))
        }
        return problems
    }

    private func graph() throws -> [IntegrityProblem] {
        do {
            _ = try VectorGraph(db: db).load()
            return []
        } catch let error as DatabaseError where error.resultCode != .SQLITE_CORRUPT {
            throw error
        } catch {
            return [IntegrityProblem(.graph, "\(error)")]
        }
    }

    func path(of id: DocumentID) throws -> String? {
        try String.fetchOne(
            db,
            sql: """
                SELECT CASE d.path WHEN '' THEN c.root ELSE c.root || '/' || d.path END
                FROM document d JOIN collection c ON c.id = d.collection_id WHERE d.id = ?
                """,
            arguments: [id]
        )
    }
}
