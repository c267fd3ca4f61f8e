/// Quotation marks of many languages and keyboards.
enum Quotation {
    /// The marks that close what a mark opens.
    private static let closings: [Character: String] = [
        "\"": "\"”“", "“": "”\"“", "”": "”\"“", "„": "“”\"", "‟": "”\"", "❝": "❞", "«": "»",
        "»": "«", "‹": "›", "›": "‹",
        "‘": "’'", "‚": "‘’", "'": "'", "`": "`'", "「": "」", "『": "』", "《": "》", "〈": "〉",
        "＂": "＂", "〝": "〞〟", "″": "″", "｢": "｣",
    ]

    /// Marks that are also apostrophes: they enclose words only.
    private static let apostrophes: Set<Character> = ["'", "‘", "`", "‚"]

    /// Whether the character is a mark that may open a quotation.
    static func opens(_ character: Character) -> Bool { closings[character] != nil }

    /// The quotation that `text` begins with.
    ///
    /// - Parameters:
    ///   - text: what is left of a query.
    ///   - before: the character before it; behind a letter or digit a mark is an apostrophe, an inch or
    ///     a mistake, but for marks that only enclose.
    /// - Returns: what stands between the marks, and the same with them; nil without a mark that opens,
    ///   without one that closes, or without a word between.
    static func take(
        from text: Substring,
        behind before: Character?
    ) -> (phrase: Substring, raw: Substring)? {
        guard let first = text.first, let closing = closings[first] else { return nil }
        let isBehindWord = before.map { $0.isLetter || $0.isNumber } ?? false
        if isBehindWord, !"“„‟❝«‹「『《〈〝｢".contains(first) { return nil }
        let inner = text.dropFirst()
        let isApostrophe = apostrophes.contains(first)
        var end = inner.startIndex
        while let found = inner[end...].firstIndex(where: closing.contains) {
            let after = inner.index(after: found)
            let next = inner[after...].first
            // An apostrophe within a word closes nothing.
            if !isApostrophe || !(next.map { $0.isLetter || $0.isNumber } ?? false) {
                let phrase = inner[..<found]
                let isWords = phrase.contains { $0.isLetter || $0.isNumber || $0.isEmoji }
                if isApostrophe, !phrase.contains(where: \.isWhitespace) { return nil }
                return isWords ? (phrase, text[..<after]) : nil
            }
            end = after
        }
        return unclosed(text)
    }

    /// What follows a mark that nothing closes, if it is the only one: people forget the second.
    private static func unclosed(_ text: Substring) -> (phrase: Substring, raw: Substring)? {
        guard let first = text.first, double.contains(first),
            !text.base.contains(where: { $0 != first && double.contains($0) }),
            text.base.count(where: { $0 == first }) == 1
        else { return nil }
        let phrase = text.dropFirst()
        let words = phrase.split(whereSeparator: \.isWhitespace)
        guard (2...longestUnclosed).contains(words.count),
            words.allSatisfy({ $0.contains { $0.isLetter || $0.isNumber } })
        else { return nil }
        return (phrase, text)
    }

    /// Marks that stand for nothing but quotations.
    private static let double: Set<Character> = ["\"", "“", "”", "„", "«", "»", "「", "『"]
    /// The most words that somebody puts behind a mark and forgets to close it.
    private static let longestUnclosed = 8
}
