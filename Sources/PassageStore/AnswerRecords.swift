internal import GRDB

/// An answer that is kept in the library.
package struct AnswerRecord: Sendable {
    /// Its number; 0 before it is stored.
    package var id: Int64 = 0
    /// When it was asked, ISO 8601.
    package var askedAt: String
    /// What was asked.
    package var question: String
    /// The answer that the question goes on from.
    package var follows: Int64?
    /// `answered`, or the reason of the abstention.
    package var outcome: String
    /// What wrote it.
    package var model: String
    /// Tokens that a language model read.
    package var promptTokens: Int?
    /// Tokens that a language model wrote.
    package var replyTokens: Int?
    /// What it cost, in the currency of the user's prices.
    package var cost: Double?
    /// Milliseconds from the question to the answer.
    package var milliseconds: Double
    /// What the person thought of it: -1, 0 or 1.
    package var feedback: Int = 0
    /// The answer as JSON; the store does not read it.
    package var body: String

    /// Describes an answer that is to be stored.
    package init(
        askedAt: String,
        question: String,
        follows: Int64?,
        outcome: String,
        model: String,
        promptTokens: Int?,
        replyTokens: Int?,
        cost: Double?,
        milliseconds: Double,
        body: String
    ) {
        self.askedAt = askedAt
        self.question = question
        self.follows = follows
        self.outcome = outcome
        self.model = model
        self.promptTokens = promptTokens
        self.replyTokens = replyTokens
        self.cost = cost
        self.milliseconds = milliseconds
        self.body = body
    }

    fileprivate static let columns = """
        \(Checksums.answerColumns), follows, prompt_tokens, reply_tokens, cost, milliseconds, feedback
        """

    fileprivate init(_ row: Row) throws {
        id = row[0]
        guard RowChecksum.agrees(row.integer(6), Checksums.answer(row)) else {
            throw RowDamage(what: "the answer number \(id)")
        }
        askedAt = row.text(1) ?? ""
        question = row.text(2) ?? ""
        outcome = row.text(3) ?? ""
        model = row.text(4) ?? ""
        body = row.text(5) ?? ""
        follows = row.integer(7)
        promptTokens = row.integer(8).map { Int($0) }
        replyTokens = row.integer(9).map { Int($0) }
        cost = Double.fromDatabaseValue(row[10])
        milliseconds = Double.fromDatabaseValue(row[11]) ?? 0
        feedback = Int(row.integer(12) ?? 0)
    }
}

extension StoreSnapshot {
    /// The answers that are kept, oldest first: all, or the newest `limit`.
    package func answers(newest limit: Int? = nil) throws -> [AnswerRecord] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT \(AnswerRecord.columns) FROM answer ORDER BY id DESC LIMIT ?",
            arguments: [limit ?? -1]
        )
        return try rows.reversed().map(AnswerRecord.init)
    }

    /// The answer with a number, or nil.
    package func answer(_ id: Int64) throws -> AnswerRecord? {
        try Row.fetchOne(
            db,
            sql: "SELECT \(AnswerRecord.columns) FROM answer WHERE id = ?",
            arguments: [id]
        ).map(AnswerRecord.init)
    }

    /// The document at an absolute path: its ID, or nil.
    package func documentID(atAbsolutePath path: String) throws -> Int64? {
        try Int64.fetchOne(
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

extension StoreTransaction {
    /// Keeps an answer and returns its number.
    package func add(_ answer: AnswerRecord) throws -> Int64 {
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
        return id
    }

    /// Notes what a person thinks of an answer: -1, 0 or 1; false if there is no such answer.
    package func setFeedback(_ feedback: Int, ofAnswer id: Int64) throws -> Bool {
        try db.execute(
            sql: "UPDATE answer SET feedback = ? WHERE id = ?",
            arguments: [feedback, id]
        )
        return db.changesCount > 0
    }

    /// Forgets the answers with these numbers and returns how many there were.
    package func removeAnswers(_ ids: [Int64]) throws -> Int {
        var count = 0
        for id in ids {
            try db.execute(sql: "DELETE FROM answer WHERE id = ?", arguments: [id])
            count += db.changesCount
        }
        return count
    }
}
