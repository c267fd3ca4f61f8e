import Benchmark
import BenchmarkSupport

@testable import Documents

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .standard

    for ending in ["md", "html", "txt", "ipynb", "py", "swift"] {
        Benchmark("read the sample's .\(ending)") { benchmark in
            let files = try Sample.files(ending)
            let reader = DocumentReader()
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                for file in files { blackHole(try reader.read(file.bytes, path: file.path)) }
            }
        }
    }
    // A token for every four bytes: what is measured is the cutting, not a model's tokenizer.
    Benchmark("cut the sample's Markdown") { benchmark in
        let reader = DocumentReader()
        let documents = try Sample.files("md").map { try reader.read($0.bytes, path: $0.path) }
        let chunker = Chunker(maximumTokens: 120) { $0.utf8.count / 4 + 1 }
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            for document in documents { blackHole(chunker.chunks(of: document)) }
        }
    }
}
