public import Corpus
internal import TextAnalysis

/// What a search found, and what it cost.
public struct SearchResults: Sendable {
    /// The query as it was given.
    public var query: String
    /// The mode that answered.
    public var mode: SearchMode
    /// Best first; ties by passage identifier.
    public var hits: [SearchHit]
    /// Whether dense retrieval compared every vector rather than walked a graph.
    public var exact: Bool
    /// What the search did besides what was asked; empty for most.
    public var notes: [SearchNote]
    /// Milliseconds by stage.
    public var timings: SearchTimings

    /// How many hits stand before the place from which none is near the query.
    public var nearCount: Int { (hits.lastIndex(where: \.isNear) ?? -1) + 1 }
}

extension SearchResults: Encodable {
    private enum CodingKeys: String, CodingKey {
        case query, mode, hits, exact, notes, messages, timings
    }

    /// Writes all members; `messages` are the notes in sentences.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(query, forKey: .query)
        try values.encode(mode, forKey: .mode)
        try values.encode(hits, forKey: .hits)
        try values.encode(exact, forKey: .exact)
        try values.encode(notes, forKey: .notes)
        try values.encode(notes.map(\.description), forKey: .messages)
        try values.encode(timings, forKey: .timings)
    }
}

/// A passage that was found, with its score.
public struct SearchHit: Sendable {
    /// The passage.
    public var passage: Passage
    /// 1 for the best.
    public var rank: Int
    /// Grows with relevance; comparable within one result only.
    public var score: Double
    /// The part of the passage that shows best why it was found.
    public var snippet: Snippet
    /// Passages among the candidates that say nearly the same and so are no hits of their own, best
    /// first.
    public var duplicates: [PassageID]
    /// Whether the passage is near the query; what is not may say nothing on the matter.
    public var isNear = true
    /// How the score came about, if it was asked for.
    public var explanation: Explanation?

    /// Names the passage to `vecino get` and `vecino similar`.
    public var id: PassageID { passage.id }
    /// The document's absolute path.
    public var path: String { passage.document.absolutePath }
    /// The whole passage.
    public var text: String { passage.text }
    /// Where the passage stands.
    public var location: PassageLocation { passage.location }
}

extension SearchHit: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, rank, score, path, title, headings, firstLine, lastLine, firstPage, lastPage
        case language, date, snippet, text, duplicates, near, explanation
    }

    /// Writes the passage's own fields beside those of the hit.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(rank, forKey: .rank)
        try values.encode(score, forKey: .score)
        try values.encode(path, forKey: .path)
        try values.encode(passage.document.title, forKey: .title)
        try values.encode(passage.headings, forKey: .headings)
        try values.encode(passage.lines.lowerBound, forKey: .firstLine)
        try values.encode(passage.lines.upperBound, forKey: .lastLine)
        try values.encodeIfPresent(passage.pages?.lowerBound, forKey: .firstPage)
        try values.encodeIfPresent(passage.pages?.upperBound, forKey: .lastPage)
        try values.encode(passage.document.language.rawValue, forKey: .language)
        try values.encodeIfPresent(passage.document.date, forKey: .date)
        try values.encode(snippet, forKey: .snippet)
        try values.encode(text, forKey: .text)
        try values.encode(duplicates, forKey: .duplicates)
        try values.encode(isNear, forKey: .near)
        try values.encodeIfPresent(explanation, forKey: .explanation)
    }
}

/// How a hit came by its score.
public struct Explanation: Codable, Sendable {
    /// The rank among the keyword candidates, or nil if it is not one of them.
    public var keywordRank: Int?
    /// The BM25 score.
    public var keywordScore: Double?
    /// The rank among the dense candidates, or nil if it is not one of them.
    public var vectorRank: Int?
    /// The cosine similarity of query and passage.
    public var vectorScore: Double?
    /// What keyword retrieval contributes to the fused score.
    public var keywordShare: Double
    /// What dense retrieval contributes to the fused score.
    public var vectorShare: Double
    /// What reranking said of the passage, on its own scale; nil if it did not look at it.
    public var rerankScore: Double?
    /// By how much reranking raised the score; nil if it did not look at the passage.
    public var rerankShare: Double?
}

/// Milliseconds that the stages of a search took.
public struct SearchTimings: Codable, Sendable {
    /// Filter to documents.
    public var filter = 0.0
    /// Text to embedding; overlaps keyword retrieval.
    public var embed = 0.0
    /// Keyword retrieval.
    public var keyword = 0.0
    /// Dense retrieval.
    public var vector = 0.0
    /// Bringing the two together.
    public var fuse = 0.0
    /// A closer look at the first passages; 0 without reranking.
    public var rerank = 0.0
    /// Reading the passages.
    public var fetch = 0.0
    /// Choosing what to show of them.
    public var snippet = 0.0
    /// All of it.
    public var total = 0.0

    /// Timings of a search that has not begun.
    public init() {}

    /// Stage names and values in the order of the work, the total last; of reranking only where it was.
    public var stages: [(name: String, milliseconds: Double)] {
        let first = [
            ("filter", filter), ("embed", embed), ("keyword", keyword), ("vector", vector),
            ("fuse", fuse),
        ]
        let last = [("fetch", fetch), ("snippet", snippet), ("total", total)]
        return first + (rerank > 0 ? [("rerank", rerank)] : []) + last
    }
}
