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
