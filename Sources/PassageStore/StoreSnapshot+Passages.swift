internal import Foundation
internal import GRDB
internal import TextAnalysis

/// Documents and passages as people see them.
extension StoreSnapshot {
    private static let documentColumns = """
        d.id, c.root, d.path, d.format, d.language, d.title, d.date, d.modified, d.metadata,
        d.repairs
        """
    private static let passageColumns = """
        p.id, p.document_id, p.position, p.headings, p.text, p.first_line, p.last_line,
        p.first_byte, p.end_byte, p.token_count, p.first_page, p.last_page, \(documentColumns)
        """
    private static let joined = """
        FROM passage p JOIN document d ON d.id = p.document_id
        JOIN collection c ON c.id = d.collection_id
        """

    /// Every document, by collection and path.
    package func documents() throws -> [DocumentSummary] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(Self.documentColumns)
                FROM document d JOIN collection c ON c.id = d.collection_id
                ORDER BY c.id, d.path
                """
        ).map { summary($0, from: 0) }
    }

    /// Every document, its metadata reduced to `fields` and its repairs left out.
    ///
    /// A filter looks at one or two fields: SQLite takes them out of the JSON much faster than the
    /// whole of it is decoded, and few of their values differ.
    package func documents(metadataFields fields: Set<String>) throws -> [DocumentSummary] {
        // SQLite's paths have no way to write a quotation mark inside a name.
        guard !fields.contains(where: { $0.contains("\"") }) else { return try documents() }
        let names = fields.sorted()
        let columns = names.map { _ in
            ", CASE WHEN json_valid(d.metadata) THEN d.metadata -> ? END"
        }.joined()
        let statement = try db.cachedStatement(
            sql: """
                SELECT d.id, c.root, d.path, d.format, d.language, d.title, d.date, d.modified
                    \(columns)
                FROM document d JOIN collection c ON c.id = d.collection_id
                ORDER BY c.id, d.path
                """
        )
        var decoded: [String: FieldValue] = [:]
        let paths = StatementArguments(names.map { "$.\"\($0)\"" })
        return try Row.fetchAll(statement, arguments: paths).map { row in
            var metadata: [String: FieldValue] = [:]
            for (index, name) in names.enumerated() {
                guard let json: String = row[8 + index] else { continue }
                let value = decoded[json] ?? ColumnJSON.decode(json, or: .list([]))
                decoded[json] = value
                metadata[name] = value
            }
            return summary(row, metadata: metadata, repairs: [])
        }
    }

    /// The passages with these IDs, in the same order; unknown ones are left out.
    package func passages(_ ids: [Int64]) throws -> [StoredPassage] {
        let statement = try db.cachedStatement(
            sql: "SELECT \(Self.passageColumns) \(Self.joined) WHERE p.id = ?"
        )
        return try ids.compactMap {
            try Row.fetchOne(statement, arguments: [$0]).map(passage)
        }
    }

    /// The absolute path of the document that a passage is in.
    package func documentPath(ofPassage id: Int64) throws -> String? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT c.root, d.path \(Self.joined) WHERE p.id = ?"),
            arguments: [id]
        ).map { row in
            let root: String = row[0], path: String = row[1]
            return path.isEmpty ? root : root + "/" + path
        }
    }

    /// A document's passages in their order, or those of them at `positions`.
    package func passages(
        ofDocument document: Int64,
        positions: ClosedRange<Int> = 0...Int.max
    ) throws -> [StoredPassage] {
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
    package func sample(_ count: Int) throws -> [StoredPassage] {
        let ids = try Int64.fetchAll(db, sql: "SELECT id FROM passage ORDER BY id")
        guard ids.count > count else { return try passages(ids) }
        return try passages((0..<count).map { ids[$0 * ids.count / count] })
    }

    /// What each collection holds.
    package func statistics() throws -> [CollectionStatistics] {
        try collections().map { collection in
            func counts(by column: String) throws -> [(String, Int)] {
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT \(column), count(*) FROM document WHERE collection_id = ?
                        GROUP BY 1 ORDER BY 2 DESC, 1
                        """,
                    arguments: [collection.id]
                ).map { ($0[0], $0[1]) }
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
                repaired: repaired.map { ($0[0], ColumnJSON.decode($0[1], or: [])) },
                skipped: try skippedFiles(in: collection.id).values.sorted { $0.path < $1.path }
            )
        }
    }

    private func passage(_ row: Row) -> StoredPassage {
        // A damaged file can have anything in a column, whatever its table demands.
        func number(_ column: Int) -> Int { Int.fromDatabaseValue(row[column]) ?? 0 }
        func page(_ column: Int) -> Int? { Int.fromDatabaseValue(row[column]) }
        let (firstLine, firstByte) = (number(5), number(7))
        let firstPage = page(10)
        return StoredPassage(
            id: row[0],
            documentID: row[1],
            position: number(2),
            headings: ColumnJSON.decode(row[3], or: []),
            text: String.fromDatabaseValue(row[4]) ?? "",
            lines: firstLine...max(firstLine, number(6)),
            pages: firstPage.map { $0...max($0, page(11) ?? $0) },
            bytes: firstByte..<max(firstByte, number(8)),
            tokenCount: number(9),
            document: summary(row, from: 12)
        )
    }

    private func summary(_ row: Row, from first: Int) -> DocumentSummary {
        summary(
            row,
            from: first,
            metadata: ColumnJSON.decode(row[first + 8], or: [:]),
            repairs: ColumnJSON.decode(row[first + 9], or: [])
        )
    }

    private func summary(
        _ row: Row,
        from first: Int = 0,
        metadata: [String: FieldValue],
        repairs: [String]
    ) -> DocumentSummary {
        DocumentSummary(
            id: row[first],
            root: row[first + 1],
            path: row[first + 2],
            format: row[first + 3],
            language: Language(rawValue: row[first + 4]),
            title: row[first + 5],
            date: row[first + 6],
            modified: row[first + 7],
            metadata: metadata,
            repairs: repairs
        )
    }
}
