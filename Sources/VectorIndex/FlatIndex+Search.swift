internal import VectorKernels

extension FlatIndex {
    /// Returns the `k` vectors nearest to `query`, best first, ties by ordinal.
    ///
    /// - Parameters:
    ///   - query: a vector of the index's dimensions.
    ///   - k: how many to return at most.
    ///   - filter: the slots that may be answers, or `nil` for all. Rows that it excludes are not
    ///     read.
    /// - Returns: the neighbors that brute force over float32 rows would find.
    /// - Throws: `VectorIndexError` for a bad query or a row that the store does not deliver, and
    ///   what the store throws.
    /// - Complexity: one pass over half a byte per dimension and row, and about 1.2·`k` rows fetched.
    public func neighbors(
        of query: [Float],
        k: Int,
        in filter: OrdinalSet? = nil
    ) throws -> [Neighbor] {
        guard k > 0, count > 0 else { return [] }
        let norm = try checkedNorm(query.span, dimensions: dimensions, ordinal: nil)
        var search = FlatSearch(query: query, norm: norm, k: min(k, count), metric: metric)
        for segment in segments { search.scan(segment, filter) }
        return try search.decide(rows)
    }
}

/// One query on its way through the segments.
struct FlatSearch {
    /// A row that is not ruled out yet, with bounds on its key.
    private struct Candidate {
        var ordinal: Ordinal
        var key: Float, error: Float
    }

    /// Rows scanned with one threshold; the first blocks are smaller, since they set it.
    private static let block = 512

    private let query: [Float]
    private let norm: Double
    private let k: Int
    private let metric: Metric
    private let kernels = DistanceKernels.current
    private var prepared: PreparedQuery?
    private var candidates: [Candidate] = []
    /// The best lower bounds of keys, as scores.
    private var lowerBounds: TopNeighbors
    private var hits = [UInt32](repeating: 0, count: block)

    init(query: [Float], norm: Double, k: Int, metric: Metric) {
        self.query = query
        self.norm = norm
        self.k = k
        self.metric = metric
        lowerBounds = TopNeighbors(k: k)
    }

    /// Keeps the rows of `segment` that the best `k` lower bounds so far do not rule out.
    mutating func scan(_ segment: CodeSegment, _ filter: OrdinalSet?) {
        guard segment.count > 0 else { return }
        var prepared = prepare(for: segment)
        prepared.fit(maximumNorm: segment.maximumNorm, radius: segment.radius)
        let first = segment.firstOrdinal.position
        if let filter {
            let range = first..<first + segment.slotCount
            let wanted = filter.count(in: range)
            guard wanted > 0 else { return }
            // Looking at one row costs about as much as scanning eight.
            if wanted < segment.slotCount / 8 {
                for ordinal in filter.members(in: range) {
                    examine(ordinal.position - first, of: segment, prepared)
                }
                return
            }
        }
        var start = 0, size = 64
        while start < segment.slotCount {
            let end = min(start + size, segment.slotCount)
            let found = kernels.scan(
                segment.rows,
                start..<end,
                for: prepared.codes,
                threshold: lowerBounds.threshold,
                hits: &hits
            )
            for i in 0..<found {
                let slot = Int(hits[i])
                if let filter, !filter.contains(Ordinal(first + slot)) { continue }
                examine(slot, of: segment, prepared)
            }
            start = end
            size = min(2 * size, Self.block)
        }
    }

    private mutating func prepare(for segment: CodeSegment) -> PreparedQuery {
        if let prepared, prepared.direction == segment.direction { return prepared }
        let fresh = PreparedQuery(
            query.span,
            norm: norm,
            direction: segment.direction,
            metric: metric,
            paddedDimensions: segment.rows.dimensions
        )
        prepared = fresh
        return fresh
    }

    /// Looks at the whole codes of a row.
    private mutating func examine(
        _ slot: Int,
        of segment: CodeSegment,
        _ prepared: PreparedQuery
    ) {
        guard segment.isLive(slot) else { return }
        let dot = kernels.dot(segment.rows, row: slot, with: prepared.codes)
        let layout = segment.layout
        let (key, error) = prepared.estimate(
            dot: dot,
            along: segment.factor(layout.along, slot),
            scale: segment.factor(layout.scale, slot),
            error: segment.factor(layout.fineError, slot),
            halfSquare: segment.factor(layout.halfSquare, slot)
        )
        guard !(key + error < lowerBounds.threshold) else { return }
        let ordinal = Ordinal(segment.firstOrdinal.position + slot)
        candidates.append(Candidate(ordinal: ordinal, key: key, error: error))
        lowerBounds.insert(Neighbor(ordinal: ordinal, score: key - error))
    }

    /// Fetches the rows that are not ruled out, the likeliest first, and returns the best.
    mutating func decide(_ rows: any VectorRows) throws -> [Neighbor] {
        let threshold = lowerBounds.threshold
        candidates.removeAll { $0.key + $0.error < threshold }
        candidates.sort { $0.key > $1.key || ($0.key == $1.key && $0.ordinal < $1.ordinal) }
        var best = TopNeighbors(k: k)
        try fetch(candidates.prefix(k), from: rows, into: &best)
        guard candidates.count > k, let prepared else { return best.sorted() }
        let key = prepared.key(forScore: best.threshold)
        try fetch(
            candidates.dropFirst(k).filter { !($0.key + $0.error < key) },
            from: rows,
            into: &best
        )
        return best.sorted()
    }

    private func fetch(
        _ wanted: some Collection<Candidate>,
        from rows: any VectorRows,
        into best: inout TopNeighbors
    ) throws {
        // In the order of the store, which reads it fastest.
        let ordinals = wanted.map(\.ordinal).sorted()
        guard !ordinals.isEmpty else { return }
        var scores = [Float](repeating: .nan, count: ordinals.count)
        var isWrong = false
        let query = query.span
        try rows.withRows(ordinals) { position, row in
            guard row.count == query.count else {
                isWrong = true
                return
            }
            scores[position] =
                metric == .l2 ? -kernels.l2Squared(query, row) : kernels.dot(query, row)
        }
        for (ordinal, score) in zip(ordinals, scores) {
            guard !isWrong, !score.isNaN else { throw VectorIndexError.missingRow(ordinal) }
            best.insert(Neighbor(ordinal: ordinal, score: score))
        }
    }
}

extension CodeSegment {
    /// The factor of a slot in the part that starts at `offset`.
    @inline(__always)
    func factor(_ offset: Int, _ slot: Int) -> Float {
        bytes.withElements(of: Float.self, at: offset, count: slotCount) { $0[slot] }
    }
}
