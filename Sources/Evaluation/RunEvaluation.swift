/// What a run is worth: every metric, for every query.
package struct RunEvaluation: Sendable {
    /// The run's name.
    package let name: String
    /// The measured queries, in the order of all figures.
    package let queries: [String]
    /// The metrics, in the order asked for.
    package let metrics: [RankingMetric]
    /// The figures of one metric, query by query.
    private let values: [RankingMetric: [Double]]

    /// The metrics that tables show by default.
    package static let defaultMetrics: [RankingMetric] = [
        .ndcg(at: 10), .reciprocalRank(at: 10), .hitRate(at: 5), .recall(at: 10),
        .recall(at: 100),
    ]

    /// Measures a run.
    ///
    /// A query that the run has no results for scores 0, as with `trec_eval -c`. Leave out the
    /// queries without a relevant document, which always score 0.
    ///
    /// - Complexity: O(*results* · *metrics*).
    package init(
        _ run: Run,
        judgements: Judgements,
        queries: [String],
        metrics: [RankingMetric] = defaultMetrics
    ) {
        name = run.name
        self.queries = queries
        self.metrics = metrics
        var values: [RankingMetric: [Double]] = [:]
        for query in queries {
            let ranking = run[query].map(\.id)
            let gains = judgements[query]
            for metric in Set(metrics) {
                values[metric, default: []].append(metric.value(ranking: ranking, gains: gains))
            }
        }
        self.values = values
    }

    /// The figures of a metric, in the order of `queries`; empty if it was not asked for.
    package subscript(metric: RankingMetric) -> [Double] { values[metric] ?? [] }

    /// The average of a metric over all queries.
    package func mean(_ metric: RankingMetric) -> Double { self[metric].mean }

    /// The average of a metric over all queries, with its 95% bootstrap interval.
    package func estimate(_ metric: RankingMetric) -> Estimate { Estimate(mean: self[metric]) }

    /// Compares with another run of the same queries; queries that only one has are left out.
    package func compared(
        to other: RunEvaluation,
        metric: RankingMetric
    ) -> PairedComparison {
        let theirs = Dictionary(
            zip(other.queries, other[metric]),
            uniquingKeysWith: { first, _ in first }
        )
        let pairs = zip(queries, self[metric]).compactMap { query, our in
            theirs[query].map { (our, $0) }
        }
        return PairedComparison(ours: pairs.map(\.0), theirs: pairs.map(\.1))
    }

    /// Returns the queries that lost against `other`, the greatest loss first, then by query id;
    /// against nothing, those that are below 1.
    package func losses(
        metric: RankingMetric,
        against other: RunEvaluation? = nil
    ) -> [(query: String, value: Double, loss: Double)] {
        let theirs = other.map {
            Dictionary(zip($0.queries, $0[metric]), uniquingKeysWith: { first, _ in first })
        }
        return zip(queries, self[metric]).compactMap { query, value in
            guard let reference = theirs.map({ $0[query] }) ?? 1, reference > value else {
                return nil
            }
            return (query: query, value: value, loss: reference - value)
        }.sorted { ($1.loss, $0.query) < ($0.loss, $1.query) }
    }
}
