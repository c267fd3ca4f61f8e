public import Answering
public import Corpus
public import LibraryCore
public import UserConfiguration

/// The answers that a library keeps.
extension Library {
    /// Keeps an answer.
    ///
    /// Searches and indexing go on meanwhile; nothing that is searched changes.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - follows: The number of the answer that its question went on from.
    ///   - milliseconds: How long it took.
    ///   - price: What its model's tokens cost, if that is known.
    /// - Returns: The number.
    /// - Throws: `StoreError` where the library cannot be written.
    public func save(
        _ answer: Answer,
        following follows: AnswerID? = nil,
        milliseconds: Double,
        price: Price? = nil
    ) async throws -> AnswerID {
        let record = try SavedAnswer.record(
            of: answer,
            follows: follows,
            milliseconds: milliseconds,
            price: price
        )
        return try await store.commit(.keepAnswer(record)).answers[0]
    }

    /// The answers that are kept, oldest first: all, or the newest `limit`.
    public func savedAnswers(newest limit: Int? = nil) async throws -> [SavedAnswer] {
        try await store.read { try await $0.answers(newest: limit) }.map(SavedAnswer.init)
    }

    /// The answer with a number.
    ///
    /// - Throws: `LibraryError.noSuchAnswer` if there is none.
    public func savedAnswer(_ id: AnswerID) async throws -> SavedAnswer {
        guard let record = try await store.read({ try await $0.answer(id) }) else {
            throw LibraryError.noSuchAnswer(id)
        }
        return try SavedAnswer(record)
    }

    /// The conversation that ends with the newest answer, oldest turn first; empty if nothing was asked
    /// yet.
    public func latestConversation() async throws -> [SavedAnswer] {
        guard let last = try await savedAnswers(newest: 1).first else { return [] }
        var turns = [last]
        while let previous = turns[0].follows, turns.count < 10 {
            guard let record = try await store.read({ try await $0.answer(previous) }) else {
                break
            }
            turns.insert(try SavedAnswer(record), at: 0)
        }
        return turns
    }

    /// Notes what a person thinks of an answer: -1, 0 or 1.
    ///
    /// - Throws: `LibraryError.noSuchAnswer` if there is none with that number.
    public func setFeedback(_ feedback: Int, ofAnswer id: AnswerID) async throws {
        let affected = try await store.commit(.rateAnswer(id, feedback)).affected
        if affected == 0 { throw LibraryError.noSuchAnswer(id) }
    }

    /// Forgets answers; returns how many there were.
    public func removeAnswers(_ ids: [AnswerID]) async throws -> Int {
        try await store.commit(.removeAnswers(ids)).affected
    }
}
