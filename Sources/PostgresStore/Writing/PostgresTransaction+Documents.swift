#if Postgres
internal import Corpus
internal import TextAnalysis

/// Documents with their passages and embeddings.
extension PostgresTransaction {
    /// Embeddings that one statement stores.
    private static let batch = 500

    /// Stores embeddings under the hashes of what was embedded; known ones are left as they are.
    func store(_ embeddings: [StoredEmbedding]) throws {
        let row = try session.query("SELECT dimensions FROM model").first
        guard let dimensions = row?.integer(0) else { throw StoreError.noModel }
        // In one order for all, so that two writers never wait for each other.
        let sorted = embeddings.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        for start in stride(from: 0, to: sorted.count, by: Self.batch) {
            let part = sorted[start..<min(start + Self.batch, sorted.count)]
            for embedding in part {
                precondition(Int64(embedding.vector.count) == dimensions, "one of another model")
            }
            try session.query(
                """
                INSERT INTO embedding(key, vec)
                SELECT key::bytea, vec::vector FROM unnest($1, $2) one(key, vec)
                ON CONFLICT DO NOTHING
                """,
                [
                    .texts(part.map { ByteText.hexadecimal($0.key) }),
                    .texts(part.map { QueryParameter.literal($0.vector) }),
                ]
            )
        }
    }

    /// Puts a document with all its passages in, in place of the one with the same path if any.
    ///
    /// Every passage's embedding must have been stored before.
    func put(_ document: NewDocument, in collection: CollectionID, at now: String) throws {
        guard try session.query("SELECT 1 FROM model").count > 0 else { throw StoreError.noModel }
        try remove(documents: ids(at: document.path, in: collection))
        try clearSkip(path: document.path, in: collection)
        let row = try session.query(
            """
            INSERT INTO document(collection_id, path, content_hash, size, modified, format, language,
                title, date, metadata, repairs, indexed_at, reader, picture_pages,
                status_changed, inode)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            RETURNING id
            """,
            [
                .integer(collection.rawValue), .text(document.path),
                .bytes(document.contentHash), .integer(document.stamp.size),
                .integer(document.stamp.modified), .text(document.format),
                .text(document.language.rawValue), .text(document.title),
                .text(document.date), .text(ColumnJSON.encode(document.metadata)),
                .text(ColumnJSON.encode(document.repairs)), .text(now),
                .integer(Int64(document.reader)), .integer(Int64(document.picturePages)),
                .integer(document.stamp.changed), .integer(document.stamp.storedInode),
            ]
        ).first
        guard let id = row?.integer(0) else { return }
        let embeddings = try embeddingIDs(document.embeddingKeys)
        try copyPassages(of: document, id: id, embeddings: embeddings)
        try note(documents: [id], sign: 1)
    }

