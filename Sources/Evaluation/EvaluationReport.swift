/// Several ways of searching measured on the same queries, side by side.
package struct EvaluationReport: Sendable {
    /// The measured runs, in the order shown.
    package let runs: [RunEvaluation]
    /// What they are compared with: a saved run, measured on the same judgements.
    package let baseline: RunEvaluation?
    /// How long each run's queries took, by the run's name, of those whose times are known.
    package let latencies: [String: LatencySummary]
    /// The metrics shown.
    package let metrics: [RankingMetric]

    /// A report on runs that were measured with the same metrics.
    ///
    /// - Parameters:
    ///   - runs: in the order shown.
    ///   - baseline: what they are compared with, or nil.
    ///   - latencies: by the runs' names.
    ///   - metrics: those shown; nil for all that were measured.
    package init(
        runs: [RunEvaluation],
        baseline: RunEvaluation? = nil,
        latencies: [String: LatencySummary] = [:],
        metrics: [RankingMetric]? = nil
    ) {
        self.runs = runs
        self.baseline = baseline
        self.latencies = latencies
        self.metrics = metrics ?? runs.first?.metrics ?? []
    }

    /// The averages with half the width of their 95% intervals, a row for each run; with a
    /// baseline, its row last, and beside each figure that differs significantly an arrow.
    ///
    /// - Complexity: Resamples every figure: about a second for 5,000 queries and 15 figures.
    package var table: TextTable {
        let times: [TextTable.Column] =
            latencies.isEmpty ? [] : [.trailing("p50 ms"), .trailing("p95 ms")]
        var table = TextTable(
            [.leading("search")] + metrics.map { .trailing($0.description) } + times
        )
        for run in runs {
            table.append(
                [run.name]
                    + metrics.map { metric in
                        guard let baseline else { return Self.text(run.estimate(metric)) }
                        let comparison = run.compared(to: baseline, metric: metric)
                        return Self.text(run.estimate(metric)) + Self.arrow(comparison)
                    }
                    + (latencies[run.name].map { time in
                        [Self.fixed(time.p50, 1), Self.fixed(time.p95, 1)]
                    } ?? [])
            )
        }
        if let baseline {
            table.append(
                [baseline.name] + metrics.map { Self.text(baseline.estimate($0)) + "  " }
            )
        }
        return table
    }

    /// How each run differs from the baseline, a row for each run and metric; empty without one.
    package var comparisons: TextTable {
        Self.table(
            baseline.map { baseline in
                runs.flatMap { run in metrics.map { (run, baseline, $0) } }
            } ?? []
        )
    }

    /// How the last run differs from each of the others, a row for each of them and metric.
    package var gains: TextTable {
        guard let last = runs.last else { return Self.table([]) }
        return Self.table(
            runs.dropLast().flatMap { other in metrics.map { (last, other, $0) } },
            namingOther: true
        )
    }

    private static func table(
        _ pairs: [(run: RunEvaluation, other: RunEvaluation, metric: RankingMetric)],
        namingOther: Bool = false
    ) -> TextTable {
        var table = TextTable([
            .leading("search"), .leading("metric"), .trailing("difference"),
            .trailing("95% interval"), .trailing("p"), .trailing("better"), .trailing("worse"),
        ])
        for (run, other, metric) in pairs {
            let comparison = run.compared(to: other, metric: metric)
            let difference = comparison.difference
            table.append([
                namingOther ? "\(run.name) against \(other.name)" : run.name, metric.description,
                signed(difference.mean),
                "\(signed(difference.low)) to \(signed(difference.high))",
                fixed(comparison.pValue, 4), "\(comparison.wins)", "\(comparison.losses)",
            ])
        }
        return table
    }

    /// The figures as values for JSON.
    package var summary: Summary {
        Summary(
            queries: runs.first?.queries.count ?? 0,
            runs: runs.map { run in
                Summary.Row(
                    name: run.name,
                    metrics: Dictionary(
                        metrics.map { ($0.description, run.estimate($0)) },
                        uniquingKeysWith: { first, _ in first }
                    ),
                    latency: latencies[run.name],
                    againstBaseline: baseline.map { baseline in
                        Dictionary(
                            metrics.map {
                                ($0.description, run.compared(to: baseline, metric: $0))
                            },
                            uniquingKeysWith: { first, _ in first }
                        )
                    }
                )
            }
        )
    }

    /// What a report says, for programs.
    package struct Summary: Codable, Sendable, Hashable {
        /// One run's figures by metric.
        package struct Row: Codable, Sendable, Hashable {
            /// The run.
            package var name: String
            /// The averages with their intervals.
            package var metrics: [String: Estimate]
            /// How long its queries took, in milliseconds, if that was measured.
            package var latency: LatencySummary?
            /// How they differ from the baseline's, if there is one.
            package var againstBaseline: [String: PairedComparison]?
        }

        /// How many queries were measured.
        package var queries: Int
        /// The runs.
        package var runs: [Row]
    }

    // MARK: - Text

    /// `0.9231 ±0.006`.
    private static func text(_ estimate: Estimate) -> String {
        "\(fixed(estimate.mean, 4)) ±\(fixed((estimate.high - estimate.low) / 2, 3))"
    }

    /// An arrow for a significant difference, and as much room without one.
    private static func arrow(_ comparison: PairedComparison) -> String {
        guard comparison.isSignificant() else { return "  " }
        return comparison.difference.mean > 0 ? " ↑" : " ↓"
    }

    private static func signed(_ value: Double) -> String {
        let text = fixed(abs(value), 4)
        return (value < 0 ? "-" : "+") + text
    }

    /// A number with so many decimals, rounded half away from zero, and a point in every locale.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        let unit = (0..<decimals).reduce(1) { power, _ in power * 10 }
        let scaled = Int((abs(value) * Double(unit)).rounded())
        let part = String(scaled % unit)
        let zeros = String(repeating: "0", count: decimals - part.count)
        return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled / unit).\(zeros)\(part)"
    }
}
