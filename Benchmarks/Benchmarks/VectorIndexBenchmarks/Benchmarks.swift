import Benchmark
import BenchmarkSupport
import VectorIndex

// Instructions per query are what a loaded machine does not move; `vecino-ann` measures time together
// with recall.

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .standard
    let dimensions = 384
    var random = SeededRandom(seed: 1)
    let vectors = random.embeddings(count: 10_000, dimensions: dimensions)
    let queries = (0..<64).map { _ in random.embeddings(count: 1, dimensions: dimensions) }

    for k in [10, 100] {
        Benchmark("flat 10000 x 384, 64 queries, k = \(k)") { benchmark in
            let index = try FlatIndex(
                dimensions: dimensions,
                metric: .innerProduct,
                vectors: vectors
            )
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                for query in queries { blackHole(try index.neighbors(of: query, k: k)) }
            }
        }
        Benchmark("flat 10000 x 384, batch of 64, k = \(k)") { benchmark in
            let index = try FlatIndex(
                dimensions: dimensions,
                metric: .innerProduct,
                vectors: vectors
            )
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                blackHole(try index.neighbors(ofBatch: queries, k: k))
            }
        }
    }
    for ef in [32, 128] {
        Benchmark("HNSW 10000 x 384, 64 queries, ef = \(ef)") { benchmark in
            let index = try HNSWIndex(
                dimensions: dimensions,
                metric: .innerProduct,
                vectors: vectors
            )
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                for query in queries { blackHole(try index.neighbors(of: query, k: 10, ef: ef)) }
            }
        }
    }
    Benchmark("HNSW insertion of 1000 x 384") { benchmark in
        for _ in benchmark.scaledIterations {
            blackHole(
                try HNSWIndex(
                    dimensions: dimensions,
                    metric: .innerProduct,
                    vectors: Array(vectors.prefix(1000 * dimensions))
                )
            )
        }
    }
    Benchmark("segment of 4096 x 384 read") { benchmark in
        let bytes = try FlatIndex(
            dimensions: dimensions,
            metric: .innerProduct,
            vectors: Array(vectors.prefix(4096 * dimensions))
        ).segments[0].encoded()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            blackHole(try CodeSegment(decoding: bytes))
        }
    }
}
