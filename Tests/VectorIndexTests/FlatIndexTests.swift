import Testing
import VectorIndex
import VectorKernels

@Suite struct FlatIndexTests {
    @Test(arguments: Vectors.Kind.allCases, Metric.allCases)
    func equalsBruteForce(kind: Vectors.Kind, metric: Metric) throws {
        for (count, dimensions) in [(1, 1), (3, 2), (130, 7), (700, 64), (900, 129), (400, 384)] {
            let vectors = Vectors.make(kind, count: count, dimensions: dimensions, seed: 1)
            let rows = Vectors.rows(vectors, dimensions: dimensions)
            let index = try FlatIndex(dimensions: dimensions, metric: metric, vectors: vectors)
            let queries = Vectors.rows(
                Vectors.make(kind, count: 3, dimensions: dimensions, seed: 2)
                    + vectors.prefix(dimensions),
                dimensions: dimensions
            )
            for query in queries {
                for k in [1, 10, 100, count] {
                    let expected = bruteForce(query, rows, metric: metric, k: k)
                    #expect(try index.neighbors(of: query, k: k) == expected)
                }
            }
            let batch = try index.neighbors(ofBatch: queries, k: 10)
            #expect(batch == queries.map { bruteForce($0, rows, metric: metric, k: 10) })
        }
    }

    /// Queries of another kind than the rows: far away, tiny or huge beside them.
    @Test(arguments: Vectors.Kind.allCases)
    func equalsBruteForceForForeignQueries(kind: Vectors.Kind) throws {
        let dimensions = 48
        let vectors = Vectors.make(kind, count: 500, dimensions: dimensions, seed: 3)
        let rows = Vectors.rows(vectors, dimensions: dimensions)
        for metric in Metric.allCases {
            let index = try FlatIndex(dimensions: dimensions, metric: metric, vectors: vectors)
            for other in Vectors.Kind.allCases {
                let made = Vectors.make(other, count: 2, dimensions: dimensions, seed: 4)
                for query in Vectors.rows(made, dimensions: dimensions) {
                    let expected = bruteForce(query, rows, metric: metric, k: 20)
                    #expect(try index.neighbors(of: query, k: 20) == expected)
                }
            }
        }
    }

    @Test(arguments: [10, 100])
    func equalsBruteForceOnRealEmbeddings(k: Int) throws {
        // The sample beside the repository, or vectors like it where there is none.
        let dimensions = SampleVectors.dimensions
        let base =
            SampleVectors.base.map { Array($0.prefix(5000 * dimensions)) }
            ?? Vectors.make(.embeddings, count: 5000, dimensions: dimensions, seed: 5)
        let queries =
            SampleVectors.queries.map { Array($0.prefix(5 * dimensions)) }
            ?? Vectors.make(.embeddings, count: 5, dimensions: dimensions, seed: 6)
        let rows = CountingRows(ArrayRows(dimensions: dimensions, elements: base))
        let index = try FlatIndex(
            segments: try FlatIndex(
                dimensions: dimensions,
                metric: .innerProduct,
                vectors: base
            ).segments,
            rows: rows
        )
        let split = Vectors.rows(base, dimensions: dimensions)
        let questions = Vectors.rows(queries, dimensions: dimensions)
        for query in questions {
            let expected = bruteForce(query, split, metric: .innerProduct, k: k)
            #expect(try index.neighbors(of: query, k: k) == expected)
        }
        // Few rows are read in full: that is what the codes are for.
        #expect(rows.count < questions.count * (k + k / 2 + 10))
    }

    @Test func equalScoresComeByOrdinal() throws {
        let index = try FlatIndex(
            dimensions: 2,
            metric: .innerProduct,
            vectors: [1, 0, 0, 1, 1, 0, 1, 0, 0, 1]
        )
        let neighbors = try index.neighbors(of: [1, 0], k: 4)
        #expect(neighbors.map(\.ordinal.rawValue) == [0, 2, 3, 1])
        #expect(neighbors.map(\.score) == [1, 1, 1, 0])
    }

