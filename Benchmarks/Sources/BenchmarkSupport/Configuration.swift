public import Benchmark

extension Benchmark.Configuration {
    /// What every target measures: instructions, which a loaded machine does not move, and time.
    public static var standard: Benchmark.Configuration {
        .init(
            metrics: [.instructions, .wallClock],
            warmupIterations: 3,
            maxDuration: .seconds(2)
        )
    }
}
