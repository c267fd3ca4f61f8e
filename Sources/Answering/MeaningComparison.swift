/// A text that is compared with a question in meaning.
public struct ComparedText: Hashable, Sendable {
    /// A sentence behind the heading that it stands under, or a heading.
    public var text: String
    /// Where the sentence itself begins, in UTF-8.
    public var start: Int

    /// A text whose sentence begins at `start`.
    public init(_ text: String, start: Int = 0) {
        self.text = text
        self.start = start
    }
}

/// How near a text is to a question in meaning.
public struct MeaningMatch: Hashable, Sendable {
    /// The cosine of the embeddings.
    public var cosine: Float
    /// For each token of the question the greatest cosine with a token of the text; empty where an encoder
    /// gives embeddings only.
    public var tokens: [Float]
    /// The same with the tokens of the sentence itself, its heading left out.
    public var ownTokens: [Float]
    /// The mean over the sentence's own tokens of the greatest cosine with a token of the question.
    public var answering: Float

    /// A match.
    public init(
        cosine: Float,
        tokens: [Float] = [],
        ownTokens: [Float] = [],
        answering: Float = 0
    ) {
        self.cosine = cosine
        self.tokens = tokens
        self.ownTokens = ownTokens
        self.answering = answering
    }
}

/// What compares texts with one question in meaning.
///
/// Embeddings see texts as wholes. Where the encoder gives the vectors of tokens too, each token of the question
/// looks for its nearest in the text: late interaction's MaxSim (Khattab and Zaharia,
/// [arXiv:2004.12832](https://arxiv.org/abs/2004.12832)).
public struct MeaningComparison: Sendable {
    /// The bytes of the question that each of its tokens stands for; empty without vectors of tokens.
    public var tokens: [Range<Int>]
    /// Compares texts, in their order.
    public var compare: @Sendable (_ texts: [ComparedText]) async throws -> [MeaningMatch]

    /// A comparison.
    public init(
        tokens: [Range<Int>],
        compare: @escaping @Sendable (_ texts: [ComparedText]) async throws -> [MeaningMatch]
    ) {
        self.tokens = tokens
        self.compare = compare
    }

    /// A comparison by embeddings alone.
    public init(similarity: @escaping ExtractiveAnswerer.Similarity) {
        self.init(tokens: []) { texts in
            try await similarity(texts.map(\.text)).map { MeaningMatch(cosine: $0) }
        }
    }
}
