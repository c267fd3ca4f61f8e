/// Why an index refused a request.
@nonexhaustive public enum VectorIndexError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A vector has another number of dimensions than the index.
    case dimensionMismatch(expected: Int, actual: Int)
    /// A number of dimensions, of slots or of neighbors that no index can have.
    case unsupported(String)
    /// A vector holds an infinity or no number, or is too long to be multiplied.
    case notFinite(Ordinal?)
    /// The store did not deliver the vector of a slot.
    case missingRow(Ordinal)
    /// Two segments claim the same slot, or do not belong together.
    case segmentsDisagree(String)
    /// Stored bytes are not what was written.
    case corrupt(String)
    /// Stored bytes are of a version that this program does not know.
    case unknownVersion(UInt32)

    /// What was expected, what came, and what to do about it.
    public var description: String {
        switch self {
        case .dimensionMismatch(let expected, let actual):
            "A vector has \(actual) dimensions, not \(expected):"
                + " use the model that the index was built with, or build the index again."
        case .unsupported(let what):
            "\(what) is not supported by the vector index."
        case .notFinite(let ordinal):
            (ordinal.map { "The vector of slot \($0)" } ?? "The query's vector")
                + " has elements that are not finite or are far too large:"
                + " embed it again, and normalize it."
        case .missingRow(let ordinal):
            "The vector of slot \(ordinal) is missing from the store:"
                + " build the vector segments again."
        case .segmentsDisagree(let how):
            "The vector segments do not belong together (\(how)): build them again."
        case .corrupt(let what):
            "A vector segment is damaged (\(what)): build it again from the stored vectors."
        case .unknownVersion(let version):
            "A vector segment has version \(version), which this program does not know:"
                + " update the program, or build the segment again."
        }
    }
}
