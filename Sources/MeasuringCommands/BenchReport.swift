internal import Evaluation
internal import Experiments
internal import Foundation
internal import Corpus
internal import Localization
internal import TerminalIO
internal import Vecino

/// What `vecino bench` found out, as text, JSON and a page.
struct BenchReport {
    let facts: [(String, String)]
    let results: [SearchBench]
    let curve: RecallCurve?

    // MARK: Tables

    private static let percentiles: [TextTable.Column] = [
        .trailing("p50 ms"), .trailing("p90"), .trailing("p95"), .trailing("p99"),
        .trailing("max"),
    ]

    private static func cells(_ figures: LatencySummary) -> [String] {
        [figures.p50, figures.p90, figures.p95, figures.p99, figures.maximum]
            .map { Format.fixed($0, 2) }
    }

    private var searches: TextTable {
        var table = TextTable([.leading("mode")] + Self.percentiles + [.trailing("queries/s")])
        for result in results {
            table.append(
                [result.mode.rawValue] + Self.cells(result.latency)
                    + [Format.fixed(result.latency.queriesPerSecond, 0)]
            )
        }
        for result in results {
            guard let cold = result.cold else { continue }
            table.append(["\(result.mode.rawValue), \(cold.count) cold"] + Self.cells(cold))
        }
        return table
    }

    private var stages: TextTable {
        var table = TextTable([.leading("mode"), .leading("stage")] + Self.percentiles)
        for result in results {
            for stage in SearchTimings().stages.map(\.name) {
                guard let figures = result.stages[stage] else { continue }
                table.append([result.mode.rawValue, stage] + Self.cells(figures))
            }
        }
        return table
    }

    private func recall(_ curve: RecallCurve) -> TextTable {
        var table = TextTable([
            .leading("search"), .trailing("recall@10"), .trailing("p50 ms"), .trailing("p95"),
        ])
        func row(_ name: String, _ recall: Double, _ milliseconds: [Double]) {
            let times = LatencySummary(milliseconds: milliseconds)
            table.append([
                name, Format.fixed(recall, 4), Format.fixed(times.p50, 3),
                Format.fixed(times.p95, 3),
            ])
        }
        for point in curve.points { row("ef \(point.ef)", point.recall, point.milliseconds) }
        row("every vector", 1, curve.exactMilliseconds)
        return table
    }

    private func remark(_ curve: RecallCurve) -> String {
        curve.isStored
            ? "Walks of the library's graph, against the comparison with every vector."
            : "Walks of a graph that was made in memory for this report, against the comparison with "
                + "every vector, which this library uses."
    }

    // MARK: Forms

    /// For a terminal.
    var text: String {
        var text = facts.map { "\($0.0): \($0.1)\n" }.joined()
        text += "\n" + searches.description + "\n" + stages.description
        if let curve { text += "\n" + recall(curve).description }
        return text
    }

    /// For programs.
    func json() throws -> String {
        struct Point: Encodable {
            let ef: Int
            let recall: Double
            let latency: LatencySummary
        }
        struct Report: Encodable {
            let facts: [String: String]
            let modes: [SearchBench]
            let recall: [Point]?
            let everyVector: LatencySummary?
        }
        return try JSON.text(
            Report(
                facts: Dictionary(facts, uniquingKeysWith: { first, _ in first }),
                modes: results,
                recall: curve?.points.map {
                    Point(
                        ef: $0.ef,
                        recall: $0.recall,
                        latency: LatencySummary(milliseconds: $0.milliseconds)
                    )
                },
                everyVector: curve.map { LatencySummary(milliseconds: $0.exactMilliseconds) }
            )
        ) + "\n"
    }

    private var subtitle: String { facts.prefix(3).map(\.1).joined(separator: " · ") }

    /// The distribution of whole searches, as SVG.
    var latencyPlot: String {
        LatencyPlot(
            title: "Search latency",
            subtitle: subtitle,
            series: results.map { .init(name: $0.mode.rawValue, milliseconds: $0.milliseconds) }
        ).svg
    }

    private func recallPlot(_ curve: RecallCurve) -> String {
        func median(_ times: [Double]) -> Double { LatencySummary(milliseconds: times).p50 }
        return RecallPlot(
            title: "Recall and time of vector search",
            subtitle: subtitle,
            series: [
                .init(
                    name: "graph",
                    points: curve.points.map {
                        .init(
                            label: "ef \($0.ef)",
                            recall: $0.recall,
                            milliseconds: median($0.milliseconds)
                        )
                    }
                ),
                .init(
                    name: "every vector",
                    points: [
                        .init(
                            label: "exact",
                            recall: 1,
                            milliseconds: median(curve.exactMilliseconds)
                        )
                    ]
                ),
            ]
        ).svg
    }

    /// A page with plots.
    var html: String {
        var report = HTMLReport(title: "Vecino: search latency")
        report.add(facts: facts.map { (name: $0.0, value: $0.1) })
        report.add(svg: latencyPlot)
        report.add(heading: "Whole searches")
        report.add(table: searches)
        report.add(heading: "Where the time goes")
        report.add(table: stages)
        if let curve {
            report.add(heading: "Recall over ef")
            report.add(text: remark(curve))
            report.add(svg: recallPlot(curve))
            report.add(table: recall(curve))
        }
        return report.html
    }
}
