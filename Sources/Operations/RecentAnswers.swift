internal import Answering
internal import Synchronization

/// The last answers that a server gave, until somebody wants one kept.
final class RecentAnswers: Sendable {
    /// An answer, and how long it took.
    struct Entry: Sendable {
        let number: Int
        let answer: Answer
        let milliseconds: Double
    }

    private static let limit = 100
    private let state = Mutex<(last: Int, entries: [Entry])>((0, []))

    /// Remembers an answer, and returns its number.
    func add(_ answer: Answer, milliseconds: Double) -> Int {
        state.withLock { state in
            state.last += 1
            let entry = Entry(number: state.last, answer: answer, milliseconds: milliseconds)
            state.entries = state.entries.suffix(Self.limit - 1) + [entry]
            return state.last
        }
    }

    /// The answer of this number.
    ///
    /// - Throws: `ServiceError.notFound` for one that was forgotten or never given.
    func entry(_ number: Int) throws(ServiceError) -> Entry {
        guard let entry = state.withLock({ $0.entries.first { $0.number == number } }) else {
            throw .notFound("The server no longer remembers answer \(number): ask again.")
        }
        return entry
    }
}
