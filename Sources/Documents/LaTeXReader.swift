internal import Corpus

/// Reads LaTeX: sections, lists, tables, verbatim text; commands go, what they enclose stays.
///
/// Macros that the document defines are expanded, within a budget; formulas stay as written.
struct LaTeXReader: FormatReader {
    static let declaration = DocumentFormat.text(
        "latex",
        version: 3,
        suffixes: ["tex", "latex", "ltx"],
        make: { _, _ in LaTeXReader() }
    )

    func read(_ source: SourceText) -> DocumentDraft {
        var parser = LaTeXParser(source)
        parser.run()
        var draft = DocumentDraft()
        draft.blocks = parser.blocks
        draft.title = parser.fields["title"]
        draft.metadata["author"] = parser.fields["author"].map { .string($0) }
        draft.date = parser.fields["date"].flatMap(DocumentDate.parse)
        return draft
    }
}

/// One document on its way through the reader.
struct LaTeXParser {
    var blocks: [Block] = []
    var fields: [String: String] = [:]

    let source: SourceText
    var i = 0
    let end: Int
    var builder = TextBuilder(from: 0)
    var kind = Block.Kind.paragraph
    /// The lists that are open, with the number of the next item or nil for bullets.
    var lists: [Int?] = []
    var tableDepth = 0
    /// The macros of the document, shared with the parsers of arguments.
    var macros = LaTeXMacros()

    static let levels = [
        "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
        "subparagraph": 6, "frametitle": 3,
    ]
    static let verbatim: Set<String> = [
        "verbatim", "lstlisting", "minted", "Verbatim", "alltt", "verbatim*", "filecontents",
    ]
    /// Environments whose content is no text.
    static let skipped: Set<String> = [
        "tikzpicture", "comment", "picture", "pgfpicture",
    ]
    /// Commands whose first argument is no text.
    static let silent: Set<String> = [
        "label", "ref", "pageref", "eqref", "autoref", "cref", "Cref", "vspace", "hspace", "input",
        "include", "includegraphics", "bibliography", "bibliographystyle", "usepackage", "cite",
        "documentclass", "pagestyle", "thispagestyle", "setlength", "addtolength", "setcounter",
        "newenvironment", "index", "color", "citep", "citet",
        "definecolor", "graphicspath", "geometry", "hypersetup", "fontsize", "selectfont",
        "addcontentsline", "markboth", "markright", "raisebox", "rule", "nocite",
        "theoremstyle", "newtheorem", "DeclareMathOperator", "cline", "cmidrule", "input@path",
        "thanks",
    ]
    /// Of those, the ones with a second argument that is no text either.
    static let silentTwice: Set<String> = [
        "setlength", "addtolength", "setcounter", "newenvironment", "definecolor", "fontsize",
        "markboth", "rule", "newtheorem", "DeclareMathOperator",
    ]

    init(_ source: SourceText) {
        self.source = source
        end = source.utf8.count
    }

    // MARK: Walking

    mutating func run() {
        readPreamble()
        while i < end {
            switch source.utf8[i] {
            case UInt8(ascii: "\\"): readCommand()
            case UInt8(ascii: "%"): skipLine()
            case UInt8(ascii: "{"), UInt8(ascii: "}"): i += 1
            case UInt8(ascii: "~"): replace(1, by: " ")
            case UInt8(ascii: "$"): readMath()
            case UInt8(ascii: "&") where tableDepth > 0:
                builder.appendCellSeparator()
                i += 1
            case UInt8(ascii: "`"), UInt8(ascii: "'"): readQuote()
            case UInt8(ascii: "-"): readDash()
            case 0x0A: readLineFeed()
            default: readText()
            }
        }
        flush()
    }

    /// What stands before `\begin{document}` is settings, but for title, author and date.
    mutating func readPreamble() {
        guard let start = source.first("\\begin{document}", in: 0..<end) else { return }
        // Definitions first: the title may be made of them, wherever it stands among them.
        i = 0
        readDefinitions(before: start)
        readFields(before: start)
        i = start + "\\begin{document}".utf8.count
    }

    mutating func readFields(before limit: Int) {
        for name in ["title", "author", "date"] {
            guard let place = source.first("\\\(name){", in: 0..<limit) else { continue }
            i = place + name.utf8.count + 1
            if let group = group() { readField(name, group) }
        }
    }

