import RandomNumbers
import Testing

@testable import Evaluation

@Suite struct SplitMix64Tests {
    /// The reference implementation's first outputs for seed 1234567.
    @Test func givesThePublishedSequence() {
        var random = SplitMix64(seed: 1_234_567)
        #expect(
            (0..<5).map { _ in random.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ]
        )
    }
}

@Suite struct ResamplingTests {
    /// Figures between 0 and 1 around `mean`.
    private static func sample(_ count: Int, around mean: Double, seed: UInt64) -> [Double] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            min(1, max(0, mean + Double.random(in: -0.3...0.3, using: &random)))
        }
    }

    /// For many values the interval is close to mean ± 1.96 standard errors.
    @Test func theIntervalIsAsWideAsTheStandardErrorSays() {
        let values = Self.sample(400, around: 0.5, seed: 1)
        let estimate = Estimate(mean: values)
        let mean = values.reduce(0, +) / 400
        let error = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399 / 400).squareRoot()
        #expect(estimate.mean == mean)
        #expect(abs((estimate.high - estimate.low) / (2 * 1.96 * error) - 1) < 0.08)
        #expect(estimate == Estimate(mean: values))
    }

    /// Of 200 samples, about 95% have the true mean in their interval.
    @Test func theIntervalCoversTheTruth() {
        let covered = (0..<200).count { seed in
            let values = Self.sample(60, around: 0.5, seed: UInt64(seed))
            let estimate = Estimate(mean: values, resamples: 400, seed: UInt64(seed) + 1_000)
            return estimate.low <= 0.5 && 0.5 <= estimate.high
        }
        #expect((180...199).contains(covered))
    }

    @Test func smallSamples() {
        #expect(Estimate(mean: []) == Estimate(mean: [0]))
        let one = Estimate(mean: [0.3])
        #expect(one.low == 0.3 && one.high == 0.3)
        let equal = Estimate(mean: [0.5, 0.5, 0.5])
        #expect(equal.low == 0.5 && equal.high == 0.5)
    }

    @Test func aClearDifferenceIsSignificantAndTheSameFiguresAreNot() {
        let worse = Self.sample(100, around: 0.4, seed: 2)
        let better = worse.map { $0 + 0.05 }
        let comparison = PairedComparison(ours: better, theirs: worse)
        #expect(comparison.isSignificant() && comparison.pValue < 0.001)
        #expect((comparison.wins, comparison.losses) == (100, 0))
        #expect(abs(comparison.difference.mean - 0.05) < 1e-12)
        let same = PairedComparison(ours: worse, theirs: worse)
        #expect(same.pValue == 1 && same.ties == 100)
        #expect(PairedComparison(ours: [], theirs: []).pValue == 1)
    }

    /// With 10 wins of the same size the two-sided sign-flipping p-value is 2 / 2¹⁰.
    @Test func thePermutationTestMatchesTheExactValue() {
        let comparison = PairedComparison(
            ours: Array(repeating: 0.3, count: 10),
            theirs: Array(repeating: 0.1, count: 10),
            permutations: 100_000
        )
        #expect(abs(comparison.pValue - 2.0 / 1_024) < 0.0005)
    }

    /// If there is no difference, one comparison in twenty is significant by chance.
    @Test func falseAlarmsAreAsRareAsPromised() {
        let alarms = (0..<300).count { seed in
            let seed = UInt64(seed)
            return PairedComparison(
                ours: Self.sample(40, around: 0.5, seed: 2 * seed + 10_000),
                theirs: Self.sample(40, around: 0.5, seed: 2 * seed + 10_001),
                permutations: 400,
                seed: seed
            ).isSignificant()
        }
        #expect((5...28).contains(alarms))
    }

    @Test func unequalCountsTrap() async {
        await #expect(processExitsWith: .failure) {
            _ = PairedComparison(ours: [1], theirs: [])
        }
    }
}

@Suite struct LatencyTests {
    @Test func percentilesAreMeasuredValues() {
        let summary = LatencySummary((1...1_000).shuffled().map { Duration.milliseconds($0) })
        #expect(summary.p50 == 500 && summary.p90 == 900 && summary.p95 == 950)
        #expect(summary.p99 == 990 && summary.maximum == 1_000 && summary.minimum == 1)
        #expect(summary.mean == 500.5 && summary.count == 1_000)
        #expect(abs(summary.queriesPerSecond - 1_000 / 500.5) < 1e-9)
        #expect(LatencySummary.percentile(99.9, of: (1...1_000).map(Double.init)) == 999)
    }

    @Test func fewDurations() {
        let none = LatencySummary([Duration]())
        #expect(none.count == 0 && none.p99 == 0 && none.queriesPerSecond == 0)
        let one = LatencySummary([.milliseconds(3)], elapsed: .seconds(2))
        #expect(one.p50 == 3 && one.p99 == 3 && one.queriesPerSecond == 0.5)
        #expect(LatencySummary([.milliseconds(1), .milliseconds(3)]).p50 == 1)
    }

    /// From nanoseconds to hours, the histogram's percentiles are the exact ones to within 0.1%.
    @Test func theHistogramIsWithinATenthOfAPercent() {
        var random = SplitMix64(seed: 4)
        let values = (0..<20_000).map { _ in
            random.next() >> UInt64.random(in: 20...63, using: &random)
        }
        var histogram = LatencyHistogram()
        for value in values { histogram.record(value) }
        let sorted = values.sorted()
        for percent in [0, 0.01, 1, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100] {
            let exact = sorted[LatencySummary.rank(percent, of: sorted.count)]
            let ours = histogram.percentile(percent)
            #expect(ours >= exact && Double(ours) <= Double(exact) * (1 + 1.0 / 1_024))
        }
        #expect(histogram.maximum == sorted.last && histogram.minimum == sorted.first)
        #expect(histogram.count == 20_000)
    }

    @Test func extremesHaveBuckets() {
        var histogram = LatencyHistogram()
        #expect(histogram.percentile(50) == 0 && histogram.mean == 0 && histogram.minimum == nil)
        for value: UInt64 in [0, 1, 2_047, 2_048, 2_049, .max] { histogram.record(value) }
        #expect(histogram.percentile(0) == 0 && histogram.percentile(100) == .max)
        #expect(histogram.percentile(50) == 2_047)
        histogram.record(Duration.seconds(-1))
        histogram.record(Duration.nanoseconds(1_500_000_001))
        #expect(histogram.count == 8)
    }

    @Test func histogramsAddUp() {
        var (left, right, both) = (LatencyHistogram(), LatencyHistogram(), LatencyHistogram())
        for value: UInt64 in 1...100 {
            left.record(value)
            right.record(value * 1_000_003)
            both.record(value)
            both.record(value * 1_000_003)
        }
        left += right
        #expect(left == both)
        left += LatencyHistogram()
        #expect(left == both)
        let summary = LatencySummary(both, elapsed: .seconds(4))
        #expect(summary.queriesPerSecond == 50 && summary.maximum == 100.0003)
    }
}
