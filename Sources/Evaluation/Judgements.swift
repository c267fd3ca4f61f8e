/// Which documents are relevant to which queries, and how much: a set of *qrels*.
package struct Judgements: Sendable, Hashable {
    /// Gains by document id, by query id.
    ///
    /// A gain of 0 is "judged, irrelevant".
    package private(set) var gains: [String: [String: Int]]

    /// Judgements that are known already; none by default.
    package init(_ gains: [String: [String: Int]] = [:]) {
        self.gains = gains
    }

    /// The judged documents of a query; empty if it has none.
    package subscript(query: String) -> [String: Int] {
        gains[query] ?? [:]
    }

    /// The ids of all queries that have a judgement, sorted.
    package var queries: [String] { gains.keys.sorted() }

    /// How many pairs of query and document are judged.
    package var count: Int { gains.values.reduce(0) { $0 + $1.count } }

    /// Judges one document for one query; a second judgement of the pair replaces the first.
    ///
    /// - Returns: The gain that was replaced, if any.
    @discardableResult
    package mutating func judge(query: String, document: String, gain: Int) -> Int? {
        gains[query, default: [:]].updateValue(gain, forKey: document)
    }

    /// Returns the ids of a query's relevant documents, the greatest gain first, then by id.
    package func relevant(to query: String) -> [String] {
        self[query].filter { $0.value > 0 }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map(\.key)
    }
}
