import Evaluation
import Testing

@Suite struct RiskCoverageTests {
    private let trials = [
        RiskCoverage.Trial(risk: 0.1, isRight: true, isAnswerable: true),
        RiskCoverage.Trial(risk: 0.3, isRight: false, isAnswerable: true),
        RiskCoverage.Trial(risk: 0.3, isRight: true, isAnswerable: true),
        RiskCoverage.Trial(risk: 0.9, isRight: false, isAnswerable: false),
    ]

    @Test func aBoundDividesAnswersFromRefusals() {
        let point = RiskCoverage(trials.reversed()).point(at: 0.5)
        #expect(point.coverage == 0.75)
        #expect(abs(point.error - 1 / 3) < 1e-12)
        #expect(point.answered == 1)
        #expect(abs(point.right - 2 / 3) < 1e-12)
        #expect(point.refusalPrecision == 1)
        #expect(point.refusalRecall == 1)
        let shy = RiskCoverage(trials).point(at: 0.05)
        #expect(shy.coverage == 0)
        #expect(shy.error == 0)
        #expect(shy.refusalPrecision == 0.25)
        let bold = RiskCoverage(trials).point(at: 1)
        #expect(bold.coverage == 1)
        #expect(bold.error == 0.5)
        #expect(bold.refusalPrecision == 1)
        #expect(bold.refusalRecall == 0)
    }

    @Test func theCurveHasAPointForEachRisk() {
        let curve = RiskCoverage(trials).curve
        #expect(curve.map(\.bound) == [0.1, 0.3, 0.9])
        #expect(curve.map(\.coverage) == [0.25, 0.75, 1])
        for point in curve { #expect(RiskCoverage(trials).point(at: point.bound) == point) }
    }

    @Test func theAreaIsTheMeanErrorOverCoverages() {
        // Right answers come first among equal risks: 0, 0, 1/3, 1/2.
        #expect(abs(RiskCoverage(trials).area - (1 / 3 + 1 / 2) / 4) < 1e-12)
        #expect(RiskCoverage([]).area == 0)
    }

    @Test func calibrationComparesRisksWithErrors() {
        // In two groups: (0.1 + 0.3 against 0 wrong), (0.3 + 0.9 against 2 wrong).
        #expect(abs(RiskCoverage(trials).calibrationError(bins: 2) - (0.4 + 0.8) / 4) < 1e-12)
        let sure = (0..<10).map { RiskCoverage.Trial(risk: 0, isRight: true, isAnswerable: $0 > 0) }
        #expect(RiskCoverage(sure).calibrationError() == 0)
    }

    @Test func groupsCompareStatedRisksWithTrueOnes() throws {
        let groups = RiskCoverage(trials.reversed()).reliability(bins: 2)
        #expect(groups.map(\.count) == [2, 2])
        #expect(groups.map(\.wrong) == [0, 1])
        #expect(abs(groups[0].stated - 0.2) < 1e-12 && abs(groups[1].stated - 0.6) < 1e-12)
        #expect(RiskCoverage(trials).reliability(bins: 10).map(\.count) == [1, 1, 1, 1])
        #expect(RiskCoverage([]).reliability().isEmpty)
    }

    @Test func thePictureIsDrawnForAnyCurve() {
        for some in [trials, []] {
            let svg = RiskCoveragePlot(RiskCoverage(some).curve, title: "a < b").svg
            #expect(svg.contains("<svg") && svg.contains("</svg>"))
            #expect(svg.contains("a &lt; b"))
        }
    }
}
