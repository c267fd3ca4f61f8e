/// Documents' text in Markdown, where it is to be text and nothing else.
package enum Markdown {
    /// `text` on one line, its marks escaped.
    package static func text(_ text: String) -> String {
        var escaped = ""
        for character in Terminal.harmless(text) {
            if character.isNewline {
                escaped += " "
                continue
            }
            if "\\`*_[]<>|~&".contains(character) { escaped += "\\" }
            escaped.append(character)
        }
        return escaped
    }

    /// A line that `text` made, without what would make it a heading, a list, a rule or a quotation.
    package static func withoutBlock(_ line: String) -> String {
        let line = line.drop { $0 == " " || $0 == "\t" }
        guard let first = line.first else { return "" }
        if "#-+=".contains(first) { return "\\" + line }
        let number = line.prefix { ("0"..."9").contains($0) }
        if !number.isEmpty, let mark = line.dropFirst(number.count).first, ".)".contains(mark) {
            return number + "\\" + line.dropFirst(number.count)
        }
        return String(line)
    }

    /// `text` as code: in as many backticks as it needs.
    package static func code(_ text: String) -> String {
        var longest = 0
        var run = 0
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        guard longest > 0 else { return "`\(text)`" }
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence) \(text) \(fence)"
    }
}
