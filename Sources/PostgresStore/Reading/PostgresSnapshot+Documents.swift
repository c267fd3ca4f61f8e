#if Postgres
package import Corpus
internal import Synchronization
package import TextAnalysis

/// Documents and passages as people see them.
extension PostgresSnapshot {
    /// What a document is read from, its root last.
    private static let documentColumns = """
        d.id, d.path, d.format, d.language, d.title, d.date, d.modified, d.metadata, d.repairs, c.root
        """
    /// Where a document's columns begin behind those of its passage.
    private static let documentOffset = 11
    private static let passageColumns = """
        p.id, p.position, p.headings, p.text, p.first_line, p.last_line, p.first_page, p.last_page,
        p.first_byte, p.end_byte, p.token_count, \(documentColumns)
        """
    private static let joined = """
        FROM passage p JOIN document d ON d.id = p.document_id
        JOIN collection c ON c.id = d.collection_id
        """
    private static let byCollectionAndPath = "ORDER BY c.id, d.path"

    package func documents() async throws -> [Document] {
        try await query(
            """
            SELECT \(Self.documentColumns) FROM document d
            JOIN collection c ON c.id = d.collection_id \(Self.byCollectionAndPath)
            """
        ) { Self.document($0) }
    }

    package func documents(passing filter: DocumentFilter) async throws -> [DocumentID] {
        let passes = try filter.compiled()
        // Metadata is long, and most filters look at none of it.
        let metadata = filter.conditions.isEmpty ? "'{}'::text" : "d.metadata"
        let decoded = DecodedMetadata()
        return try await query(
            """
            SELECT d.id, d.path, d.format, d.language, d.title, d.date, d.modified, \(metadata),
                '[]'::text, c.root
            FROM document d JOIN collection c ON c.id = d.collection_id \(Self.byCollectionAndPath)
            """
        ) { row -> DocumentID? in
            let document = Self.document(row, metadata: decoded.metadata(row.text(7) ?? ""))
            return passes(document) ? document.id : nil
        }.compactMap(\.self)
    }

    package func document(at absolutePath: String) async throws -> DocumentID? {
        try await query(
            """
            SELECT d.id FROM collection c JOIN document d ON d.collection_id = c.id
                AND d.path = substr($1, length(c.root) + 2)
            WHERE c.root = $1 OR substr($1, 1, length(c.root) + 1) = c.root || '/'
            """,
            [.text(absolutePath)]
        ) { DocumentID(rawValue: $0.integer(0) ?? 0) }.first
    }

    package func passages(_ ids: [PassageID]) async throws -> [Passage] {
        guard !ids.isEmpty else { return [] }
        let found = try await query(
            "SELECT \(Self.passageColumns) \(Self.joined) WHERE p.id = ANY($1)",
            [.integers(ids.map(\.rawValue))],
            Self.passage
        )
        let byID = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ids.compactMap { byID[$0] }
    }

    package func passages(
        of document: DocumentID,
        at positions: ClosedRange<Int>
    ) async throws -> [Passage] {
        func bounded(_ position: Int) -> Int64 { Int64(min(max(position, 0), 1 << 31 - 1)) }
        return try await query(
            """
            SELECT \(Self.passageColumns) \(Self.joined)
            WHERE p.document_id = $1 AND p.position BETWEEN $2 AND $3 ORDER BY p.position
            """,
            [
                .integer(document.rawValue), .integer(bounded(positions.lowerBound)),
                .integer(bounded(positions.upperBound)),
            ],
            Self.passage
        )
    }

    package func sample(_ count: Int) async throws -> [Passage] {
        guard count > 0 else { return [] }
        // Every so-many-th passage by identifier; all of them where there are not more.
        let ids = try await query(
            """
            SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n, count(*) OVER () AS total
                FROM passage) numbered
            WHERE total <= $1 OR n = (n * $1 + total - 1) / total * total / $1 ORDER BY id
            """,
            [.integer(Int64(count))]
        ) { PassageID(rawValue: $0.integer(0) ?? 0) }
        return try await passages(Array(ids.prefix(count)))
    }

    package func languages(of passages: [PassageID]) async throws -> [Language] {
        let found = try await values("p.language", of: passages) { $0.text(1) ?? "" }
        return passages.map { found[$0].map(Language.init(rawValue:)) ?? .undetermined }
    }

    package func sketches(of passages: [PassageID]) async throws -> [PassageID: TextSketch] {
        try await values("p.sketch", of: passages) { $0.bytes(1) }
            .compactMapValues { $0.map(TextSketch.init(bytes:)) }
    }

    package func documentPaths(of passages: [PassageID]) async throws -> [String?] {
        try await documentNames(of: passages).map { $0?.path }
    }

    package func documentNames(of passages: [PassageID]) async throws -> [DocumentName?] {
        let found = try await values("d.title, c.root, d.path", of: passages) { row in
            let root = row.text(2) ?? "", path = row.text(3) ?? ""
            return DocumentName(
                title: row.text(1) ?? "",
                path: path.isEmpty ? root : root + "/" + path
            )
        }
        return passages.map { found[$0] }
    }

