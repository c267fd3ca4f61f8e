package import Corpus

/// How the candidates of the words and of the vectors become one ranking.
public enum Fusion: Hashable, Sendable {
    /// A weighted sum of scores, each side brought to 0…1 by its range.
    ///
    /// Words: a candidate's score as a share of the best. Vectors: from the weakest candidate to the
    /// best. A passage that one side did not bring up has that side's 0. After Bruch, Gai and
    /// Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", arXiv:2210.11934.
    case convex(keywordWeight: Double)

    /// A weighted sum of scores, each side brought to 0…1 by how its scores are spread.
    ///
    /// Three standard deviations under the mean are 0; three above, or the best, are 1. Words that
    /// bring up fewer candidates than they may give the missing ones a score of 0, so that a lone
    /// match stands out. Distribution-based score fusion, as Mazzeschi named it in 2023.
    case distribution(keywordWeight: Double)

    /// Reciprocal rank fusion: the sum of 1 / (k + rank) over the sides (Cormack, Clarke and
    /// Büttcher, SIGIR 2009).
    case reciprocalRank(k: Double)

    /// What searches use unless told otherwise.
    public static let standard = Fusion.distribution(keywordWeight: 0.55)
    /// What they use for a few words or a code, of which embeddings know least.
    package static let forNames = Fusion.distribution(keywordWeight: 0.8)
    /// What they use for a question about source code, whose words are seldom the question's.
    package static let forCode = Fusion.distribution(keywordWeight: 0.3)
    /// What they use for a long text, whose similarities say little and whose words much.
    package static let forLongQueries = Fusion.distribution(keywordWeight: 0.7)
}

extension Fusion: LosslessStringConvertible {
    /// `dbsf:0.55`, `convex:0.5` or `rrf:60`.
    public var description: String {
        switch self {
        case .convex(let weight): "convex:\(weight)"
        case .distribution(let weight): "dbsf:\(weight)"
        case .reciprocalRank(let k): "rrf:\(k)"
        }
    }

    /// Reads what `description` gives; weights go from 0 to 1.
    public init?(_ description: String) {
        let parts = description.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let value = Double(parts[1]), value.isFinite else { return nil }
        switch parts[0] {
        case "convex" where (0...1).contains(value): self = .convex(keywordWeight: value)
        case "dbsf" where (0...1).contains(value): self = .distribution(keywordWeight: value)
        case "rrf" where value > 0: self = .reciprocalRank(k: value)
        default: return nil
        }
    }

    /// What tuning chooses from, the default first.
    package static let choices: [Fusion] =
        [.standard] + (1...9).map { .distribution(keywordWeight: Double($0) / 10) }
        + (1...9).map { .convex(keywordWeight: Double($0) / 10) }
        + [10, 60].map { .reciprocalRank(k: $0) }
}

/// A passage with its fused score and where that comes from.
package struct FusedCandidate: Hashable, Sendable {
    package let passage: PassageID
    package var keywordShare = 0.0
    package var vectorShare = 0.0
    package var keywordRank: Int?
    package var keywordScore: Double?
    package var vectorRank: Int?
    package var vectorScore: Double?
    /// What a closer look said, if there was one, and by how much it raised the score.
    package var rerankScore: Double?
    package var rerankShare = 0.0
    /// Whether the query names it, so that it stands before what only fits.
    package var isLifted = false

    package var score: Double { keywordShare + vectorShare + rerankShare }

    /// Whether `self` ranks before `other`: by fused score, ties by passage ID.
    static func precedes(_ a: FusedCandidate, _ b: FusedCandidate) -> Bool {
        a.score != b.score ? a.score > b.score : a.passage < b.passage
    }
}

extension Fusion {
    /// Candidates of each side whose scores say how scores are spread.
    ///
    /// Always as many, so that asking for more hits does not change the order of the first.
    static let scaleDepth = 100

    /// Similarities that are spread less than this hardly differ, and are not stretched further.
    package static let leastDeviation = 0.01
    /// The same for a long query, of which every passage is about as near.
    static let leastDeviationOfLongQueries = 0.02

