import Testing
import VectorIndex

@Suite struct HNSWIndexTests {
    /// The share of the exact `k` nearest that a search finds; ties with the last of them count.
    static func recall(
        _ index: HNSWIndex,
        _ flat: FlatIndex,
        _ queries: [[Float]],
        k: Int,
        ef: Int,
        in filter: OrdinalSet? = nil
    ) throws -> Double {
        var found = 0, wanted = 0
        for query in queries {
            let exact = try flat.neighbors(of: query, k: k, in: filter)
            let least = (exact.last?.score ?? 0) - 1e-6
            found += try index.neighbors(of: query, k: k, ef: ef, in: filter).count {
                $0.score >= least
            }
            wanted += exact.count
        }
        return Double(found) / Double(wanted)
    }

    @Test func findsRealEmbeddings() throws {
        // The sample beside the repository, or vectors like it where there is none.
        let dimensions = SampleVectors.dimensions
        let count = 3000
        let base =
            SampleVectors.base.map { Array($0.prefix(count * dimensions)) }
            ?? Vectors.make(.embeddings, count: count, dimensions: dimensions, seed: 5)
        let queries = Vectors.rows(
            SampleVectors.queries.map { Array($0.prefix(40 * dimensions)) }
                ?? Vectors.make(.embeddings, count: 40, dimensions: dimensions, seed: 6),
            dimensions: dimensions
        )
        let index = try HNSWIndex(
            dimensions: dimensions,
            metric: .innerProduct,
            vectors: base,
            parameters: HNSWParameters(efConstruction: 100)
        )
        let flat = try FlatIndex(dimensions: dimensions, metric: .innerProduct, vectors: base)
        #expect(index.violations() == [])
        #expect(try Self.recall(index, flat, queries, k: 10, ef: 128) >= 0.99)
        for step in [2, 10, 100, 1000] {
            let filter = OrdinalSet(stride(from: 0, to: count, by: step).map { Ordinal($0) })
            #expect(try Self.recall(index, flat, queries, k: 10, ef: 64, in: filter) >= 0.99)
        }
    }

    @Test(arguments: Metric.allCases)
    func findsClusteredVectors(metric: Metric) throws {
        let dimensions = 24
        var vectors = Vectors.make(.clustered, count: 1500, dimensions: dimensions, seed: 1)
        if metric == .innerProduct {
            vectors = Vectors.rows(vectors, dimensions: dimensions).flatMap(Vectors.normalized)
        }
        let index = try HNSWIndex(dimensions: dimensions, metric: metric, vectors: vectors)
        let flat = try FlatIndex(dimensions: dimensions, metric: metric, vectors: vectors)
        let queries = Vectors.rows(
            Vectors.make(.clustered, count: 50, dimensions: dimensions, seed: 2),
            dimensions: dimensions
        )
        #expect(index.violations() == [])
        #expect(try Self.recall(index, flat, queries, k: 10, ef: 128) >= 0.99)
        let bare = index.with(rows: nil)
        for query in queries.prefix(5) {
            let exact = try flat.neighbors(of: query, k: 1)
            let estimate = try #require(bare.neighbors(of: query, k: 1, ef: 64).first)
            let size = max(abs(exact[0].score), 1)
            #expect(abs(estimate.score - exact[0].score) < 0.05 * size)
        }
    }

    /// Points on a line, drawn by hand: everyone knows who is next to whom.
    @Test func aLineIsALine() throws {
        let builder = try HNSWBuilder(
            dimensions: 1,
            metric: .l2,
            parameters: HNSWParameters(m: 2, efConstruction: 8)
        )
        for slot in 0..<10 { try builder.insert([Float(slot)], at: Ordinal(slot)) }
        let line = ArrayRows(dimensions: 1, elements: (0..<10).map { Float($0) })
        let index = builder.snapshot(rows: line)
        #expect(index.violations() == [])
        let answer = try index.neighbors(of: [3.2], k: 3, ef: 10)
        #expect(answer.map(\.ordinal.rawValue) == [3, 4, 2])
        let tie = try index.neighbors(of: [6.5], k: 2, ef: 10)
        #expect(tie.map(\.ordinal.rawValue) == [6, 7])
        #expect(tie.map(\.score) == [-0.25, -0.25])
    }

