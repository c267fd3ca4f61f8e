internal import Corpus

/// Reads AsciiDoc: sections, lists, delimited blocks, tables.
struct AsciiDocReader: FormatReader {
    static let declaration = DocumentFormat.text(
        "asciidoc",
        version: 1,
        suffixes: ["adoc", "asciidoc", "asc"],
        make: { _, _ in AsciiDocReader() }
    )

    func read(_ source: SourceText) -> DocumentDraft {
        var parser = AsciiDocParser(source)
        parser.run()
        var draft = DocumentDraft()
        draft.blocks = parser.lines.blocks
        draft.metadata = parser.metadata
        draft.adoptMetadata()
        let top = draft.blocks.first { $0.kind == .heading(level: 1) }
        draft.title = draft.title ?? top?.text
        return draft
    }
}

private struct AsciiDocParser {
    private(set) var lines: LineBlocks
    private(set) var metadata: [String: MetadataValue] = [:]
    private let source: SourceText
    private var line = 1
    /// The language of `[source,swift]`, until the block that it is for.
    private var language: String?

    init(_ source: SourceText) {
        self.source = source
        lines = LineBlocks(source)
    }

    mutating func run() {
        while line <= source.lineCount {
            let range = source.trimmedRange(ofLine: line)
            if range.isEmpty {
                lines.flush()
                line += 1
            } else if !lines.isInBlock, let level = level(ofUnderlined: range) {
                lines.add(range, as: .heading(level: level), inline: InlineMarkup.asciiDoc)
                line += 2
            } else if !readBlock(range) {
                readLine(range)
                line += 1
            }
        }
        lines.flush()
    }

    /// The level of a title that is underlined, as titles were before they had marks in front.
    private func level(ofUnderlined range: Range<Int>) -> Int? {
        guard line < source.lineCount else { return nil }
        let next = source.trimmedRange(ofLine: line + 1)
        guard next.count > 1, let mark = source.utf8[next].first,
            let level = Array("=-~^+".utf8).firstIndex(of: mark),
            source.utf8[next].allSatisfy({ $0 == mark })
        else { return nil }
        let title = source.string(range)
        // Almost as long as the title, or it begins a block.
        guard abs(title.count - next.count) <= 2, !title.hasPrefix("."), !title.hasPrefix("["),
            title.contains(where: { $0.isLetter || $0.isNumber })
        else { return nil }
        return level + 1
    }

    // MARK: Blocks

