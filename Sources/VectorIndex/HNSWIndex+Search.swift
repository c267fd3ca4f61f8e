internal import VectorKernels

extension HNSWIndex {
    /// Returns about the `k` nearest vectors to `query`, best first, ties by ordinal.
    ///
    /// - Parameters:
    ///   - query: a vector of the index's dimensions.
    ///   - k: how many to return at most.
    ///   - ef: the width of the search, at least `k`: more finds more, and takes longer.
    ///   - filter: the slots that may be answers, or `nil` for all. Few of them are looked at one by
    ///     one; many are found by a walk that is wider in proportion.
    /// - Returns: neighbors with exact scores if the index has rows, else with estimates.
    /// - Throws: `VectorIndexError` for a bad query or a row that the store does not deliver, and
    ///   what the store throws.
    public func neighbors(
        of query: [Float],
        k: Int,
        ef: Int = 64,
        in filter: OrdinalSet? = nil
    ) throws -> [Neighbor] {
        _ = try checkedNorm(query.span, dimensions: dimensions, ordinal: nil)
        guard k > 0, count > 0 else { return [] }
        let coded = quantizer.query(query.span)
        var candidates: [Neighbor]
        let beam = max(ef, k)
        if let filter {
            guard !filter.isEmpty else { return [] }
            // The walk is as much wider as matches are rarer; a hop looks at a dozen new nodes.
            let width = Double(beam) * Double(count) / Double(filter.count)
            if Double(filter.count) < 12 * width {
                candidates = scan(filter, coded.query)
            } else {
                candidates = walk(coded.query, ef: min(count, Int(width * 1.2))).filter {
                    filter.contains($0.ordinal)
                }
            }
        } else {
            candidates = walk(coded.query, ef: beam)
        }
        guard let rows else {
            return candidates.map {
                Neighbor(ordinal: $0.ordinal, score: coded.offset + coded.slope * $0.score)
            }.sorted { $0.precedes($1) }.prefix(k).map { $0 }
        }
        // Codes err by less than what separates the k-th from candidates far behind it.
        candidates.removeLast(max(0, candidates.count - (k + k / 2 + 5)))
        return try rescored(candidates, query, k: k, rows)
    }

    /// The nodes that a search with a beam of `ef` finds, nearest first, with keys for scores.
    private func walk(_ query: GraphQuery, ef: Int) -> [Neighbor] {
        var scratch = scratches.take(GraphScratch.init)
        graph.search(for: query, ef: ef, level: 0, scratch: &scratch)
        let found = (0..<scratch.count).map { position in
            let (node, key) = scratch[position]
            return Neighbor(ordinal: Ordinal(graph.ordinals[Int(node)]), score: key)
        }
        scratches.give(scratch)
        return found
    }

    /// All nodes of `filter`, nearest first, with keys for scores.
    private func scan(_ filter: OrdinalSet, _ query: GraphQuery) -> [Neighbor] {
        let kernels = DistanceKernels.current
        var found: [Neighbor] = []
        for ordinal in filter.members(in: 0..<Int(UInt32.max) + 1) {
            guard let node = node(of: ordinal) else { continue }
            found.append(
                Neighbor(ordinal: ordinal, score: kernels.key(graph.nodes, node, for: query))
            )
        }
        return found.sorted { $0.precedes($1) }
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
