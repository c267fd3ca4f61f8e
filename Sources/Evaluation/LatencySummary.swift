/// The figures that describe a list of durations: exact percentiles, average, and throughput.
///
/// Times are milliseconds. A percentile is a duration that was measured (the nearest rank), never a
/// value between two of them.
package struct LatencySummary: Sendable, Hashable, Codable {
    /// How many durations there were.
    package var count: Int
    /// The average.
    package var mean: Double
    /// The shortest.
    package var minimum: Double
    /// Half were no longer than this.
    package var p50: Double
    /// 90% were no longer than this.
    package var p90: Double
    /// 95% were no longer than this.
    package var p95: Double
    /// 99% were no longer than this.
    package var p99: Double
    /// The longest.
    package var maximum: Double
    /// Queries per second: the count over the wall-clock time, or, if that was not given, over the
    /// sum of the durations.
    package var queriesPerSecond: Double

    /// Describes durations, in any order.
    ///
    /// `elapsed` is the wall-clock time of the whole run, for queries that ran side by side.
    package init(_ durations: some Sequence<Duration>, elapsed: Duration? = nil) {
        self.init(milliseconds: durations.map(\.milliseconds), elapsed: elapsed)
    }

    /// Describes durations in milliseconds, in any order.
    package init(milliseconds: [Double], elapsed: Duration? = nil) {
        let sorted = milliseconds.sorted()
        count = sorted.count
        mean = sorted.mean
        minimum = sorted.first ?? 0
        maximum = sorted.last ?? 0
        p50 = Self.percentile(50, of: sorted)
        p90 = Self.percentile(90, of: sorted)
        p95 = Self.percentile(95, of: sorted)
        p99 = Self.percentile(99, of: sorted)
        let seconds = elapsed.map { $0 / .seconds(1) } ?? sorted.reduce(0, +) / 1_000
        queriesPerSecond = seconds > 0 ? Double(count) / seconds : 0
    }

    /// Describes what a histogram has counted in nanoseconds; its percentiles are within 0.1%.
    package init(_ histogram: LatencyHistogram, elapsed: Duration) {
        func milliseconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e6 }
        count = histogram.count
        mean = histogram.mean / 1e6
        minimum = milliseconds(histogram.minimum ?? 0)
        maximum = milliseconds(histogram.maximum ?? 0)
        p50 = milliseconds(histogram.percentile(50))
        p90 = milliseconds(histogram.percentile(90))
        p95 = milliseconds(histogram.percentile(95))
        p99 = milliseconds(histogram.percentile(99))
        let seconds = elapsed / .seconds(1)
        queriesPerSecond = seconds > 0 ? Double(count) / seconds : 0
    }

    /// Returns the nearest-rank percentile of a sorted list, 0 of an empty one: the least value
    /// that `percent` of all values do not exceed.
    package static func percentile(_ percent: Double, of sorted: [Double]) -> Double {
        sorted.isEmpty ? 0 : sorted[rank(percent, of: sorted.count)]
    }

    /// The place of a percentile in a sorted list of `count` values.
    static func rank(_ percent: Double, of count: Int) -> Int {
        // 99.9% of 1,000 must be the 999th value; the product may be a hair above it.
        let exact = percent / 100 * Double(count)
        return min(count - 1, max(0, Int((exact - exact * 1e-12).rounded(.up)) - 1))
    }
}

extension Duration {
    /// The duration in milliseconds.
    package var milliseconds: Double { self / .milliseconds(1) }
}
