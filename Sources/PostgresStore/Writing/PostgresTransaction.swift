#if Postgres
internal import Corpus
internal import TextAnalysis

/// Changes to a library on a server, all of them committed together.
///
/// Whoever holds one is inside `PostgresStore.write`; it must not outlive that call.
struct PostgresTransaction {
    let session: Session
    let address: PostgresAddress

    /// pgvector's index takes no longer vectors.
    static let mostDimensions = 2_000

    /// Does the steps of a change.
    func perform(_ change: LibraryChange) throws -> CommitResult {
        var result = CommitResult()
        try lock(change)
        for step in change.steps { try perform(step, &result) }
        return result
    }

    /// Keeps others from changing the same documents until the end of the transaction.
    ///
    /// In one order for all, so that two writers never wait for each other.
    private func lock(_ change: LibraryChange) throws {
        let places = change.steps.compactMap { step -> String? in
            switch step {
            case .put(let document, let collection, _): "\(collection.rawValue)/\(document.path)"
            case .skip(let file, let collection): "\(collection.rawValue)/\(file.path)"
            default: nil
            }
        }
        guard !places.isEmpty else { return }
        try session.query(
            """
            SELECT pg_advisory_xact_lock(key) FROM (
                SELECT DISTINCT hashtextextended($1 || '/' || place, 0) AS key
                FROM unnest($2) place ORDER BY key OFFSET 0) ordered
            """,
            [.text(address.schema), .texts(places)]
        )
    }

    private func perform(_ step: LibraryChange.Step, _ result: inout CommitResult) throws {
        switch step {
        case .adopt(let model): try adopt(model)
        case .addCollection(let root, let options):
            result.collections.append(try collection(root: root, options: options))
        case .markIndexed(let collection, let instant):
            try session.query(
                "UPDATE collection SET indexed_at = $1 WHERE id = $2",
                [.text(instant), .integer(collection.rawValue)]
            )
        case .removeCollection(let id): try remove(id)
        case .storeEmbeddings(let embeddings): try store(embeddings)
        case .purgeUnusedEmbeddings:
            result.affected += try session.query(
                """
                DELETE FROM embedding e
                WHERE NOT EXISTS (SELECT 1 FROM passage p WHERE p.embedding_id = e.id)
                """
            ).affected
        case .put(let document, let collection, let instant):
            try put(document, in: collection, at: instant)
        case .removeDocuments(let ids): try remove(documents: ids)
        case .touch(let id, let stamp):
            try session.query(
                """
                UPDATE document SET size = $1, modified = $2, status_changed = $3, inode = $4
                WHERE id = $5
                """,
                [
                    .integer(stamp.size), .integer(stamp.modified), .integer(stamp.changed),
                    .integer(stamp.storedInode), .integer(id.rawValue),
                ]
            )
        case .outdate(let ids):
            try session.query(
                "UPDATE document SET modified = 0, content_hash = '' WHERE id = ANY($1)",
                [.integers(ids.map(\.rawValue))]
            )
        case .skip(let file, let collection): try skip(file, in: collection)
        case .clearSkip(let path, let collection): try clearSkip(path: path, in: collection)
        case .setPreference(let key, let value): try set("preference.\(key)", to: value)
        case .reset: try reset()
        case .keepAnswer(let answer): result.answers.append(try keep(answer))
        case .rateAnswer(let id, let feedback):
            result.affected += try session.query(
                "UPDATE answer SET feedback = $1 WHERE id = $2",
                [.integer(Int64(feedback)), .integer(id.rawValue)]
            ).affected
        case .removeAnswers(let ids):
            result.affected += try session.query(
                "DELETE FROM answer WHERE id = ANY($1)",
                [.integers(ids.map(\.rawValue))]
            ).affected
        }
    }

    // MARK: Models, collections, settings

