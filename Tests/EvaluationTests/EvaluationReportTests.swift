import Testing

@testable import Evaluation

@Suite struct EvaluationReportTests {
    /// Forty queries: `good` always finds the document first, `bad` second, and `none` nothing.
    private static let report: EvaluationReport = {
        let queries = (0..<40).map { "q\($0)" }
        let judgements = Judgements(
            Dictionary(queries.map { ($0, ["d": 1]) }, uniquingKeysWith: { first, _ in first })
        )
        func evaluate(_ name: String, _ ranking: [String]) -> RunEvaluation {
            var run = Run(name: name)
            for query in queries { run.setRanking(ranking, for: query) }
            return RunEvaluation(
                run,
                judgements: judgements,
                queries: queries,
                metrics: [.reciprocalRank(at: 10), .hitRate(at: 5)]
            )
        }
        return EvaluationReport(
            runs: [evaluate("good", ["d"]), evaluate("bad", ["x", "d"]), evaluate("none", [])],
            baseline: evaluate("saved", ["x", "d"])
        )
    }()

    @Test func theTableMarksWhatDiffersFromTheBaseline() {
        #expect(
            Self.report.table.description == """
                search           MRR@10            hit@5
                good    1.0000 ±0.000 ↑  1.0000 ±0.000
                bad     0.5000 ±0.000    1.0000 ±0.000
                none    0.0000 ±0.000 ↓  0.0000 ±0.000 ↓
                saved   0.5000 ±0.000    1.0000 ±0.000

                """
        )
        let plain = EvaluationReport(runs: Self.report.runs).table.description
        #expect(!plain.contains("↑") && plain.contains("good    1.0000 ±0.000  1.0000 ±0.000\n"))
    }

    @Test func comparisonsAndValues() {
        let lines = Self.report.comparisons.description.split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines[1].hasPrefix("good    MRR@10     +0.5000  +0.5000 to +0.5000  0.0001"))
        let summary = Self.report.summary
        #expect(summary.queries == 40 && summary.runs.map(\.name) == ["good", "bad", "none"])
        #expect(summary.runs[0].metrics["MRR@10"]?.mean == 1)
        #expect(summary.runs[2].againstBaseline?["hit@5"]?.losses == 40)
        #expect(EvaluationReport(runs: []).table.description == "search\n")
    }

    @Test func timesStandBesideFigures() {
        let report = EvaluationReport(
            runs: Self.report.runs,
            latencies: ["good": LatencySummary(milliseconds: [1, 2, 3])],
            metrics: [.hitRate(at: 5)]
        )
        let lines = report.table.description.split(separator: "\n")
        #expect(lines[0] == "search          hit@5  p50 ms  p95 ms")
        #expect(lines[1] == "good    1.0000 ±0.000     2.0     3.0")
        #expect(report.summary.runs[0].latency?.count == 3)
        #expect(report.summary.runs[0].metrics.keys.sorted() == ["hit@5"])
    }

    @Test func theLastRunIsComparedWithTheOthers() {
        let lines = Self.report.gains.description.split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines[1].hasPrefix("none against good  MRR@10     -1.0000"))
    }

    @Test func lossesComeWorstFirst() {
        let texts = ["q0": "What?"]
        let none = QueryLosses(
            Self.report,
            metric: .reciprocalRank(at: 10),
            texts: texts,
            limit: 2
        )
        #expect(none.losses.map(\.query) == ["q0", "q1"])
        #expect(none.losses[0].loss == 0.5)
        #expect(none.losses[0].values == ["good": 1, "bad": 0.5, "none": 0, "saved": 0.5])
        #expect(none.table.description.contains("1.000  0.500  0.000  0.500  q0"))
        let alone = EvaluationReport(runs: Array(Self.report.runs.prefix(2)))
        let losses = QueryLosses(alone, metric: .reciprocalRank(at: 10), texts: [:], limit: 100)
        #expect(losses.losses.count == 40 && losses.losses[0].loss == 0.5)
    }

    @Test(arguments: [
        ("mrr@10 < 0.6", [false, true, true]), ("MRR@10<0.5", [false, false, true]),
        ("mrr@10 <= 0.5", [false, true, true]), ("good: mrr@10 < 2", [true, false, false]),
        ("hit@5 < 1e0", [false, false, true]),
    ])
    func bars(text: String, fails: [Bool]) throws {
        let bar = try QualityBar(parsing: text)
        #expect(Self.report.runs.map(bar.fails) == fails)
        #expect(try QualityBar(parsing: bar.description) == bar)
    }

    @Test(arguments: ["", "mrr@10", "mrr@10 < ", "mrr@10 > 0.5", "a:b:mrr@10 < 1", "mrr@10 < nan"])
    func otherBarsAreErrors(text: String) {
        #expect(throws: EvaluationError.malformedBar(text)) { try QualityBar(parsing: text) }
        #expect(throws: EvaluationError.unknownMetric("bpref")) {
            try QualityBar(parsing: "bpref < 1")
        }
    }

    @Test(arguments: [
        (0.9234, 3, "0.923"), (0.9996, 3, "1.000"), (-0.04, 1, "0.0"), (12.05, 2, "12.05"),
    ])
    func decimals(value: Double, count: Int, text: String) {
        #expect(EvaluationReport.fixed(value, count) == text)
    }
}
