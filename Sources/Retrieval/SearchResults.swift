/// What a search found, and what it cost.
public struct SearchResults: Codable, Sendable {
    /// The query as it was given.
    public var query: String
    /// The mode that answered.
    public var mode: SearchMode
    /// Best first; ties by passage ID.
    public var hits: [SearchHit]
    /// Whether the vector side compared every vector rather than walked a graph.
    public var exact: Bool
    /// What the search did besides what was asked; empty for most.
    public var notes: [SearchNote]
    /// Milliseconds by stage.
    public var timings: SearchTimings
}

/// One passage that was found.
public struct SearchHit: Codable, Sendable {
    /// Names the passage to `vecino get` and `vecino similar`.
    public var id: Int64
    /// 1 for the best.
    public var rank: Int
    /// Grows with relevance; comparable within one result only.
    public var score: Double
    /// The document's absolute path.
    public var path: String
    /// The document's title.
    public var title: String
    /// The headings above the passage, outermost first.
    public var headings: [String]
    /// The first of the passage's lines in the file, counted from 1.
    public var firstLine: Int
    /// The last of the passage's lines.
    public var lastLine: Int
    /// The first of the passage's pages, counted from 1; nil for formats without pages.
    public var firstPage: Int?
    /// The last of the passage's pages.
    public var lastPage: Int?
    /// The language of the document, as a two-letter code, or `und`.
    public var language: String
    /// The document's own date, if it names one.
    public var date: String?
    /// The part of the passage that shows best why it was found.
    public var snippet: Snippet
    /// The whole passage.
    public var text: String
    /// Passages among the candidates that say nearly the same and so are no hits of their own, best
    /// first.
    public var duplicates: [Int64]
    /// How the score came about, if it was asked for.
    public var explanation: Explanation?
}

/// How a hit came by its score.
public struct Explanation: Codable, Sendable {
    /// The rank among the words' candidates, or nil if it is not one of them.
    public var keywordRank: Int?
    /// The BM25 score.
    public var keywordScore: Double?
    /// The rank among the vectors' candidates.
    public var vectorRank: Int?
    /// The cosine similarity of query and passage.
    public var vectorScore: Double?
    /// What each side contributes to the fused score.
    public var keywordShare: Double
    /// What each side contributes to the fused score.
    public var vectorShare: Double
}

/// Milliseconds that the stages of a search took.
public struct SearchTimings: Codable, Sendable {
    /// Filter to documents.
    public var filter = 0.0
    /// Text to embedding; overlaps the words.
    public var embed = 0.0
    /// The words' side.
    public var keyword = 0.0
    /// The vectors' side.
    public var vector = 0.0
    /// Bringing the two together.
    public var fuse = 0.0
    /// Reading the passages.
    public var fetch = 0.0
    /// Choosing what to show of them.
    public var snippet = 0.0
    /// All of it.
    public var total = 0.0

    /// Timings of a search that has not begun.
    public init() {}

    /// Stage names and values in the order of the work, the total last.
    public var stages: [(name: String, milliseconds: Double)] {
        [
            ("filter", filter), ("embed", embed), ("keyword", keyword), ("vector", vector),
            ("fuse", fuse), ("fetch", fetch), ("snippet", snippet), ("total", total),
        ]
    }
}
