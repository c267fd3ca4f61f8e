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
        var searches = [FlatSearch(query: query, norm: norm, k: min(k, count), metric: metric)]
        try scan(for: &searches, in: filter)
        return try searches[0].decide(rows)
    }

    /// Leads searches through all segments.
    func scan(for searches: inout [FlatSearch], in filter: OrdinalSet?) throws {
        let scratch = Self.scratches.take(FlatScratch.init)
        defer { Self.scratches.give(scratch) }
        for (number, segment) in segments.enumerated() where segment.count > 0 {
            guard let panels = panels[number] else {
                for i in searches.indices {
                    searches[i].scan(segment, number, filter, scratch.hits[0], scratch.group)
                }
                continue
            }
            var next = 0
            while next < searches.count {
                // As many as are scanned for at once, without those that look at a few rows only.
                var together: [Int] = []
                while next < searches.count, together.count < PanelRows.maximumQueries {
                    if searches[next].begin(segment, panels, filter, scratch.group) {
                        together.append(next)
                    }
                    next += 1
                }
                guard !together.isEmpty else { continue }
                let queries = together.compactMap { searches[$0].panelQuery }
                // Before anything has been looked at, every row is a hit: so a few are scanned first.
                let isFirst = together.contains { searches[$0].threshold == -.infinity }
                let seed = isFirst ? min(Self.seedSize, segment.slotCount) : 0
                for range in [0..<seed, seed..<segment.slotCount] where !range.isEmpty {
                    DistanceKernels.current.scan(
                        panels.rows,
                        range,
                        for: queries,
                        thresholds: together.map { searches[$0].threshold },
                        hits: scratch.hits
                    )
                    for (hits, i) in zip(scratch.hits, together) {
                        searches[i].sift(hits, of: segment, number, filter, scratch.group)
                    }
                }
            }
        }
        for i in searches.indices {
            try searches[i].settle(rows)
            searches[i].catchUp(segments, scratch.group)
        }
    }

    /// Shared by all indexes: what a scan needs depends on none, and some live for one search only.
    private static let scratches = ScratchPool<FlatScratch>()

    /// How many rows are scanned before there is anything to rule rows out by.
    private static let seedSize = 512
}

/// Room for what scans find, kept for the next ones.
final class FlatScratch: Sendable {
    /// The rows of a segment that are not ruled out by half of their codes, for each query of a scan.
    let hits = (0..<PanelRows.maximumQueries).map { _ in ScanHits(capacity: CodeSegment.capacity) }
    /// Those of them that are looked at together.
    let group = ScanHits(capacity: CodeSegment.capacity)
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
    /// Rows that the scan left and that have not been looked at.
    private var pending = PendingRows()
    /// The best of the rows that have been fetched, and a key that none that is better falls below.
    private var best: TopNeighbors
    private var floor = -Float.infinity

    init(query: [Float], norm: Double, k: Int, metric: Metric) {
        self.query = query
        self.norm = norm
        self.k = k
        self.metric = metric
        lowerBounds = TopNeighbors(k: k)
        best = TopNeighbors(k: k)
    }

    /// What a row's bound must reach.
    var threshold: Float { max(lowerBounds.threshold, floor) }

    /// The query as the panels that `begin` was told of see it.
    var panelQuery: PanelQuery? { prepared?.projected?.panel }

    /// Keeps the rows of `segment` that the best `k` lower bounds so far do not rule out.
    mutating func scan(
        _ segment: CodeSegment,
        _ number: Int,
        _ filter: OrdinalSet?,
        _ hits: ScanHits,
        _ group: ScanHits
    ) {
        guard begin(segment, nil, filter, group), let prepared else { return }
        kernels.scan(
            segment.rows,
            0..<segment.slotCount,
            for: prepared.codes,
            threshold: threshold,
            hits: hits
        )
        sift(hits, of: segment, number, filter, group)
    }

    /// Prepares for a segment.
    ///
    /// If it has few of the rows that `filter` allows, looks at those and returns false: a scan is not needed.
    mutating func begin(
        _ segment: CodeSegment,
        _ panels: SegmentPanels?,
        _ filter: OrdinalSet?,
        _ group: ScanHits
    ) -> Bool {
        prepare(for: segment, panels)
        guard let filter else { return true }
        let first = segment.firstOrdinal.position
        let range = first..<first + segment.slotCount
        let wanted = filter.count(in: range)
        // Looking at one row costs about as much as scanning eight.
        guard wanted < segment.slotCount / 8 else { return true }
        group.clear()
        for ordinal in filter.members(in: range) {
            group.append(UInt32(ordinal.position - first), bound: .infinity)
        }
        lookAt(group, of: segment)
        return false
    }