    @Test(arguments: Metric.allCases)
    func freeSlotsAndFiltersAreLeftOut(metric: Metric) throws {
        let dimensions = 33
        let made = Vectors.make(.clustered, count: 600, dimensions: dimensions, seed: 7)
        var rows: [[Float]?] = Vectors.rows(made, dimensions: dimensions)
        for slot in stride(from: 0, to: rows.count, by: 3) { rows[slot] = nil }
        var segments: [CodeSegment] = []
        for first in stride(from: 0, to: rows.count, by: 150) {
            segments.append(
                try CodeSegment(
                    firstOrdinal: Ordinal(1000 + first),
                    dimensions: dimensions,
                    metric: metric,
                    rows: Array(rows[first..<first + 150])
                )
            )
        }
        let store = DictionaryRows(rows, firstOrdinal: 1000)
        let index = try FlatIndex(segments: segments.reversed(), rows: store)
        #expect(index.count == 400)
        let query = Array(made.prefix(dimensions))
        #expect(
            try index.neighbors(of: query, k: 50)
                == bruteForce(query, rows, metric: metric, k: 50, firstOrdinal: 1000)
        )
        for step in [2, 7, 100, 1000] {
            let filter = OrdinalSet(stride(from: 1001, to: 1700, by: step).map { Ordinal($0) })
            #expect(
                try index.neighbors(of: query, k: 50, in: filter)
                    == bruteForce(query, rows, metric: metric, k: 50, firstOrdinal: 1000) {
                        filter.contains($0)
                    }
            )
        }
        #expect(try index.neighbors(of: query, k: 5, in: OrdinalSet()) == [])
    }

    @Test func threadsDoNotChangeABatch() throws {
        let vectors = Vectors.make(.crowded, count: 300, dimensions: 40, seed: 8)
        let index = try FlatIndex(dimensions: 40, metric: .l2, vectors: vectors)
        let queries = Vectors.rows(vectors, dimensions: 40)
        let alone = try queries.map { try index.neighbors(of: $0, k: 7) }
        #expect(try index.neighbors(ofBatch: queries, k: 7) == alone)
        #expect(try index.neighbors(ofBatch: queries, k: 7, threads: 3) == alone)
    }

    @Test func smallRequestsAreAnswered() throws {
        let empty = try FlatIndex(dimensions: 3, metric: .l2, vectors: [])
        #expect(try empty.neighbors(of: [1, 2, 3], k: 5) == [])
        #expect(try empty.neighbors(ofBatch: [[1, 2, 3]], k: 5) == [[]])
        let none = try FlatIndex(segments: [], rows: ArrayRows(dimensions: 3, elements: []))
        #expect(try none.neighbors(of: [1], k: 5) == [])
        let one = try FlatIndex(dimensions: 1, metric: .l2, vectors: [4])
        #expect(try one.neighbors(of: [1], k: 0) == [])
        #expect(try one.neighbors(of: [1], k: .max).map(\.score) == [-9])
    }

    @Test func badVectorsAreRefused() throws {
        let index = try FlatIndex(dimensions: 2, metric: .l2, vectors: [0, 1])
        #expect(throws: VectorIndexError.dimensionMismatch(expected: 2, actual: 3)) {
            try index.neighbors(of: [1, 2, 3], k: 1)
        }
        for bad: Float in [.nan, .infinity, 1e30] {
            #expect(throws: VectorIndexError.notFinite(nil)) {
                try index.neighbors(of: [bad, 0], k: 1)
            }
            #expect(throws: VectorIndexError.notFinite(Ordinal(1))) {
                try FlatIndex(dimensions: 2, metric: .l2, vectors: [0, 0, 0, bad])
            }
        }
        #expect(throws: VectorIndexError.dimensionMismatch(expected: 2, actual: 1)) {
            try FlatIndex(dimensions: 2, metric: .l2, vectors: [0, 0, 0])
        }
        #expect(throws: VectorIndexError.self) {
            try FlatIndex(dimensions: 0, metric: .l2, vectors: [])
        }
    }

    @Test func segmentsMustBelongTogether() throws {
        let rows = ArrayRows(dimensions: 2, elements: [])
        func segment(_ first: Int, _ dimensions: Int = 2, _ metric: Metric = .l2) throws
            -> CodeSegment
        {
            try CodeSegment(
                firstOrdinal: Ordinal(first),
                dimensions: dimensions,
                metric: metric,
                rows: [nil, Array(repeating: 1, count: dimensions)]
            )
        }
        for segments in [
            [try segment(0), try segment(1)], [try segment(0), try segment(2, 3)],
            [try segment(0), try segment(2, 2, .innerProduct)],
        ] {
            #expect(throws: VectorIndexError.self) { try FlatIndex(segments: segments, rows: rows) }
        }
    }

    @Test func aRowThatTheStoreLostIsNamed() throws {
        let segment = try CodeSegment(
            firstOrdinal: Ordinal(5),
            dimensions: 1,
            metric: .l2,
            rows: [[1], [2], [3]]
        )
        let store = DictionaryRows([[1], nil, [3]], firstOrdinal: 5)
        let index = try FlatIndex(segments: [segment], rows: store)
        #expect(throws: VectorIndexError.missingRow(Ordinal(6))) {
            try index.neighbors(of: [2], k: 3)
        }
    }
}

/// Rows that are found by ordinal, some of them missing.
struct DictionaryRows: VectorRows {
    private let rows: [Ordinal: [Float]]

    init(_ rows: [[Float]?], firstOrdinal: Int) {
        var found: [Ordinal: [Float]] = [:]
        for (slot, row) in rows.enumerated() { found[Ordinal(firstOrdinal + slot)] = row }
        self.rows = found
    }

    func withRows(_ ordinals: [Ordinal], _ body: (Int, Span<Float>) -> Void) {
        // Backwards: the order is the store's own.
        for (position, ordinal) in ordinals.enumerated().reversed() {
            if let row = rows[ordinal] { body(position, row.span) }
        }
    }
}
