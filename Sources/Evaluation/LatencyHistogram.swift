/// Counts of durations in buckets whose width grows with the value, so that any percentile over any
/// number of samples is known to within 0.1% from a few kilobytes.
///
/// The buckets are those of Tene's HdrHistogram: each power of two is cut into 1,024 equal parts,
/// and values under 2,048 have a bucket each. Histograms of several tasks add up.
package struct LatencyHistogram: Sendable, Hashable {
    /// log₂ of the number of buckets to each power of two.
    private static let precision = 10

    private var counts: [Int] = []
    private var sum: Double = 0
    /// How many values were recorded.
    package private(set) var count = 0
    /// The least value; nil before the first.
    package private(set) var minimum: UInt64?
    /// The greatest value; nil before the first.
    package private(set) var maximum: UInt64?

    /// An empty histogram.
    package init() {}

    /// Counts one value, in nanoseconds or any other unit.
    ///
    /// - Complexity: O(1), but for the first value of a new magnitude, which makes room for it.
    package mutating func record(_ value: UInt64) {
        let bucket = Self.bucket(of: value)
        if bucket >= counts.count {
            counts.append(contentsOf: repeatElement(0, count: bucket + 1 - counts.count))
        }
        counts[bucket] += 1
        count += 1
        sum += Double(value)
        minimum = min(minimum ?? value, value)
        maximum = max(maximum ?? value, value)
    }

    /// Counts one duration in nanoseconds; a negative one is 0.
    package mutating func record(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return record(UInt64(0)) }
        record(UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000))
    }

    /// Adds all that another histogram has counted.
    package static func += (left: inout Self, right: Self) {
        if right.counts.count > left.counts.count {
            left.counts.append(
                contentsOf: repeatElement(0, count: right.counts.count - left.counts.count)
            )
        }
        for (bucket, count) in right.counts.enumerated() { left.counts[bucket] += count }
        left.count += right.count
        left.sum += right.sum
        left.minimum = [left.minimum, right.minimum].compactMap(\.self).min()
        left.maximum = [left.maximum, right.maximum].compactMap(\.self).max()
    }

    /// The average of the values, exact to rounding; 0 of nothing.
    package var mean: Double { count == 0 ? 0 : sum / Double(count) }

    /// Returns the least bucket end that `percent` of all values do not exceed; 0 of nothing.
    ///
    /// It is at most 0.1% over the true value, and never over the maximum.
    package func percentile(_ percent: Double) -> UInt64 {
        guard let maximum, let minimum else { return 0 }
        let wanted = LatencySummary.rank(percent, of: count)
        var passed = 0
        for (bucket, count) in counts.enumerated() {
            passed += count
            if passed > wanted { return max(minimum, min(maximum, Self.end(of: bucket))) }
        }
        return maximum
    }

    /// The bucket that counts a value.
    private static func bucket(of value: UInt64) -> Int {
        let magnitude = UInt64.bitWidth - value.leadingZeroBitCount
        let shift = max(0, magnitude - precision - 1)
        // From 2^(precision+1) on, each power of two takes the next 2^precision buckets.
        return (shift << precision) + Int(value >> UInt64(shift))
    }

    /// The greatest value that a bucket counts.
    private static func end(of bucket: Int) -> UInt64 {
        let shift = max(0, (bucket >> precision) - 1)
        let step = UInt64(bucket - (shift << precision))
        return (step << UInt64(shift)) + ((1 << UInt64(shift)) - 1)
    }
}
