extension RankingWeights {
    /// The weights for what was compared: tokens, embeddings, or words alone.
    static func of(_ similarities: [Int: MeaningMatch]?, _ tokens: [Range<Int>]) -> [Double] {
        similarities == nil ? words : tokens.isEmpty ? meaning : Self.tokens
    }
}