    /// Keeps those of `hits` that the best `k` lower bounds do not rule out.
    ///
    /// `number` is that of the segment. `hits` may be changed.
    mutating func sift(
        _ hits: ScanHits,
        of segment: CodeSegment,
        _ number: Int,
        _ filter: OrdinalSet?,
        _ group: ScanHits
    ) {
        if let filter {
            let first = segment.firstOrdinal.position
            hits.keep { filter.contains(Ordinal(first + Int($0))) }
        }
        // Most of what the scan leaves would be ruled out if the best rows of all segments were known. So
        // only the rows with the greatest bounds are looked at now, and the others once every segment
        // has been scanned.
        if hits.count > 4 * k {
            let great = hits.bound(reachedByAbout: 2 * k)
            group.take(from: hits, atLeast: great)
            lookAt(group, of: segment)
            hits.keep(atLeast: threshold, below: great)
            pending.append(hits, of: number)
        } else {
            lookAt(hits, of: segment)
        }
    }

    /// Looks at the rows that were put off.
    mutating func catchUp(_ segments: [CodeSegment], _ group: ScanHits) {
        for (number, range) in pending.ranges {
            group.clear()
            let threshold = threshold
            for i in range where !(pending.bounds[i] < threshold) {
                group.append(pending.rows[i], bound: pending.bounds[i])
            }
            lookAt(group, of: segments[number])
        }
    }

    /// Puts the query in the terms of `segment`.
    private mutating func prepare(for segment: CodeSegment, _ panels: SegmentPanels?) {
        if prepared?.direction != segment.quantizer.direction {
            prepared = segment.quantizer.prepare(query.span, norm: norm)
        }
        prepared?.fit(maximumNorm: segment.maximumNorm, radius: segment.radius, panels)
    }

    /// Looks at the whole codes of the rows in `group`.
    private mutating func lookAt(_ group: ScanHits, of segment: CodeSegment) {
        guard group.count > 0, let prepared else { return }
        kernels.multiply(segment.rows, with: prepared.codes, hits: group)
        segment.withFactors { along, scale, error, halfSquare in
            group.withProducts { slots, dots in
                var threshold = threshold
                for i in slots.indices {
                    let slot = Int(slots[i])
                    guard segment.isLive(slot) else { continue }
                    let (key, error) = prepared.estimate(
                        dot: dots[i],
                        along: along[slot],
                        scale: scale[slot],
                        error: error[slot],
                        halfSquare: halfSquare[slot]
                    )
                    guard !(key + error < threshold) else { continue }
                    let ordinal = Ordinal(segment.firstOrdinal.position + slot)
                    candidates.append(Candidate(ordinal: ordinal, key: key, error: error))
                    lowerBounds.insert(Neighbor(ordinal: ordinal, score: key - error))
                    threshold = max(lowerBounds.threshold, floor)
                }
            }
        }
    }

    /// Fetches the `k` likeliest rows: their scores rule out more than bounds do.
    mutating func settle(_ rows: any VectorRows) throws {
        let threshold = threshold
        candidates.removeAll { $0.key + $0.error < threshold }
        candidates.sort { $0.key > $1.key || ($0.key == $1.key && $0.ordinal < $1.ordinal) }
        try fetch(candidates.prefix(k), from: rows)
        candidates.removeFirst(min(k, candidates.count))
        guard best.isFull, let prepared else { return }
        floor = prepared.key(forScore: best.threshold)
    }

    /// Fetches the other rows that are not ruled out, and returns the best.
    mutating func decide(_ rows: any VectorRows) throws -> [Neighbor] {
        let threshold = threshold
        try fetch(candidates.filter { !($0.key + $0.error < threshold) }, from: rows)
        return best.sorted()
    }

    private mutating func fetch(
        _ wanted: some Collection<Candidate>,
        from rows: any VectorRows
    ) throws {
        // In the order of the store, which reads it fastest.
        let ordinals = wanted.map(\.ordinal).sorted()
        guard !ordinals.isEmpty else { return }
        var scores = [Float](repeating: .nan, count: ordinals.count)
        var isWrong = false
        let vector = query
        let query = vector.span
        try rows.withRows(ordinals) { position, row in
            guard row.count == query.count else {
                isWrong = true
                return
            }
            scores[position] = metric.score(query, row, kernels)
        }
        for (ordinal, score) in zip(ordinals, scores) {
            guard !isWrong, !score.isNaN else { throw VectorIndexError.missingRow(ordinal) }
            best.insert(Neighbor(ordinal: ordinal, score: score))
        }
    }
}

/// Rows of several segments, with their bounds.
private struct PendingRows {
    var rows: [UInt32] = []
    var bounds: [Float] = []
    /// Which segment has which of the rows.
    var ranges: [(segment: Int, range: Range<Int>)] = []

    mutating func append(_ hits: ScanHits, of segment: Int) {
        guard hits.count > 0 else { return }
        let start = rows.count
        hits.withBounds { numbers, limits in
            for i in numbers.indices {
                rows.append(numbers[i])
                bounds.append(limits[i])
            }
        }
        ranges.append((segment, start..<rows.count))
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