    @Test func equalVectorsAreAllFound() throws {
        let vectors = Vectors.make(.allEqual, count: 40, dimensions: 5, seed: 1)
        let index = try HNSWIndex(dimensions: 5, metric: .l2, vectors: vectors)
        #expect(index.violations() == [])
        let answer = try index.neighbors(of: Array(vectors.prefix(5)), k: 10, ef: 40)
        #expect(answer.count == 10)
        #expect(answer.map(\.ordinal) == answer.map(\.ordinal).sorted())
    }

    @Test(arguments: Vectors.Kind.allCases, Metric.allCases)
    func anyVectorsMakeASoundGraph(kind: Vectors.Kind, metric: Metric) throws {
        let vectors = Vectors.make(kind, count: 400, dimensions: 9, seed: 3)
        let index = try HNSWIndex(dimensions: 9, metric: metric, vectors: vectors)
        #expect(index.violations() == [])
        let answer = try index.neighbors(of: Array(vectors.suffix(9)), k: 5, ef: 32)
        #expect(answer.count == 5)
        #expect(zip(answer, answer.dropFirst()).allSatisfy { $0.precedes($1) })
    }

    @Test func theSameSeedGivesTheSameGraph() throws {
        let vectors = Vectors.make(.crowded, count: 600, dimensions: 16, seed: 4)
        func make(seed: UInt64) throws -> [[UInt8]] {
            try HNSWIndex(
                dimensions: 16,
                metric: .innerProduct,
                vectors: vectors,
                parameters: HNSWParameters(m: 8, efConstruction: 40, seed: seed)
            ).segments()
        }
        #expect(try make(seed: 1) == make(seed: 1))
        #expect(try make(seed: 1) != make(seed: 2))
    }

    @Test func smallGraphsAnswer() throws {
        let builder = try HNSWBuilder(dimensions: 2, metric: .innerProduct)
        #expect(try builder.snapshot().neighbors(of: [1, 0], k: 3) == [])
        try builder.insert([1, 0], at: Ordinal(77))
        let one = builder.snapshot()
        #expect(try one.neighbors(of: [1, 0], k: 3).map(\.ordinal) == [Ordinal(77)])
        #expect(one.contains(Ordinal(77)) && !one.contains(Ordinal(76)))
        #expect(try one.neighbors(of: [1, 0], k: 0) == [])
        #expect(try one.neighbors(of: [1, 0], k: 1, in: OrdinalSet([Ordinal(3)])) == [])
    }

    @Test func badRequestsAreRefused() throws {
        #expect(throws: VectorIndexError.self) { try HNSWBuilder(dimensions: 0, metric: .l2) }
        #expect(throws: VectorIndexError.self) {
            try HNSWBuilder(dimensions: 2, metric: .l2, parameters: HNSWParameters(m: 1))
        }
        let builder = try HNSWBuilder(dimensions: 2, metric: .l2)
        #expect(throws: VectorIndexError.dimensionMismatch(expected: 2, actual: 1)) {
            try builder.insert([1], at: Ordinal(0))
        }
        #expect(throws: VectorIndexError.notFinite(Ordinal(4))) {
            try builder.insert([1, .nan], at: Ordinal(4))
        }
        #expect(builder.count == 0)
        try builder.insert([1, 2], at: Ordinal(0))
        #expect(throws: VectorIndexError.dimensionMismatch(expected: 2, actual: 3)) {
            try builder.snapshot().neighbors(of: [1, 2, 3], k: 1)
        }
        let lost = builder.snapshot(rows: ArrayRows(dimensions: 2, elements: []))
        #expect(throws: VectorIndexError.missingRow(Ordinal(0))) {
            try lost.neighbors(of: [1, 2], k: 1)
        }
    }
}
