/// Several ways of searching measured on the same queries, side by side.
package struct EvaluationReport: Sendable {
    /// The measured runs, in the order shown.
    package let runs: [RunEvaluation]
    /// What they are compared with: a saved run, measured on the same judgements.
    package let baseline: RunEvaluation?
    /// The metrics shown.
    package var metrics: [RankingMetric] { runs.first?.metrics ?? [] }

    /// A report on runs that were measured with the same metrics.
    package init(runs: [RunEvaluation], baseline: RunEvaluation? = nil) {
        self.runs = runs
        self.baseline = baseline
    }

    /// The averages with half the width of their 95% intervals, a row for each run; with a
    /// baseline, its row last, and beside each figure that differs significantly an arrow.
    ///
    /// - Complexity: Resamples every figure: about a second for 5,000 queries and 15 figures.
    package var table: TextTable {
        var table = TextTable([.leading("search")] + metrics.map { .trailing($0.description) })
        for run in runs {
            table.append(
                [run.name]
                    + metrics.map { metric in
                        guard let baseline else { return Self.text(run.estimate(metric)) }
                        let comparison = run.compared(to: baseline, metric: metric)
                        return Self.text(run.estimate(metric)) + Self.arrow(comparison)
                    }
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
        var table = TextTable([
            .leading("search"), .leading("metric"), .trailing("difference"),
            .trailing("95% interval"), .trailing("p"), .trailing("better"), .trailing("worse"),
        ])
        guard let baseline else { return table }
        for run in runs {
            for metric in metrics {
                let comparison = run.compared(to: baseline, metric: metric)
                let difference = comparison.difference
                table.append([
                    run.name, metric.description, Self.signed(difference.mean),
                    "\(Self.signed(difference.low)) to \(Self.signed(difference.high))",
                    Self.fixed(comparison.pValue, 4), "\(comparison.wins)", "\(comparison.losses)",
                ])
            }
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
            /// How they differ from the baseline's, if there is one.
            package var againstBaseline: [String: PairedComparison]?
        }

        /// How many queries were measured.
        package var queries: Int
        /// The runs.
        package var runs: [Row]
    }

    // MARK: - Text

    /// `0.923 ±0.006`.
    private static func text(_ estimate: Estimate) -> String {
        "\(fixed(estimate.mean, 3)) ±\(fixed((estimate.high - estimate.low) / 2, 3))"
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

/// A bar that a run must clear, for a build that fails when search gets worse: `ndcg@10 < 0.9`, or
/// `hybrid: mrr@10 <= 0.85` for one way of searching only.
package struct QualityBar: Sendable, Hashable, CustomStringConvertible {
    /// The run it is about; every run if nil.
    package var run: String?
    /// What is measured.
    package var metric: RankingMetric
    /// The value that fails, and everything below it.
    package var value: Double
    /// Whether `value` itself fails.
    package var isInclusive: Bool

    /// Reads `[RUN:] METRIC < VALUE` or `[RUN:] METRIC <= VALUE`.
    ///
    /// - Throws: `unknownMetric`, or `malformedBar` with what was given.
    package init(parsing text: String) throws(EvaluationError) {
        let sides = text.split(separator: "<", omittingEmptySubsequences: false)
        guard sides.count == 2 else { throw .malformedBar(text) }
        isInclusive = sides[1].hasPrefix("=")
        guard let value = Double(Self.trimmed(sides[1].drop { $0 == "=" })), value.isFinite else {
            throw .malformedBar(text)
        }
        self.value = value
        let names = sides[0].split(separator: ":", omittingEmptySubsequences: false)
        guard names.count <= 2, let name = names.last else { throw .malformedBar(text) }
        run = names.count == 2 ? Self.trimmed(names[0]) : nil
        metric = try RankingMetric(parsing: Self.trimmed(name))
    }

    /// Returns whether a run fails.
    package func fails(_ evaluation: RunEvaluation) -> Bool {
        guard run == nil || run == evaluation.name else { return false }
        let mean = evaluation.mean(metric)
        return isInclusive ? mean <= value : mean < value
    }

    /// The bar as it is written.
    package var description: String {
        (run.map { "\($0): " } ?? "") + "\(metric) \(isInclusive ? "<=" : "<") \(value)"
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
