/// The number of a slot in an index.
///
/// Slots are dense but may be free, and a freed slot may be filled again; whoever stores the
/// vectors maps ordinals to what they stand for.
public struct Ordinal: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number.
    public let rawValue: UInt32

    /// The slot with this number.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The slot with this number.
    public init(_ number: UInt32) {
        rawValue = number
    }

    /// The slot with this number.
    ///
    /// - Precondition: it is in `0...UInt32.max`.
    public init(_ number: Int) {
        rawValue = UInt32(number)
    }

    /// The number as a position in an array.
    public var position: Int { Int(rawValue) }

    /// The number in decimal.
    public var description: String { String(rawValue) }

    /// Whether `left` is the lower slot.
    public static func < (left: Ordinal, right: Ordinal) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// How near two vectors are.
public enum Metric: String, Hashable, Sendable, CaseIterable, Codable {
    /// The score is the inner product; for vectors of length 1, the cosine.
    case innerProduct
    /// The score is minus the squared Euclidean distance.
    case l2
}

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
