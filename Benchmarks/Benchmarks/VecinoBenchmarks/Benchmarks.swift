import Benchmark
import BenchmarkSupport
import Foundation
import Vecino

// The main job from end to end; the embedding of the sample's passages is nearly all of the first.

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .standard

    Benchmark("index the sample library") { benchmark in
        for _ in benchmark.scaledIterations {
            let folder = try Sample.temporaryFolder()
            let library = try Library.open(at: folder + "/library.db", for: .indexing)
            blackHole(try await library.index(Sample.folder))
            try FileManager.default.removeItem(atPath: folder)
        }
    }
    Benchmark("index it again, unchanged") { benchmark in
        let folder = try Sample.temporaryFolder()
        let library = try Library.open(at: folder + "/library.db", for: .indexing)
        _ = try await library.index(Sample.folder)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(try await library.index(Sample.folder)) }
        benchmark.stopMeasurement()
        try FileManager.default.removeItem(atPath: folder)
    }
    for mode in [SearchMode.hybrid, .keyword, .vector] {
        Benchmark("search it, \(mode)") { benchmark in
            let folder = try Sample.temporaryFolder()
            let library = try Library.open(at: folder + "/library.db", for: .indexing)
            _ = try await library.index(Sample.folder)
            let request = SearchRequest("¿cuándo se limpian los paneles solares?", mode: mode)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations { blackHole(try await library.search(request)) }
            benchmark.stopMeasurement()
            try FileManager.default.removeItem(atPath: folder)
        }
    }
}
