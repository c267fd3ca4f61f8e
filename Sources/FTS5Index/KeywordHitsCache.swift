internal import FTS5Lists
internal import Synchronization

/// The long lists of the words' index as last decoded, for a process that searches again and again.
///
/// Frequent words are in most questions, and going through their lists takes most of the time of a
/// search. What is kept belongs to one state of the library and to one choice of weights.
package final class KeywordHitsCache: Sendable {
    /// Lists of fewer passages are read as fast as they are kept.
    static let leastPassages = 1_000
    /// The most passages of all lists together; 12 bytes each.
    private static let capacity = 4_000_000

    /// What lists belong to.
    package struct Key: Hashable, Sendable {
        /// The library's generation.
        package let generation: String
        /// Of the six columns.
        package let weights: [Double]

        package init(generation: String, weights: [Double]) {
            self.generation = generation
            self.weights = weights
        }
    }

    private struct State {
        var key: Key?
        var hits: [KeywordPhrase: FTS5Hits] = [:]
        var passages = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// What was kept of a phrase.
    func hits(of phrase: KeywordPhrase, for key: Key) -> FTS5Hits? {
        state.withLock { $0.key == key ? $0.hits[phrase] : nil }
    }

    /// Keeps what was found of a phrase; of another state of the library nothing stays.
    func keep(_ hits: FTS5Hits, of phrase: KeywordPhrase, for key: Key) {
        state.withLock { state in
            if state.key != key || state.passages + hits.rows.count > Self.capacity {
                state = State(key: key)
            }
            guard hits.rows.count <= Self.capacity,
                state.hits.updateValue(hits, forKey: phrase) == nil
            else { return }
            state.passages += hits.rows.count
        }
    }

    /// Forgets everything.
    package func clear() { state.withLock { $0 = State() } }
}
