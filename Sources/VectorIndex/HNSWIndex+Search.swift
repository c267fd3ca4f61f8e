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
        try checkQuery(query.span, dimensions: dimensions)
        guard k > 0, count > 0 else { return [] }
        let coded = quantizer.prepare(query.span)
        let beam = max(ef, k)
        let candidates: [Neighbor]
        if var filter {
            filter.subtract(stale)
            candidates = try matches(of: coded.codes, k: k, ef: beam, in: filter)
        } else {
            candidates = try nearest(to: coded.codes, k: k, ef: beam, without: stale)
        }
        return try answer(candidates, to: query, coded, k: k)
    }

    /// Calls `body`, whose walks read what they miss of a graph that is not all in memory.
    func reading<R: Sendable>(_ body: () throws -> R) throws -> R {
        try stored?.walking(graph, body) ?? body()
    }

    /// The candidates for the `k` nearest that a walk with a beam of `ef` finds.
    private func nearest(
        to query: GraphQuery,
        k: Int,
        ef: Int,
        without stale: OrdinalSet
    ) throws -> [Neighbor] {
        func walk(_ ef: Int) throws -> [Neighbor] {
            let scratch = scratches.take(GraphScratch.init)
            defer { scratches.give(scratch) }
            return try reading {
                graph.search(for: query, ef: ef, level: 0, scratch: scratch)
                return candidates(in: scratch, for: query, k: k, without: stale)
            }
        }
        let found = try walk(ef)
        guard found.count < min(k, count - stale.count) else { return found }
        return try walk(ef + stale.count)
    }

    /// The nodes in the pool of `scratch` that may be among the `k` nearest, nearest first, with keys for
    /// scores: the rounding of codes can have put others so far behind the k-th only with luck.
    func candidates(
        in scratch: GraphScratch,
        for query: GraphQuery,
        k: Int,
        without stale: OrdinalSet = OrdinalSet()
    ) -> [Neighbor] {
        var found: [Neighbor] = []
        found.reserveCapacity(min(scratch.count, 2 * k))
        var limit = -Float.infinity
        for position in 0..<scratch.count {
            let (node, key) = scratch[position]
            guard key >= limit else { break }
            let ordinal = Ordinal(graph.ordinals[Int(node)])
            if !stale.isEmpty, stale.contains(ordinal) { continue }
            found.append(Neighbor(ordinal: ordinal, score: key))
            if found.count == k { limit = key - GraphQuantizer.deviations * deviation(query, node) }
        }
        return found
    }

    /// The standard deviation of a key by the rounding of the codes, for nodes like `node`.
    func deviation(_ query: GraphQuery, _ node: UInt32) -> Float {
        graph.nodes.withCodes(of: node) { quantizer.keyDeviation(of: $0, for: query) }
    }

    /// The `k` best of `candidates`, which come nearest first with keys for scores.
    private func answer(
        _ candidates: [Neighbor],
        to query: [Float],
        _ coded: PreparedGraphQuery,
        k: Int
    ) throws -> [Neighbor] {
        guard let rows else {
            return candidates.map {
                Neighbor(ordinal: $0.ordinal, score: coded.score(ofKey: $0.score))
            }.sorted { $0.precedes($1) }.prefix(k).map { $0 }
        }
        return try rescored(candidates, query, k: k, rows)
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
            scores[position] = metric.score(querySpan, row, kernels)
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
