import Foundation
import RandomNumbers
import Testing

@testable import Evaluation

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct TextTableTests {
    @Test func columnsLineUp() {
        var table = TextTable([.leading("search"), .trailing("nDCG@10"), .leading("note")])
        table.append(["híbrida", "0.9", "x"])
        table.append(["日本", "10.25", "two\nlines"])
        table.append(["k"])
        #expect(
            table.description == """
                search   nDCG@10  note
                híbrida      0.9  x
                日本       10.25  two lines
                k

                """
        )
        #expect(
            table.markdown == """
                | search  | nDCG@10 | note      |
                | ------- | ------: | --------- |
                | híbrida |     0.9 | x         |
                | 日本    |   10.25 | two lines |
                | k       |         |           |

                """
        )
        #expect(table.html.contains("<td class=\"n\">10.25</td>"))
    }

    @Test func hostileCellsStayText() {
        var table = TextTable([.leading("a|b")])
        table.append(["<script>|"])
        #expect(table.html.contains("&lt;script&gt;"))
        #expect(table.markdown.contains("<script>\\|"))
    }

    @Test(arguments: [
        ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("👩‍👩‍👧", 2), ("한", 2), ("…", 1),
    ])
    func widthsAreTheTerminals(text: String, width: Int) {
        #expect(TextTable.width(of: text) == width)
    }
}

@Suite struct PlotTests {
    /// Durations with the long tail that real ones have.
    static func durations(_ count: Int, around milliseconds: Double, seed: UInt64) -> [Double] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            let unit = Double.random(in: 0.001..<1, using: &random)
            return milliseconds * (0.8 + 0.15 * (1 / unit).squareRoot())
        }
    }

    @Test func plotsAreWellFormedInAnyCase() throws {
        let odd: [[LatencyPlot.Series]] = [
            [], [.init(name: "none", milliseconds: [])], [.init(name: "one", milliseconds: [2])],
            [.init(name: "same", milliseconds: [3, 3, 3])],
            [.init(name: "zero <&>", milliseconds: [0, 0, 1e-9, 1e9])],
            [.init(name: "hybrid", milliseconds: Self.durations(500, around: 20, seed: 1))],
        ]
        for series in odd {
            try Self.expectWellFormed(LatencyPlot(title: "a < b & \"c\"", series: series).svg)
        }
        for points in [[], [(0.99, 1.0)], [(1, 0), (1, 0)], [(0.9, 0.1), (0.99, 1), (1, 10)]] {
            let series = RecallPlot.Series(
                name: "hnsw",
                points: points.map { .init(label: "ef", recall: $0.0, milliseconds: $0.1) }
            )
            try Self.expectWellFormed(RecallPlot(title: "t", series: [series]).svg)
        }
        for count in [0, 1, 7, 200] {
            let trials = (0..<count).map { (i: Int) in
                let risk = Double(i) / 150
                return RiskCoverage.Trial(risk: risk, isRight: i % 3 > 0, isAnswerable: i % 5 > 0)
            }
            let coverage = RiskCoverage(trials)
            let svg = ReliabilityPlot(coverage, title: "a < b", subtitle: "c & d").svg
            try Self.expectWellFormed(svg)
            // One dot for each group, and no group without a question.
            #expect(svg.matches(of: /<circle/).count == min(count, 10))
        }
    }

    @Test func picturesFollowTheThemeAndNeedNothingElse() {
        var report = HTMLReport(title: "bench <1>")
        var table = TextTable([.leading("mode"), .trailing("p50")])
        table.append(["hybrid", "12"])
        report.add(facts: [("machine", "2 cores")])
        report.add(heading: "Latency")
        report.add(text: "Warm.")
        report.add(table: table)
        report.add(svg: LatencyPlot(title: "t", series: []).svg)
        let html = report.html
        #expect(html.contains("prefers-color-scheme") && html.contains("bench &lt;1&gt;"))
        #expect(!html.contains("src=") && !html.contains("href="))
    }

    @Test(arguments: [
        (0.0, "0"), (0.1234, "0.123"), (1.5, "1.5"), (20, "20"), (123.4, "123"), (0.05, "0.05"),
        (1_000, "1000"), (0.000_5, "0.0005"),
    ])
    func labelsAreShort(value: Double, label: String) {
        #expect(PlotScale.label(value) == label)
    }

    @Test func ticksAreRoundAndInside() {
        let scale = PlotScale([1, 100], logarithmic: true, from: 0, to: 100)
        #expect(
            scale.ticks(about: 8).map(PlotScale.label) == ["1", "2", "5", "10", "20", "50", "100"]
        )
        let linear = PlotScale([0, 1], logarithmic: false, from: 0, to: 100)
        #expect(
            linear.ticks(about: 5).map(PlotScale.label) == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
        )
        #expect(linear.place(0.5) == 50)
        #expect(scale.place(-1) == 0 && scale.place(1e9) == 100)
    }

    private static func expectWellFormed(_ svg: String) throws {
        #expect(XMLParser(data: Data(svg.utf8)).parse())
        #expect(!svg.contains("nan") && !svg.contains("inf"))
    }
}
