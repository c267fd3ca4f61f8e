/// Brings the first candidates of a ranking into a new order by a second score.
///
/// Both scores are taken in standard deviations over the candidates and added. The order may change only
/// among candidates of one group; each group keeps its places.
struct RerankedOrder {
    /// How many candidates are looked at again.
    static let depth = 20

    /// How much the second score counts; nil for it alone.
    let weight: Double?

    /// Orders candidates by both scores.
    ///
    /// - Parameters:
    ///   - candidates: best first, all of those that were looked at.
    ///   - scores: the second score of each.
    ///   - groups: what each belongs to.
    /// - Returns: the same candidates, best first; fused scores never grow from one to the next.
    func apply(
        to candidates: [FusedCandidate],
        scores: [Double],
        groups: [some Hashable]
    ) -> [FusedCandidate] {
        precondition(scores.count == candidates.count && groups.count == candidates.count)
        var order = Array(candidates.indices)
        for places in Dictionary(grouping: candidates.indices, by: { groups[$0] }).values {
            let first = Self.standardized(places.map { candidates[$0].score })
            let second = Self.standardized(places.map { scores[$0] })
            let sums = zip(first, second).map { first, second in
                weight.map { first + $0 * second } ?? second
            }
            let sorted = places.indices.sorted { (sums[$1], $0) < (sums[$0], $1) }
            for (place, index) in zip(places, sorted) { order[place] = places[index] }
        }
        var result = order.map { index in
            var candidate = candidates[index]
            candidate.rerankScore = scores[index]
            return candidate
        }
        // From below, so that none falls under the candidates that were not looked at.
        for index in result.indices.dropLast().reversed() {
            result[index].rerankShare = max(0, result[index + 1].score - result[index].score)
        }
        return result
    }

    /// The distances from the mean in standard deviations; zeros where all are equal.
    private static func standardized(_ values: [Double]) -> [Double] {
        let mean = values.reduce(0, +) / Double(max(1, values.count))
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (square / Double(max(1, values.count))).squareRoot()
        return values.map { deviation > 1e-12 ? ($0 - mean) / deviation : 0 }
    }
}
