import Testing

@testable import VectorIndex

@Suite struct HNSWFilterTests {
    static let dimensions = 24, count = 12_000

    /// A graph, the exact index, and queries, made once.
    static let sample = Result {
        let vectors = Vectors.make(.clustered, count: count, dimensions: dimensions, seed: 1)
        return (
            graph: try HNSWIndex(dimensions: dimensions, metric: .innerProduct, vectors: vectors),
            flat: try FlatIndex(dimensions: dimensions, metric: .innerProduct, vectors: vectors),
            queries: Vectors.rows(
                Vectors.make(.clustered, count: 100, dimensions: dimensions, seed: 2),
                dimensions: dimensions
            )
        )
    }

    static func recall(in filter: OrdinalSet, ef: Int = 64) throws -> Double {
        let (graph, flat, queries) = try sample.get()
        var found = 0, wanted = 0
        for query in queries {
            let truth = try flat.neighbors(of: query, k: 10, in: filter)
            let answer = try graph.neighbors(of: query, k: 10, ef: ef, in: filter)
            #expect(answer.allSatisfy { filter.contains($0.ordinal) })
            #expect(answer.count == truth.count)
            found += Set(truth.map(\.ordinal)).intersection(answer.map(\.ordinal)).count
            wanted += truth.count
        }
        return Double(found) / Double(wanted)
    }

    static func random(share: Double) -> OrdinalSet {
        var random = SplitMix64(seed: 9)
        return OrdinalSet(
            (0..<count).filter { _ in Double.random(in: 0..<1, using: &random) < share }
                .map(Ordinal.init)
        )
    }

    @Test(arguments: [0.9, 0.5, 0.3, 0.1, 0.01, 0.001])
    func randomPartsAreSearchedWell(share: Double) throws {
        #expect(try Self.recall(in: Self.random(share: share)) >= 0.99)
    }

    /// The matches are what lies farthest from the query: no walk is led to them.
    @Test func partsFarFromTheQueryAreFound() throws {
        let (graph, flat, queries) = try Self.sample.get()
        for query in queries.prefix(20) {
            let all = try flat.neighbors(of: query, k: Self.count)
            let filter = OrdinalSet(all.suffix(Self.count * 6 / 10).map(\.ordinal))
            let truth = try flat.neighbors(of: query, k: 10, in: filter)
            let answer = try graph.neighbors(of: query, k: 10, ef: 32, in: filter)
            #expect(answer.count == 10)
            #expect(Set(truth.map(\.ordinal)).intersection(answer.map(\.ordinal)).count == 10)
        }
    }

    @Test func fewMatchesAreComparedAndManyAreWalkedTo() {
        #expect(FilterPlan(matches: 1_000, of: 100_000, ef: 64) == .scan)
        #expect(FilterPlan(matches: 100_000, of: 100_000, ef: 64) == .walk(ef: 64))
        #expect(FilterPlan(matches: 20_000, of: 100_000, ef: 64) == .walk(ef: 96))
        // The wider the beam, the more matches are compared.
        let turns = [16, 64, 256].map { ef in
            stride(from: 0, through: 100_000, by: 100).first {
                FilterPlan(matches: $0, of: 100_000, ef: ef) != .scan
            } ?? .max
        }
        #expect(turns == turns.sorted() && Set(turns).count == 3)
    }

    @Test func slotsThatLieApartAreFound() throws {
        let builder = try HNSWBuilder(dimensions: 3, metric: .l2)
        for slot in 0..<50 {
            try builder.insert([Float(slot), 1, 0], at: Ordinal(slot * 40_000_000))
        }
        let index = builder.snapshot()
        #expect(index.contains(Ordinal(40_000_000)) && !index.contains(Ordinal(40_000_001)))
        let filter = OrdinalSet([Ordinal(0), Ordinal(5), Ordinal(80_000_000)])
        #expect(
            try index.neighbors(of: [0, 1, 0], k: 5, in: filter).map(\.ordinal)
                == [Ordinal(0), Ordinal(80_000_000)]
        )
    }
}
