internal import VectorKernels

/// What vectors are searched with: a comparison of all, or a walk with what it does not know yet.
package enum VectorSearch: Sendable {
    /// Compares every vector; nothing is missed.
    case exact(FlatIndex)
    /// Walks a graph, and compares the vectors that it does not know; nearly nothing is missed.
    case graph(HNSWIndex, PendingVectors)

    /// Whether nothing is missed.
    package var isExact: Bool {
        if case .exact = self { true } else { false }
    }

    /// How wide a walk is that looks for so many: the width at which walks miss next to nothing.
    package static func width(for k: Int) -> Int { max(200, 2 * k) }

    /// The `k` nearest vectors, best first, among those that `filter` allows.
    package func neighbors(of query: [Float], k: Int, in filter: OrdinalSet?) throws -> [Neighbor] {
        switch self {
        case .exact(let index): return try index.neighbors(of: query, k: k, in: filter)
        case .graph(let index, let pending):
            var found = try index.neighbors(
                of: query,
                k: k,
                ef: Self.width(for: k),
                in: filter,
                without: pending.slots
            )
            guard !pending.slots.isEmpty else { return found }
            found += try pending.scores(of: query, in: filter)
            found.sort { $0.precedes($1) }
            return Array(found.prefix(k))
        }
    }
}

/// The vectors that changed since a graph was made: few, and compared one by one.
package struct PendingVectors: Sendable {
    let slots: OrdinalSet
    let rows: any VectorRows

    /// The vectors of these ordinals, as `rows` has them.
    package init(slots: OrdinalSet, rows: any VectorRows) {
        self.slots = slots
        self.rows = rows
    }

    /// The scores of those that are still there, in no order.
    fileprivate func scores(of query: [Float], in filter: OrdinalSet?) throws -> [Neighbor] {
        var asked = slots
        if let filter { asked.formIntersection(filter) }
        let ordinals = asked.members(in: 0..<Int(UInt32.max) + 1)
        let kernels = DistanceKernels.current
        var scores: [Neighbor] = []
        try rows.withRows(ordinals) { position, row in
            guard row.count == query.count else { return }
            scores.append(
                Neighbor(ordinal: ordinals[position], score: kernels.dot(query.span, row))
            )
        }
        return scores
    }
}
