public import Corpus

/// Which retrievers answer a query.
public enum SearchMode: String, CaseIterable, Codable, Sendable {
    /// Keyword and dense retrieval, ranked together.
    case hybrid
    /// Keyword retrieval alone; needs no embedding model.
    case keyword
    /// Dense retrieval alone.
    case vector
}

/// What to look for, and in what.
public struct SearchRequest: Sendable {
    /// The question or the words, in any language.
    public var query: String
    /// Which retrievers answer.
    public var mode: SearchMode
    /// The most hits to return.
    public var limit: Int
    /// Only passages of documents that pass.
    public var filter: DocumentFilter
    /// The most hits of any one document, or nil for no bound.
    public var perDocument: Int?
    /// How much hits should differ from each other, 0…1, or nil for relevance alone.
    public var diversity: Double?
    /// Whether passages that say nearly the same are hits of their own rather than named with the
    /// best of them.
    public var showsDuplicates: Bool
    /// Whether each hit says how it came by its score.
    public var explain: Bool
    /// How the two sides are brought together; nil for what the library was tuned to, or the default.
    public var fusion: Fusion?
    /// What looks at the first passages again; nil for what the library was tuned to, or nothing.
    public var reranking: Reranking?

    /// Makes a request with the defaults of the command line.
    public init(
        _ query: String,
        mode: SearchMode = .hybrid,
        limit: Int = 10,
        filter: DocumentFilter = DocumentFilter(),
        perDocument: Int? = nil,
        diversity: Double? = nil,
        showsDuplicates: Bool = false,
        explain: Bool = false,
        fusion: Fusion? = nil,
        reranking: Reranking? = nil
    ) {
        self.query = query
        self.mode = mode
        self.limit = limit
        self.filter = filter
        self.perDocument = perDocument
        self.diversity = diversity
        self.showsDuplicates = showsDuplicates
        self.explain = explain
        self.fusion = fusion
        self.reranking = reranking
    }
}