    /// Reads a block with marks before and after it.
    private mutating func readBlock(_ range: Range<Int>) -> Bool {
        let text = source.string(range)
        if text == "|===" || text == "!===" {
            readTable(until: text)
            return true
        }
        if text == "```" || text.hasPrefix("```") {
            language = text.count > 3 ? String(text.dropFirst(3)) : language
            readCode(until: "```")
            return true
        }
        if text == "--" {
            lines.flush()
            line += 1
            return true
        }
        guard text.utf8.count >= 4, let mark = text.utf8.first, "-./=_*+".utf8.contains(mark),
            text.utf8.allSatisfy({ $0 == mark })
        else { return false }
        switch mark {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "+"): readCode(until: text)
        case UInt8(ascii: "/"):
            line += 1
            while line <= source.lineCount, source.string(source.trimmedRange(ofLine: line)) != text
            {
                line += 1
            }
            line += 1
        default:
            // An example, a quotation, a sidebar: prose all the same.
            lines.flush()
            line += 1
        }
        return true
    }

    private mutating func readCode(until mark: String) {
        lines.begin(.code(language: language), at: source.lineStarts[line - 1])
        language = nil
        line += 1
        while line <= source.lineCount, source.string(source.trimmedRange(ofLine: line)) != mark {
            lines.addVerbatim(source.range(ofLine: line))
            line += 1
        }
        lines.flush()
        line += 1
    }

    private mutating func readTable(until mark: String) {
        lines.begin(.table, at: source.lineStarts[line - 1])
        line += 1
        var row: [Range<Int>] = []
        // A row stands on a line, or its cells on a line each with an empty line after them.
        while line <= source.lineCount {
            let range = source.trimmedRange(ofLine: line)
            if source.string(range) == mark { break }
            line += 1
            if range.isEmpty || source.utf8[range.lowerBound] == 0x7C {
                let cells = range.isEmpty ? [] : source.cells(range, between: 0x7C)
                if !row.isEmpty, range.isEmpty || cells.count > 1 {
                    lines.addRow(row)
                    row = []
                }
                if cells.count > 1 { lines.addRow(cells) } else { row += cells }
            } else {
                row.append(range)
            }
        }
        if !row.isEmpty { lines.addRow(row) }
        lines.flush()
        line += 1
    }

    // MARK: Lines

    private mutating func readLine(_ range: Range<Int>) {
        let text = source.utf8[range]
        let marks = text.prefix { $0 == UInt8(ascii: "=") }.count
        if (1...6).contains(marks), range.count > marks + 1,
            source.utf8[range.lowerBound + marks] == 0x20
        {
            let title = source.trimmed((range.lowerBound + marks)..<range.upperBound)
            lines.add(title, as: .heading(level: marks), inline: InlineMarkup.asciiDoc)
        } else if source.begins(range, with: "//") || text.elementsEqual("+".utf8) {
            return
        } else if source.begins(range, with: ":"), readAttribute(range) {
            return
        } else if source.begins(range, with: "["), text.last == UInt8(ascii: "]"), !lines.isInBlock
        {
            readBlockAttributes(range)
        } else if isDirective(range) {
            return
        } else if source.begins(range, with: "."), range.count > 1, !lines.isInBlock,
            source.utf8[range.lowerBound + 1] > 0x20, source.utf8[range.lowerBound + 1] != 0x2E
        {
            let title = (range.lowerBound + 1)..<range.upperBound
            lines.add(title, as: .term, inline: InlineMarkup.asciiDoc)
        } else if !readItem(range) {
            lines.add(range, inline: InlineMarkup.asciiDoc)
        }
    }

    /// Reads an attribute of the document, `:name: value`.
    private mutating func readAttribute(_ range: Range<Int>) -> Bool {
        let rest = (range.lowerBound + 1)..<range.upperBound
        guard let colon = source.first(":", in: rest), colon > rest.lowerBound,
            !source.utf8[rest.lowerBound..<colon].contains(0x20)
        else { return false }
        let value = source.string(source.trimmed((colon + 1)..<range.upperBound))
        let name = source.string(rest.lowerBound..<colon).lowercased()
        if !value.isEmpty,
            ["author", "date", "revdate", "keywords", "description", "lang"].contains(name)
        {
            metadata[name == "revdate" ? "date" : name] = .string(value)
        }
        return true
    }

    private mutating func readBlockAttributes(_ range: Range<Int>) {
        let parts = source.string((range.lowerBound + 1)..<(range.upperBound - 1)).split(
            separator: ","
        )
        if parts.first == "source", parts.count > 1 {
            language = parts[1].filter { $0 != " " }
        }
    }

    /// What includes, shows or hides something: no text.
    private func isDirective(_ range: Range<Int>) -> Bool {
        guard source.first("::", in: range) != nil, source.utf8[range.upperBound - 1] == 0x5D else {
            return false
        }
        return ["image", "include", "ifdef", "ifndef", "ifeval", "endif", "toc", "video", "audio"]
            .contains { source.begins(range, with: $0 + "::") }
    }

    private mutating func readItem(_ range: Range<Int>) -> Bool {
        let first = source.utf8[range.lowerBound]
        let depth = source.utf8[range].prefix { $0 == first }.count
        var marker = 0
        if "*.-".utf8.contains(first), depth <= 6, range.count > depth + 1,
            source.utf8[range.lowerBound + depth] == 0x20
        {
            marker = depth + 1
        } else if (0x30...0x39).contains(first) {
            marker = source.listMarker(range)
        }
        if marker > 0 {
            let indent = String(repeating: "  ", count: depth - 1)
            let sign =
                (0x30...0x39).contains(first)
                ? source.string(range.lowerBound..<(range.lowerBound + marker)) : "- "
            lines.begin(.listItem, at: range.lowerBound, marker: indent + sign)
            lines.add((range.lowerBound + marker)..<range.upperBound, inline: InlineMarkup.asciiDoc)
            return true
        }
        // "Term:: what it is"
        guard let colons = source.first("::", in: range), colons > range.lowerBound,
            colons + 2 == range.upperBound || source.utf8[colons + 2] == 0x20
        else { return false }
        lines.add(range.lowerBound..<colons, as: .term, inline: InlineMarkup.asciiDoc)
        let rest = source.trimmed((colons + 2)..<range.upperBound)
        if !rest.isEmpty { lines.add(rest, inline: InlineMarkup.asciiDoc) }
        return true
    }
}
