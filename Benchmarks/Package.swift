// swift-tools-version: 6.2
import PackageDescription

// One target of benchmarks for each module, run with `swift package benchmark`, and `vecino-ann`, which
// measures recall and speed on a data set. A package of its own, so that building and testing the
// library never waits for the benchmark harness.

let benchmark = Target.Dependency.product(name: "Benchmark", package: "benchmark")
let vectorIndex = Target.Dependency.product(name: "VectorIndex", package: "vecino")

/// The benchmarks of a module, in `Benchmarks/NAME`.
func benchmarks(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name,
        dependencies: dependencies + [benchmark],
        path: "Benchmarks/\(name)",
        plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
    )
}

let package = Package(
    name: "vecino-benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "vecino", path: ".."),
        // Without its traits it does not count allocations, and needs no jemalloc.
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(name: "vecino-ann", dependencies: [vectorIndex]),
        benchmarks("VectorKernelsBenchmarks", [vectorIndex]),
        benchmarks("VectorIndexBenchmarks", [vectorIndex]),
    ]
)
