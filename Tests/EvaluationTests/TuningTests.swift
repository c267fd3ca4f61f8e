import RandomNumbers
import Testing

@testable import Evaluation

@Suite struct TuningTests {
    private func noise(_ count: Int, _ random: inout SplitMix64) -> [Double] {
        (0..<count).map { _ in Double(random.index(below: 1_000)) / 1_000 }
    }

    @Test func aSettingThatIsBetterIsChosen() {
        var random = SplitMix64(seed: 1)
        let base = noise(200, &random).map { $0 / 2 }
        let tuning = Tuning(values: [base, base.map { $0 + 0.1 }, base.map { $0 + 0.05 }])
        #expect(tuning.best == 1)
        #expect(tuning.isGain)
        #expect(abs(tuning.heldOut.difference.mean - 0.1) < 1e-12)
    }

    @Test func theDefaultIsKeptAmongEquals() {
        let tuning = Tuning(values: [[0.5, 0.5, 1], [0.5, 0.5, 1], [0, 0.5, 1]])
        #expect(tuning.best == 0)
        #expect(!tuning.isGain)
    }

    /// With labels that mean nothing the default stays: in all but one of twenty runs at most.
    @Test func noiseChangesNothing() {
        var random = SplitMix64(seed: 7)
        let kept = (0..<20).count { _ in
            !Tuning(values: (0..<20).map { _ in noise(100, &random) }).isGain
        }
        #expect(kept >= 19)
    }

    @Test func oneQueryIsNoReason() {
        #expect(!Tuning(values: [[0, 0], [1, 1]]).isGain)
        #expect(!Tuning(values: [[], []]).isGain)
    }
}