    private func adopt(_ model: ModelRecord) throws {
        if let stored = try self.model() {
            guard stored == model else {
                throw StoreError.modelMismatch(
                    stored: stored.identifier,
                    requested: model.identifier
                )
            }
            return
        }
        guard model.dimensions <= Self.mostDimensions else {
            throw StoreError.unsupported(
                "keep embeddings of \(model.dimensions) dimensions, because pgvector's index takes at "
                    + "most \(Self.mostDimensions): choose a model with fewer, or a library in a file"
            )
        }
        let isNew = try session.query(
            """
            INSERT INTO model(id, identifier, dimensions) VALUES (1, $1, $2)
            ON CONFLICT DO NOTHING
            """,
            [.text(model.identifier), .integer(Int64(model.dimensions))]
        ).affected
        // Another writer was faster.
        guard isNew > 0 else { return try adopt(model) }
        try session.execute(
            "ALTER TABLE embedding ALTER COLUMN vec TYPE vector(\(model.dimensions))"
        )
    }

    private func model() throws -> ModelRecord? {
        try session.query("SELECT identifier, dimensions FROM model").first.map { row in
            ModelRecord(identifier: row.text(0) ?? "", dimensions: Int(row.integer(1) ?? 0))
        }
    }

    private func collection(root: String, options: String) throws -> CollectionRecord {
        let row = try session.query(
            """
            INSERT INTO collection(root, options) VALUES ($1, $2)
            ON CONFLICT (md5(root)) DO UPDATE SET options = excluded.options
            RETURNING id, indexed_at
            """,
            [.text(root), .text(options)]
        ).first
        return CollectionRecord(
            id: CollectionID(rawValue: row?.integer(0) ?? 0),
            root: root,
            options: options,
            indexedAt: row?.text(1)
        )
    }

    private func remove(_ id: CollectionID) throws {
        let documents = try session.query(
            "SELECT id FROM document WHERE collection_id = $1",
            [.integer(id.rawValue)]
        ).map { DocumentID(rawValue: $0.integer(0) ?? 0) }
        try remove(documents: documents)
        try session.query("DELETE FROM collection WHERE id = $1", [.integer(id.rawValue)])
    }

    /// Notes a setting, or forgets it.
    func set(_ key: String, to value: String?) throws {
        guard let value else {
            try session.query("DELETE FROM setting WHERE key = $1", [.text(key)])
            return
        }
        try session.query(
            """
            INSERT INTO setting(key, value) VALUES ($1, $2)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """,
            [.text(key), .text(value)]
        )
    }

    func setting(_ key: String) throws -> String? {
        try session.query("SELECT value FROM setting WHERE key = $1", [.text(key)]).first?.text(0)
    }

    /// Empties the library, its model included; the collections' roots stay known.
    private func reset() throws {
        try session.execute(
            """
            DROP INDEX IF EXISTS embedding_vec;
            DELETE FROM passage; DELETE FROM document; DELETE FROM skipped; DELETE FROM embedding;
            DELETE FROM model; DELETE FROM language_group; DELETE FROM word; DELETE FROM change
            """
        )
        try noteChange(documents: 0, passages: 0, terms: 0)
    }

    // MARK: Answers

    private func keep(_ answer: AnswerRecord) throws -> AnswerID {
        let row = try session.query(
            """
            INSERT INTO answer(asked_at, question, follows, outcome, model, prompt_tokens,
                reply_tokens, cost, milliseconds, feedback, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
            """,
            [
                .text(answer.askedAt), .text(answer.question),
                .integer(answer.follows?.rawValue), .text(answer.outcome), .text(answer.model),
                .integer(answer.promptTokens.map(Int64.init)),
                .integer(answer.replyTokens.map(Int64.init)), .real(answer.cost),
                .real(answer.milliseconds), .integer(Int64(answer.feedback)),
                .text(answer.body),
            ]
        ).first
        return AnswerID(rawValue: row?.integer(0) ?? 0)
    }
}
#endif
