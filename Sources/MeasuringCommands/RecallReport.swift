package import Evaluation
package import Corpus
internal import Localization

/// What `vecino doctor --recall` found out.
package struct RecallReport: Encodable {
    /// Whether searches compare every vector.
    package let exact: Bool
    package let queries: Int
    /// recall@10 with its 95 % interval.
    let recall: Estimate
    package let search: LatencySummary
    let everyVector: LatencySummary
    /// The median time that a search saves.
    let savedMilliseconds: Double
    /// Why it is so, as found when the library was last indexed.
    let choice: String?

    package init(_ check: RecallCheck) {
        exact = check.isExact
        queries = check.recalls.count
        recall = Estimate(mean: check.recalls)
        search = LatencySummary(milliseconds: check.milliseconds)
        everyVector = LatencySummary(milliseconds: check.exactMilliseconds)
        savedMilliseconds = everyVector.p50 - search.p50
        choice = check.choice
    }

    /// For a terminal.
    package var text: String {
        func fixed(_ number: Double, _ digits: Int) -> String { Format.fixed(number, digits) }
        var lines: [String] = []
        if exact {
            lines.append("Searches compare every passage: they miss none.")
            lines.append(
                "Median over \(Format.count(queries)) queries: \(fixed(search.p50, 2)) ms, the query's "
                    + "embedding aside."
            )
        } else {
            lines.append("Searches walk a graph, and may miss a passage.")
            lines.append(
                "recall@10 \(fixed(recall.mean, 4)), 95 % interval \(fixed(recall.low, 4)) to "
                    + "\(fixed(recall.high, 4)), over \(Format.count(queries)) queries."
            )
            lines.append(
                "Median \(fixed(search.p50, 2)) ms, comparing every passage "
                    + "\(fixed(everyVector.p50, 2)) ms: \(fixed(savedMilliseconds, 2)) ms saved, the "
                    + "query's embedding aside."
            )
        }
        if let choice { lines.append("When the library was last indexed: \(choice).") }
        return lines.map { $0 + "\n" }.joined()
    }
}
