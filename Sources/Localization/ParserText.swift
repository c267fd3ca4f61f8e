/// The words of the parser of arguments, which has its own, in the reader's language.
package enum ParserText {
    /// `text`, a help page or a message about wrong usage, whose own parts are translated already.
    package static func localized(_ text: String, for book: Phrasebook = .reader) -> String {
        guard !book.parserLines.isEmpty else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line(String($0), book) }.joined(separator: "\n")
    }

    private static func line(_ line: String, _ book: Phrasebook) -> String {
        for (pattern, template) in book.parserLines {
            guard let arguments = pattern.arguments(in: line) else { continue }
            return book.filled(template, arguments.map { .text($0) })
        }
        return line
    }
}
