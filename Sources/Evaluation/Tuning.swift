internal import RandomNumbers

/// Choosing the best of several settings by labeled queries, without believing in luck.
///
/// One half of the queries chooses, the other half, which had no part in it, says what the choice is
/// worth. Cross-validation would use the queries better, but its folds share their choices: on noise it
/// found significant gains several times as often as its level allows.
package struct Tuning: Sendable, Hashable {
    /// The level at which a gain counts: stricter than usual, because keeping the default is cheap.
    package static let level = 0.02

    /// The place of the setting that the first half of the queries chooses; of equals the first.
    package let best: Int
    /// The averages of the settings over all queries.
    package let means: [Double]
    /// What the choice gains over the default on the other half.
    package let heldOut: PairedComparison

    /// Whether the best setting should replace the default.
    package var isGain: Bool {
        best != 0 && heldOut.difference.mean > 0 && heldOut.isSignificant(at: Self.level)
    }

    /// Chooses among settings.
    ///
    /// - Parameters:
    ///   - values: for each setting its figures, query by query; the first setting is the default.
    ///   - seed: of the chance that deals the queries into halves.
    /// - Precondition: At least one setting, and as many figures for each.
    package init(values: [[Double]], seed: UInt64 = 20_250_618) {
        let count = values.first?.count ?? 0
        precondition(
            !values.isEmpty && values.allSatisfy { $0.count == count },
            "settings were measured on different queries"
        )
        var random = SplitMix64(seed: seed)
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(last, random.index(below: last + 1))
        }
        let choosing = order.prefix(count / 2), judging = order.dropFirst(count / 2)
        let figures = values.map { setting in choosing.map { setting[$0] }.mean }
        let best = figures.indices.max { (figures[$0], $1) < (figures[$1], $0) } ?? 0
        self.best = best
        means = values.map(\.mean)
        heldOut = PairedComparison(
            ours: judging.map { values[best][$0] },
            theirs: judging.map { values[0][$0] }
        )
    }
}