    /// Brings two candidate lists together.
    ///
    /// - Parameters:
    ///   - keyword: best first.
    ///   - vector: best first.
    ///   - ranked: how many of `vector` dense retrieval brought up; the rest are keyword candidates with
    ///     their similarity. Nil for all.
    ///   - leastDeviation: the least spread of similarities, as a standard deviation.
    ///   - confidence: how far keyword retrieval is to be believed of each of its candidates, 0…1; scales
    ///     its share. Nil for 1 throughout.
    ///   - confidenceBesideVectors: how far the words are to be believed beside each of the vectors'
    ///     candidates: what they do not take is the vectors'. Nil for the greatest of `confidence`.
    /// - Returns: every candidate of either list, by fused score, ties by passage ID.
    /// - Complexity: O(n log n).
    package func fuse(
        keyword: [ScoredPassage],
        vector: [ScoredPassage],
        ranked: Int? = nil,
        leastDeviation: Double = Self.leastDeviation,
        confidence: [Double]? = nil,
        confidenceBesideVectors: [Double]? = nil
    ) -> [FusedCandidate] {
        precondition(
            confidence == nil || confidence?.count == keyword.count,
            "a confidence for each candidate"
        )
        precondition(
            confidenceBesideVectors == nil || confidenceBesideVectors?.count == vector.count,
            "a confidence beside each candidate"
        )
        var fused: [PassageID: FusedCandidate] = [:]
        let keywordScale = scale(of: keyword, isWords: true)
        let ranked = ranked ?? vector.count
        let vectorScale = scale(
            of: Array(vector.prefix(ranked)),
            isWords: false,
            leastDeviation: leastDeviation
        )
        for (index, candidate) in keyword.enumerated() {
            var entry = FusedCandidate(passage: candidate.id)
            entry.keywordRank = index + 1
            entry.keywordScore = candidate.score
            entry.keywordShare =
                keywordWeight * (confidence?[index] ?? 1)
                * keywordScale.share(of: candidate.score, rank: index + 1)
            fused[candidate.id] = entry
        }
        let greatest = confidence.map { $0.max() ?? 0 } ?? 1
        for (index, candidate) in vector.enumerated() {
            let weight = vectorWeight(confidence: confidenceBesideVectors?[index] ?? greatest)
            var entry = fused[candidate.id] ?? FusedCandidate(passage: candidate.id)
            entry.vectorRank = index < ranked ? index + 1 : nil
            entry.vectorScore = candidate.score
            entry.vectorShare = weight * vectorScale.share(of: candidate.score, rank: index + 1)
            fused[candidate.id] = entry
        }
        return fused.values.sorted(by: FusedCandidate.precedes)
    }

    private var keywordWeight: Double {
        switch self {
        case .convex(let weight), .distribution(let weight): weight
        case .reciprocalRank: 1
        }
    }

    /// What the words do not take, if they are believed only in part.
    func vectorWeight(confidence: Double) -> Double {
        switch self {
        case .convex, .distribution: 1 - keywordWeight * confidence
        case .reciprocalRank: 1
        }
    }

    /// What one side's scores are brought to 0…1 with.
    ///
    /// Similarities that are spread less than `leastDeviation` are taken to be spread so.
    func scale(
        of candidates: [ScoredPassage],
        isWords: Bool,
        leastDeviation: Double = Self.leastDeviation
    ) -> FusionScale {
        let scores = candidates.prefix(Self.scaleDepth).map(\.score)
        guard let best = scores.first, let last = scores.last else { return .line(zero: 0, one: 1) }
        switch self {
        case .reciprocalRank(let k): return .ranks(k: k)
        case .convex: return .line(zero: isWords ? min(0, last) : last, one: best)
        case .distribution:
            let missing = isWords ? Self.scaleDepth - scores.count : 0
            let count = Double(scores.count + missing)
            let mean = scores.reduce(0, +) / count
            let squares = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            var deviation = ((squares + Double(missing) * mean * mean) / count).squareRoot()
            if !isWords { deviation = max(deviation, leastDeviation) }
            return .line(zero: mean - 3 * deviation, one: max(best, mean + 3 * deviation))
        }
    }
}

/// Brings scores of one side to 0…1.
enum FusionScale: Hashable, Sendable {
    case line(zero: Double, one: Double)
    case ranks(k: Double)

    func share(of score: Double, rank: Int) -> Double {
        switch self {
        case .ranks(let k): 1 / (k + Double(rank))
        case .line(let zero, let one): one > zero ? max(0, (score - zero) / (one - zero)) : 1
        }
    }

    /// What one more of score is worth; 0 where ranks alone count.
    var slope: Double {
        switch self {
        case .ranks: 0
        case .line(let zero, let one): one > zero ? 1 / (one - zero) : 0
        }
    }
}
