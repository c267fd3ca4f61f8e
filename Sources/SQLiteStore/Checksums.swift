internal import FTS5Index
internal import Foundation
internal import GRDB

/// Which rows have a checksum, and of what.
enum Checksums {
    /// Names the rules by which they are made.
    static let version = "1"

    static let passageColumns = """
        p.id, p.document_id, p.position, p.headings, p.text, p.first_line, p.last_line, p.first_byte,
        p.end_byte, p.token_count, p.first_page, p.last_page, p.slot, p.embedding_id, p.checksum
        """
    static let documentColumns = """
        d.id, d.path, d.format, d.language, d.title, d.date, d.modified, d.metadata, d.repairs, d.checksum
        """
    static let answerColumns = "id, asked_at, question, outcome, model, body, checksum"

    /// The checksum of a row that begins with the columns of one of these lists.
    static func passage(_ row: Row) -> Int64 { of(row, texts: [3, 4], count: 14) }
    static func document(_ row: Row) -> Int64 { document(row, from: 0) }
    static func document(_ row: Row, from first: Int) -> Int64 {
        of(row, texts: [1, 2, 3, 4, 5, 7, 8], count: 9, from: first)
    }
    static func answer(_ row: Row) -> Int64 { of(row, texts: [1, 2, 3, 4, 5], count: 6) }

    private static func of(_ row: Row, texts: Set<Int>, count: Int, from first: Int = 0) -> Int64 {
        var sum = RowChecksum()
        for index in 0..<count {
            if texts.contains(index) {
                sum.add(row.text(first + index))
            } else {
                sum.add(row.integer(first + index))
            }
        }
        return sum.value
    }

    /// Compares the rows of a document and of its passages with their checksums.
    ///
    /// - Throws: `RowDamage`.
    static func check(_ db: Database, document id: Int64) throws {
        let documents = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT \(documentColumns) FROM document d WHERE d.id = ?"),
            arguments: [id]
        )
        let passages = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT \(passageColumns) FROM passage p WHERE p.document_id = ?"
            ),
            arguments: [id]
        )
        let isSound =
            documents.allSatisfy { RowChecksum.agrees($0.integer(9), document($0)) }
            && passages.allSatisfy { RowChecksum.agrees($0.integer(14), passage($0)) }
        guard isSound else { throw RowDamage(what: "document \(id)") }
    }

    /// Notes the checksum of a document as it now is; after every change to it.
    static func seal(_ db: Database, document id: Int64) throws {
        try seal(db, "document d", documentColumns, "d.id", id, document)
    }

    static func seal(_ db: Database, passage id: Int64) throws {
        try seal(db, "passage p", passageColumns, "p.id", id, passage)
    }

    static func seal(_ db: Database, answer id: Int64) throws {
        try seal(db, "answer", answerColumns, "id", id, answer)
    }

    private static func seal(
        _ db: Database,
        _ table: String,
        _ columns: String,
        _ key: String,
        _ id: Int64,
        _ checksum: (Row) -> Int64
    ) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT \(columns) FROM \(table) WHERE \(key) = ?"),
            arguments: [id]
        )
        guard let row else { return }
        let name = table.split(separator: " ")[0]
        try db.cachedStatement(sql: "UPDATE \(name) SET checksum = ? WHERE id = ?")
            .execute(arguments: [checksum(row), id])
    }

    /// Makes the checksums that a library of an earlier format lacks.
    ///
    /// - Complexity: reads and writes every row that lacks one, once.
    static func complete(_ db: Database) throws {
        for (table, sealOne) in [
            ("document", { try seal(db, document: $0) }),
            ("passage", { try seal(db, passage: $0) }),
            ("answer", { try seal(db, answer: $0) }),
        ] as [(String, (Int64) throws -> Void)] {
            let ids = try Int64.fetchAll(db, sql: "SELECT id FROM \(table) WHERE checksum IS NULL")
            for id in ids { try sealOne(id) }
        }
        let embeddings = try Int64.fetchAll(
            db,
            sql: "SELECT id FROM embedding WHERE checksum IS NULL"
        )
        for id in embeddings {
            let vector = try Data.fetchOne(
                db.cachedStatement(sql: "SELECT vector FROM embedding WHERE id = ?"),
                arguments: [id]
            )
            try db.cachedStatement(sql: "UPDATE embedding SET checksum = ? WHERE id = ?")
                .execute(arguments: [vector.map(RowChecksum.of), id])
        }
    }
}
