internal import Evaluation
package import Experiments
internal import Localization
internal import TerminalIO

/// The report of `vecino bench --vectors`, as text, JSON, a picture and a page.
extension VectorBenchReport {
    private var facts: [(name: String, value: String)] {
        func built(_ seconds: Double, _ bytes: Int) -> String {
            "\(Format.duration(seconds)), \(Format.count(bytes)) bytes a vector"
        }
        return [
            ("machine", machine), ("kernels", kernels),
            (
                "vectors",
                "\(Format.count(vectors)) of \(dimensions) dimensions, \(metric)"
            ),
            ("queries", "\(Format.count(queries)), one a call, one thread"),
            ("exact index", built(exactBuildSeconds, exactBytesPerVector)),
            (
                "graph",
                "m \(m), efConstruction \(efConstruction): "
                    + built(graphBuildSeconds, graphBytesPerVector)
            ),
            (
                "exact, all queries in one call",
                "\(Format.fixed(batchQueriesPerSecond, 0)) queries/s"
            ),
        ]
    }

    private var table: TextTable {
        var table = TextTable([
            .leading("search"), .trailing("recall@10"), .trailing("queries/s"), .trailing("p50 ms"),
            .trailing("p95"), .trailing("p99"),
        ])
        for row in rows {
            table.append([
                row.label, Format.fixed(row.recall, 4),
                Format.count(Int(row.latency.queriesPerSecond)), Format.fixed(row.latency.p50, 3),
                Format.fixed(row.latency.p95, 3), Format.fixed(row.latency.p99, 3),
            ])
        }
        return table
    }

    /// For a terminal.
    package var text: String {
        facts.map { "\($0.name): \($0.value)\n" }.joined() + "\n" + table.description
    }

    /// For programs.
    package func json() throws -> String { try JSON.text(self) + "\n" }

    /// Recall against time, as SVG.
    var plot: String {
        func points(_ rows: [Row]) -> [RecallPlot.Point] {
            rows.map { .init(label: $0.label, recall: $0.recall, milliseconds: $0.latency.mean) }
        }
        return RecallPlot(
            title: "Recall and time of vector search",
            subtitle:
                "\(Format.count(vectors)) vectors of \(dimensions) dimensions · \(machine) · \(kernels)",
            series: [
                .init(name: "graph", points: points(rows.filter { $0.ef != nil })),
                .init(name: "exact", points: points(rows.filter { $0.ef == nil })),
            ]
        ).svg
    }

    /// A page with the picture and the figures.
    var html: String {
        var report = HTMLReport(title: "Vecino: vector search")
        report.add(facts: facts.map { (name: $0.name, value: $0.value) })
        report.add(svg: plot)
        report.add(table: table)
        return report.html
    }
}
