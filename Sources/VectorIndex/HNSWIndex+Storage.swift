internal import VectorKernels

/// Where the segments of a stored graph are read from, one at a time.
public protocol GraphSegments: Sendable {
    /// The bytes of a segment; number 0 is the head.
    ///
    /// - Throws: what the store throws, or `VectorIndexError.corrupt` if there is no such segment.
    func segment(_ number: Int) throws -> [UInt8]
}

extension HNSWIndex {
    /// The stored form without full-precision rows: a head, then segments that are small enough to
    /// be read one by one as a walk comes to them.
    public func segments() -> [[UInt8]] {
        let head = GraphHead(of: self)
        let segments = (0..<head.segmentCount).map { head.encode(segment: $0, of: graph) }
        return [head.encoded(checksums: segments.map(ByteReader.checksum(of:)))] + segments
    }

    /// Reads a stored graph whole, and checks all of it.
    ///
    /// - Parameters:
    ///   - segments: what `segments()` returned, in that order.
    ///   - rows: where full-precision rows are fetched to score candidates exactly.
    /// - Throws: `corrupt` if a segment is missing, changed or of another graph, `unknownVersion`.
    public init(
        decoding segments: [[UInt8]],
        rows: (any VectorRows)? = nil
    ) throws(VectorIndexError) {
        guard let first = segments.first else { throw .corrupt("there are no bytes") }
        let head = try GraphHead(decoding: first)
        guard segments.count - 1 == head.segmentCount else {
            throw .corrupt("\(segments.count - 1) segments, not \(head.segmentCount)")
        }
        // Nothing is allocated for nodes that the bytes at hand could not hold.
        let bytes = segments.dropFirst().reduce(0) { $0 + $1.count }
        guard head.nodeBytes <= bytes else { throw .corrupt("its segments are too short") }
        let graph = try head.graph(pager: nil)
        for number in 0..<head.segmentCount {
            try head.place(segments[number + 1], segment: number, in: graph)
        }
        if let violation = graph.violations().first { throw .corrupt(violation) }
        guard Set(graph.ordinals).count == head.count else { throw .corrupt("a slot twice") }
        self.init(
            dimensions: head.dimensions,
            metric: head.metric,
            quantizer: head.quantizer,
            graph: graph,
            rows: rows
        )
    }

    /// Opens a stored graph without reading it: a search reads the segments that its walk touches.
    ///
    /// Each segment is checked when it is read. Searches of one opened graph take turns.
    ///
    /// - Parameters:
    ///   - segments: where they are read from.
    ///   - rows: where full-precision rows are fetched to score candidates exactly.
    /// - Throws: what the store throws; `corrupt` or `unknownVersion`.
    /// - Complexity: about 6 bytes a vector are read; memory grows with what is touched.
    public init(opening segments: any GraphSegments, rows: (any VectorRows)? = nil) throws {
        let head = try GraphHead(decoding: segments.segment(0))
        let pager = GraphPager(count: head.count, nodesPerSegment: head.nodesPerSegment)
        self.init(
            dimensions: head.dimensions,
            metric: head.metric,
            quantizer: head.quantizer,
            graph: try head.graph(pager: pager),
            rows: rows,
            stored: StoredGraph(head: head, pager: pager, segments: segments)
        )
    }

    /// The same index, reading its segments and rows from elsewhere.
    public func with(rows: (any VectorRows)?, segments: any GraphSegments) -> HNSWIndex {
        var index = with(rows: rows)
        index.stored?.segments = segments
        return index
    }

    /// The share of the nodes' segments that are in memory, of a graph that is read as it is walked.
    public var presentShare: Double {
        guard let stored, stored.head.segmentCount > 0 else { return 1 }
        return Double(stored.pager.presentCount) / Double(stored.head.segmentCount)
    }
}

/// A stored graph that is read as it is walked.
struct StoredGraph: Sendable {
    let head: GraphHead
    let pager: GraphPager
    var segments: any GraphSegments

    /// Calls `body`, whose walks of `graph` read what they miss.
    func walking<R: Sendable>(_ graph: HNSWGraph, _ body: () throws -> R) throws -> R {
        try pager.taking(
            { try head.place(segments.segment($0 + 1), segment: $0, in: graph) },
            body
        )
    }
}
