/// An answer that is kept in the library.
package struct AnswerRecord: Hashable, Sendable {
    /// Its number; 0 before it is stored.
    package var id: AnswerID = 0
    /// When it was asked, ISO 8601.
    package var askedAt: String
    /// What was asked.
    package var question: String
    /// The answer that the question goes on from.
    package var follows: AnswerID?
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
    /// The answer as JSON; a store does not read it.
    package var body: String

    /// An answer from its parts.
    package init(
        id: AnswerID = 0,
        askedAt: String,
        question: String,
        follows: AnswerID?,
        outcome: String,
        model: String,
        promptTokens: Int?,
        replyTokens: Int?,
        cost: Double?,
        milliseconds: Double,
        feedback: Int = 0,
        body: String
    ) {
        self.id = id
        self.askedAt = askedAt
        self.question = question
        self.follows = follows
        self.outcome = outcome
        self.model = model
        self.promptTokens = promptTokens
        self.replyTokens = replyTokens
        self.cost = cost
        self.milliseconds = milliseconds
        self.feedback = feedback
        self.body = body
    }
}