    /// The rows of embeddings, kept from being purged until the end of the transaction.
    private func embeddingIDs(_ keys: [EmbeddingKey]) throws -> [EmbeddingKey: Int64] {
        let rows = try session.query(
            """
            SELECT key, id FROM embedding WHERE key = ANY($1::text[]::bytea[])
            ORDER BY id FOR KEY SHARE
            """,
            [.texts(keys.map(ByteText.hexadecimal))]
        ).map { ($0.bytes(0) ?? [], $0.integer(1) ?? 0) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    private func copyPassages(
        of document: NewDocument,
        id: Int64,
        embeddings: [EmbeddingKey: Int64]
    ) throws {
        guard document.embeddingKeys.allSatisfy({ embeddings[$0] != nil }) else {
            throw StoreError.server(
                address: address.text,
                detail: "a passage of \(document.path) has no embedding"
            )
        }
        let analyzer = KeywordAnalyzer()
        let pairs = zip(document.chunks, document.embeddingKeys).enumerated()
        let rows = pairs.lazy.map { position, pair -> [String?] in
            let (chunk, key) = pair
            let words = PassageWords(
                title: document.title,
                headings: MetadataWords.headings(
                    chunk.headings,
                    at: position,
                    metadata: document.metadata
                ),
                text: chunk.text,
                language: document.language,
                analyzer: analyzer
            )
            let sketch = WordRuns(of: chunk.text).map { TextSketch(of: $0).bytes }
            return [
                String(id), String(position), ColumnJSON.encode(chunk.headings), chunk.text,
                String(chunk.lines.lowerBound), String(chunk.lines.upperBound),
                chunk.pages.map { String($0.lowerBound) },
                chunk.pages.map { String($0.upperBound) }, String(chunk.bytes.lowerBound),
                String(chunk.bytes.upperBound), String(chunk.tokenCount),
                document.language.rawValue, sketch.map(ByteText.hexadecimal),
                embeddings[key].map { String($0) }, String(words.length), words.lexemes,
                words.terms,
            ]
        }
        try session.copy(
            """
            COPY passage(document_id, position, headings, text, first_line, last_line, first_page,
                last_page, first_byte, end_byte, token_count, language, sketch, embedding_id,
                length, words, terms) FROM STDIN
            """,
            rows: rows
        )
    }

    /// Takes documents out, with their passages.
    func remove(documents ids: [DocumentID]) throws {
        guard !ids.isEmpty else { return }
        // Those that another writer has taken out meanwhile are none of ours.
        let held = try session.query(
            "SELECT id FROM document WHERE id = ANY($1) ORDER BY id FOR UPDATE",
            [.integers(ids.map(\.rawValue))]
        ).map { $0.integer(0) ?? 0 }
        guard !held.isEmpty else { return }
        try note(documents: held, sign: -1)
        try session.query("DELETE FROM document WHERE id = ANY($1)", [.integers(held)])
    }

    private func ids(at path: String, in collection: CollectionID) throws -> [DocumentID] {
        try session.query(
            """
            SELECT id FROM document
            WHERE collection_id = $1 AND md5(path) = md5($2) AND path = $2
            """,
            [.integer(collection.rawValue), .text(path)]
        ).map { DocumentID(rawValue: $0.integer(0) ?? 0) }
    }

    /// Notes a file that could not be read; what the library held of it goes.
    func skip(_ file: SkipRecord, in collection: CollectionID) throws {
        try remove(documents: ids(at: file.path, in: collection))
        try session.query(
            """
            INSERT INTO skipped(collection_id, path, reason, code, reader, size, modified,
                status_changed, inode)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (collection_id, md5(path)) DO UPDATE SET reason = excluded.reason,
                code = excluded.code, reader = excluded.reader, size = excluded.size,
                modified = excluded.modified, status_changed = excluded.status_changed,
                inode = excluded.inode
            """,
            [
                .integer(collection.rawValue), .text(file.path), .text(file.reason),
                .text(file.code), .integer(Int64(file.reader)), .integer(file.stamp.size),
                .integer(file.stamp.modified), .integer(file.stamp.changed),
                .integer(file.stamp.storedInode),
            ]
        )
    }

    /// Forgets that a file could not be read.
    func clearSkip(path: String, in collection: CollectionID) throws {
        try session.query(
            "DELETE FROM skipped WHERE collection_id = $1 AND md5(path) = md5($2) AND path = $2",
            [.integer(collection.rawValue), .text(path)]
        )
    }

    // MARK: What is counted

    /// Adds what documents have to the counts of the library, or takes it away.
    private func note(documents ids: [Int64], sign: Int) throws {
        try session.query(
            """
            INSERT INTO word(term, surface, stem, either)
            SELECT substr(lexeme, 2), $2 * count(*) FILTER (WHERE left(lexeme, 1) = 's'),
                $2 * count(*) FILTER (WHERE left(lexeme, 1) = 't'), $2 * count(DISTINCT p.id)
            FROM passage p, unnest(p.words) WHERE p.document_id = ANY($1)
            GROUP BY 1
            """,
            [.integers(ids), .integer(Int64(sign))]
        )
        let row = try session.query(
            "SELECT count(*), coalesce(sum(length), 0)::bigint FROM passage WHERE document_id = ANY($1)",
            [.integers(ids)]
        ).first
        try noteChange(
            documents: sign * ids.count,
            passages: sign * Int(row?.integer(0) ?? 0),
            terms: sign * Int(row?.integer(1) ?? 0)
        )
    }

    /// Notes that the library's passages are others now.
    func noteChange(documents: Int, passages: Int, terms: Int) throws {
        try session.query(
            "INSERT INTO change(documents, passages, terms, mark) VALUES ($1, $2, $3, $4)",
            [
                .integer(Int64(documents)), .integer(Int64(passages)), .integer(Int64(terms)),
                .integer(Int64.random(in: 1...Int64.max)),
            ]
        )
    }
}

extension FileStamp {
    /// The inode as a column keeps it, which has no unsigned numbers.
    var storedInode: Int64? { inode.map { Int64(bitPattern: $0) } }
}
#endif
