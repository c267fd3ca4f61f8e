import Benchmark
import BenchmarkSupport
import VectorIndex

// The kernels through what they serve: a scan of one block of codes, where nothing but the kernel
// counts, and a brute-force comparison in the store's place, which is the float kernel.

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .standard

    for dimensions in [384, 768] {
        var random = SeededRandom(seed: 1)
        let vectors = random.embeddings(count: 4096, dimensions: dimensions)
        let query = random.embeddings(count: 1, dimensions: dimensions)
        Benchmark("scan 4096 x \(dimensions), k = 1") { benchmark in
            let index = try FlatIndex(
                dimensions: dimensions,
                metric: .innerProduct,
                vectors: vectors
            )
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                blackHole(try index.neighbors(of: query, k: 1))
            }
        }
        Benchmark("quantize 4096 x \(dimensions)") { benchmark in
            for _ in benchmark.scaledIterations {
                blackHole(
                    try FlatIndex(
                        dimensions: dimensions,
                        metric: .innerProduct,
                        vectors: vectors
                    )
                )
            }
        }
    }
}
