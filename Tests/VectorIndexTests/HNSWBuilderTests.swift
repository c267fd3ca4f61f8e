import Testing
import VectorIndex

@Suite struct HNSWBuilderTests {
    /// A random script of insertions, replacements and removals; everything holds after each step.
    @Test(arguments: Metric.allCases, [1, 2, 3] as [UInt64])
    func holdsThroughARandomScript(metric: Metric, seed: UInt64) throws {
        let dimensions = 6
        var random = SplitMix64(seed: seed)
        let builder = try HNSWBuilder(
            dimensions: dimensions,
            metric: metric,
            parameters: HNSWParameters(m: 3, efConstruction: 12, seed: seed),
            sample: Vectors.make(.clustered, count: 50, dimensions: dimensions, seed: 1)
        )
        var held: [Int: [Float]] = [:]
        for step in 0..<400 {
            let slot = Int.random(in: 0..<60, using: &random)
            // It grows, then shrinks to nothing, then grows again.
            let removes = Int.random(in: 0..<10, using: &random) < (step / 130 == 1 ? 8 : 3)
            if removes {
                #expect(builder.remove(Ordinal(slot)) == (held.removeValue(forKey: slot) != nil))
            } else {
                let vector = Vectors.make(
                    .clustered,
                    count: 1,
                    dimensions: dimensions,
                    seed: random.next()
                )
                try builder.insert(vector, at: Ordinal(slot))
                held[slot] = vector
            }
            #expect(builder.violations() == [])
            #expect(builder.count == held.count)
        }
        var rows = [[Float]?](repeating: nil, count: 60)
        for (slot, vector) in held { rows[slot] = vector }
        let index = builder.snapshot(rows: DictionaryRows(rows, firstOrdinal: 0))
        #expect(index.violations() == [])
        #expect(index.reachableCount() == held.count)
        let query = Vectors.make(.clustered, count: 1, dimensions: dimensions, seed: 9)
        #expect(
            try index.neighbors(of: query, k: 5, ef: 60)
                == bruteForce(query, rows, metric: metric, k: 5)
        )
    }

    @Test func everythingMayGoAtOnce() throws {
        let builder = try HNSWBuilder(dimensions: 4, metric: .l2)
        let vectors = Vectors.rows(
            Vectors.make(.random, count: 500, dimensions: 4, seed: 1),
            dimensions: 4
        )
        for (slot, vector) in vectors.enumerated() { try builder.insert(vector, at: Ordinal(slot)) }
        #expect(builder.remove((0..<600).map { Ordinal($0) }) == 500)
        #expect(builder.count == 0)
        #expect(builder.violations() == [])
        #expect(try builder.snapshot().neighbors(of: vectors[0], k: 1) == [])
        try builder.insert(vectors[7], at: Ordinal(7))
        #expect(try builder.snapshot().neighbors(of: vectors[0], k: 1).count == 1)
    }

    /// After half of the vectors have been replaced, the graph finds as much as a new one.
    @Test func replacingHalfKeepsRecall() throws {
        let dimensions = 32
        let old = Vectors.rows(
            Vectors.make(.embeddings, count: 2000, dimensions: dimensions, seed: 1),
            dimensions: dimensions
        )
        let new = Vectors.rows(
            Vectors.make(.embeddings, count: 2000, dimensions: dimensions, seed: 2),
            dimensions: dimensions
        )
        let queries = Vectors.rows(
            Vectors.make(.embeddings, count: 60, dimensions: dimensions, seed: 3),
            dimensions: dimensions
        )
        let parameters = HNSWParameters(m: 8, efConstruction: 60)
        let builder = try HNSWBuilder(
            dimensions: dimensions,
            metric: .innerProduct,
            parameters: parameters
        )
        for (slot, vector) in old.enumerated() { try builder.insert(vector, at: Ordinal(slot)) }
        var random = SplitMix64(seed: 4)
        var now = old
        let slots = Array((0..<2000).shuffled(using: &random).prefix(1000))
        for part in stride(from: 0, to: slots.count, by: 100) {
            let some = slots[part..<part + 100]
            builder.remove(some.map { Ordinal($0) })
            for slot in some {
                try builder.insert(new[slot], at: Ordinal(slot))
                now[slot] = new[slot]
            }
        }
        #expect(builder.violations() == [])
        let flat = try FlatIndex(
            dimensions: dimensions,
            metric: .innerProduct,
            vectors: now.flatMap { $0 }
        )
        let rows = ArrayRows(dimensions: dimensions, elements: now.flatMap { $0 })
        let changed = try HNSWIndexTests.recall(
            builder.snapshot(rows: rows),
            flat,
            queries,
            k: 10,
            ef: 50
        )
        let fresh = try HNSWIndexTests.recall(
            try HNSWIndex(
                dimensions: dimensions,
                metric: .innerProduct,
                vectors: now.flatMap { $0 },
                parameters: parameters
            ),
            flat,
            queries,
            k: 10,
            ef: 50
        )
        #expect(changed >= fresh - 0.005)
    }

    @Test func goesOnFromASnapshot() throws {
        let vectors = Vectors.rows(
            Vectors.make(.clustered, count: 400, dimensions: 8, seed: 1),
            dimensions: 8
        )
        let builder = try HNSWBuilder(dimensions: 8, metric: .l2)
        for slot in 0..<300 { try builder.insert(vectors[slot], at: Ordinal(slot)) }
        let snapshot = builder.snapshot()
        let before = snapshot.segments()
        let next = HNSWBuilder(continuing: snapshot)
        for slot in 300..<400 { try next.insert(vectors[slot], at: Ordinal(slot)) }
        next.remove((0..<50).map { Ordinal($0) })
        #expect(next.violations() == [])
        #expect(next.count == 350)
        // The snapshot is a value: what comes after does not change it.
        #expect(snapshot.segments() == before)
        #expect(next.snapshot().violations() == [])
        #expect(!next.contains(Ordinal(3)) && next.contains(Ordinal(399)))
    }
}