    package func embeddings(of passages: [PassageID]) async throws -> [[Float]?] {
        let found = try await query(
            """
            SELECT p.id, e.vec FROM passage p JOIN embedding e ON e.id = p.embedding_id
            WHERE p.id = ANY($1)
            """,
            [.integers(passages.map(\.rawValue))]
        ) { (PassageID(rawValue: $0.integer(0) ?? 0), $0.vector(1)) }
        let byID = Dictionary(found, uniquingKeysWith: { first, _ in first })
        return passages.map { byID[$0] ?? nil }
    }

    package func embeddingKeys(of passages: [PassageID]) async throws -> [EmbeddingKey?] {
        let found = try await query(
            """
            SELECT p.id, e.key FROM passage p JOIN embedding e ON e.id = p.embedding_id
            WHERE p.id = ANY($1)
            """,
            [.integers(passages.map(\.rawValue))]
        ) { (PassageID(rawValue: $0.integer(0) ?? 0), $0.bytes(1) ?? []) }
        let byID = Dictionary(found, uniquingKeysWith: { first, _ in first })
        return passages.map { byID[$0] }
    }

    /// Columns of passages and their documents, behind the passages' identifiers.
    private func values<Value: Sendable>(
        _ columns: String,
        of passages: [PassageID],
        _ read: @escaping @Sendable (Row) -> Value
    ) async throws -> [PassageID: Value] {
        guard !passages.isEmpty else { return [:] }
        let found = try await query(
            "SELECT p.id, \(columns) \(Self.joined) WHERE p.id = ANY($1)",
            [.integers(passages.map(\.rawValue))]
        ) { (PassageID(rawValue: $0.integer(0) ?? 0), read($0)) }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    // MARK: Statistics

    package func statistics() async throws -> [CollectionStatistics] {
        var statistics: [CollectionStatistics] = []
        for collection in try await collections() {
            let id = QueryParameter.integer(collection.id.rawValue)
            func counts(by column: String) async throws -> [(String, Int)] {
                try await query(
                    """
                    SELECT \(column), count(*) FROM document WHERE collection_id = $1
                    GROUP BY 1 ORDER BY 2 DESC, \(column) COLLATE "C"
                    """,
                    [id]
                ) { ($0.text(0) ?? "", Int($0.integer(1) ?? 0)) }
            }
            let totals =
                try await query(
                    """
                    SELECT count(*), coalesce(sum(size), 0)::bigint,
                        (SELECT count(*) FROM passage p JOIN document d2 ON d2.id = p.document_id
                         WHERE d2.collection_id = $1)
                    FROM document WHERE collection_id = $1
                    """,
                    [id]
                ) { row -> [Int64] in (0..<3).map { row.integer($0) ?? 0 } }.first ?? [0, 0, 0]
            let repaired = try await query(
                """
                SELECT path, repairs FROM document
                WHERE collection_id = $1 AND repairs <> '[]' ORDER BY path
                """,
                [id]
            ) { row -> (path: String, repairs: [String]) in
                (row.text(0) ?? "", ColumnJSON.decode(row.text(1) ?? "", or: []))
            }
            statistics.append(
                CollectionStatistics(
                    collection: collection,
                    documents: Int(totals[0]),
                    passages: Int(totals[2]),
                    bytes: totals[1],
                    languages: try await counts(by: "language")
                        .map { (Language(rawValue: $0), $1) },
                    formats: try await counts(by: "format").map { ($0, $1) },
                    repaired: repaired,
                    skipped: try await skippedFiles(in: collection.id).values
                        .sorted { $0.path < $1.path }
                )
            )
        }
        return statistics
    }

    // MARK: Rows

    @Sendable
    private static func passage(_ row: Row) -> Passage {
        func number(_ column: Int) -> Int { Int(row.integer(column) ?? 0) }
        let (firstLine, firstByte) = (number(4), number(8))
        let firstPage = row.integer(6).map { Int($0) }
        return Passage(
            id: PassageID(rawValue: row.integer(0) ?? 0),
            position: number(1),
            headings: ColumnJSON.decode(row.text(2) ?? "", or: []),
            text: row.text(3) ?? "",
            lines: firstLine...max(firstLine, number(5)),
            pages: firstPage.map { $0...max($0, number(7)) },
            bytes: firstByte..<max(firstByte, number(9)),
            tokenCount: number(10),
            document: document(row, from: documentOffset)
        )
    }

    private static func document(
        _ row: Row,
        from first: Int = 0,
        metadata: [String: MetadataValue]? = nil
    ) -> Document {
        Document(
            id: DocumentID(rawValue: row.integer(first) ?? 0),
            root: row.text(first + 9) ?? "",
            path: row.text(first + 1) ?? "",
            format: row.text(first + 2) ?? "",
            language: Language(rawValue: row.text(first + 3) ?? ""),
            title: row.text(first + 4) ?? "",
            date: row.text(first + 5),
            modified: row.integer(first + 6) ?? 0,
            metadata: metadata ?? ColumnJSON.decode(row.text(first + 7) ?? "", or: [:]),
            repairs: ColumnJSON.decode(row.text(first + 8) ?? "", or: [])
        )
    }
}

/// Metadata that was decoded once: few of a library's values differ.
private final class DecodedMetadata: Sendable {
    private let known = Mutex<[String: [String: MetadataValue]]>([:])

    func metadata(_ json: String) -> [String: MetadataValue] {
        known.withLock { known in
            if let value = known[json] { return value }
            let value: [String: MetadataValue] = ColumnJSON.decode(json, or: [:])
            if known.count < 10_000 { known[json] = value }
            return value
        }
    }
}
#endif
