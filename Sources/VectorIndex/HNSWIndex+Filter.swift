internal import VectorKernels

/// How a graph is searched for some of its vectors.
enum FilterPlan: Equatable {
    /// Every match is compared.
    case scan
    /// The graph is walked with this beam, from match to match.
    case walk(ef: Int)

    /// Nanoseconds to compare one match, and to follow one node of a beam from match to match.
    ///
    /// Measured on one core of a Zen 4 server, 100,000 embeddings of 384 dimensions: comparing 1,000,
    /// 5,000 and 10,000 matches takes 35, 118 and 228 µs; walks with a beam of 96, which find 0.994 of the
    /// ten nearest matches, take 226 to 318 µs where 80 to 20 % of the vectors match.
    /// The plan needs their ratio alone.
    private static let comparison = 22.0, step = 2_900.0

    /// The cheaper way to find the nearest of `matches` among `count` vectors.
    init(matches: Int, of count: Int, ef: Int) {
        // A walk that looks past links sees fewer ways: a wider beam makes up for it.
        let beam = matches < count ? ef + ef / 2 : ef
        let isCheaper = Double(beam) * Self.step < Double(matches) * Self.comparison
        self = isCheaper ? .walk(ef: beam) : .scan
    }
}

extension HNSWIndex {
    /// The candidates for the `k` nearest among the slots of `filter`, nearest first, with keys for
    /// scores.
    func matches(
        of query: GraphQuery,
        k: Int,
        ef: Int,
        in filter: OrdinalSet
    ) throws -> [Neighbor] {
        guard !filter.isEmpty else { return [] }
        if case .walk(let beam) = FilterPlan(matches: filter.count, of: count, ef: ef) {
            if let found = try walk(query, k: k, ef: beam, in: filter) { return found }
        }
        return try scan(filter, query, k: k)
    }

    /// What a walk from match to match finds; nil if matches are not where the query leads.
    ///
    /// The nodes around the query are found first. If far fewer of them match than of all, the nearest
    /// matches lie around them like a shell, in every direction, and no beam finds them all.
    private func walk(
        _ query: GraphQuery,
        k: Int,
        ef: Int,
        in filter: OrdinalSet
    ) throws -> [Neighbor]? {
        let scratch = scratches.take(GraphScratch.init)
        defer { scratches.give(scratch) }
        return try reading {
            graph.search(for: query, ef: Self.around, level: 0, scratch: scratch)
            let all = scratch.count
            scratch.keep { filter.contains(Ordinal(graph.ordinals[Int($0)])) }
            let expected = Double(all) * Double(filter.count) / Double(count)
            guard scratch.count > 0, Double(scratch.count) >= expected / 4 else { return nil }
            scratch.restart()
            DistanceKernels.current.search(
                graph.nodes,
                level: 0,
                for: query,
                ef: ef,
                through: GraphFilter(slots: graph.ordinals, bits: filter.bitmap),
                scratch: scratch
            )
            // A walk that found a full beam went on until nothing nearer was left; one that did not may
            // have been cut off from the rest.
            guard scratch.count >= min(ef, filter.count) else { return nil }
            return candidates(in: scratch, for: query, k: k)
        }
    }

    /// How many nodes around a query are looked at for matches.
    private static let around = 32

    /// The nodes of `filter` that may be among its `k` nearest.
    private func scan(_ filter: OrdinalSet, _ query: GraphQuery, k: Int) throws -> [Neighbor] {
        let nodes = slots.nodes(of: filter.members(in: 0..<Int(UInt32.max) + 1))
        let keys = try reading {
            if let pager = graph.nodes.pager, !nodes.allSatisfy(pager.fetch) { return [Float]() }
            return DistanceKernels.current.keys(graph.nodes, of: nodes, for: query)
        }
        var best = TopNeighbors(k: k)
        var nearest: UInt32?
        for (node, key) in zip(nodes, keys) where key >= best.threshold {
            best.insert(Neighbor(ordinal: Ordinal(graph.ordinals[Int(node)]), score: key))
            nearest = node
        }
        guard let nearest else { return [] }
        let limit = best.threshold - Self.deviations * deviation(query, nearest)
        var candidates = zip(nodes, keys).filter { $0.1 >= limit }.map {
            Neighbor(ordinal: Ordinal(graph.ordinals[Int($0.0)]), score: $0.1)
        }
        candidates.sort { $0.precedes($1) }
        return Array(candidates.prefix(100 + 10 * k))
    }

    /// How many standard deviations the keys of two nodes may have been rounded apart: four each.
    private static let deviations: Float = 8
}
