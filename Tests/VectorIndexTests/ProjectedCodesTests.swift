import Testing
import VectorKernels

@testable import VectorIndex

/// Graphs of vectors that are many and long enough for projected codes.
@Suite struct ProjectedCodesTests {
    static let dimensions = 384

    static func vectors(_ count: Int, seed: UInt64, _ kind: Vectors.Kind = .embeddings) -> [Float] {
        Vectors.make(kind, count: count, dimensions: dimensions, seed: seed)
    }

    static func index(
        _ metric: Metric,
        _ vectors: [Float],
        dimensions: Int = dimensions
    ) throws -> HNSWIndex {
        try HNSWIndex(
            dimensions: dimensions,
            metric: metric,
            vectors: vectors,
            parameters: HNSWParameters(m: 8, efConstruction: 40)
        )
    }

    /// The same graph, walked without a look at projected codes.
    static func plain(_ index: HNSWIndex) -> HNSWIndex {
        var quantizer = index.quantizer
        quantizer.projected = nil
        return HNSWIndex(
            dimensions: index.dimensions,
            metric: index.metric,
            quantizer: quantizer,
            graph: index.graph,
            rows: index.rows
        )
    }

    /// The share of the ten nearest that a search finds.
    static func recall(_ index: HNSWIndex, _ vectors: [Float], ef: Int = 40) throws -> Double {
        let rows = Vectors.rows(vectors, dimensions: dimensions)
        var found = 0
        let queries = Vectors.rows(Self.vectors(100, seed: 77), dimensions: dimensions)
        for query in queries {
            let truth = bruteForce(query, rows, metric: index.metric, k: 10)
            let answer = try index.neighbors(of: query, k: 10, ef: ef)
            found += Set(truth.map(\.ordinal)).intersection(answer.map(\.ordinal)).count
        }
        return Double(found) / Double(10 * queries.count)
    }

    @Test(arguments: Metric.allCases)
    func findAboutWhatFullCodesFind(metric: Metric) throws {
        let vectors = Self.vectors(2500, seed: 1)
        let index = try Self.index(metric, vectors)
        #expect(index.quantizer.projected != nil)
        let plain = try Self.recall(Self.plain(index), vectors)
        #expect(plain > 0.95)
        #expect(try Self.recall(index, vectors) > plain - 0.02)
    }

    /// Projected codes of noise hold a third of it; the margin must make up for the rest.
    @Test func noiseIsNotLost() throws {
        let vectors = Self.vectors(1500, seed: 2, .random)
        let index = try Self.index(.innerProduct, vectors)
        #expect(index.quantizer.projected != nil)
        let plain = try Self.recall(Self.plain(index), vectors, ef: 100)
        #expect(try Self.recall(index, vectors, ef: 100) > plain - 0.03)
    }

    @Test func fewOrShortVectorsHaveNone() throws {
        let few = try Self.index(.l2, Self.vectors(ProjectedCodes.leastVectors - 1, seed: 3))
        #expect(few.quantizer.projected == nil)
        let short = Vectors.make(.embeddings, count: 1100, dimensions: 192, seed: 3)
        #expect(try Self.index(.l2, short, dimensions: 192).quantizer.projected == nil)
    }

    /// Vectors that give a projection nothing to hold on to are indexed all the same.
    @Test(arguments: [Vectors.Kind.allEqual, .zeros, .oneHot, .nearDuplicate, .denormal])
    func strangeVectorsDoNoHarm(kind: Vectors.Kind) throws {
        let vectors = Self.vectors(1100, seed: 4, kind)
        let index = try Self.index(.l2, vectors)
        let query = Array(vectors.prefix(Self.dimensions))
        let answer = try index.neighbors(of: query, k: 3, ef: 100)
        #expect(answer.count == 3)
        #expect(answer[0].score == 0)
    }

    @Test func comeBackFromSegments() throws {
        let vectors = Self.vectors(1300, seed: 5)
        let index = try Self.index(.innerProduct, vectors)
        let segments = index.segments()
        let decoded = try HNSWIndex(decoding: segments, rows: index.rows)
        #expect(decoded.segments() == segments)
        let opened = try HNSWIndex(opening: StoredInMemory(segments: segments), rows: index.rows)
        for query in Vectors.rows(Self.vectors(20, seed: 6), dimensions: Self.dimensions) {
            let expected = try index.neighbors(of: query, k: 10, ef: 30)
            #expect(try decoded.neighbors(of: query, k: 10, ef: 30) == expected)
            #expect(try opened.neighbors(of: query, k: 10, ef: 30) == expected)
        }
    }

    struct StoredInMemory: GraphSegments {
        let segments: [[UInt8]]
        func segment(_ number: Int) throws -> [UInt8] { segments[number] }
    }

    @Test func changesKeepThem() throws {
        let vectors = Self.vectors(1500, seed: 7)
        let builder = HNSWBuilder(continuing: try Self.index(.innerProduct, vectors))
        let rows = Vectors.rows(Self.vectors(1500, seed: 8), dimensions: Self.dimensions)
        // Half of the vectors are replaced, in an order like any other.
        for slot in 0..<750 {
            try builder.insert(rows[slot], at: Ordinal((slot * 7919) % 1500))
        }
        #expect(builder.violations() == [])
        var now = Vectors.rows(vectors, dimensions: Self.dimensions)
        for slot in 0..<750 { now[(slot * 7919) % 1500] = rows[slot] }
        let elements = now.flatMap { $0 }
        let index = builder.snapshot(
            rows: ArrayRows(dimensions: Self.dimensions, elements: elements)
        )
        #expect(try Self.recall(index, elements) > 0.95)
    }

    @Test func forgedProjectedCodesAreRefusedOrHarmless() throws {
        let index = try Self.index(.innerProduct, Self.vectors(1100, seed: 9))
        let head = try GraphHead(decoding: index.segments()[0])
        let projected = try #require(head.quantizer.projected)
        var random = SplitMix64(seed: 10)
        for _ in 0..<300 {
            var writer = ByteWriter(magic: 1, version: 1)
            projected.append(to: &writer)
            var bytes = writer.sealed()
            // What follows the projection: steps and the margin.
            let place = Int.random(in: bytes.count - 520..<bytes.count, using: &random)
            bytes[place] = UInt8.random(in: 0...255, using: &random)
            var sealed = ByteWriter(magic: 1, version: 1)
            for byte in bytes.dropFirst(20) { sealed.append(byte) }
            var reader = try ByteReader(sealed.sealed(), magic: 1, version: 1)
            var quantizer = index.quantizer
            do {
                quantizer.projected = try ProjectedCodes(from: &reader, for: quantizer)
            } catch {
                #expect(error == .corrupt("its projected codes make no sense"))
                continue
            }
            let forged = HNSWIndex(
                dimensions: index.dimensions,
                metric: index.metric,
                quantizer: quantizer,
                graph: index.graph,
                rows: index.rows
            )
            let query = Self.vectors(1, seed: 11)
            #expect(try forged.neighbors(of: query, k: 5).count <= 5)
        }
    }
}
