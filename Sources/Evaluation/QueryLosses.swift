/// The queries that a run answers worst, beside what other runs make of them.
package struct QueryLosses: Sendable {
    /// One query.
    package struct Loss: Codable, Sendable, Hashable {
        /// The query's id.
        package var query: String
        /// What was asked.
        package var text: String
        /// What the run misses, of the best there can be or of what the baseline reaches.
        package var loss: Double
        /// The figures of all runs, the baseline's among them, by name.
        package var values: [String: Double]
    }

    /// The losses, worst first, then by query id.
    package let losses: [Loss]
    private let metric: RankingMetric
    private let names: [String]

    /// Lists what the last of `report`'s runs loses against its baseline, or against 1 without one.
    ///
    /// - Parameters:
    ///   - report: with at least one run.
    ///   - metric: what is lost of.
    ///   - texts: of the queries, by id.
    ///   - limit: the most queries to list.
    package init(
        _ report: EvaluationReport,
        metric: RankingMetric,
        texts: [String: String],
        limit: Int
    ) {
        self.metric = metric
        let shown = report.runs + (report.baseline.map { [$0] } ?? [])
        names = shown.map(\.name)
        let values = shown.map { run in
            Dictionary(zip(run.queries, run[metric]), uniquingKeysWith: { first, _ in first })
        }
        let names = names
        losses =
            report.runs.last?.losses(metric: metric, against: report.baseline).prefix(limit).map {
                loss in
                Loss(
                    query: loss.query,
                    text: texts[loss.query] ?? "",
                    loss: loss.loss,
                    values: Dictionary(
                        zip(names, values).compactMap { name, of in
                            of[loss.query].map { (name, $0) }
                        },
                        uniquingKeysWith: { first, _ in first }
                    )
                )
            } ?? []
    }

    /// The losses as a table: the figures of each run, then the query.
    package var table: TextTable {
        var table = TextTable(
            names.map { .trailing($0) } + [.leading("\(metric), worst first"), .leading("")]
        )
        for loss in losses {
            table.append(
                names.map { name in
                    loss.values[name].map { EvaluationReport.fixed($0, 3) } ?? ""
                } + [loss.query, loss.text]
            )
        }
        return table
    }
}
