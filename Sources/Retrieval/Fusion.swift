/// How the candidates of the words and of the vectors become one ranking.
public enum Fusion: Hashable, Sendable {
    /// A weighted sum of scores, each side brought to 0…1.
    ///
    /// Words: a candidate's score as a share of the best. Vectors: from the weakest candidate to the
    /// best. A passage that one side did not bring up has that side's 0. After Bruch, Gai and
    /// Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", arXiv:2210.11934.
    case convex(keywordWeight: Double)

    /// Reciprocal rank fusion: the sum of 1 / (k + rank) over the sides (Cormack, Clarke and
    /// Büttcher, SIGIR 2009).
    case reciprocalRank(k: Double)

    /// What searches use unless told otherwise.
    public static let standard = Fusion.convex(keywordWeight: 0.5)
}

/// A passage that one side brought up, with that side's score.
package struct Candidate: Hashable, Sendable {
    package let passage: Int64
    package let score: Double

    package init(passage: Int64, score: Double) {
        self.passage = passage
        self.score = score
    }
}

/// A passage with its fused score and where that comes from.
package struct FusedCandidate: Hashable, Sendable {
    package let passage: Int64
    package var keywordShare = 0.0
    package var vectorShare = 0.0
    package var keywordRank: Int?
    package var keywordScore: Double?
    package var vectorRank: Int?
    package var vectorScore: Double?

    package var score: Double { keywordShare + vectorShare }
}

extension Fusion {
    /// Brings two candidate lists together.
    ///
    /// - Parameters:
    ///   - keyword: best first.
    ///   - vector: best first.
    ///   - trust: how far the words' side is to be believed for this query, 0…1; scales its share.
    /// - Returns: every candidate of either list, by fused score, ties by passage ID.
    /// - Complexity: O(n log n).
    package func fuse(
        keyword: [Candidate],
        vector: [Candidate],
        trust: Double = 1
    ) -> [FusedCandidate] {
        var fused: [Int64: FusedCandidate] = [:]
        let keywordShares = shares(of: keyword, fromZero: true)
        let vectorShares = shares(of: vector, fromZero: false)
        let (keywordWeight, vectorWeight) = weights(trust: trust)
        for (index, candidate) in keyword.enumerated() {
            var entry = FusedCandidate(passage: candidate.passage)
            entry.keywordRank = index + 1
            entry.keywordScore = candidate.score
            entry.keywordShare = keywordWeight * keywordShares[index]
            fused[candidate.passage] = entry
        }
        for (index, candidate) in vector.enumerated() {
            var entry = fused[candidate.passage] ?? FusedCandidate(passage: candidate.passage)
            entry.vectorRank = index + 1
            entry.vectorScore = candidate.score
            entry.vectorShare = vectorWeight * vectorShares[index]
            fused[candidate.passage] = entry
        }
        return fused.values.sorted {
            $0.score != $1.score ? $0.score > $1.score : $0.passage < $1.passage
        }
    }

    private func weights(trust: Double) -> (keyword: Double, vector: Double) {
        switch self {
        case .convex(let weight):
            let keyword = weight * trust
            return (keyword, 1 - keyword)
        case .reciprocalRank: return (trust, 1)
        }
    }

    /// Each candidate's score brought to a scale that both sides share.
    private func shares(of candidates: [Candidate], fromZero: Bool) -> [Double] {
        switch self {
        case .reciprocalRank(let k):
            return candidates.indices.map { 1 / (k + Double($0 + 1)) }
        case .convex:
            guard let best = candidates.first?.score, let last = candidates.last?.score else {
                return []
            }
            let floor = fromZero ? min(0, last) : last
            guard best > floor else { return candidates.map { _ in 1 } }
            return candidates.map { ($0.score - floor) / (best - floor) }
        }
    }
}
