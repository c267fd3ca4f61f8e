/// Names a stored passage: a number that is never given to another one.
public struct PassageID: Hashable, Comparable, Sendable, RawRepresentable, Codable,
    CustomStringConvertible, ExpressibleByIntegerLiteral
{
    /// The number.
    public let rawValue: Int64

    /// The identifier with a number.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// The identifier with a number.
    public init(integerLiteral value: Int64) { rawValue = value }

    /// Whether `a` was given before `b`.
    public static func < (a: PassageID, b: PassageID) -> Bool { a.rawValue < b.rawValue }

    /// The number in digits.
    public var description: String { String(rawValue) }
}

/// Names a stored document: a number that is never given to another one.
public struct DocumentID: Hashable, Comparable, Sendable, RawRepresentable, Codable,
    CustomStringConvertible, ExpressibleByIntegerLiteral
{
    /// The number.
    public let rawValue: Int64

    /// The identifier with a number.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// The identifier with a number.
    public init(integerLiteral value: Int64) { rawValue = value }

    /// Whether `a` was given before `b`.
    public static func < (a: DocumentID, b: DocumentID) -> Bool { a.rawValue < b.rawValue }

    /// The number in digits.
    public var description: String { String(rawValue) }
}

/// Names a collection: a folder or file that was indexed.
package struct CollectionID: Hashable, Sendable, RawRepresentable, ExpressibleByIntegerLiteral {
    /// The number.
    package let rawValue: Int64

    /// The identifier with a number.
    package init(rawValue: Int64) { self.rawValue = rawValue }

    /// The identifier with a number.
    package init(integerLiteral value: Int64) { rawValue = value }
}

/// Names an answer that is kept in the library.
public struct AnswerID: Hashable, Comparable, Sendable, RawRepresentable, Codable,
    CustomStringConvertible, ExpressibleByIntegerLiteral
{
    /// The number.
    public let rawValue: Int64

    /// The identifier with a number.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// The identifier with a number.
    public init(integerLiteral value: Int64) { rawValue = value }

    /// Whether `a` was given before `b`.
    public static func < (a: AnswerID, b: AnswerID) -> Bool { a.rawValue < b.rawValue }

    /// The number in digits.
    public var description: String { String(rawValue) }
}
