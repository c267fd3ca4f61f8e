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

/// The similarities that were computed last.
final class SimilarityMemory: Sendable {
    private let last = Mutex<(sentences: [String], result: [Float])?>(nil)

    func result(for sentences: [String]) -> [Float]? {
        last.withLock { $0?.sentences == sentences ? $0?.result : nil }
    }

    func remember(_ result: [Float], for sentences: [String]) {
        last.withLock { $0 = (sentences, result) }
    }
}
