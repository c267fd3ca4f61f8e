internal import Corpus

/// Reads Org: headlines, lists, blocks, tables; drawers and plans are left out.
struct OrgReader: FormatReader {
    static let declaration = DocumentFormat.text(
        "org",
        version: 2,
        suffixes: ["org"],
        make: { _, _ in OrgReader() }
    )

    func read(_ source: SourceText) -> DocumentDraft {
        var parser = OrgParser(source)
        parser.run()
        var draft = DocumentDraft()
        draft.blocks = parser.lines.blocks
        draft.metadata = parser.metadata
        draft.adoptMetadata()
        draft.metadata["title"] = nil
        return draft
    }
}

private struct OrgParser {
    private(set) var lines: LineBlocks
    private(set) var metadata: [String: MetadataValue] = [:]
    private let source: SourceText
    private var line = 1
    /// Ends that no line from here on has.
    private var missing: Set<String> = []

    init(_ source: SourceText) {
        self.source = source
        lines = LineBlocks(source)
    }

    mutating func run() {
        while line <= source.lineCount {
            let range = source.trimmedRange(ofLine: line)
            if range.isEmpty { lines.flush() } else { read(range) }
            line += 1
        }
        lines.flush()
    }

    private mutating func read(_ range: Range<Int>) {
        let text = source.string(range)
        let stars = text.utf8.prefix { $0 == UInt8(ascii: "*") }.count
        if stars > 0, source.indentation(ofLine: line) == 0, range.count > stars + 1,
            source.utf8[range.lowerBound + stars] == 0x20
        {
            readHeadline(
                source.trimmed((range.lowerBound + stars)..<range.upperBound),
                level: stars
            )
        } else if text.hasPrefix("#+") {
            readKeyword(text, range)
        } else if text.hasPrefix("# ") || text == "#" {
            return
        } else if text.hasPrefix(":"), text.hasSuffix(":"), !text.contains(" "), text.count > 2 {
            skip(until: ":END:")
        } else if Self.planning.contains(where: { text.hasPrefix($0) }) {
            return
        } else if text.hasPrefix("|") {
            readTable()
        } else if !readItem(range) {
            lines.add(range, inline: InlineMarkup.org)
        }
    }

    /// What lines below a headline begin with that say when, not what.
    private static let planning = ["SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:"]

    /// A headline, without its state, priority and tags.
    private mutating func readHeadline(_ range: Range<Int>, level: Int) {
        var range = range
        for state in ["TODO ", "DONE ", "NEXT ", "WAITING "] where source.begins(range, with: state)
        {
            range = (range.lowerBound + state.utf8.count)..<range.upperBound
        }
        if source.begins(range, with: "[#"), range.count > 4 {
            range = source.trimmed((range.lowerBound + 4)..<range.upperBound)
        }
        if range.count > 2, source.utf8[range.upperBound - 1] == UInt8(ascii: ":"),
            let space = source.utf8[range].lastIndex(of: 0x20),
            source.utf8[space + 1] == UInt8(ascii: ":")
        {
            range = source.trimmed(range.lowerBound..<space)
        }
        if source.string(range) == "COMMENT" || source.begins(range, with: "COMMENT ") {
            return skipTree(level)
        }
        lines.add(range, as: .heading(level: min(level, 6)), inline: InlineMarkup.org)
    }

    /// Goes to the end of a headline that its author keeps out of what others read.
    private mutating func skipTree(_ level: Int) {
        lines.flush()
        while line < source.lineCount {
            let next = source.range(ofLine: line + 1)
            let stars = source.utf8[next].prefix { $0 == UInt8(ascii: "*") }.count
            if (1...level).contains(stars), next.count > stars,
                source.utf8[next.lowerBound + stars] == 0x20
            {
                return
            }
            line += 1
        }
    }

    private mutating func readKeyword(_ text: String, _ range: Range<Int>) {
        let upper = text.uppercased()
        if upper.hasPrefix("#+BEGIN_") {
            let words = text.split(separator: " ")
            let name = words[0].dropFirst("#+BEGIN_".count).uppercased()
            guard ["SRC", "EXAMPLE", "EXPORT", "COMMENT"].contains(name) else {
                return lines.flush()
            }
            if name == "COMMENT" || name == "EXPORT" { return skip(until: "#+END_" + name) }
            readCode(
                until: "#+END_" + name,
                language: words.count > 1 && name == "SRC" ? String(words[1]) : nil
            )
        } else if upper.hasPrefix("#+END_") {
            lines.flush()
        } else if let colon = text.firstIndex(of: ":") {
            let name = text[text.index(text.startIndex, offsetBy: 2)..<colon].lowercased()
            let value = text[text.index(after: colon)...].drop { $0 == " " }
            if name == "caption" {
                let words = source.trimmed(
                    (range.upperBound - value.utf8.count)..<range.upperBound
                )
                if !words.isEmpty { lines.add(words, as: .term, inline: InlineMarkup.org) }
                return
            }
            guard
                ["title", "author", "date", "language", "description", "keywords", "filetags"]
                    .contains(name)
            else { return }
            // "<2024-03-01 Fri>"
            metadata[name] = .string(
                name == "date" ? value.filter { !"<>[]".contains($0) } : String(value)
            )
        }
    }

    private mutating func readCode(until mark: String, language: String?) {
        line += 1
        guard line <= source.lineCount else { return }
        lines.begin(.code(language: language), at: source.lineStarts[line - 1])
        while line <= source.lineCount,
            source.string(source.trimmedRange(ofLine: line)).uppercased() != mark
        {
            lines.addVerbatim(source.range(ofLine: line))
            line += 1
        }
        lines.flush()
    }

    /// Goes to the line that ends what begins here; nowhere if there is none.
    private mutating func skip(until mark: String) {
        lines.flush()
        // Looked for once to the end of the file, and not again from every line after.
        guard !missing.contains(mark) else { return }
        var end = line
        while end <= source.lineCount,
            source.string(source.trimmedRange(ofLine: end)).uppercased() != mark
        {
            end += 1
        }
        if end <= source.lineCount { line = end } else { missing.insert(mark) }
    }

    private mutating func readTable() {
        lines.begin(.table, at: source.lineStarts[line - 1])
        while line <= source.lineCount {
            let range = source.trimmedRange(ofLine: line)
            guard source.begins(range, with: "|") else { break }
            if !source.begins(range, with: "|-") {
                lines.addRow(source.cells(range, between: 0x7C))
            }
            line += 1
        }
        lines.flush()
        line -= 1
    }

    private mutating func readItem(_ range: Range<Int>) -> Bool {
        let marker = source.listMarker(range, bullets: "-+")
        guard marker > 0 else { return false }
        let indent = String(repeating: "  ", count: min(source.indentation(ofLine: line) / 2, 8))
        let sign = source.string(range.lowerBound..<(range.lowerBound + marker))
        lines.begin(.listItem, at: range.lowerBound, marker: indent + sign)
        lines.add((range.lowerBound + marker)..<range.upperBound, inline: InlineMarkup.org)
        return true
    }
}
