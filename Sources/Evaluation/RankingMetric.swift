internal import Foundation

/// A measure of one query's ranking against the judged relevance of documents.
///
/// The definitions are trec_eval's, so that figures can be laid beside published ones. A document
/// without a judgement gains nothing; a gain of 1 or more is relevant; a query without a relevant
/// document scores 0.
package enum RankingMetric: Hashable, Sendable {
    /// Normalized discounted cumulative gain with the judged gains as they stand (linear, not
    /// exponential) and a discount of log₂(rank + 1), over the first `at` documents. The ideal
    /// ranking is made of all judged documents: Järvelin and Kekäläinen, TOIS 20(4), 2002.
    case ndcg(at: Int)
    /// 1 / rank of the first relevant document if it is among the first `at`, otherwise 0.
    case reciprocalRank(at: Int)
    /// 1 if a relevant document is among the first `at`, otherwise 0.
    case hitRate(at: Int)
    /// The share of the relevant documents that is among the first `at`.
    case recall(at: Int)
    /// The share of the first `at` places that holds a relevant document.
    case precision(at: Int)
    /// The mean, over all relevant documents, of the precision at the place where each was found.
    case averagePrecision

    /// Returns this measure of `ranking`, between 0 and 1.
    ///
    /// `ranking` holds document ids, best first. A document that comes twice would count twice, so
    /// callers keep one hit per document: `Run` does. `gains` holds the query's judged documents; a
    /// gain of 0 or less means "judged, irrelevant".
    ///
    /// - Complexity: O(*r* + *g* log *g*) for *r* places and *g* gains.
    package func value(ranking: some Collection<String>, gains: [String: Int]) -> Double {
        let relevantCount = gains.values.count { $0 > 0 }
        guard relevantCount > 0 else { return 0 }
        switch self {
        case .ndcg(let depth):
            let ideal = Self.discounted(gains.values.sorted(by: >), depth: depth)
            return Self.discounted(ranking.lazy.map { gains[$0] ?? 0 }, depth: depth) / ideal
        case .reciprocalRank(let depth):
            let place = ranking.prefix(depth).enumerated()
                .first { gains[$0.element, default: 0] > 0 }?.offset
            return place.map { 1 / Double($0 + 1) } ?? 0
        case .hitRate(let depth):
            return Self.found(in: ranking, gains, depth: depth) > 0 ? 1 : 0
        case .recall(let depth):
            return Double(Self.found(in: ranking, gains, depth: depth)) / Double(relevantCount)
        case .precision(let depth):
            guard depth > 0 else { return 0 }
            return Double(Self.found(in: ranking, gains, depth: depth)) / Double(depth)
        case .averagePrecision:
            var found = 0
            var sum = 0.0
            for (place, document) in ranking.enumerated() where gains[document, default: 0] > 0 {
                found += 1
                sum += Double(found) / Double(place + 1)
            }
            return sum / Double(relevantCount)
        }
    }

    /// Returns Σ gain / log₂(rank + 1) over the first `depth` gains that are positive.
    private static func discounted(_ gains: some Sequence<Int>, depth: Int) -> Double {
        var sum = 0.0
        for (place, gain) in gains.prefix(depth).enumerated() where gain > 0 {
            sum += Double(gain) / log2(Double(place + 2))
        }
        return sum
    }

    /// Returns how many of the first `depth` documents are relevant.
    private static func found(
        in ranking: some Collection<String>,
        _ gains: [String: Int],
        depth: Int
    ) -> Int {
        ranking.prefix(depth).count { gains[$0, default: 0] > 0 }
    }
}

extension RankingMetric: CustomStringConvertible {
    /// The name as people write it: `nDCG@10`, `MRR@10`, `hit@5`, `recall@100`, `P@5`, `MAP`.
    package var description: String {
        switch self {
        case .ndcg(let depth): "nDCG@\(depth)"
        case .reciprocalRank(let depth): "MRR@\(depth)"
        case .hitRate(let depth): "hit@\(depth)"
        case .recall(let depth): "recall@\(depth)"
        case .precision(let depth): "P@\(depth)"
        case .averagePrecision: "MAP"
        }
    }

    /// Reads a metric's name, in any case: what `description` gives, or `ndcg_cut_10`, `recip_rank@10`,
    /// `success@5`, `hitrate@5`, `precision@5`.
    ///
    /// - Throws: `unknownMetric` if the name is not a metric's, or its depth is missing or under 1.
    package init(parsing name: String) throws(EvaluationError) {
        let lowered = name.lowercased()
        if lowered == "map" {
            self = .averagePrecision
            return
        }
        let parts = lowered.split(whereSeparator: { $0 == "@" || $0 == "_" })
        guard parts.count >= 2, let last = parts.last, let depth = Int(last), depth > 0 else {
            throw .unknownMetric(name)
        }
        switch parts.dropLast().joined(separator: "_") {
        case "ndcg", "ndcg_cut": self = .ndcg(at: depth)
        case "mrr", "rr", "recip_rank": self = .reciprocalRank(at: depth)
        case "hit", "hits", "hitrate", "hit_rate", "success": self = .hitRate(at: depth)
        case "recall", "r": self = .recall(at: depth)
        case "precision", "p": self = .precision(at: depth)
        default: throw .unknownMetric(name)
        }
    }
}
