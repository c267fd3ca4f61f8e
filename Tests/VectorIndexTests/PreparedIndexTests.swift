import Testing
import VectorKernels

@testable import VectorIndex

/// Exact search through the codes of a projection.
@Suite struct PreparedIndexTests {
    /// A projection that suits none of the vectors below: its bounds must hold all the same.
    static func unfitted(_ dimensions: Int) throws -> Projection {
        let vectors = Vectors.make(.random, count: 520, dimensions: dimensions, seed: 40)
        return try #require(
            Projection(fittedTo: vectors, dimensions: dimensions, greatestLoss: 1)
        )
    }

    @Test(arguments: Vectors.Kind.allCases, Metric.allCases)
    func equalsBruteForceWhateverTheProjection(kind: Vectors.Kind, metric: Metric) throws {
        let dimensions = 130
        let vectors = Vectors.make(kind, count: 700, dimensions: dimensions, seed: 41)
        let rows = Vectors.rows(vectors, dimensions: dimensions)
        let index = try FlatIndex(dimensions: dimensions, metric: metric, vectors: vectors)
            .prepared(with: Self.unfitted(dimensions))
        #expect(index.isPrepared)
        var queries = Vectors.rows(
            Vectors.make(kind, count: 3, dimensions: dimensions, seed: 42),
            dimensions: dimensions
        )
        for other in Vectors.Kind.allCases {
            queries.append(Vectors.make(other, count: 1, dimensions: dimensions, seed: 43))
        }
        for k in [1, 10, 100, 700] {
            let expected = queries.map { bruteForce($0, rows, metric: metric, k: k) }
            #expect(try queries.map { try index.neighbors(of: $0, k: k) } == expected)
            #expect(try index.neighbors(ofBatch: queries, k: k) == expected)
            #expect(try index.neighbors(ofBatch: queries, k: k, threads: 2) == expected)
        }
        let filter = OrdinalSet(stride(from: 0, to: 700, by: 3).map { Ordinal($0) })
        for query in queries {
            #expect(
                try index.neighbors(of: query, k: 20, in: filter)
                    == bruteForce(query, rows, metric: metric, k: 20) { filter.contains($0) }
            )
        }
    }

    @Test func embeddingsGetAProjectionAndRandomVectorsDoNot() throws {
        for (kind, isPrepared) in [(Vectors.Kind.embeddings, true), (.random, false)] {
            let vectors = Vectors.make(kind, count: 600, dimensions: 160, seed: 44)
            let index = try FlatIndex(dimensions: 160, metric: .innerProduct, vectors: vectors)
            #expect(index.isPrepared == isPrepared)
            let again = try FlatIndex(segments: index.segments, rows: index.rows)
            #expect(!again.isPrepared)
            #expect(try again.prepared().isPrepared == isPrepared)
        }
    }

    @Test func freeSlotsStayFreeAndMissingRowsAreReported() throws {
        let dimensions = 160
        let made = Vectors.make(.embeddings, count: 700, dimensions: dimensions, seed: 46)
        var rows: [[Float]?] = Vectors.rows(made, dimensions: dimensions)
        for slot in stride(from: 0, to: rows.count, by: 3) { rows[slot] = nil }
        let segment = try CodeSegment(
            firstOrdinal: Ordinal(50),
            dimensions: dimensions,
            metric: .l2,
            rows: rows
        )
        let index = try FlatIndex(
            segments: [segment],
            rows: DictionaryRows(rows, firstOrdinal: 50)
        ).prepared(with: Self.unfitted(dimensions))
        for query in Vectors.rows(made, dimensions: dimensions).prefix(5) {
            #expect(
                try index.neighbors(of: query, k: 30)
                    == bruteForce(query, rows, metric: .l2, k: 30, firstOrdinal: 50)
            )
        }
        rows[1] = nil
        let holed = try FlatIndex(
            segments: [segment],
            rows: DictionaryRows(rows, firstOrdinal: 50)
        )
        #expect(throws: VectorIndexError.missingRow(Ordinal(51))) {
            try holed.prepared(with: Self.unfitted(dimensions))
        }
    }

    @Test(arguments: [128, 200, 384])
    func aProjectionLengthensNothing(dimensions: Int) throws {
        let fitted = Vectors.make(.embeddings, count: 600, dimensions: dimensions, seed: 47)
        for projection in [
            try Self.unfitted(dimensions),
            try #require(Projection(fittedTo: fitted, dimensions: dimensions)),
        ] {
            #expect(projection.dimensions == dimensions * 2 / 3 / 32 * 32)
            for kind in [Vectors.Kind.random, .embeddings, .oneHot, .clustered] {
                let made = Vectors.make(kind, count: 40, dimensions: dimensions, seed: 48)
                for vector in Vectors.rows(made, dimensions: dimensions) {
                    let image = projection.apply(vector)
                    func norm(_ x: [Float]) -> Double {
                        x.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
                    }
                    let length = norm(vector)
                    #expect(norm(image) <= length * (1 + projection.rounding))
                }
            }
        }
    }
}
