// swift-tools-version: 6.2
import PackageDescription

// One target of benchmarks for each module that computes, and `vecino-ann`, which measures recall and speed
// on a data set. A package of its own, so that building and testing the library never waits for the
// benchmark harness. Most modules are not public, hence
//
//     swift package -Xswiftc -enable-testing benchmark [--target MODULEBenchmarks]

let benchmark = Target.Dependency.product(name: "Benchmark", package: "benchmark")
let vecino = Target.Dependency.product(name: "Vecino", package: "vecino")
let vectorIndex = Target.Dependency.product(name: "VectorIndex", package: "vecino")

/// The benchmarks of a module, in `Benchmarks/NAME`.
func benchmarks(of module: String, _ product: Target.Dependency = vecino) -> Target {
    .executableTarget(
        name: "\(module)Benchmarks",
        dependencies: [product, benchmark, "BenchmarkSupport"],
        path: "Benchmarks/\(module)Benchmarks",
        plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
    )
}

let package = Package(
    name: "vecino-benchmarks",
    dependencies: [
        .package(name: "vecino", path: ".."),
        // Without its traits it does not count allocations, and needs no jemalloc.
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(name: "vecino-ann", dependencies: [vectorIndex]),
        .target(name: "BenchmarkSupport", dependencies: [benchmark]),
        benchmarks(of: "VectorKernels", vectorIndex),
        benchmarks(of: "VectorIndex", vectorIndex),
        benchmarks(of: "SentenceEncoder"),
        benchmarks(of: "HTTPTransport"),
        benchmarks(of: "TextAnalysis"),
        benchmarks(of: "Documents"),
        benchmarks(of: "SQLiteStore"),
        benchmarks(of: "Retrieval"),
        benchmarks(of: "Answering"),
        benchmarks(of: "Evaluation"),
        benchmarks(of: "Vecino"),
    ]
)
