import Benchmark
import BenchmarkSupport

@testable import Corpus
@testable import Retrieval

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .standard

    for (name, fusion) in [
        ("distribution", Fusion.standard), ("reciprocal rank", .reciprocalRank(k: 60)),
    ] {
        Benchmark("fuse 100 and 100 candidates, \(name)") { benchmark in
            var random = SeededRandom(seed: 3)
            func side() -> [ScoredPassage] {
                let passages = Array((0..<400).shuffled(using: &random).prefix(100))
                return passages.enumerated().map { index, passage in
                    ScoredPassage(
                        id: PassageID(rawValue: Int64(passage)),
                        score: 10 - Double(index) / 20
                    )
                }
            }
            let keyword = side(), vector = side()
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                blackHole(fusion.fuse(keyword: keyword, vector: vector))
            }
        }
    }
}
