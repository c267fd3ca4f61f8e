internal import VectorKernels

extension HNSWIndex {
    /// Returns about the `k` nearest vectors to `query`, best first, ties by ordinal.
    ///
    /// - Parameters:
    ///   - query: a vector of the index's dimensions.
    ///   - k: how many to return at most.
    ///   - ef: the width of the search, at least `k`: more finds more, and takes longer.
    ///   - filter: the slots that may be answers, or `nil` for all: see `FilterPlan`.
    ///   - stale: slots that are no answers, few of them: what the graph still holds there is outdated.
    /// - Returns: neighbors with exact scores if the index has rows, else with estimates.
    /// - Throws: `VectorIndexError` for a bad query or a row that the store does not deliver, and
    ///   what the store throws.
    public func neighbors(
        of query: [Float],
        k: Int,
        ef: Int = 64,
        in filter: OrdinalSet? = nil,
        without stale: OrdinalSet = OrdinalSet()
    ) throws -> [Neighbor] {
        _ = try checkedNorm(query.span, dimensions: dimensions, ordinal: nil)
        guard k > 0, count > 0 else { return [] }
        let coded = quantizer.query(query.span)
        let beam = max(ef, k)
        let candidates: [Neighbor]
        if var filter {
            filter.subtract(stale)
            candidates = try matches(of: coded.query, k: k, ef: beam, in: filter)
        } else {
            var found = try walk(coded.query, ef: beam).filter { !stale.contains($0.ordinal) }
            if found.count < min(k, count - stale.count) {
                found = try walk(coded.query, ef: beam + stale.count)
                    .filter { !stale.contains($0.ordinal) }
            }
            candidates = shortened(found, k: k)
        }
        return try answer(candidates, to: query, coded, k: k)
    }

    /// Calls `body`, whose walks read what they miss of a graph that is not all in memory.
    func reading<R: Sendable>(_ body: () throws -> R) throws -> R {
        try stored?.walking(graph, body) ?? body()
    }

    /// The nodes that a search with a beam of `ef` finds, nearest first, with keys for scores.
    private func walk(_ query: GraphQuery, ef: Int) throws -> [Neighbor] {
        let scratch = scratches.take(GraphScratch.init)
        defer { scratches.give(scratch) }
        return try reading {
            graph.search(for: query, ef: ef, level: 0, scratch: scratch)
            return contents(of: scratch)
        }
    }

    /// The nodes in the pool of `scratch`, nearest first, with keys for scores.
    func contents(of scratch: GraphScratch) -> [Neighbor] {
        (0..<scratch.count).map { position in
            let (node, key) = scratch[position]
            return Neighbor(ordinal: Ordinal(graph.ordinals[Int(node)]), score: key)
        }
    }

    /// The `k` best of `candidates`, which come nearest first with keys for scores.
    private func answer(
        _ candidates: [Neighbor],
        to query: [Float],
        _ coded: (query: GraphQuery, offset: Float, slope: Float),
        k: Int
    ) throws -> [Neighbor] {
        guard let rows else {
            return candidates.map {
                Neighbor(ordinal: $0.ordinal, score: coded.offset + coded.slope * $0.score)
            }.sorted { $0.precedes($1) }.prefix(k).map { $0 }
        }
        return try rescored(candidates, query, k: k, rows)
    }

    /// Those of the candidates that a walk found that are worth a look at their rows: codes err by less
    /// than what separates the k-th from candidates far behind it.
    func shortened(_ candidates: [Neighbor], k: Int) -> [Neighbor] {
        Array(candidates.prefix(k + k / 2 + 5))
    }

    private func rescored(
        _ candidates: [Neighbor],
        _ query: [Float],
        k: Int,
        _ rows: any VectorRows
    ) throws -> [Neighbor] {
        let kernels = DistanceKernels.current
        let ordinals = candidates.map(\.ordinal)
        var scores = [Float](repeating: .nan, count: ordinals.count)
        let querySpan = query.span
        try rows.withRows(ordinals) { position, row in
            guard row.count == querySpan.count else { return }
            scores[position] =
                metric == .l2 ? -kernels.l2Squared(querySpan, row) : kernels.dot(querySpan, row)
        }
        var best: [Neighbor] = []
        best.reserveCapacity(ordinals.count)
        for (ordinal, score) in zip(ordinals, scores) {
            guard !score.isNaN else { throw VectorIndexError.missingRow(ordinal) }
            best.append(Neighbor(ordinal: ordinal, score: score))
        }
        best.sort { $0.precedes($1) }
        best.removeLast(max(0, best.count - k))
        return best
    }
}
