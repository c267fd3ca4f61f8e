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

    private let query: [Float]
    private let norm: Double
    private let k: Int
    private let metric: Metric
    private let kernels = DistanceKernels.current
    private var prepared: PreparedQuery?
    private var candidates: [Candidate] = []
    /// The best lower bounds of keys, as scores.
    private var lowerBounds: TopNeighbors
    /// The rows of a segment that are not ruled out by half of their codes, and those of them that
    /// are looked at together.
    private var hits = NibbleHits(capacity: CodeSegment.capacity)
    private var group = NibbleHits(capacity: CodeSegment.capacity)

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
        let prepared = prepare(for: segment)
        let first = segment.firstOrdinal.position
        group.clear()
        if let filter {
            let range = first..<first + segment.slotCount
            let wanted = filter.count(in: range)
            guard wanted > 0 else { return }
            // Looking at one row costs about as much as scanning eight.
            if wanted < segment.slotCount / 8 {
                for ordinal in filter.members(in: range) {
                    group.append(UInt32(ordinal.position - first), bound: .infinity)
                }
                examineGroup(of: segment, prepared)
                return
            }
        }
        kernels.scan(
            segment.rows,
            0..<segment.slotCount,
            for: prepared.codes,
            threshold: lowerBounds.threshold,
            hits: &hits
        )
        // Most of what half of the codes leave would be ruled out if the best rows were known: so the
        // rows with the greatest bounds are looked at before the others.
        var least: Float?
        if hits.count > 4 * k {
            let great = greatBound()
            least = great
            for i in 0..<hits.count where hits.bounds[i] >= great {
                append(hits.rows[i], hits.bounds[i], first, filter)
            }
            examineGroup(of: segment, prepared)
            group.clear()
        }
        let threshold = lowerBounds.threshold
        for i in 0..<hits.count where hits.bounds[i] >= threshold {
            if let least, hits.bounds[i] >= least { continue }
            append(hits.rows[i], hits.bounds[i], first, filter)
        }
        examineGroup(of: segment, prepared)
    }

    private mutating func append(
        _ slot: UInt32,
        _ bound: Float,
        _ first: Int,
        _ filter: OrdinalSet?
    ) {
        if let filter, !filter.contains(Ordinal(first + Int(slot))) { return }
        group.append(slot, bound: bound)
    }

    /// A bound that is exceeded by about 2·`k` of the hits: the least of the greatest of as many
    /// strips of them.
    private func greatBound() -> Float {
        let strips = min(2 * k, hits.count)
        var least = Float.infinity
        var start = 0
        for strip in 1...strips {
            let end = hits.count * strip / strips
            var greatest = -Float.infinity
            for i in start..<end { greatest = max(greatest, hits.bounds[i]) }
            least = min(least, greatest)
            start = end
        }
        return least
    }

    /// The query in the terms of `segment`.
    private mutating func prepare(for segment: CodeSegment) -> PreparedQuery {
        var fitted =
            prepared?.direction == segment.direction
            ? prepared
            : PreparedQuery(
                query.span,
                norm: norm,
                direction: segment.direction,
                metric: metric,
                paddedDimensions: segment.rows.dimensions
            )
        fitted?.fit(maximumNorm: segment.maximumNorm, radius: segment.radius)
        guard let fitted else { preconditionFailure("a query was not prepared") }
        prepared = fitted
        return fitted
    }

    /// Looks at the whole codes of the rows in `group`.
    private mutating func examineGroup(of segment: CodeSegment, _ prepared: PreparedQuery) {
        guard group.count > 0 else { return }
        kernels.multiply(segment.rows, with: prepared.codes, hits: &group)
        segment.withFactors { along, scale, error, halfSquare in
            for i in 0..<group.count {
                let slot = Int(group.rows[i])
                guard segment.isLive(slot) else { continue }
                let (key, error) = prepared.estimate(
                    dot: group.dots[i],
                    along: along[slot],
                    scale: scale[slot],
                    error: error[slot],
                    halfSquare: halfSquare[slot]
                )
                guard !(key + error < lowerBounds.threshold) else { continue }
                let ordinal = Ordinal(segment.firstOrdinal.position + slot)
                candidates.append(Candidate(ordinal: ordinal, key: key, error: error))
                lowerBounds.insert(Neighbor(ordinal: ordinal, score: key - error))
            }
        }
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
    /// Calls `body` with what is known of each slot: the component along the direction, the scale,
    /// the error of whole codes, and half the squared norm.
    @inline(__always)
    fileprivate func withFactors(
        _ body: (Span<Float>, Span<Float>, Span<Float>, Span<Float>) -> Void
    ) {
        bytes.withElements(of: Float.self, at: layout.along, count: slotCount) { along in
            bytes.withElements(of: Float.self, at: layout.scale, count: slotCount) { scale in
                bytes.withElements(of: Float.self, at: layout.fineError, count: slotCount) {
                    error in
                    bytes.withElements(of: Float.self, at: layout.halfSquare, count: slotCount) {
                        body(along, scale, error, $0)
                    }
                }
            }
        }
    }
}
