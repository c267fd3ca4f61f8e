#if Postgres
internal import Corpus
internal import TextAnalysis

/// What is derived from all passages.
extension PostgresStore {
    static let tables = [
        "passage", "embedding", "document", "word", "change", "collection", "skipped", "answer",
        "language_group", "setting", "model",
    ]
    /// Rows of `word` beyond what is left once they are summed up, before that is done again.
    private static let mostLooseWords = 50_000

    // MARK: Indexes

    /// Makes the indexes that are missing; at the end of the first run, because it is much faster to fill
    /// a table first.
    func makeIndexes() async throws {
        try await makeIndex(
            "passage_words",
            "CREATE INDEX passage_words ON passage USING gin (words)"
        )
        let isReady = try await write { try $0.session.query("SELECT 1 FROM model").count > 0 }
        if isReady {
            // Embeddings have length 1: the inner product puts them in the order of the cosine.
            try await makeIndex(
                "embedding_vec",
                """
                CREATE INDEX embedding_vec ON embedding USING hnsw (vec vector_ip_ops)
                    WITH (m = 16, ef_construction = 100)
                """
            )
        }
        guard advice == nil else { return }
        do {
            try await makeIndex(
                "passage_terms",
                """
                CREATE INDEX passage_terms ON passage USING bm25 (terms)
                    WITH (text_config = 'simple')
                """
            )
        } catch StoreError.server(let address, let detail) {
            throw StoreError.server(
                address: address,
                detail: "pg_textsearch could not make its index (\(detail)): add it to "
                    + "shared_preload_libraries and start the server again"
            )
        }
    }

    private func makeIndex(_ name: String, _ sql: String) async throws {
        do {
            // A graph is made much faster where all of it has room, and by several processes.
            try await makeIndex(name, sql, settings: "SET LOCAL maintenance_work_mem = '1GB'")
        } catch StoreError.diskFull {
            // What processes share has less room than the disk: in a container often 64 MB.
            try await makeIndex(
                name,
                sql,
                settings: "SET LOCAL max_parallel_maintenance_workers = 0"
            )
        }
    }

    private func makeIndex(_ name: String, _ sql: String, settings: String) async throws {
        try await write { [address] transaction in
            let session = transaction.session
            // Another program may be at it.
            try session.query(
                "SELECT pg_advisory_xact_lock(hashtext('vecino.index'), hashtext($1))",
                [.text(address.schema)]
            )
            let exists = try session.query(
                "SELECT to_regclass($1) IS NOT NULL",
                [.text(SQL.name(address.schema) + "." + name)]
            ).first?.flag(0)
            guard exists != true else { return }
            try session.execute(settings)
            try session.execute(sql)
        }
    }

    // MARK: Counts

    /// Sums up what was counted change by change.
    func condense() async throws {
        try await write { transaction in
            let session = transaction.session
            let rows = try session.query("SELECT count(*) FROM word").first?.integer(0) ?? 0
            let kept = try transaction.setting("word_rows").flatMap { Int64($0) } ?? 0
            guard rows > kept + max(kept / 4, Int64(Self.mostLooseWords)) || kept == 0 else {
                return
            }
            // Rows that others add meanwhile stay as they are.
            try session.execute(
                """
                WITH old AS (DELETE FROM word RETURNING term, surface, stem, either)
                INSERT INTO word SELECT term, sum(surface), sum(stem), sum(either) FROM old
                GROUP BY term HAVING sum(either) <> 0 OR sum(surface) <> 0 OR sum(stem) <> 0;
                WITH old AS (DELETE FROM change RETURNING documents, passages, terms, mark)
                INSERT INTO change SELECT sum(documents), sum(passages), sum(terms), sum(mark)
                FROM old HAVING count(*) > 0
                """
            )
            let left = try session.query("SELECT count(*) FROM word").first?.integer(0) ?? 0
            try transaction.set("word_rows", to: String(left))
        }
    }

    // MARK: Language groups

    /// Finds the language groups of the library again; at the end of an indexing run.
    ///
    /// A library in one language has none. A change to the passages afterwards makes them void.
    func refreshLanguageGroups() async throws {
        try await write { transaction in
            let session = transaction.session
            let generation =
                try session.query("SELECT coalesce(sum(mark), 0)::text FROM change")
                .first?.text(0) ?? "0"
            guard try transaction.setting("language_groups") != generation else { return }
            try transaction.set("language_groups", to: generation)
            try session.execute("DELETE FROM language_group")
            let counts = try session.query(
                "SELECT language, count(*) FROM passage GROUP BY language"
            ).map { ($0.text(0) ?? "", Int($0.integer(1) ?? 0)) }
            let total = counts.reduce(0) { $0 + $1.1 }
            let least = LanguageGroup.leastPassages(of: total)
            let large = counts.filter { $0.0 != Language.undetermined.rawValue && $0.1 >= least }
            guard large.count > 1 else { return }
            let names = large.map(\.0)
            let rest = total - large.reduce(0) { $0 + $1.1 }
            for (language, count) in large + (rest > 0 ? [("", rest)] : []) {
                let condition =
                    language.isEmpty ? "p.language <> ALL($2)" : "p.language = ALL($2)"
                try session.query(
                    """
                    INSERT INTO language_group(language, mean, generation)
                    SELECT $1, avg(vec), $4 FROM (
                        SELECT e.vec, row_number() OVER (ORDER BY p.id) - 1 AS n
                        FROM passage p JOIN embedding e ON e.id = p.embedding_id
                        WHERE \(condition)) numbered
                    WHERE n % $3 = 0
                    """,
                    [
                        .text(language), .texts(language.isEmpty ? names : [language]),
                        .integer(Int64(max(1, count / LanguageGroup.sampleSize))),
                        .text(generation),
                    ]
                )
            }
        }
    }

    // MARK: Permissions

    /// The statements that let a role search a library, and write to it if it may.
    package static func grants(
        at address: PostgresAddress,
        to role: String,
        mayWrite: Bool
    ) -> String {
        let (schema, role) = (SQL.name(address.schema), SQL.name(role))
        let rights = mayWrite ? "SELECT, INSERT, UPDATE, DELETE" : "SELECT"
        var lines = [
            "GRANT USAGE ON SCHEMA \(schema) TO \(role);",
            "GRANT \(rights) ON ALL TABLES IN SCHEMA \(schema) TO \(role);",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA \(schema) GRANT \(rights) ON TABLES TO \(role);",
        ]
        if mayWrite {
            // Indexes and the room of deleted rows belong to who owns the tables.
            lines.append(
                "-- The one who makes the library has to own it: run `vecino index` as the owner."
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
#endif
