/// A query taken apart: what is looked for, and what a person asks of the passages besides.
///
/// - `"in quotes"`, also “…” and «…»: the words in this order, as they stand.
/// - `-word`: no passage with the word. The minus stands before a word of three letters or more and
///   behind a space, so that `-l`, `--force`, `-5` and `python3-doc` stay what they are.
/// - `word*`: any word that begins so.
///
/// Everything else is text. A query of nothing but `-word` has no operators either.
struct QuerySyntax: Hashable, Sendable {
    /// What is embedded, and whose words are looked for: the query without its operators.
    ///
    /// Quoted text keeps its quotation marks, which mean something to a reader, and so to a model.
    let text: String
    /// What stood in quotes, in order.
    let phrases: [String]
    /// The words after a minus.
    let excluded: [String]
    /// The beginnings before an asterisk; they are in `text` as well.
    let prefixes: [String]

    /// The same query without the demand for its phrases.
    var withoutPhrases: QuerySyntax {
        QuerySyntax(text: text, phrases: [], excluded: excluded, prefixes: prefixes)
    }

    private init(text: String, phrases: [String], excluded: [String], prefixes: [String]) {
        self.text = text
        self.phrases = phrases
        self.excluded = excluded
        self.prefixes = prefixes
    }

    /// Takes all of `text` for text.
    init(verbatim text: String) {
        self.init(text: text, phrases: [], excluded: [], prefixes: [])
    }

    /// Reads what a person typed; nothing is an error.
    init(_ query: String) {
        var phrases: [String] = []
        var excluded: [String] = []
        var prefixes: [String] = []
        var text = ""
        var rest = query[...]
        while let character = rest.first {
            if let closing = Self.closingQuotes[character],
                let end = rest.dropFirst().firstIndex(of: closing)
            {
                phrases.append(String(rest[rest.index(after: rest.startIndex)..<end]))
                text += rest[...end]
                rest = rest[rest.index(after: end)...]
            } else if character == "-", text.last?.isWhitespace ?? true,
                let word = Self.excludedWord(after: rest.dropFirst())
            {
                excluded.append(String(word))
                rest = rest[word.endIndex...]
            } else if character == "*", let prefix = Self.prefix(endingAt: text),
                rest.dropFirst().first?.isWhitespace ?? true
            {
                prefixes.append(prefix)
                rest = rest.dropFirst()
            } else {
                text.append(character)
                rest = rest.dropFirst()
            }
        }
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
            self.init(verbatim: query)
            return
        }
        self.init(text: text, phrases: phrases, excluded: excluded, prefixes: prefixes)
    }

    private static let closingQuotes: [Character: Character] = ["\"": "\"", "“": "”", "«": "»"]

    private static func excludedWord(after rest: Substring) -> Substring? {
        guard rest.first?.isLetter == true else { return nil }
        let word = rest.prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
        let ends = rest[word.endIndex...].first?.isWhitespace ?? true
        return ends && word.count >= 3 ? word : nil
    }

    /// The word of two letters or more at the end of `text`.
    private static func prefix(endingAt text: String) -> String? {
        let word = text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return word.count >= 2 ? String(word.reversed()) : nil
    }
}
