internal import Corpus
internal import FTS5Index
internal import GRDB

extension AnswerRecord {
    fileprivate static let columns = """
        \(Checksums.answerColumns), follows, prompt_tokens, reply_tokens, cost, milliseconds, feedback
        """

    fileprivate init(_ row: Row) throws {
        let id: AnswerID = row[0]
        guard RowChecksum.agrees(row.integer(6), Checksums.answer(row)) else {
            throw RowDamage(what: "the answer number \(id)")
        }
        self.init(
            id: id,
            askedAt: row.text(1) ?? "",
            question: row.text(2) ?? "",
            follows: row.integer(7).map(AnswerID.init(rawValue:)),
            outcome: row.text(3) ?? "",
            model: row.text(4) ?? "",
            promptTokens: row.integer(8).map { Int($0) },
            replyTokens: row.integer(9).map { Int($0) },
            cost: Double.fromDatabaseValue(row[10]),
            milliseconds: Double.fromDatabaseValue(row[11]) ?? 0,
            feedback: Int(row.integer(12) ?? 0),
            body: row.text(5) ?? ""
        )
    }
}

extension SnapshotView {
    /// The answers that are kept, oldest first: all, or the newest `limit`.
    func answers(newest limit: Int? = nil) throws -> [AnswerRecord] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT \(AnswerRecord.columns) FROM answer ORDER BY id DESC LIMIT ?",
            arguments: [limit ?? -1]
        )
        return try rows.reversed().map(AnswerRecord.init)
    }

    /// The answer with a number, or nil.
    func answer(_ id: AnswerID) throws -> AnswerRecord? {
        try Row.fetchOne(
            db,
            sql: "SELECT \(AnswerRecord.columns) FROM answer WHERE id = ?",
            arguments: [id]
        ).map(AnswerRecord.init)
    }

    /// The document at an absolute path: its ID, or nil.
    func document(at path: String) throws -> DocumentID? {
        try DocumentID.fetchOne(
            db,
            sql: """
                SELECT document.id FROM collection
                JOIN document ON collection_id = collection.id
                    AND document.path = substr(?1, length(root) + 2)
                WHERE root = ?1 OR substr(?1, 1, length(root) + 1) = root || '/'
                """,
            arguments: [path]
        )
    }
}

extension SQLiteTransaction {
    /// Keeps an answer and returns its number.
    func keep(_ answer: AnswerRecord) throws -> AnswerID {
        try db.execute(
            sql: """
                INSERT INTO answer(asked_at, question, follows, outcome, model, prompt_tokens,
                    reply_tokens, cost, milliseconds, feedback, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                answer.askedAt, answer.question, answer.follows, answer.outcome, answer.model,
                answer.promptTokens, answer.replyTokens, answer.cost, answer.milliseconds,
                answer.feedback, answer.body,
            ]
        )
        let id = db.lastInsertedRowID
        try Checksums.seal(db, answer: id)
        return AnswerID(rawValue: id)
    }

    /// Notes what a person thinks of an answer: -1, 0 or 1; false if there is no such answer.
    func rate(_ id: AnswerID, _ feedback: Int) throws -> Bool {
        try db.execute(
            sql: "UPDATE answer SET feedback = ? WHERE id = ?",
            arguments: [feedback, id]
        )
        return db.changesCount > 0
    }

    /// Forgets the answers with these numbers and returns how many there were.
    func removeAnswers(_ ids: [AnswerID]) throws -> Int {
        var count = 0
        for id in ids {
            try db.execute(sql: "DELETE FROM answer WHERE id = ?", arguments: [id])
            count += db.changesCount
        }
        return count
    }
}
