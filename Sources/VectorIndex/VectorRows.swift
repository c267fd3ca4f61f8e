internal import VectorKernels

/// Full-precision vectors, in memory or fetched from a store a batch at a time.
public protocol VectorRows: Sendable {
    /// Calls `body` once for each of `ordinals` with its place in `ordinals` and its vector, in any
    /// order.
    ///
    /// - Throws: what the store throws. A row that does not exist may be left out; the index then
    ///   throws `VectorIndexError.missingRow`.
    func withRows(_ ordinals: [Ordinal], _ body: (_ position: Int, _ row: Span<Float>) -> Void)
        throws
}

/// Full-precision vectors in memory, one after the other.
public struct ArrayRows: VectorRows {
    /// The number of dimensions of each vector.
    public let dimensions: Int
    /// The vectors: shape `[count, dimensions]`.
    public let elements: [Float]

    /// Vectors of shape `[count, dimensions]`, the first of which is slot 0.
    ///
    /// - Precondition: `elements` is a whole number of vectors.
    public init(dimensions: Int, elements: [Float]) {
        precondition(
            dimensions > 0 && elements.count.isMultiple(of: dimensions),
            "\(elements.count) elements are no vectors of \(dimensions)"
        )
        self.dimensions = dimensions
        self.elements = elements
    }

    /// How many rows are asked for before they are used.
    private static let ahead = 3

    /// The number of vectors.
    public var count: Int { elements.count / dimensions }

    /// Calls `body` with those of `ordinals` that are there, in order.
    public func withRows(
        _ ordinals: [Ordinal],
        _ body: (_ position: Int, _ row: Span<Float>) -> Void
    ) {
        let elements = elements.span, count = count
        func row(_ position: Int) -> Range<Int>? {
            guard position < ordinals.count, ordinals[position].position < count else { return nil }
            let start = ordinals[position].position * dimensions
            return start..<start + dimensions
        }
        for position in ordinals.indices {
            // Rows are far apart: what is asked for ahead of its use is not waited for.
            let furthest = position + Self.ahead
            for next in (position == 0 ? 0 : furthest)...furthest {
                if let row = row(next) { DistanceKernels.prefetch(elements.extracting(row)) }
            }
            if let row = row(position) { body(position, elements.extracting(row)) }
        }
    }
}
