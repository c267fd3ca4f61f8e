internal import RandomNumbers

/// An average and the interval its true value probably lies in.
package struct Estimate: Sendable, Hashable, Codable {
    /// The average of the sample.
    package var mean: Double
    /// The interval's lower end.
    package var low: Double
    /// The interval's upper end.
    package var high: Double

    /// Averages `values` and puts a 95% interval around it by the percentile bootstrap: Efron and
    /// Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13.
    ///
    /// The same values, resamples and seed always give the same interval. An empty sample gives 0.
    ///
    /// - Complexity: O(`values.count` · `resamples`).
    package init(
        mean values: [Double],
        confidence: Double = 0.95,
        resamples: Int = 2_000,
        seed: UInt64 = 20_250_618
    ) {
        mean = values.mean
        guard values.count > 1, resamples > 0 else {
            (low, high) = (mean, mean)
            return
        }
        var random = SplitMix64(seed: seed)
        var means: [Double] = []
        means.reserveCapacity(resamples)
        for _ in 0..<resamples {
            var sum = 0.0
            for _ in values.indices { sum += values[random.index(below: values.count)] }
            means.append(sum / Double(values.count))
        }
        means.sort()
        let tail = (1 - confidence) / 2
        low = means[Self.rank(tail, of: resamples)]
        high = means[Self.rank(1 - tail, of: resamples)]
    }

    /// The nearest rank of a quantile in a sorted sample.
    private static func rank(_ quantile: Double, of count: Int) -> Int {
        min(count - 1, max(0, Int((quantile * Double(count)).rounded(.up)) - 1))
    }
}

/// How one run's figures differ from another's, query by query.
package struct PairedComparison: Sendable, Hashable, Codable {
    /// The average of (ours − theirs), with its 95% bootstrap interval.
    package var difference: Estimate
    /// The probability of a difference at least as large, either way, if the two runs were as good
    /// as each other: a paired permutation (sign-flipping) test.
    package var pValue: Double
    /// Queries where ours is better.
    package var wins: Int
    /// Queries where ours is worse.
    package var losses: Int
    /// Queries where both are the same.
    package var ties: Int

    /// Compares two lists of figures whose places are the same queries.
    ///
    /// Smucker, Allan and Carterette, CIKM 2007, is why this test: it assumes nothing about how
    /// the figures are distributed. The p-value counts the observed labeling itself, so it is
    /// never 0: (extremes + 1) / (permutations + 1).
    ///
    /// - Precondition: As many figures on both sides.
    /// - Complexity: O(`ours.count` · `permutations`).
    package init(
        ours: [Double],
        theirs: [Double],
        permutations: Int = 10_000,
        seed: UInt64 = 20_250_618
    ) {
        precondition(
            ours.count == theirs.count,
            "\(ours.count) figures against \(theirs.count)"
        )
        let differences = zip(ours, theirs).map { $0 - $1 }
        difference = Estimate(mean: differences, seed: seed)
        wins = differences.count { $0 > 0 }
        losses = differences.count { $0 < 0 }
        ties = differences.count - wins - losses

        // Ties keep their 0 whatever their sign: only the others need flipping.
        let moved = differences.filter { $0 != 0 }
        let total = moved.reduce(0, +)
        // Sums of the same numbers in another order differ by rounding; that is not an extreme.
        let bar = abs(total) - 1e-12 * moved.reduce(0) { $0 + abs($1) }
        var random = SplitMix64(seed: seed ^ 0x5851_F42D_4C95_7F2D)
        var extremes = 0
        for _ in 0..<permutations {
            var sum = 0.0
            var bits: UInt64 = 0
            for (place, value) in moved.enumerated() {
                if place % 64 == 0 { bits = random.next() }
                sum += bits & 1 == 0 ? value : -value
                bits >>= 1
            }
            if abs(sum) >= bar { extremes += 1 }
        }
        pValue = Double(extremes + 1) / Double(permutations + 1)
    }

    /// Whether the difference is unlikely to be chance.
    package func isSignificant(at level: Double = 0.05) -> Bool { pValue < level }
}

extension [Double] {
    /// The average; 0 of nothing.
    var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }
}
