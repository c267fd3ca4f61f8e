/// Something that a search did besides what was asked, and that the person should know.
public enum SearchNote: Codable, Hashable, Sendable, CustomStringConvertible {
    /// No passage has `word`; `replacement`, which is spelt nearly so, was looked for.
    case spelling(word: String, replacement: String)
    /// No passage has the words in quotes in this order; they were looked for one by one.
    case phraseNotFound(phrases: [String])
    /// Passages with these words were left out, because a minus stood before them.
    case leftOut(words: [String])

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
        }
    }
}
