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
        }
    }
}
