package import Evaluation
package import Retrieval
package import Vecino

/// How long searches in one mode took.
package struct SearchBench: Encodable, Sendable {
    /// How was searched.
    package let mode: SearchMode
    /// All searches, from the query to the hits.
    package let latency: LatencySummary
    /// Each stage's figures, of those that ever took five microseconds.
    package let stages: [String: LatencySummary]
    /// Whole new processes, if any were timed.
    package var cold: LatencySummary?
    /// Every search's time.
    package let milliseconds: [Double]

    private init(mode: SearchMode, timings: [SearchTimings], elapsed: Duration) {
        self.mode = mode
        milliseconds = timings.map(\.total)
        latency = Self.summary(of: milliseconds, elapsed: elapsed)
        var stages: [String: LatencySummary] = [:]
        for (index, stage) in SearchTimings().stages.enumerated() {
            let times = timings.map { $0.stages[index].milliseconds }
            if times.contains(where: { $0 >= 0.005 }) {
                stages[stage.name] = Self.summary(of: times, elapsed: elapsed)
            }
        }
        self.stages = stages
    }

    /// Percentiles out of a histogram, exact to 0.1 %.
    private static func summary(of milliseconds: [Double], elapsed: Duration) -> LatencySummary {
        var histogram = LatencyHistogram()
        for time in milliseconds { histogram.record(Duration.milliseconds(time)) }
        return LatencySummary(histogram, elapsed: elapsed)
    }

    /// Measures searches in one mode, after a warm-up of 10.
    ///
    /// - Parameters:
    ///   - library: What is searched.
    ///   - mode: How.
    ///   - queries: Each is asked once.
    ///   - concurrency: How many searches run at a time, at least 1.
    /// - Throws: What searching throws, or `CancellationError`.
    package init(
        of library: Library,
        mode: SearchMode,
        queries: [String],
        concurrency: Int = 1
    ) async throws {
        for text in queries.prefix(10) {
            _ = try await library.search(SearchRequest(text, mode: mode))
        }
        let clock = ContinuousClock()
        let start = clock.now
        let timings = try await withThrowingTaskGroup(of: [SearchTimings].self) { group in
            for worker in 0..<concurrency {
                group.addTask {
                    var timings: [SearchTimings] = []
                    for index in stride(from: worker, to: queries.count, by: concurrency) {
                        try Task.checkCancellation()
                        let request = SearchRequest(queries[index], mode: mode)
                        timings.append(try await library.search(request).timings)
                    }
                    return timings
                }
            }
            return try await group.reduce(into: [SearchTimings]()) { $0 += $1 }
        }
        self.init(mode: mode, timings: timings, elapsed: clock.now - start)
    }
}
