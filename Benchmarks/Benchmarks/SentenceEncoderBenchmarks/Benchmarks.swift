import Benchmark
import BenchmarkSupport
import Foundation

@testable import SentenceEncoder

/// Where `scripts/models` puts the models.
private func modelPath(_ name: String) -> String {
    let environment = ProcessInfo.processInfo.environment
    let data = environment["XDG_DATA_HOME"] ?? NSHomeDirectory() + "/.local/share"
    return (environment["VECINO_MODELS"] ?? data + "/vecino/models") + "/" + name
}

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .standard

    for name in ["multilingual-e5-small", "all-MiniLM-L6-v2"] {
        for precision in [SentenceEncoder.Precision.int8, .float] {
            Benchmark("\(name), \(precision), load") { benchmark in
                for _ in benchmark.scaledIterations {
                    blackHole(
                        try SentenceEncoder(contentsOf: modelPath(name), precision: precision)
                    )
                }
            }
            Benchmark("\(name), \(precision), one query") { benchmark in
                let encoder = try SentenceEncoder(
                    contentsOf: modelPath(name),
                    precision: precision
                )
                benchmark.startMeasurement()
                for _ in benchmark.scaledIterations {
                    blackHole(
                        try encoder.embed(
                            ["who cleans the panels on the solar roof?"],
                            as: .query,
                            threads: 1
                        )
                    )
                }
            }
            Benchmark("\(name), \(precision), 16 passages of 128 tokens") { benchmark in
                let encoder = try SentenceEncoder(
                    contentsOf: modelPath(name),
                    precision: precision
                )
                let tokens = encoder.tokens(of: try Sample.prose(), as: .passage).dropFirst()
                // Windows of the text: models read no more of it than they are long.
                let words = Array(tokens.dropLast())
                let passages = (0..<16).map { index in
                    [0] + (1..<128).map { words[(index * 23 + $0) % words.count] }
                }
                benchmark.startMeasurement()
                for _ in benchmark.scaledIterations {
                    blackHole(encoder.embed(passages, threads: 1))
                }
            }
        }
        Benchmark("\(name), tokens of the sample's prose") { benchmark in
            let encoder = try SentenceEncoder(contentsOf: modelPath(name))
            let text = try Sample.prose()
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations { blackHole(encoder.tokenCount(of: text)) }
        }
    }
}
