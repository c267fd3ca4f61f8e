/// What turns vectors into the codes of an index, and queries into what is multiplied with them.
///
/// An index chooses its quantizer when it is compiled, and its kernels, which know how codes lie in memory,
/// multiply many at once. The quantizer says what a product means: the score that it stands for, and how far
/// that may be from the score of the vectors. An index relies on nothing else of it.
protocol Quantizer: Sendable {
    /// The codes of a vector.
    associatedtype Code: Sendable
    /// A query that is ready to be multiplied with codes.
    associatedtype Query: Sendable

    /// The metric of the scores.
    var metric: Metric { get }

    /// Codes a vector.
    func encode(_ vector: Span<Float>) -> Code

    /// Makes a query ready.
    func prepare(_ query: Span<Float>) -> Query

    /// The estimated score of a vector with this code.
    func score(of code: Code, for query: Query) -> Float

    /// How far the estimate may be from the score: certain for an exact search, for others very likely.
    func bound(of code: Code, for query: Query) -> Float
}
