#if Postgres
package import Corpus
internal import Synchronization
package import TextAnalysis

/// A consistent state of a library on a server: a transaction that stays open on a connection of its own.
package final class PostgresSnapshot: LibrarySnapshot {
    let store: PostgresStore
    let connection: Connection
    let state: SnapshotState
    /// The passages that have sequences of words, as found in this snapshot.
    let sequences = Mutex<[SequencePlace: [PassageID]]>([:])

    init(store: PostgresStore, connection: Connection, state: SnapshotState) {
        self.store = store
        self.connection = connection
        self.state = state
    }

    /// Runs one statement.
    func query<Value: Sendable>(
        _ sql: String,
        _ parameters: [QueryParameter] = [],
        _ read: @escaping @Sendable (Row) throws -> Value
    ) async throws -> [Value] {
        try await store.explaining {
            try await connection.run { try $0.query(sql, parameters).map(read) }
        }
    }

    // MARK: The library

    package func generation() -> String { state.generation }

    package func model() async throws -> ModelRecord? {
        try await query("SELECT identifier, dimensions FROM model") { row in
            ModelRecord(identifier: row.text(0) ?? "", dimensions: Int(row.integer(1) ?? 0))
        }.first
    }

    package func preference(_ key: String) async throws -> String? {
        try await query(
            "SELECT value FROM setting WHERE key = 'preference.' || $1",
            [.text(key)]
        ) { $0.text(0) }.first ?? nil
    }

    package func preferences() async throws -> [String: String] {
        let rows = try await query(
            "SELECT substr(key, 12), value FROM setting WHERE key LIKE 'preference.%'"
        ) { ($0.text(0) ?? "", $0.text(1) ?? "") }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    package func passageCount() -> Int { state.passages }

    package func languages() async throws -> [Language] {
        if let known = store.facts.known(of: state.generation)?.languages { return known }
        let counts = try await query(
            """
            SELECT language, count(*) FROM document WHERE language <> 'und'
            GROUP BY language ORDER BY count(*) DESC, language COLLATE "C"
            """
        ) { (language: $0.text(0) ?? "", documents: Int($0.integer(1) ?? 0)) }
        let total = counts.reduce(0) { $0 + $1.documents }
        let found = counts.filter { $0.documents * 20 >= total }
            .map { Language(rawValue: $0.language) }
        store.facts.note(state.generation) { $0.languages = found }
        return found
    }

    package func languageGroups() async throws -> [LanguageGroup] {
        if let known = store.facts.known(of: state.generation)?.groups { return known }
        let found = try await query(
            """
            SELECT language, mean FROM language_group WHERE generation = $1
            ORDER BY language COLLATE "C"
            """,
            [.text(state.generation)]
        ) { LanguageGroup(language: $0.text(0) ?? "", mean: $0.vector(1) ?? []) }
        // They are found at the end of a run, which changes nothing else.
        if !found.isEmpty { store.facts.note(state.generation) { $0.groups = found } }
        return found
    }

    package func prepareVectorSearch() {}

    // MARK: Synchronization

    package func collections() async throws -> [CollectionRecord] {
        try await query("SELECT id, root, options, indexed_at FROM collection ORDER BY id") {
            CollectionRecord(
                id: CollectionID(rawValue: $0.integer(0) ?? 0),
                root: $0.text(1) ?? "",
                options: $0.text(2) ?? "{}",
                indexedAt: $0.text(3)
            )
        }
    }

    package func knownDocuments(
        in collection: CollectionID
    ) async throws -> [ExactPath: KnownDocument] {
        let known = try await query(
            """
            SELECT path, id, content_hash, format, reader, picture_pages, size, modified,
                status_changed, inode
            FROM document WHERE collection_id = $1
            """,
            [.integer(collection.rawValue)]
        ) { row in
            (
                ExactPath(row.text(0) ?? ""),
                KnownDocument(
                    id: DocumentID(rawValue: row.integer(1) ?? 0),
                    stamp: row.stamp(6),
                    contentHash: row.bytes(2) ?? [],
                    format: row.text(3) ?? "",
                    reader: Int(row.integer(4) ?? 0),
                    picturePages: Int(row.integer(5) ?? 0)
                )
            )
        }
        return Dictionary(known, uniquingKeysWith: { first, _ in first })
    }

    package func skippedFiles(
        in collection: CollectionID
    ) async throws -> [ExactPath: SkipRecord] {
        let files = try await query(
            """
            SELECT path, reason, code, reader, size, modified, status_changed, inode FROM skipped
            WHERE collection_id = $1
            """,
            [.integer(collection.rawValue)]
        ) { row in
            SkipRecord(
                path: row.text(0) ?? "",
                reason: row.text(1) ?? "",
                code: row.text(2) ?? "",
                reader: Int(row.integer(3) ?? 0),
                stamp: row.stamp(4)
            )
        }
        return Dictionary(
            files.map { (ExactPath($0.path), $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    package func storedEmbeddings(among keys: [EmbeddingKey]) async throws -> Set<EmbeddingKey> {
        guard !keys.isEmpty else { return [] }
        return Set(
            try await query(
                "SELECT key FROM embedding WHERE key = ANY($1::text[]::bytea[])",
                [.texts(keys.map(ByteText.hexadecimal))]
            ) { $0.bytes(0) ?? [] }
        )
    }

    // MARK: Answers

    package func answers(newest limit: Int?) async throws -> [AnswerRecord] {
        try await query(
            "SELECT \(Self.answerColumns) FROM answer ORDER BY id DESC LIMIT $1",
            [.integer(limit.map(Int64.init))],
            Self.answer
        ).reversed()
    }

    package func answer(_ id: AnswerID) async throws -> AnswerRecord? {
        try await query(
            "SELECT \(Self.answerColumns) FROM answer WHERE id = $1",
            [.integer(id.rawValue)],
            Self.answer
        ).first
    }

    private static let answerColumns = """
        id, asked_at, question, follows, outcome, model, prompt_tokens, reply_tokens, cost,
        milliseconds, feedback, body
        """

    @Sendable
    private static func answer(_ row: Row) -> AnswerRecord {
        AnswerRecord(
            id: AnswerID(rawValue: row.integer(0) ?? 0),
            askedAt: row.text(1) ?? "",
            question: row.text(2) ?? "",
            follows: row.integer(3).map(AnswerID.init(rawValue:)),
            outcome: row.text(4) ?? "",
            model: row.text(5) ?? "",
            promptTokens: row.integer(6).map { Int($0) },
            replyTokens: row.integer(7).map { Int($0) },
            cost: row.real(8),
            milliseconds: row.real(9) ?? 0,
            feedback: Int(row.integer(10) ?? 0),
            body: row.text(11) ?? ""
        )
    }
}

extension Row {
    /// A file's stamp: its size, time, time of status and inode, from column `first` on.
    func stamp(_ first: Int) -> FileStamp {
        FileStamp(
            size: integer(first) ?? -1,
            modified: integer(first + 1) ?? 0,
            changed: integer(first + 2),
            inode: integer(first + 3).map { UInt64(bitPattern: $0) }
        )
    }
}

/// Bytes as PostgreSQL writes them in text.
enum ByteText {
    private static let digits = Array("0123456789abcdef".utf8)

    /// `\x` and two digits for each byte.
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = Array("\\x".utf8)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
#endif
