/// A filter that cannot be understood.
public struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The part of the filter that is wrong.
    public let filter: String
    /// What is wrong with it.
    public let reason: String

    /// An error about a part of a filter.
    public init(filter: String, reason: String) {
        self.filter = filter
        self.reason = reason
    }

    /// The part, and how it could be written.
    public var description: String { "The filter “\(filter)” cannot be read: \(reason)." }
}
