/// Something that a search did besides what was asked, and that the person should know.
public enum SearchNote: Codable, Hashable, Sendable, CustomStringConvertible {
    /// No passage has `word`; `replacement`, which is spelled nearly so, was looked for.
    case spelling(word: String, replacement: String)
    /// No passage has the words in quotes in this order; they were looked for one by one.
    case phraseNotFound(phrases: [String])
    /// Passages with these words were left out, because a minus stood before them.
    case leftOut(words: [String])
    /// Only passages that fulfill these demands were looked at.
    case demanded([String])
    /// The query is a sentence: passages with these words in a row count more, and others are found too.
    case lifted(phrases: [String])
    /// No document passes the filter; the advice says what is wrong with it and what is nearest.
    case filterMatchesNothing(advice: String)
    /// No document has a field of this name, so that what looks like one was looked for as words.
    case unknownField(name: String, nearest: String?)
    /// The query says nothing but what to leave out: the beginnings of all other documents are hits.
    case onlyLeavesOut
    /// The query has no word, number or emoji.
    case noWords
    /// From this rank on no hit is near the query.
    case far(fromRank: Int)

    /// One sentence for people.
    public var description: String {
        func list(_ words: [String]) -> String {
            words.map { "“\($0)”" }.joined(separator: ", ")
        }
        return switch self {
        case .spelling(let word, let replacement):
            "No passage has “\(word)”: looked for “\(replacement)”."
        case .phraseNotFound(let phrases):
            "No passage has \(list(phrases)) word for word: looked for the words one by one."
        case .leftOut(let words):
            "Left out: passages with \(list(words))."
        case .demanded(let demands):
            "Looked only at passages with \(demands.joined(separator: ", "))."
        case .lifted(let phrases):
            "Passages with \(list(phrases)) count more; others are shown too."
        case .filterMatchesNothing(let advice): advice
        case .unknownField(let name, let nearest):
            "No document has a field “\(name)”, so “\(name):” was looked for as a word"
                + (nearest.map { ": the nearest field is “\($0)”." } ?? ".")
        case .far(let rank):
            rank == 1
                ? "Nothing in the library is near the query: the hits are the least far."
                : "Hits from rank \(rank) on are not near the query."
        case .onlyLeavesOut:
            "The query only leaves out: all other documents are listed."
        case .noWords: "The query has no words to look for."
        }
    }
}
