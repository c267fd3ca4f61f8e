internal import ChatModels
internal import Answering
internal import Synchronization

/// The time that a question may take is over.
struct OutOfTime: Error {}

/// What was done less for a budget's sake, noted while a question is being answered.
final class BudgetCuts: Sendable {
    private let sentences = Mutex<[String]>([])

    var all: [String] { sentences.withLock(\.self) }

    func add(_ sentence: String) {
        sentences.withLock { if !$0.contains(sentence) { $0.append(sentence) } }
    }
}

/// The comparisons that were computed last.
final class ComparisonMemory: Sendable {
    private let last = Mutex<(texts: [ComparedText], result: [MeaningMatch])?>(nil)

    func result(for texts: [ComparedText]) -> [MeaningMatch]? {
        last.withLock { $0?.texts == texts ? $0?.result : nil }
    }

    func remember(_ result: [MeaningMatch], for texts: [ComparedText]) {
        last.withLock { $0 = (texts, result) }
    }
}
