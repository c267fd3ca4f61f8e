/// The language of a passage as seen from a query's words.
enum LanguageClass: Hashable, Sendable {
    /// The language of the words' best match, and passages in no language: tables, code, lists.
    case own
    /// Any other.
    case crossLingual(String)

    /// The code of a text whose language is not known.
    private static let undetermined = "und"

    /// The language that a query's words are in: the first known one of their matches, best first.
    static func ofWords(matching languages: [String]) -> String? {
        languages.first { $0 != undetermined }
    }

    init(_ language: String, words: String?) {
        self = language == words || language == Self.undetermined ? .own : .crossLingual(language)
    }
}
