internal import Corpus

/// Reads AsciiDoc: sections, lists, delimited blocks, tables; attributes of the document are replaced
/// where the text refers to them.
struct AsciiDocReader: FormatReader {
    static let declaration = DocumentFormat.text(
        "asciidoc",
        version: 3,
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
    /// The document's attributes, and those that every document has.
    private var attributes = Self.characters
    /// How far the numbered lists have been counted that are open, the outermost first.
    private var counters: [Int] = []
    /// How many lines of the document's head are still to come: its author and its revision.
    private var headLines = 0
    /// How many columns the next table has, and whether its cells are values as in CSV.
    private var columns: Int?
    private var hasValues = false
    /// The language of `[source,swift]`, until the block that it is for.
    private var language: String?

    init(_ source: SourceText) {
        self.source = source
        lines = LineBlocks(source)
    }

    private static let characters = [
        "nbsp": "\u{A0}", "sp": " ", "space": " ", "empty": "", "blank": "", "amp": "&", "lt": "<",
        "gt": ">", "plus": "+", "asterisk": "*", "backtick": "`", "startsb": "[", "endsb": "]",
        "vbar": "|", "two-colons": "::", "two-semicolons": ";;", "apos": "'", "quot": "\"",
        "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "deg": "°", "caret": "^",
        "tilde": "~", "backslash": "\\", "cpp": "C++", "zwsp": "", "wj": "",
    ]

    /// Reads the marks in a line and replaces the attributes that it refers to.
    private var inline: (Range<Int>, SourceText, inout TextBuilder) -> Void {
        let attributes = attributes
        return { range, source, builder in
            guard source.first("{", in: range) != nil else {
                return InlineMarkup.asciiDoc(range, source, &builder)
            }
            var start = range.lowerBound
            var i = start
            while let open = source.first("{", in: i..<range.upperBound) {
                i = open + 1
                guard let close = source.first("}", in: i..<min(range.upperBound, i + 60)),
                    let value = attributes[source.string(i..<close).lowercased()],
                    open == range.lowerBound || source.utf8[open - 1] != UInt8(ascii: "\\")
                else { continue }
                InlineMarkup.asciiDoc(start..<open, source, &builder)
                builder.append(Array(value.utf8), for: open..<(close + 1))
                start = close + 1
                // An address with the words of a link behind it.
                if value.contains("://"), source.begins(start..<range.upperBound, with: "["),
                    let end = source.first("]", in: start..<range.upperBound)
                {
                    builder.append(" (")
                    builder.append(verbatim: (start + 1)..<end, of: source.utf8)
                    builder.append(")")
                    start = end + 1
                }
                i = start
            }
            InlineMarkup.asciiDoc(start..<range.upperBound, source, &builder)
        }
    }

    mutating func run() {
        if let head = FrontMatter.parse(source) {
            metadata = head.metadata
            while line <= source.lineCount, source.lineStarts[line - 1] < head.end { line += 1 }
        }
        while line <= source.lineCount {
            let range = source.trimmedRange(ofLine: line)
            if range.isEmpty {
                lines.flush()
                headLines = 0
                line += 1
            } else if headLines > 0, readHead(range) {
                line += 1
            } else if !lines.isInBlock, let level = level(ofUnderlined: range) {
                if level == 1, lines.blocks.isEmpty { headLines = 2 }
                lines.add(range, as: .heading(level: level), inline: inline)
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
        if ["|===", "!===", ",===", ":==="].contains(text) {
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
        let start = line
        while line <= source.lineCount, source.string(source.trimmedRange(ofLine: line)) != mark {
            line += 1
        }
        let first = mark.utf8.first ?? 0x7C
        let isOfValues = first == 0x2C || first == 0x3A || hasValues
        let separator = isOfValues && first == 0x7C ? 0x2C : first
        let rows = AsciiDocTable.rows(
            source,
            lines: start..<line,
            form: isOfValues ? .values(separator: separator) : .cells(separator: separator),
            columns: columns
        )
        for row in rows { lines.addRow(row, inline: inline) }
        columns = nil
        hasValues = false
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
            if marks == 1, lines.blocks.isEmpty { headLines = 2 }
            lines.add(title, as: .heading(level: marks), inline: inline)
        } else if source.begins(range, with: "//") || text.elementsEqual("+".utf8) {
            return
        } else if source.begins(range, with: ":"), readAttribute(range) {
            return
        } else if source.begins(range, with: "["), text.last == UInt8(ascii: "]"), !lines.isInBlock
        {
            readBlockAttributes(range)
        } else if readCondition(range) {
            return
        } else if isDirective(range) || source.string(range) == "<<<"
            || text.allSatisfy({ $0 == 0x27 })
        {
            // What a picture shows is said beside it.
            guard source.begins(range, with: "image::"), let open = source.first("[", in: range)
            else { return }
            let end = source.first(",", in: open..<range.upperBound) ?? range.upperBound - 1
            let shown = source.trimmed((open + 1)..<max(open + 1, end))
            if !shown.isEmpty { lines.add(shown, as: .paragraph, inline: inline) }
        } else if source.begins(range, with: "."), range.count > 1, !lines.isInBlock,
            source.utf8[range.lowerBound + 1] > 0x20, source.utf8[range.lowerBound + 1] != 0x2E
        {
            let title = (range.lowerBound + 1)..<range.upperBound
            lines.add(title, as: .term, inline: inline)
        } else if !readItem(range) {
            lines.add(range, inline: inline)
        }
    }

    /// Reads a line below the title: who wrote it, or `v1.0, 2026-02-03: remark`.
    private mutating func readHead(_ range: Range<Int>) -> Bool {
        if source.begins(range, with: ":") || source.begins(range, with: "//") { return false }
        let text = source.string(range)
        headLines -= 1
        let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        let version = parts[0].lowercased()
        let isNumbered =
            version.hasPrefix("revision ")
            || version.first == "v" && version.dropFirst().first?.isNumber ?? false
        let day = (isNumbered && parts.count > 1 ? parts[1] : text[...]).drop { $0 == " " }
        if DocumentDate.parse(String(day)) != nil {
            headLines = 0
            let said = DocumentDate.written(String(day)) ?? String(day.prefix(10))
            metadata["date"] = .string(said)
            attributes["revdate"] = said
            return true
        }
        if isNumbered {
            headLines = 0
            return true
        }
        // "Ana María Author <ana@example.org>; Ben Other"
        guard headLines == 1, isAuthors(text) else {
            headLines = 0
            return false
        }
        let names = text.split(separator: ";").map { name in
            name.prefix { $0 != "<" }.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        metadata["author"] = .string(names.joined(separator: ", "))
        attributes["author"] = names.first
        return true
    }

    private func isAuthors(_ text: String) -> Bool {
        text.split(separator: ";").allSatisfy { author in
            let words = author.prefix { $0 != "<" }.split(whereSeparator: \.isWhitespace)
            return (1...4).contains(words.count)
                && words.allSatisfy {
                    $0.first?.isUppercase ?? false && !$0.hasSuffix(".") || $0.count < 3
                }
        }
    }

    /// Reads an attribute of the document, `:name: value`.
    private mutating func readAttribute(_ range: Range<Int>) -> Bool {
        let rest = (range.lowerBound + 1)..<range.upperBound
        guard let colon = source.first(":", in: rest), colon > rest.lowerBound,
            !source.utf8[rest.lowerBound..<colon].contains(0x20)
        else { return false }
        var value = source.string(source.trimmed((colon + 1)..<range.upperBound))
        let name = source.string(rest.lowerBound..<colon).lowercased()
        // A value goes on in the next line after a backslash.
        while value.hasSuffix(" \\"), line < source.lineCount {
            line += 1
            value.removeLast()
            value += source.string(source.trimmedRange(ofLine: line))
        }
        if name.hasPrefix("!") || name.hasSuffix("!") {
            attributes[name.filter { $0 != "!" }] = nil
        } else {
            attributes[name] = resolved(value)
        }
        if !value.isEmpty,
            ["author", "date", "revdate", "keywords", "description", "lang"].contains(name)
        {
            metadata[name == "revdate" ? "date" : name] = .string(resolved(value))
        }
        return true
    }

    /// A value with the attributes replaced that it refers to; it is not longer than a page.
    private func resolved(_ value: String) -> String {
        guard value.contains("{") else { return value }
        var text = ""
        var rest = value[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close].lowercased()
            text += rest[..<open]
            text += attributes[name] ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
            if text.utf8.count > 4000 { return value }
        }
        return text + rest
    }

    private mutating func readBlockAttributes(_ range: Range<Int>) {
        let parts = source.string((range.lowerBound + 1)..<(range.upperBound - 1)).split(
            separator: ","
        )
        if parts.isEmpty || parts[0].hasPrefix("[") { return }
        let text = source.string(range)
        if let mark = text.firstRange(of: "cols=") {
            let rest = text[mark.upperBound...]
            let quote = rest.first.flatMap { "\"'".contains($0) ? $0 : nil }
            let value =
                quote.map { quote in rest.dropFirst().prefix { $0 != quote } }
                ?? rest.prefix { $0 != "," && $0 != "]" }
            columns = AsciiDocTable.columns(String(value))
        }
        hasValues = text.contains("format=csv") || text.contains("format=\"csv\"")
        if parts.first == "source", parts.count > 1 {
            language = parts[1].filter { $0 != " " }
        }
    }

    /// Reads `ifdef::name[]` and `ifndef::name[]`: where the document is without what follows, that is
    /// passed over up to the end of the condition.
    private mutating func readCondition(_ range: Range<Int>) -> Bool {
        let text = source.string(range)
        let isNegated = text.hasPrefix("ifndef::")
        guard isNegated || text.hasPrefix("ifdef::"), text.hasSuffix("]"),
            let open = text.firstIndex(of: "[")
        else { return false }
        let start = text.index(text.startIndex, offsetBy: isNegated ? 8 : 7)
        guard start <= open else { return false }
        let names = text[start..<open].lowercased()
        let isAny = names.contains(",")
        let parts = names.split { ",+".contains($0) }.map { attributes[String($0)] != nil }
        let isSet = isAny ? parts.contains(true) : parts.allSatisfy(\.self)
        let isShown = isNegated ? !isSet : isSet
        let inner = source.utf8[range].firstIndex(of: 0x5B).map {
            ($0 + 1)..<(range.upperBound - 1)
        }
        if let inner, !inner.isEmpty {
            if isShown { lines.add(inner, inline: inline) }
            return true
        }
        if isShown { return true }
        var depth = 1
        while depth > 0, line < source.lineCount {
            line += 1
            let next = source.trimmedRange(ofLine: line)
            if source.begins(next, with: "endif::") { depth -= 1 }
            let isCondition = ["ifdef::", "ifndef::", "ifeval::"].contains {
                source.begins(next, with: $0)
            }
            if isCondition,
                source.begins((next.upperBound - min(2, next.count))..<next.upperBound, with: "[]")
                    || (isCondition && source.begins(next, with: "ifeval"))
            {
                depth += 1
            }
        }
        return true
    }

    /// What includes, shows or hides something: no text.
    private func isDirective(_ range: Range<Int>) -> Bool {
        guard source.first("::", in: range) != nil, source.utf8[range.upperBound - 1] == 0x5D else {
            return false
        }
        return ["image", "include", "ifdef", "ifndef", "ifeval", "endif", "toc", "video", "audio"]
            .contains { source.begins(range, with: $0 + "::") }
    }

    /// The number of the next item of a numbered list at a depth from 1.
    ///
    /// Lists end with headings and with what is no item: their first item is the first again.
    private mutating func nextNumber(_ depth: Int) -> Int {
        if lines.blocks.last?.kind != .listItem, !lines.isInBlock { counters = [] }
        counters = Array(counters.prefix(depth))
        while counters.count < depth { counters.append(0) }
        counters[depth - 1] += 1
        return counters[depth - 1]
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
                switch first {
                case 0x30...0x39: source.string(range.lowerBound..<(range.lowerBound + marker))
                case UInt8(ascii: "."): "\(nextNumber(depth)). "
                default: "- "
                }
            lines.begin(.listItem, at: range.lowerBound, marker: indent + sign)
            lines.add((range.lowerBound + marker)..<range.upperBound, inline: inline)
            return true
        }
        // "Term:: what it is", "term;; what it is"
        let marks = [source.first("::", in: range), source.first(";; ", in: range)]
        guard let colons = marks.compactMap(\.self).min(), colons > range.lowerBound,
            colons + 2 == range.upperBound || source.utf8[colons + 2] == 0x20
        else { return false }
        lines.add(range.lowerBound..<colons, as: .term, inline: inline)
        let rest = source.trimmed((colons + 2)..<range.upperBound)
        if !rest.isEmpty { lines.add(rest, inline: inline) }
        return true
    }
}
