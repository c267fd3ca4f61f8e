/// One answer of an index.
///
/// Answers come best first: by falling score, and by rising ordinal where scores are equal.
public struct Neighbor: Hashable, Sendable {
    /// The slot of the vector.
    public let ordinal: Ordinal
    /// The similarity to the query under the index's metric: larger is nearer.
    public let score: Float

    /// An answer.
    public init(ordinal: Ordinal, score: Float) {
        self.ordinal = ordinal
        self.score = score
    }

    /// Whether this answer comes before `other`.
    public func precedes(_ other: Neighbor) -> Bool {
        score > other.score || (score == other.score && ordinal < other.ordinal)
    }
}
