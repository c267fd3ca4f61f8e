/// An exact nearest-neighbor index.
///
/// Every answer is the one that float32 brute force gives: the same ordinals and the same scores,
/// ties by ordinal. A scan over half-byte codes rules nearly every row out by a proven bound, whole
/// codes rule out nearly every other, and full-precision rows decide the rest: about 115 of them
/// for k = 100 among sentence embeddings.
///
/// A value is an immutable snapshot that any number of tasks may search at once.
public struct FlatIndex: Sendable {
    /// The codes, by rising ordinal.
    public let segments: [CodeSegment]
    let rows: any VectorRows

    /// The number of dimensions of a vector; 0 if the index was made of no segments.
    public let dimensions: Int
    /// The metric.
    public let metric: Metric
    /// The number of vectors.
    public let count: Int

    /// An index of stored segments.
    ///
    /// - Parameters:
    ///   - segments: codes of different slots, in any order, of the same dimensions and metric.
    ///   - rows: where the full-precision rows of the same slots are fetched.
    /// - Throws: `segmentsDisagree` if two segments claim a slot or differ in dimensions or metric.
    public init(segments: [CodeSegment], rows: any VectorRows) throws(VectorIndexError) {
        self.segments = segments.sorted { $0.firstOrdinal < $1.firstOrdinal }
        self.rows = rows
        dimensions = segments.first?.dimensions ?? 0
        metric = segments.first?.metric ?? .innerProduct
        count = segments.reduce(0) { $0 + $1.count }
        var end = 0
        for segment in self.segments {
            guard segment.dimensions == dimensions else {
                throw .segmentsDisagree("\(segment.dimensions) and \(dimensions) dimensions")
            }
            guard segment.metric == metric else { throw .segmentsDisagree("two metrics") }
            guard segment.firstOrdinal.position >= end else {
                throw .segmentsDisagree("slot \(segment.firstOrdinal) twice")
            }
            end = segment.firstOrdinal.position + segment.slotCount
        }
    }

    /// An index in memory of vectors that lie one after the other: the first is slot 0.
    ///
    /// - Parameters:
    ///   - dimensions: the number of elements of each vector.
    ///   - metric: what nearness means.
    ///   - vectors: shape `[count, dimensions]`.
    /// - Throws: `dimensionMismatch` if they are no whole number of vectors, `notFinite` for a bad
    ///   one, `unsupported` for too many dimensions.
    public init(dimensions: Int, metric: Metric, vectors: [Float]) throws(VectorIndexError) {
        try checkDimensions(dimensions)
        guard vectors.count.isMultiple(of: dimensions) else {
            throw .dimensionMismatch(expected: dimensions, actual: vectors.count % dimensions)
        }
        let total = vectors.count / dimensions
        let span = vectors.span
        let everyone = [UInt64](repeating: ~0, count: (total + 63) / 64)
        let direction = meanDirection(span, dimensions: dimensions, live: everyone)
        var segments: [CodeSegment] = []
        for first in stride(from: 0, to: total, by: CodeSegment.capacity) {
            let end = min(first + CodeSegment.capacity, total)
            segments.append(
                try CodeSegment(
                    firstOrdinal: Ordinal(first),
                    dimensions: dimensions,
                    metric: metric,
                    elements: span.extracting(first * dimensions..<end * dimensions),
                    direction: direction
                )
            )
        }
        self.segments = segments
        self.dimensions = dimensions
        self.metric = metric
        count = total
        rows = ArrayRows(dimensions: dimensions, elements: vectors)
    }

    /// The number of bytes of codes that searches read.
    public var byteCount: Int { segments.reduce(0) { $0 + $1.byteCount } }
}
