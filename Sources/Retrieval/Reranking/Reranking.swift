/// What looks at the first passages of a ranking again.
public enum Reranking: Hashable, Sendable {
    /// Nothing: the ranking stands.
    case off
    /// Late interaction: the library's own embedding model compares each token of the query with each
    /// of the passage.
    case late
    /// A cross-encoder of this machine, by its name or folder, which reads query and passage together.
    case model(String)
}

extension Reranking: LosslessStringConvertible {
    /// `none`, `late`, or the model's name.
    public var description: String {
        switch self {
        case .off: "none"
        case .late: "late"
        case .model(let name): name
        }
    }

    /// Reads what `description` gives; nil for an empty text.
    public init?(_ description: String) {
        switch description {
        case "": return nil
        case "none": self = .off
        case "late": self = .late
        default: self = .model(description)
        }
    }
}

/// Scores passages for a query by a closer look than embeddings allow.
public protocol Reranker: Sendable {
    /// How much the scores count beside those of the first ranking, both in standard deviations; nil
    /// to rank by the scores alone.
    var weight: Double? { get }

    /// Whether scores of passages in different languages cannot be compared.
    var favorsLanguages: Bool { get }

    /// A score for each of `texts`, in their order, that grows with relevance to `query`.
    ///
    /// - Throws: what the model throws, or `CancellationError`.
    func scores(of texts: [String], for query: String) async throws -> [Double]

    /// The same, for a query of which it is known what each word says; a reranker that reads query and
    /// passage together needs no such help.
    func scores(
        of texts: [String],
        for query: String,
        weights: [QueryWeight]
    ) async throws -> [Double]
}

extension Reranker {
    /// The scores without weights.
    public func scores(
        of texts: [String],
        for query: String,
        weights: [QueryWeight]
    ) async throws -> [Double] {
        try await scores(of: texts, for: query)
    }
}

/// How much a word of a query says: the fewer passages have it, the more.
public struct QueryWeight: Hashable, Sendable {
    /// Where the word stands: UTF-8 offsets into the query.
    public let range: Range<Int>
    /// What it says, 0 or more.
    public let weight: Double

    /// A word's weight.
    public init(range: Range<Int>, weight: Double) {
        self.range = range
        self.weight = weight
    }
}
