internal import Corpus

/// From what similarity on a passage is near a query, by embedding model.
///
/// Similarities of unrelated texts are far from zero, and differ by model: those of
/// multilingual-e5-small begin at 0.75. A floor parts the best passages of questions that a library
/// answers from those of questions about something else; `scripts/fit-floor` fits it.
struct RelevanceFloor {
    /// The model's floor, or nil where none was fitted: then every hit counts as near.
    let similarity: Double?

    /// The floors of models by name.
    private static let fitted: [(name: String, similarity: Double)] = [
        ("multilingual-e5-small", 0.825),
        ("all-MiniLM-L6-v2", 0.244),
    ]

    /// The part of a full keyword score from which a passage is near whatever its embedding.
    private static let keywordShare = 0.5

    /// The floor of a library's model.
    init(model: String?) {
        similarity = model.flatMap { model in
            Self.fitted.first { model.contains($0.name) }?.similarity
        }
    }

    /// Whether a candidate is near the query.
    ///
    /// - Parameters:
    ///   - candidate: with the scores of both sides.
    ///   - fullScore: what a passage with all words scores.
    /// - Returns: true without a floor, or without a similarity.
    func isNear(_ candidate: FusedCandidate, fullScore: Double) -> Bool {
        guard let similarity, let score = candidate.vectorScore else { return true }
        if score >= similarity { return true }
        return (candidate.keywordScore ?? 0) >= Self.keywordShare * fullScore && fullScore > 0
    }
}
