internal import VectorKernels

/// An exact nearest-neighbor index.
///
/// Every answer is the one that float32 brute force gives: the same ordinals and the same scores,
/// ties by ordinal. A scan over half-byte codes rules nearly every row out by a proven bound, whole
/// codes rule out nearly every other, and full-precision rows decide the rest: about 115 of them
/// for k = 100 among sentence embeddings. In an index that stays (`prepared()`), the scan reads half-byte
/// codes of a projection, two thirds as many.
///
/// A value is an immutable snapshot that any number of tasks may search at once.
public struct FlatIndex: Sendable {
    /// The codes, by rising ordinal.
    public let segments: [CodeSegment]
    /// What is scanned in place of each segment's own codes, where it has been made.
    let panels: [SegmentPanels?]
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
        panels = segments.map { _ in nil }
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
        let rows = ArrayRows(dimensions: dimensions, elements: vectors)
        self.rows = rows
        // Rows in memory are all there.
        panels =
            (try? Self.panels(of: segments, rows, Self.projection(for: segments, rows)))
            ?? segments.map { _ in nil }
    }

    private init(_ index: FlatIndex, panels: [SegmentPanels?]) {
        segments = index.segments
        dimensions = index.dimensions
        metric = index.metric
        count = index.count
        rows = index.rows
        self.panels = panels
    }

    /// The same index, made ready for many searches for few neighbors, where that helps; one that was made of
    /// vectors in memory is ready.
    ///
    /// One query is then answered 1.4 to 1.8 times as fast (100,000 vectors, k = 10), but bounds rule out less,
    /// so that for hundreds of neighbors nothing is won.
    ///
    /// - Returns: the index, which finds the same.
    /// - Throws: what the rows throw.
    /// - Complexity: every vector is read once, and takes about 6 µs if it has 384 elements, and 140 bytes.
    public func prepared() throws -> FlatIndex {
        try prepared(with: Self.projection(for: segments, rows))
    }

    /// The same index with panels of `projection`, or with none.
    func prepared(with projection: Projection?) throws -> FlatIndex {
        FlatIndex(self, panels: try Self.panels(of: segments, rows, projection))
    }

    /// Whether `prepared()` has made it ready for many searches, wherever that helps.
    public var isPrepared: Bool { panels.contains { $0 != nil } }

    /// The projection that suits a sample of the vectors, if one does.
    private static func projection(
        for segments: [CodeSegment],
        _ rows: any VectorRows
    ) throws -> Projection? {
        guard let first = segments.first else { return nil }
        let share = max(1, Projection.sampleSize / segments.count)
        let sample = try segments.flatMap { try $0.sample(share, of: rows) }
        return Projection(fittedTo: sample, dimensions: first.dimensions)
    }

    private static func panels(
        of segments: [CodeSegment],
        _ rows: any VectorRows,
        _ projection: Projection?
    ) throws -> [SegmentPanels?] {
        guard let projection else { return segments.map { _ in nil } }
        // One block for all: a scan reads on from segment to segment, and a large block gets huge pages.
        let block = AlignedBytes(
            count: segments.reduce(0) { $0 + SegmentPanels.byteCount($1, projection) }
        )
        var start = 0
        return try segments.map { segment in
            defer { start += SegmentPanels.byteCount(segment, projection) }
            return try SegmentPanels(segment, projection, rows, in: block, at: start)
        }
    }

    /// The number of bytes of codes in memory.
    public var byteCount: Int {
        segments.reduce(0) { $0 + $1.byteCount }
            + panels.reduce(0) { $0 + ($1?.rows.byteCount ?? 0) }
    }
}
