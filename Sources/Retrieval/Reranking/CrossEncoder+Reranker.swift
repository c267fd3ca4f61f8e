public import Embedding

extension CrossEncoder: Reranker {
    /// It was trained to order passages, and needs no other score.
    public var weight: Double? { nil }

    /// It reads query and passage together, in whichever languages they are.
    public var favorsLanguages: Bool { false }
}
