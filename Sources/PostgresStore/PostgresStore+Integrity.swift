#if Postgres
package import Corpus

/// Whether a library on a server is as it should be.
extension PostgresStore {
    /// What the server's own check of its indexes says; an empty list where it has none.
    ///
    /// PostgreSQL keeps checksums of its pages, and says so where one is read that is damaged: this reads all.
    package func databaseProblems() async throws -> [String] {
        try await withPatientSnapshot { snapshot in
            for table in Self.tables {
                do {
                    _ = try await snapshot.query(
                        "SELECT count(*), sum(hashtextextended(t::text, 0)) FROM \(table) t"
                    ) { $0.integer(0) }
                } catch StoreError.damaged(_, let detail) {
                    // The snapshot has failed with it.
                    return ["\(table): \(detail)"]
                }
            }
            return []
        }
    }

    /// A snapshot whose statements may take as long as they need.
    private func withPatientSnapshot<R: Sendable>(
        _ body: (PostgresSnapshot) async throws -> R
    ) async throws -> R {
        try await withSnapshot { snapshot in
            guard let snapshot = snapshot as? PostgresSnapshot else {
                throw StoreError.unsupported("be checked")
            }
            try await snapshot.set("statement_timeout", to: "0")
            return try await body(snapshot)
        }
    }

    /// The questions of the check: each counts what is wrong.
    private static let questions: [(IntegrityProblem.Part, String, String)] = [
        (
            .passage, "documents without the passages that follow each other",
            """
            SELECT count(*) FROM (SELECT document_id FROM passage GROUP BY document_id
                HAVING count(*) <> max(position) + 1 OR min(position) <> 0) x
            """
        ),
        (
            .embedding, "embeddings of another length than the model's",
            "SELECT count(*) FROM embedding WHERE vector_dims(vec) <> (SELECT dimensions FROM model)"
        ),
        (
            .embedding, "embeddings that are no unit vectors",
            """
            SELECT count(*) FROM embedding
            WHERE abs(vector_norm(vec) - 1) > 0.01 AND vector_norm(vec) <> 0
            """
        ),
        (
            .keywords, "counts that are not those of the passages",
            """
            SELECT count(*) FROM (
                SELECT substr(lexeme, 2) COLLATE "C" AS term, count(DISTINCT p.id) AS n
                FROM passage p, unnest(p.words) GROUP BY 1) a
            FULL JOIN (SELECT term, sum(either) AS n FROM word GROUP BY term) b USING (term)
            WHERE coalesce(a.n, 0) <> coalesce(b.n, 0)
            """
        ),
        (
            .keywords, "sums that are not those of the library",
            """
            SELECT count(*) FROM (SELECT coalesce(sum(documents), 0) AS d,
                coalesce(sum(passages), 0) AS p, coalesce(sum(terms), 0) AS t FROM change) s
            WHERE d <> (SELECT count(*) FROM document) OR p <> (SELECT count(*) FROM passage)
                OR t <> (SELECT coalesce(sum(length), 0) FROM passage)
            """
        ),
        (
            .graph, "indexes that the server calls invalid",
            """
            SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND NOT i.indisvalid
            """
        ),
    ]

    package func checkIntegrity() async throws -> [IntegrityProblem] {
        try await withPatientSnapshot { snapshot in
            var problems: [IntegrityProblem] = []
            for (part, what, sql) in Self.questions {
                let count = try await snapshot.query(sql) { $0.integer(0) ?? 0 }.first ?? 0
                if count > 0 { problems.append(IntegrityProblem(part, "\(count) \(what)")) }
            }
            return problems
        }
    }

    package func repair(_ problems: [IntegrityProblem]) async throws -> [String] {
        let parts = Set(problems.map(\.part))
        if parts.contains(.keywords) {
            try await write { transaction in
                try transaction.session.execute(
                    """
                    LOCK TABLE document, passage, word, change IN SHARE ROW EXCLUSIVE MODE;
                    DELETE FROM word; DELETE FROM change;
                    INSERT INTO word(term, surface, stem, either)
                    SELECT substr(lexeme, 2),
                        count(*) FILTER (WHERE left(lexeme, 1) = 's'),
                        count(*) FILTER (WHERE left(lexeme, 1) = 't'), count(DISTINCT p.id)
                    FROM passage p, unnest(p.words) GROUP BY 1
                    """
                )
                let row = try transaction.session.query(
                    """
                    SELECT (SELECT count(*) FROM document), count(*),
                        coalesce(sum(length), 0)::bigint FROM passage
                    """
                ).first
                try transaction.noteChange(
                    documents: Int(row?.integer(0) ?? 0),
                    passages: Int(row?.integer(1) ?? 0),
                    terms: Int(row?.integer(2) ?? 0)
                )
            }
        }
        if parts.contains(.graph) {
            try await maintain([
                "REINDEX TABLE embedding", "REINDEX TABLE passage", "REINDEX TABLE document",
            ])
        }
        guard parts.contains(.passage) || parts.contains(.embedding) else { return [] }
        return try await takeOutDamaged()
    }

    /// Takes out the documents that are not whole, and returns their paths.
    private func takeOutDamaged() async throws -> [String] {
        try await write { transaction in
            let found = try transaction.session.query(
                """
                SELECT d.id, CASE WHEN d.path = '' THEN c.root ELSE c.root || '/' || d.path END
                FROM document d JOIN collection c ON c.id = d.collection_id
                WHERE EXISTS (SELECT 1 FROM passage p JOIN embedding e ON e.id = p.embedding_id
                    WHERE p.document_id = d.id
                        AND (vector_dims(e.vec) <> (SELECT dimensions FROM model)
                            OR abs(vector_norm(e.vec) - 1) > 0.01 AND vector_norm(e.vec) <> 0))
                    OR (SELECT count(*) <> coalesce(max(position) + 1, 0) FROM passage p
                        WHERE p.document_id = d.id)
                ORDER BY c.id, d.path
                """
            ).map { (DocumentID(rawValue: $0.integer(0) ?? 0), $0.text(1) ?? "") }
            try transaction.remove(documents: found.map(\.0))
            _ = try transaction.perform(LibraryChange([.purgeUnusedEmbeddings]))
            return found.map(\.1)
        }
    }
}
#endif
