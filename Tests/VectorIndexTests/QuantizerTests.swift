import Testing
import VectorKernels

@testable import VectorIndex

/// What an index relies on in every quantizer.
@Suite struct QuantizerTests {
    private static let dimensions = 200

    /// Scores of all pairs, as brute force has them, and as `quantizer` estimates them with what it says
    /// that they may be off by.
    private func pairs<Q: Quantizer>(
        _ quantizer: Q,
        _ rows: [[Float]],
        _ queries: [[Float]]
    ) -> [(exact: Float, estimate: Float, bound: Float)] {
        let codes = rows.map { quantizer.encode($0.span) }
        return queries.flatMap { query in
            let prepared = quantizer.prepare(query.span)
            return zip(rows, codes).map { row, code in
                (
                    quantizer.metric.score(query.span, row.span, .current),
                    quantizer.score(of: code, for: prepared),
                    quantizer.bound(of: code, for: prepared)
                )
            }
        }
    }

    private func vectors(_ kind: Vectors.Kind, _ count: Int, seed: UInt64) -> [Float] {
        Vectors.make(kind, count: count, dimensions: Self.dimensions, seed: seed)
    }

    /// An exact search rules rows out by the bound.
    @Test(arguments: Vectors.Kind.allCases, Metric.allCases)
    func noScoreOfARowIsOutOfBounds(kind: Vectors.Kind, metric: Metric) {
        let vectors = vectors(kind, 200, seed: 1)
        let direction = meanDirection(
            vectors.span,
            dimensions: Self.dimensions,
            live: [UInt64](repeating: .max, count: 4)
        )
        let pairs = pairs(
            RowQuantizer(metric: metric, direction: direction),
            Vectors.rows(vectors, dimensions: Self.dimensions),
            Vectors.rows(self.vectors(kind, 5, seed: 2), dimensions: Self.dimensions)
        )
        for (exact, estimate, bound) in pairs {
            #expect(abs(exact - estimate) <= bound, "\(exact), not \(estimate) ± \(bound)")
        }
    }

    /// A graph's candidates are chosen by the bound: luck alone leads out of it, and it says something.
    @Test(arguments: Metric.allCases, [Vectors.Kind.random, .crowded, .embeddings])
    func nearlyAllScoresOfNodesAreInBounds(metric: Metric, kind: Vectors.Kind) {
        let vectors = vectors(kind, 300, seed: 3)
        let rows = Vectors.rows(vectors, dimensions: Self.dimensions)
        let quantizer = GraphQuantizer(
            metric: metric,
            dimensions: Self.dimensions,
            learningFrom: vectors.span
        )
        let pairs = pairs(quantizer, rows, Array(rows.prefix(20)))
        let inside = pairs.count { abs($0.exact - $0.estimate) <= $0.bound }
        #expect(Double(inside) / Double(pairs.count) > 0.99)
        let exact = pairs.map(\.exact).sorted()
        let spread = exact[exact.count * 9 / 10] - exact[exact.count / 10]
        #expect(pairs.allSatisfy { $0.bound < spread })
    }
}
