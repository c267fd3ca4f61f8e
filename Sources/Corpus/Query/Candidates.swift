/// A passage that a retriever brought up, with its score: larger is better.
package struct ScoredPassage: Hashable, Sendable {
    package let id: PassageID
    package let score: Double

    package init(id: PassageID, score: Double) {
        self.id = id
        self.score = score
    }
}

/// Which passages may be candidates.
package struct CandidateScope: Hashable, Sendable {
    /// The documents they stand in, or nil for all.
    package var documents: [DocumentID]?
    /// What they have to match, or nil.
    package var required: KeywordQuery?
    /// What they must not match, or nil.
    package var excluded: KeywordQuery?
    /// The language group they belong to, or nil for all.
    package var languageGroup: String?

    /// Whether every passage may be a candidate.
    package var isEverything: Bool {
        documents == nil && required == nil && excluded == nil && languageGroup == nil
    }

    package init(
        documents: [DocumentID]? = nil,
        required: KeywordQuery? = nil,
        excluded: KeywordQuery? = nil,
        languageGroup: String? = nil
    ) {
        self.documents = documents
        self.required = required
        self.excluded = excluded
        self.languageGroup = languageGroup
    }
}

/// What keyword retrieval is asked for.
package struct KeywordRequest: Sendable {
    /// Terms, prefixes and phrases; a passage that matches any of them is a candidate.
    ///
    /// Each adds its BM25 score, repeated ones repeatedly.
    package var clauses: [KeywordQuery]
    /// Words side by side, each of which adds its score times `neighborWeight` as well.
    package var neighbors: [KeywordQuery]
    /// What neighbors count beside the clauses; a store that cannot weigh them takes 1.
    package var neighborWeight: Double
    /// Function words beside others, which bring up no candidate.
    ///
    /// They add a quarter of their score to what the clauses bring up. A store may leave them out.
    package var optional: [KeywordQuery]
    /// Which passages may be candidates.
    package var scope: CandidateScope
    /// How much a match in each field counts.
    package var weights: FieldWeights
    /// The most candidates.
    package var limit: Int

    package init(
        clauses: [KeywordQuery],
        neighbors: [KeywordQuery] = [],
        neighborWeight: Double = 1,
        optional: [KeywordQuery] = [],
        scope: CandidateScope = CandidateScope(),
        weights: FieldWeights = .standard,
        limit: Int
    ) {
        self.clauses = clauses
        self.neighbors = neighbors
        self.neighborWeight = neighborWeight
        self.optional = optional
        self.scope = scope
        self.weights = weights
        self.limit = limit
    }
}

/// What dense retrieval found.
package struct VectorMatches: Sendable {
    /// Best first, ties by the order of storing; scores are inner products.
    package var passages: [ScoredPassage]
    /// Whether every vector of the scope was compared, so that nothing nearer was missed.
    package var isExact: Bool

    package init(passages: [ScoredPassage], isExact: Bool) {
        self.passages = passages
        self.isExact = isExact
    }
}

/// The passages of one language and the mean of their embeddings.
///
/// A multilingual model puts a question nearer to passages in its own language than their meaning
/// warrants. The means tell by how much, so that ranking can take part of it back.
package struct LanguageGroup: Hashable, Sendable {
    /// The language's code, or an empty string for the passages of all the rarer ones.
    package let language: String
    /// The mean of a sample of its embeddings.
    package let mean: [Float]

    package init(language: String, mean: [Float]) {
        self.language = language
        self.mean = mean
    }

    /// Embeddings that a mean is taken of.
    package static let sampleSize = 500

    /// The passages that a language needs to be a group of its own.
    ///
    /// - Parameter total: how many the library holds.
    /// - Returns: a twentieth of them, and at least 50.
    package static func leastPassages(of total: Int) -> Int { max(50, Int(Double(total) * 0.05)) }
}
