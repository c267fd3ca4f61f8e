/// Choosing hits that are relevant and not all alike.
///
/// Maximal marginal relevance: Carbonell and Goldstein, SIGIR 1998. Each next hit has the greatest
/// λ · relevance − (1 − λ) · similarity, its similarity being that to the most similar hit chosen before.
struct MarginalRelevance {
    /// λ, 0…1: how much relevance counts against being different; 1 is relevance alone.
    let lambda: Double

    /// The order in which candidates are chosen.
    ///
    /// - Parameters:
    ///   - relevance: one for each candidate, 0…1.
    ///   - count: the most to choose.
    ///   - similarity: of two candidates, at most 1; asked for at most once a pair and turn.
    /// - Returns: indices of candidates; of equals, the one that comes first.
    /// - Complexity: O(`count` · candidates) calls of `similarity`.
    func order(relevance: [Double], count: Int, similarity: (Int, Int) -> Double) -> [Int] {
        var chosen: [Int] = []
        var rest = Array(relevance.indices)
        var highest = [Double](repeating: -.infinity, count: relevance.count)
        while chosen.count < count, !rest.isEmpty {
            if let last = chosen.last {
                for candidate in rest {
                    highest[candidate] = max(highest[candidate], similarity(candidate, last))
                }
            }
            var best: (place: Int, value: Double)?
            for (place, candidate) in rest.enumerated() {
                let penalty = chosen.isEmpty ? 0 : highest[candidate]
                let value = lambda * relevance[candidate] - (1 - lambda) * penalty
                if value > best?.value ?? -.infinity { best = (place, value) }
            }
            guard let best else { break }
            chosen.append(rest.remove(at: best.place))
        }
        return chosen
    }
}
