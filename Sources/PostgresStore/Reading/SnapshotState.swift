#if Postgres
internal import Corpus
internal import Synchronization
internal import TextAnalysis

/// What a snapshot finds out when it begins.
struct SnapshotState: Sendable {
    /// How much the library holds, and how many terms.
    let documents: Int
    let passages: Int
    let terms: Int
    /// Names the state of the library's passages.
    let generation: String
    /// Whether keywords are ranked by pg_textsearch's index, and vectors by pgvector's.
    let hasTermIndex: Bool
    let hasVectorIndex: Bool
}

/// What searches ask of one state of the library again and again, found out once.
struct StateFacts: Sendable {
    /// Enough for the words of thousands of queries; a few hundred kilobytes.
    private static let capacity = 10_000

    /// The generation that all of it belongs to.
    let generation: String
    var languages: [Language]?
    var groups: [LanguageGroup]?
    private(set) var counts: [KeywordQuery: Int] = [:]

    init(generation: String) { self.generation = generation }

    mutating func add(_ found: [KeywordQuery: Int]) {
        if counts.count > Self.capacity { counts = [:] }
        counts.merge(found) { $1 }
    }
}

/// What is known of the library as last read.
final class FactCache: Sendable {
    private let facts = Mutex<StateFacts?>(nil)

    /// What is known of a generation.
    func known(of generation: String) -> StateFacts? {
        facts.withLock { $0?.generation == generation ? $0 : nil }
    }

    /// Notes a fact; those of another generation go.
    func note(_ generation: String, _ note: (inout StateFacts) -> Void) {
        facts.withLock { facts in
            var current = facts ?? StateFacts(generation: generation)
            if current.generation != generation {
                current = StateFacts(generation: generation)
            }
            note(&current)
            facts = current
        }
    }

    /// Forgets all of it.
    func clear() { facts.withLock { $0 = nil } }
}
#endif
