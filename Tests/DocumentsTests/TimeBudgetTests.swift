import Corpus
import Testing

@testable import Documents

@Suite struct TimeBudgetTests {
    @Test func isSpentByWaiting() {
        var budget = TimeBudget(seconds: 2.5)
        #expect(budget.nextWait == 1 && !budget.isSpent)
        budget.count(1)
        budget.count(1)
        #expect(budget.left == 0.5 && budget.nextWait == 0.5)
        budget.count(0.5)
        #expect(budget.isSpent && budget.nextWait == 0)
    }

    /// A computer that slept for an hour in the middle of a wait has not waited for an hour.
    @Test func doesNotCountWhatNobodyCouldUse() {
        var budget = TimeBudget(seconds: 30)
        budget.count(3_600)
        #expect(budget.left == 29)
    }

    @Test func waitsInSlices() {
        var budget = TimeBudget(seconds: 0.01)
        var waits: [Int32] = []
        while !budget.isSpent {
            budget.wait { milliseconds in
                waits.append(milliseconds)
                let until = ContinuousClock.now + .milliseconds(2)
                while ContinuousClock.now < until {}
            }
        }
        #expect(!waits.isEmpty && waits.allSatisfy { (1...1_001).contains($0) })
    }
}
