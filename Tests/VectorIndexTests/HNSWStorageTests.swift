import Testing
import VectorIndex
import VectorKernels

@Suite struct HNSWStorageTests {
    static func sample(metric: Metric = .l2, seed: UInt64 = 1, count: Int = 60) throws -> HNSWIndex
    {
        try HNSWIndex(
            dimensions: 5,
            metric: metric,
            vectors: Vectors.make(.clustered, count: count, dimensions: 5, seed: seed),
            parameters: HNSWParameters(m: 3, efConstruction: 10)
        )
    }

    @Test(arguments: Metric.allCases)
    func comesBackFromItsSegments(metric: Metric) throws {
        // More than one segment of nodes.
        let index = try Self.sample(metric: metric, count: 700)
        let segments = index.segments()
        #expect(segments.count > 2)
        let decoded = try HNSWIndex(decoding: segments)
        #expect(decoded.segments() == segments)
        #expect(decoded.count == 700)
        #expect(decoded.metric == metric)
        let query = Vectors.make(.clustered, count: 1, dimensions: 5, seed: 8)
        #expect(
            try decoded.neighbors(of: query, k: 10)
                == index.with(rows: nil).neighbors(of: query, k: 10)
        )
        let more = HNSWBuilder(continuing: decoded)
        try more.insert(query, at: Ordinal(9999))
        #expect(more.violations() == [])
    }

    @Test func anEmptyGraphComesBack() throws {
        let empty = try HNSWBuilder(dimensions: 3, metric: .l2).snapshot()
        #expect(try HNSWIndex(decoding: empty.segments()).count == 0)
    }

    @Test func everyFlippedBitIsNoticed() throws {
        let segments = try Self.sample().segments()
        for number in segments.indices {
            for position in segments[number].indices {
                var damaged = segments
                damaged[number][position] ^= 1 << UInt8(position % 8)
                #expect(throws: VectorIndexError.self) { try HNSWIndex(decoding: damaged) }
            }
        }
    }

    @Test func everyTruncationIsNoticed() throws {
        let segments = try Self.sample().segments()
        for number in segments.indices {
            for count in 0..<segments[number].count {
                var damaged = segments
                damaged[number].removeLast(segments[number].count - count)
                #expect(throws: VectorIndexError.self) { try HNSWIndex(decoding: damaged) }
            }
        }
        #expect(throws: VectorIndexError.self) { try HNSWIndex(decoding: []) }
        #expect(throws: VectorIndexError.self) { try HNSWIndex(decoding: [segments[0]]) }
        #expect(throws: VectorIndexError.self) {
            try HNSWIndex(decoding: segments + [segments[1]])
        }
    }

    @Test func segmentsOfTwoGraphsDoNotMix() throws {
        let one = try Self.sample().segments(), two = try Self.sample(seed: 2).segments()
        #expect(throws: VectorIndexError.corrupt("a segment of another graph")) {
            try HNSWIndex(decoding: [one[0], two[1]])
        }
    }

    /// Any byte may be forged, with all checksums right: the graph is refused, or safe to search.
    @Test func forgedGraphsDoNoHarm() throws {
        let segments = try Self.sample().segments()
        let query = [Float](repeating: 0.5, count: 5)
        var random = SplitMix64(seed: 1)
        for _ in 0..<3000 {
            var forged = segments
            let number = Int.random(in: 0..<2, using: &random)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let position = Int.random(in: 16..<forged[number].count, using: &random)
                forged[number][position] = UInt8.random(in: 0...255, using: &random)
            }
            forged[1] = Self.resealed(forged[1])
            let sum = forged[1][8..<16]
            forged[0].replaceSubrange(forged[0].count - 8..<forged[0].count, with: sum)
            forged[0] = Self.resealed(forged[0])
            guard let index = try? HNSWIndex(decoding: forged) else { continue }
            let asked = [Float](repeating: 0.5, count: index.dimensions)
            _ = try index.neighbors(of: index.dimensions == 5 ? query : asked, k: 5, ef: 20)
        }
    }

    /// The same for a graph that is read as it is walked: it is not checked whole before.
    @Test func forgedSegmentsDoNoHarmToAWalk() throws {
        let segments = try Self.sample(count: 400).segments()
        var random = SplitMix64(seed: 2)
        var answers = 0
        for _ in 0..<1500 {
            var forged = segments
            let number = Int.random(in: 0..<forged.count, using: &random)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let position = Int.random(in: 16..<forged[number].count, using: &random)
                forged[number][position] = UInt8.random(in: 0...255, using: &random)
            }
            if number > 0 {
                forged[number] = Self.resealed(forged[number])
                let place = forged[0].count - 8 * (forged.count - number)
                forged[0].replaceSubrange(place..<place + 8, with: forged[number][8..<16])
            }
            forged[0] = Self.resealed(forged[0])
            guard let index = try? HNSWIndex(opening: Segments(forged)) else { continue }
            let asked = [Float](repeating: 0.5, count: index.dimensions)
            if (try? index.neighbors(of: asked, k: 5, ef: 20)) != nil { answers += 1 }
            _ = try? index.neighbors(
                of: asked,
                k: 5,
                in: OrdinalSet([3, 40, 41].map(Ordinal.init))
            )
        }
        #expect(answers > 0)
    }

    // MARK: Reading as it is walked

    @Test(arguments: Metric.allCases)
    func anOpenedGraphAnswersLikeOneInMemory(metric: Metric) throws {
        let vectors = Vectors.make(.clustered, count: 3000, dimensions: 384, seed: 3)
        let index = try HNSWIndex(
            dimensions: 384,
            metric: metric,
            vectors: vectors,
            parameters: HNSWParameters(m: 6, efConstruction: 40)
        )
        let rows = ArrayRows(dimensions: 384, elements: vectors)
        let opened = try HNSWIndex(opening: Segments(index.segments()), rows: rows)
        #expect(opened.count == 3000)
        #expect(opened.presentShare == 0)
        let filter = OrdinalSet((0..<3000).filter { $0 % 3 == 0 }.map(Ordinal.init))
        for (number, query) in Vectors.rows(
            Vectors.make(.clustered, count: 20, dimensions: 384, seed: 5),
            dimensions: 384
        ).enumerated() {
            #expect(
                try opened.neighbors(of: query, k: 10, ef: 10)
                    == index.neighbors(of: query, k: 10, ef: 10)
            )
            // What one query touches is a part of the whole.
            if number == 0 { #expect(opened.presentShare > 0 && opened.presentShare < 0.9) }
            #expect(
                try opened.neighbors(of: query, k: 10, ef: 20, in: filter)
                    == index.neighbors(of: query, k: 10, ef: 20, in: filter)
            )
        }
    }

    @Test func damageIsAnErrorOfTheSearchThatTouchesIt() throws {
        let index = try Self.sample(count: 700)
        var segments = index.segments()
        for number in segments.indices.dropFirst() { segments[number][40] ^= 1 }
        let opened = try HNSWIndex(opening: Segments(segments))
        let query = [Float](repeating: 0, count: 5)
        for _ in 0..<2 {
            #expect(throws: VectorIndexError.corrupt("its checksum is wrong")) {
                try opened.neighbors(of: query, k: 3)
            }
        }
        // The same nodes, read from where they are whole.
        let mended = opened.with(rows: nil, segments: Segments(index.segments()))
        #expect(
            try mended.neighbors(of: query, k: 3)
                == index.with(rows: nil).neighbors(of: query, k: 3)
        )
        #expect(throws: VectorIndexError.self) { try HNSWIndex(opening: Segments([])) }
    }

    @Test func searchesOfAnOpenedGraphTakeTurns() async throws {
        let vectors = Vectors.make(.clustered, count: 2000, dimensions: 16, seed: 3)
        let index = try HNSWIndex(dimensions: 16, metric: .innerProduct, vectors: vectors)
            .with(rows: nil)
        let opened = try HNSWIndex(opening: Segments(index.segments()))
        let queries = Vectors.rows(
            Vectors.make(.clustered, count: 200, dimensions: 16, seed: 6),
            dimensions: 16
        )
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for query in queries {
                group.addTask {
                    try opened.neighbors(of: query, k: 5) == index.neighbors(of: query, k: 5)
                }
            }
            for try await isEqual in group { #expect(isEqual) }
        }
    }

    struct Segments: GraphSegments {
        let segments: [[UInt8]]

        init(_ segments: [[UInt8]]) { self.segments = segments }

        func segment(_ number: Int) throws -> [UInt8] {
            guard segments.indices.contains(number) else {
                throw VectorIndexError.corrupt("no segment \(number)")
            }
            return segments[number]
        }
    }

    static func resealed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let first = Array(bytes[0..<8]), last = Array(bytes[16...])
        let head = AlignedBytes(copying: unsafe first.span.bytes)
        let rest = AlignedBytes(copying: unsafe last.span.bytes)
        let sum = rest.checksum(of: 0..<rest.count, seed: head.checksum(of: 0..<8))
        for i in 0..<8 { bytes[8 + i] = UInt8(truncatingIfNeeded: sum >> (8 * i)) }
        return bytes
    }
}
