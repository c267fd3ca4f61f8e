internal import Corpus
internal import FTS5Index
internal import Foundation
internal import GRDB
internal import TextAnalysis

/// Documents and passages as people see them.
extension SnapshotView {
    private static let documentColumns = Checksums.documentColumns + ", c.root"
    private static let passageColumns = Checksums.passageColumns + ", " + documentColumns
    /// Where a document's columns begin among those.
    private static let documentOffset = 15
    private static let joined = """
        FROM passage p JOIN document d ON d.id = p.document_id
        JOIN collection c ON c.id = d.collection_id
        """

    /// Every document, by collection and path.
    func documents() throws -> [Document] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(Self.documentColumns)
                FROM document d JOIN collection c ON c.id = d.collection_id
                ORDER BY c.id, d.path
                """
        ).map { try summary($0) }
    }

    /// Every document, its metadata reduced to `fields` and its repairs left out.
    ///
    /// A filter looks at one or two fields: SQLite takes them out of the JSON much faster than the
    /// whole of it is decoded, and few of their values differ.
    func documents(metadataFields fields: Set<String>) throws -> [Document] {
        // SQLite's paths have no way to write a quotation mark inside a name.
        guard !fields.contains(where: { $0.contains("\"") }) else { return try documents() }
        let names = fields.sorted()
        let columns = names.map { _ in
            ", CASE WHEN json_valid(d.metadata) THEN d.metadata -> ? END"
        }.joined()
        let statement = try db.cachedStatement(
            sql: """
                SELECT d.id, d.path, d.format, d.language, d.title, d.date, d.modified, c.root, NULL
                    \(columns)
                FROM document d JOIN collection c ON c.id = d.collection_id
                ORDER BY c.id, d.path
                """
        )
        var decoded: [String: MetadataValue] = [:]
        let paths = StatementArguments(names.map { "$.\"\($0)\"" })
        return try Row.fetchAll(statement, arguments: paths).map { row in
            var metadata: [String: MetadataValue] = [:]
            for (index, name) in names.enumerated() {
                guard let json = row.text(9 + index) else { continue }
                let value = decoded[json] ?? ColumnJSON.decode(json, or: .list([]))
                decoded[json] = value
                metadata[name] = value
            }
            return Self.summary(row, root: 7, metadata: metadata, repairs: [])
        }
    }

    /// The passages with these IDs, in the same order; unknown ones are left out.
    func passages(_ ids: [PassageID]) throws -> [Passage] {
        let statement = try db.cachedStatement(
            sql: "SELECT \(Self.passageColumns) \(Self.joined) WHERE p.id = ?"
        )
        return try ids.compactMap {
            try Row.fetchOne(statement, arguments: [$0]).map(passage)
        }
    }

    /// By what names the document that a passage is in is known.
    func documentName(of id: PassageID) throws -> DocumentName? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT d.title, c.root, d.path \(Self.joined) WHERE p.id = ?"
            ),
            arguments: [id]
        ).map { row in
            let root = row.text(1) ?? "", path = row.text(2) ?? ""
            return DocumentName(
                title: row.text(0) ?? "",
                path: path.isEmpty ? root : root + "/" + path
            )
        }
    }

    /// The absolute path of the document that a passage is in.
    func documentPath(of id: PassageID) throws -> String? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT c.root, d.path \(Self.joined) WHERE p.id = ?"),
            arguments: [id]
        ).map { row in
            let root = row.text(0) ?? "", path = row.text(1) ?? ""
            return path.isEmpty ? root : root + "/" + path
        }
    }

    /// A document's passages in their order, or those of them at `positions`.
    func passages(
        of document: DocumentID,
        at positions: ClosedRange<Int> = 0...Int.max
    ) throws -> [Passage] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT \(Self.passageColumns) \(Self.joined)
                    WHERE p.document_id = ? AND p.position BETWEEN ? AND ?
                    ORDER BY p.position
                    """
            ),
            arguments: [document, positions.lowerBound, positions.upperBound]
        ).map(passage)
    }

    /// A sample of passages spread evenly over the library, at most `count`.
    func sample(_ count: Int) throws -> [Passage] {
        let ids = try PassageID.fetchAll(db, sql: "SELECT id FROM passage ORDER BY id")
        guard ids.count > count else { return try passages(ids) }
        return try passages((0..<count).map { ids[$0 * ids.count / count] })
    }

    /// What each collection holds.
    func statistics() throws -> [CollectionStatistics] {
        try collections().map { collection in
            func counts(by column: String) throws -> [(String, Int)] {
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT \(column), count(*) FROM document WHERE collection_id = ?
                        GROUP BY 1 ORDER BY 2 DESC, 1
                        """,
                    arguments: [collection.id]
                ).map { ($0.text(0) ?? "", Int($0.integer(1) ?? 0)) }
            }
            let totals = try Row.fetchOne(
                db,
                sql: """
                    SELECT count(*), coalesce(sum(size), 0),
                        (SELECT count(*) FROM passage p JOIN document d2 ON d2.id = p.document_id
                         WHERE d2.collection_id = ?1)
                    FROM document WHERE collection_id = ?1
                    """,
                arguments: [collection.id]
            )
            let repaired = try Row.fetchAll(
                db,
                sql: """
                    SELECT path, repairs FROM document
                    WHERE collection_id = ? AND repairs <> '[]' ORDER BY path
                    """,
                arguments: [collection.id]
            )
            return CollectionStatistics(
                collection: collection,
                documents: totals?[0] ?? 0,
                passages: totals?[2] ?? 0,
                bytes: totals?[1] ?? 0,
                languages: try counts(by: "language").map { (Language(rawValue: $0), $1) },
                formats: try counts(by: "format").map { ($0, $1) },
                repaired: repaired.map {
                    ($0.text(0) ?? "", ColumnJSON.decode($0.text(1) ?? "", or: []))
                },
                skipped: try skippedFiles(in: collection.id).values.sorted { $0.path < $1.path }
            )
        }
    }

    /// - Throws: `RowDamage` for a row that is not as it was written.
    private func passage(_ row: Row) throws -> Passage {
        guard RowChecksum.agrees(row.integer(14), Checksums.passage(row)) else {
            throw RowDamage(what: "the passage number \(row[0] as Int64)")
        }
        // A library of an earlier format can have anything in a column, whatever its table demands.
        // What a stranger's library has there must not overflow where it is counted with.
        func bounded(_ value: Int64) -> Int { Int(min(max(value, -1 << 40), 1 << 40)) }
        func number(_ column: Int) -> Int { bounded(row.integer(column) ?? 0) }
        func page(_ column: Int) -> Int? { row.integer(column).map(bounded) }
        let (firstLine, firstByte) = (number(5), number(7))
        let firstPage = page(10)
        return Passage(
            id: row[0],
            position: number(2),
            headings: ColumnJSON.decode(row.text(3) ?? "", or: []),
            text: row.text(4) ?? "",
            lines: firstLine...max(firstLine, number(6)),
            pages: firstPage.map { $0...max($0, page(11) ?? $0) },
            bytes: firstByte..<max(firstByte, number(8)),
            tokenCount: number(9),
            document: try summary(row, from: Self.documentOffset)
        )
    }

    /// - Throws: `RowDamage` for a row that is not as it was written.
    private func summary(_ row: Row, from first: Int = 0) throws -> Document {
        guard RowChecksum.agrees(row.integer(first + 9), Checksums.document(row, from: first))
        else {
            throw RowDamage(what: "the document \(row.text(first + 1) ?? "")")
        }
        return Self.summary(
            row,
            from: first,
            root: first + 10,
            metadata: ColumnJSON.decode(row.text(first + 7) ?? "", or: [:]),
            repairs: ColumnJSON.decode(row.text(first + 8) ?? "", or: [])
        )
    }

    private static func summary(
        _ row: Row,
        from first: Int = 0,
        root: Int,
        metadata: [String: MetadataValue],
        repairs: [String]
    ) -> Document {
        Document(
            id: DocumentID(rawValue: row.integer(first) ?? 0),
            root: row.text(root) ?? "",
            path: row.text(first + 1) ?? "",
            format: row.text(first + 2) ?? "",
            language: Language(rawValue: row.text(first + 3) ?? ""),
            title: row.text(first + 4) ?? "",
            date: row.text(first + 5),
            modified: row.integer(first + 6) ?? 0,
            metadata: metadata,
            repairs: repairs
        )
    }
}