    /// Takes a title, an author or a date; what it thanks for is text of the document.
    mutating func readField(_ name: String, _ group: Range<Int>) {
        fields[name] = plain(group)
        let after = i
        defer { i = after }
        i = group.lowerBound
        while let place = source.first("\\thanks{", in: i..<group.upperBound) {
            i = place + "\\thanks".utf8.count
            guard let note = self.group() else { return }
            let text = plain(note)
            if text.isEmpty { continue }
            blocks.append(Block(kind: .paragraph, text: text, anchors: Anchors(verbatim: note)))
        }
    }

    mutating func flush() {
        var kind = kind
        if kind == .table, !builder.text.contains(0x0A) { kind = .paragraph }
        if let block = builder.block(kind) { blocks.append(block) }
        builder = TextBuilder(from: i)
        self.kind = tableDepth > 0 ? .table : .paragraph
    }

    mutating func replace(_ length: Int, by text: String) {
        builder.append(Array(text.utf8), for: i..<min(i + length, end))
        i = min(i + length, end)
    }

    // MARK: Text

    mutating func readText() {
        let start = i
        // What is special elsewhere, such as `&` outside a table, is a letter here.
        i += 1
        while i < end, !Self.special.contains(source.utf8[i]) { i += 1 }
        var text = start..<i
        // Leading white space of a line says nothing.
        if builder.text.last.map({ $0 <= 0x20 }) ?? true {
            while text.lowerBound < text.upperBound, source.utf8[text.lowerBound] <= 0x20 {
                text = (text.lowerBound + 1)..<text.upperBound
            }
        }
        builder.append(verbatim: text, of: source.utf8)
    }

    static let special = Set("\\%{}~$&`'-\n".utf8)

    /// A line feed is a space; an empty line ends the paragraph.
    mutating func readLineFeed() {
        var next = i + 1
        while next < end, source.utf8[next] == 0x20 || source.utf8[next] == 0x09 { next += 1 }
        if next < end, source.utf8[next] == 0x0A {
            if tableDepth == 0 { flush() }
            while next < end, source.utf8[next] <= 0x20 { next += 1 }
        } else if builder.text.last.map({ $0 > 0x20 }) ?? false {
            builder.append(" ")
        }
        i = max(next, i + 1)
    }

    mutating func readQuote() {
        let mark = source.utf8[i]
        let isDouble = i + 1 < end && source.utf8[i + 1] == mark
        if mark == UInt8(ascii: "`") {
            replace(isDouble ? 2 : 1, by: isDouble ? "“" : "‘")
        } else {
            replace(isDouble ? 2 : 1, by: isDouble ? "”" : "'")
        }
    }

    mutating func readDash() {
        let count = min(
            source.utf8[i..<min(i + 3, end)].prefix { $0 == UInt8(ascii: "-") }.count,
            3
        )
        replace(count, by: ["-", "–", "—"][count - 1])
    }

    /// A formula, as it is written.
    mutating func readMath() {
        let mark = i + 1 < end && source.utf8[i + 1] == UInt8(ascii: "$") ? "$$" : "$"
        let start = i + mark.utf8.count
        guard let close = source.first(mark, in: start..<min(end, start + 4000)) else {
            i += 1
            return
        }
        builder.append(verbatim: i..<(close + mark.utf8.count), of: source.utf8)
        i = close + mark.utf8.count
    }

    mutating func skipLine() {
        while i < end, source.utf8[i] != 0x0A { i += 1 }
        if i < end { i += 1 }
        if builder.text.last.map({ $0 > 0x20 }) ?? false { builder.append(" ") }
        if i < end, source.utf8[i] == 0x0A { flush() }
    }

    // MARK: Environments

    mutating func begin() {
        guard let group = group() else { return }
        let name = source.string(group)
        let plainName = name.filter { $0 != "*" }
        if Self.verbatim.contains(name) || Self.skipped.contains(name) {
            flush()
            let close = source.first("\\end{\(name)}", in: i..<end) ?? end
            if Self.verbatim.contains(name) { addCode(i..<close) }
            i = min(close + name.utf8.count + 6, end)
            builder = TextBuilder(from: i)
            return
        }
        switch plainName {
        case "frame":
            flush()
            skipOverlay()
            skipOption()
            // The title of a slide.
            if let title = self.group() {
                let text = plain(title)
                let anchors = Anchors(verbatim: title)
                if !text.isEmpty {
                    blocks.append(Block(kind: .heading(level: 3), text: text, anchors: anchors))
                }
                builder = TextBuilder(from: i)
            }
            return
        case "block", "exampleblock", "alertblock":
            flush()
            skipOverlay()
            if let title = self.group() {
                let text = plain(title)
                let anchors = Anchors(verbatim: title)
                if !text.isEmpty { blocks.append(Block(kind: .term, text: text, anchors: anchors)) }
                builder = TextBuilder(from: i)
            }
            return
        case "itemize", "description": lists.append(nil)
        case "enumerate": lists.append(1)
        case "tabular", "tabularx", "longtable", "array", "tabulary":
            flush()
            tableDepth += 1
            kind = .table
            skipOption()
            _ = self.group()
            if plainName == "tabularx" || plainName == "tabulary" { _ = self.group() }
            return
        case "equation", "align", "gather", "displaymath", "eqnarray", "math":
            let close = source.first("\\end{\(name)}", in: i..<end) ?? end
            appendFormula(source.trimmed(i..<close))
            i = close
            return
        case "thebibliography":
            // Its argument is the widest label.
            flush()
            _ = self.group()
            return
        default: break
        }
        flush()
        skipOption()
    }

