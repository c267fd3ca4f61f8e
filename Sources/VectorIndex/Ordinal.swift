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