    /// A formula as it is written, without the labels that other places refer to it by.
    mutating func appendFormula(_ formula: Range<Int>) {
        var rest = formula
        while let label = source.first("\\label{", in: rest) {
            builder.append(verbatim: rest.lowerBound..<label, of: source.utf8)
            let close = source.first("}", in: label..<rest.upperBound) ?? rest.upperBound - 1
            rest = (close + 1)..<rest.upperBound
        }
        builder.append(verbatim: source.trimmed(rest), of: source.utf8)
    }

    mutating func addCode(_ range: Range<Int>) {
        // The rest of the first line is options.
        var start = source.utf8[range].firstIndex(of: 0x0A).map { $0 + 1 } ?? range.lowerBound
        start = min(start, range.upperBound)
        builder = TextBuilder(from: start)
        builder.append(verbatim: start..<range.upperBound, of: source.utf8)
        kind = .code(language: nil)
        flush()
    }

    mutating func endEnvironment() {
        guard let group = group() else { return }
        switch source.string(group).filter({ $0 != "*" }) {
        case "itemize", "description", "enumerate":
            flush()
            _ = lists.popLast()
        case "tabular", "tabularx", "longtable", "array", "tabulary":
            flush()
            tableDepth = max(tableDepth - 1, 0)
            kind = .paragraph
        case "document":
            flush()
            i = end
        case "equation", "align", "gather", "displaymath", "eqnarray", "math": break
        default: flush()
        }
    }

    // MARK: Arguments

    mutating func skipSpace() {
        while i < end, source.utf8[i] == 0x20 || source.utf8[i] == 0x09 { i += 1 }
    }

    /// Passes over `[…]`.
    mutating func skipOption() {
        guard i < end, source.utf8[i] == UInt8(ascii: "["),
            let close = source.first("]", in: i..<min(end, i + 2000))
        else { return }
        i = close + 1
    }

    /// The inside of `{…}`, past which the parser then stands; nil if there is no group here.
    mutating func group() -> Range<Int>? {
        var start = i
        while start < end, source.utf8[start] == 0x20 { start += 1 }
        guard start < end, source.utf8[start] == UInt8(ascii: "{") else { return nil }
        var depth = 0
        var next = start
        while next < end, next - start < 3000 {
            switch source.utf8[next] {
            case UInt8(ascii: "\\"): next += 1
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 {
                    i = next + 1
                    return (start + 1)..<next
                }
            default: break
            }
            next += 1
        }
        return nil
    }

    /// The text of a short argument on one line.
    func plain(_ range: Range<Int>) -> String {
        guard range.count < 4000 else { return "" }
        let inner = SourceText(utf8: Array(source.utf8[range]), encoding: "", maps: [])
        guard depth < 8 else { return inner.string(0..<inner.utf8.count) }
        return Self.plain(inner, depth: depth, macros: macros)
    }

    /// The text of a piece of the document, or of a macro, on one line.
    static func plain(_ inner: SourceText, depth: Int, macros: LaTeXMacros) -> String {
        var parser = LaTeXParser(inner, nested: depth + 1)
        parser.macros = macros
        parser.run()
        return parser.blocks.map(\.text).joined(separator: " ")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether a command has a meaning of its own here, which a document does not change.
    static func isKnown(_ name: String) -> Bool {
        levels[name] != nil || silent.contains(name) || letters[name] != nil
            || ["begin", "end", "item", "title", "author", "date", "verb", "footnote", "caption"]
                .contains(name)
    }

    var depth = 0

    private init(_ source: SourceText, nested depth: Int) {
        self.init(source)
        self.depth = depth
    }
}
