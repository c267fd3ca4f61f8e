/// Reads LaTeX: sections, lists, tables, verbatim text; commands go, what they enclose stays.
///
/// Nothing is expanded: macros that a document defines are left out, formulas stay as written.
struct LaTeXReader: FormatReader {
    let format = "latex"

    static let suffixes: Set<String> = ["tex", "latex", "ltx"]

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

private struct LaTeXParser {
    private(set) var blocks: [Block] = []
    private(set) var fields: [String: String] = [:]

    private let source: SourceText
    private var i = 0
    private let end: Int
    private var builder = TextBuilder(from: 0)
    private var kind = Block.Kind.paragraph
    /// The lists that are open, with the number of the next item or nil for bullets.
    private var lists: [Int?] = []
    private var tableDepth = 0

    private static let levels = [
        "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
        "subparagraph": 6, "frametitle": 3,
    ]
    private static let verbatim: Set<String> = [
        "verbatim", "lstlisting", "minted", "Verbatim", "alltt", "verbatim*", "filecontents",
    ]
    /// Environments whose content is no text.
    private static let skipped: Set<String> = [
        "tikzpicture", "thebibliography", "comment", "picture", "pgfpicture",
    ]
    /// Commands whose first argument is no text.
    private static let silent: Set<String> = [
        "label", "ref", "pageref", "eqref", "autoref", "cref", "Cref", "vspace", "hspace", "input",
        "include", "includegraphics", "bibliography", "bibliographystyle", "usepackage", "cite",
        "documentclass", "pagestyle", "thispagestyle", "setlength", "addtolength", "setcounter",
        "newcommand", "renewcommand", "def", "newenvironment", "index", "color", "citep", "citet",
        "definecolor", "graphicspath", "geometry", "hypersetup", "fontsize", "selectfont",
        "addcontentsline", "markboth", "markright", "raisebox", "rule", "nocite", "providecommand",
        "theoremstyle", "newtheorem", "DeclareMathOperator", "cline", "cmidrule", "input@path",
    ]
    /// Of those, the ones with a second argument that is no text either.
    private static let silentTwice: Set<String> = [
        "setlength", "addtolength", "setcounter", "newcommand", "renewcommand", "newenvironment",
        "definecolor", "fontsize", "markboth", "rule", "providecommand", "newtheorem",
        "DeclareMathOperator",
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
    private mutating func readPreamble() {
        guard let start = source.first("\\begin{document}", in: 0..<end) else { return }
        i = 0
        readFields(before: start)
        i = start + "\\begin{document}".utf8.count
    }

    private mutating func readFields(before limit: Int) {
        for name in ["title", "author", "date"] {
            guard let place = source.first("\\\(name){", in: 0..<limit) else { continue }
            i = place + name.utf8.count + 1
            if let group = group() { fields[name] = plain(group) }
        }
    }

    private mutating func flush() {
        var kind = kind
        if kind == .table, !builder.text.contains(0x0A) { kind = .paragraph }
        if let block = builder.block(kind) { blocks.append(block) }
        builder = TextBuilder(from: i)
        self.kind = tableDepth > 0 ? .table : .paragraph
    }

    private mutating func replace(_ length: Int, by text: String) {
        builder.append(Array(text.utf8), for: i..<min(i + length, end))
        i = min(i + length, end)
    }

    // MARK: Text

    private mutating func readText() {
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

    private static let special = Set("\\%{}~$&`'-\n".utf8)

    /// A line feed is a space; an empty line ends the paragraph.
    private mutating func readLineFeed() {
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

    private mutating func readQuote() {
        let mark = source.utf8[i]
        let isDouble = i + 1 < end && source.utf8[i + 1] == mark
        if mark == UInt8(ascii: "`") {
            replace(isDouble ? 2 : 1, by: isDouble ? "“" : "‘")
        } else {
            replace(isDouble ? 2 : 1, by: isDouble ? "”" : "'")
        }
    }

    private mutating func readDash() {
        let count = min(
            source.utf8[i..<min(i + 3, end)].prefix { $0 == UInt8(ascii: "-") }.count,
            3
        )
        replace(count, by: ["-", "–", "—"][count - 1])
    }

    /// A formula, as it is written.
    private mutating func readMath() {
        let mark = i + 1 < end && source.utf8[i + 1] == UInt8(ascii: "$") ? "$$" : "$"
        let start = i + mark.utf8.count
        guard let close = source.first(mark, in: start..<min(end, start + 4000)) else {
            i += 1
            return
        }
        builder.append(verbatim: i..<(close + mark.utf8.count), of: source.utf8)
        i = close + mark.utf8.count
    }

    private mutating func skipLine() {
        while i < end, source.utf8[i] != 0x0A { i += 1 }
        if i < end { i += 1 }
        if builder.text.last.map({ $0 > 0x20 }) ?? false { builder.append(" ") }
        if i < end, source.utf8[i] == 0x0A { flush() }
    }

    // MARK: Commands

    private mutating func readCommand() {
        let start = i
        i += 1
        guard i < end else { return }
        let first = source.utf8[i]
        guard (0x61...0x7A).contains(first | 0x20) else { return readSymbol(first, from: start) }
        while i < end, (0x61...0x7A).contains(source.utf8[i] | 0x20) { i += 1 }
        let name = source.string((start + 1)..<i)
        if i < end, source.utf8[i] == UInt8(ascii: "*") { i += 1 }
        switch name {
        case "begin": begin()
        case "end": endEnvironment()
        case "item": readItem()
        case "par", "newpage", "clearpage", "maketitle", "bigskip", "medskip": flush()
        case "title", "author", "date":
            if let group = group() { fields[name] = plain(group) }
        case "verb": readVerb()
        case "caption", "footnotetext": skipOption()
        case "footnote":
            skipOption()
            guard let note = group() else { return }
            builder.append(" (")
            builder.append(Array(plain(note).utf8), for: note)
            builder.append(")")
        case "href": readLink()
        case "url", "path":
            if let group = group() { builder.append(verbatim: group, of: source.utf8) }
        case "textcolor", "colorbox", "parbox", "multicolumn", "multirow":
            skipOption()
            _ = group()
            if name == "multicolumn" || name == "multirow" { _ = group() }
        case "ldots", "dots", "textellipsis": builder.append("…")
        case "LaTeX", "TeX": builder.append(name)
        case "ss": builder.append("ß")
        case "o", "O", "ae", "AE", "aa", "AA", "l", "L", "i", "j", "euro", "texteuro":
            builder.append(Self.letters[name] ?? name)
            skipSpace()
        case "textbackslash": builder.append("\\")
        case "hline", "toprule", "midrule", "bottomrule", "centering", "noindent": skipSpace()
        case _ where Self.levels[name] != nil: readHeading(Self.levels[name] ?? 1)
        case _ where Self.silent.contains(name):
            skipOption()
            _ = group()
            if Self.silentTwice.contains(name) {
                skipOption()
                _ = group()
            }
        default: skipOption()
        }
    }

    private static let letters = [
        "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
        "i": "i", "euro": "€", "texteuro": "€",
        "j": "j",
    ]

    private static let accents: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "'"): "\u{301}", UInt8(ascii: "`"): "\u{300}", UInt8(ascii: "^"): "\u{302}",
        UInt8(ascii: "\""): "\u{308}", UInt8(ascii: "~"): "\u{303}", UInt8(ascii: "="): "\u{304}",
        UInt8(ascii: "."): "\u{307}",
    ]

    /// `\\`, `\&`, `\'a` and the like.
    private mutating func readSymbol(_ symbol: UInt8, from start: Int) {
        i += 1
        switch symbol {
        case UInt8(ascii: "\\"):
            skipOption()
            if tableDepth > 0 { builder.appendLineFeed() } else { builder.append(" ") }
        case UInt8(ascii: "["), UInt8(ascii: "("):
            let close = symbol == UInt8(ascii: "[") ? "\\]" : "\\)"
            guard let stop = source.first(close, in: i..<min(end, i + 4000)) else { return }
            builder.append(verbatim: i..<stop, of: source.utf8)
            i = stop + 2
        case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: ";"), 0x0A: builder.append(" ")
        case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "@"): break
        case _ where Self.accents[symbol] != nil: readAccent(symbol, from: start)
        default: builder.append(verbatim: (i - 1)..<i, of: source.utf8)
        }
    }

    /// `\'a` and `\'{\i}` as one letter.
    private mutating func readAccent(_ symbol: UInt8, from start: Int) {
        while i < end, source.utf8[i] == UInt8(ascii: "{") || source.utf8[i] == UInt8(ascii: "\\") {
            i += 1
        }
        guard i < end, (0x61...0x7A).contains(source.utf8[i] | 0x20),
            let accent = Self.accents[symbol]
        else { return }
        let letter = Unicode.Scalar(source.utf8[i])
        i += 1
        if i < end, source.utf8[i] == UInt8(ascii: "}") { i += 1 }
        var text = String.UnicodeScalarView()
        text.append(letter)
        text.append(accent)
        // Characters are equal however they are composed; the set has them in one piece.
        let character = Character(String(text))
        let composed = Self.composed.firstIndex(of: character).map { Self.composed[$0] }
        builder.append(Array(String(composed ?? character).utf8), for: start..<i)
    }

    private static let composed = Set(
        "áéíóúýàèìòùâêîôûäëïöüÿñãõńśźćžÁÉÍÓÚÝÀÈÌÒÙÂÊÎÔÛÄËÏÖÜÑÃÕŃŚŹĆ"
    )

    private mutating func readHeading(_ level: Int) {
        flush()
        skipOption()
        guard let group = group() else { return }
        let title = plain(group)
        let block = Block(
            kind: .heading(level: level),
            text: title,
            anchors: Anchors(verbatim: group)
        )
        if !title.isEmpty { blocks.append(block) }
        builder = TextBuilder(from: i)
    }

    private mutating func readLink() {
        guard let address = group(), let text = group() else { return }
        builder.append(Array(plain(text).utf8), for: text)
        builder.append(" (")
        builder.append(verbatim: address, of: source.utf8)
        builder.append(")")
    }

    private mutating func readVerb() {
        guard i < end else { return }
        let mark = source.utf8[i]
        guard let close = source.utf8[(i + 1)..<max(i + 1, min(end, i + 2000))].firstIndex(of: mark)
        else { return }
        builder.append(verbatim: (i + 1)..<close, of: source.utf8)
        i = close + 1
    }

    private mutating func readItem() {
        flush()
        kind = .listItem
        let indent = String(repeating: "  ", count: min(max(lists.count - 1, 0), 8))
        if let last = lists.last, let number = last {
            builder.append("\(indent)\(number). ")
            lists[lists.count - 1] = number + 1
        } else {
            builder.append(indent + "- ")
        }
        skipSpace()
        if i < end, source.utf8[i] == UInt8(ascii: "["),
            let close = source.first("]", in: i..<min(end, i + 400))
        {
            builder.append(Array(plain((i + 1)..<close).utf8), for: (i + 1)..<close)
            builder.append(": ")
            i = close + 1
        }
    }

    // MARK: Environments

    private mutating func begin() {
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
            builder.append(verbatim: source.trimmed(i..<close), of: source.utf8)
            i = close
            return
        default: break
        }
        flush()
        skipOption()
    }

    private mutating func addCode(_ range: Range<Int>) {
        // The rest of the first line is options.
        var start = source.utf8[range].firstIndex(of: 0x0A).map { $0 + 1 } ?? range.lowerBound
        start = min(start, range.upperBound)
        builder = TextBuilder(from: start)
        builder.append(verbatim: start..<range.upperBound, of: source.utf8)
        kind = .code(language: nil)
        flush()
    }

    private mutating func endEnvironment() {
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

    private mutating func skipSpace() {
        while i < end, source.utf8[i] == 0x20 || source.utf8[i] == 0x09 { i += 1 }
    }

    /// Passes over `[…]`.
    private mutating func skipOption() {
        guard i < end, source.utf8[i] == UInt8(ascii: "["),
            let close = source.first("]", in: i..<min(end, i + 2000))
        else { return }
        i = close + 1
    }

    /// The inside of `{…}`, past which the parser then stands; nil if there is no group here.
    private mutating func group() -> Range<Int>? {
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
    private func plain(_ range: Range<Int>) -> String {
        guard range.count < 4000 else { return "" }
        let inner = SourceText(utf8: Array(source.utf8[range]), encoding: "", maps: [])
        var parser = LaTeXParser(inner, nested: depth + 1)
        guard depth < 8 else { return inner.string(0..<inner.utf8.count) }
        parser.run()
        return parser.blocks.map(\.text).joined(separator: " ")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private var depth = 0

    private init(_ source: SourceText, nested depth: Int) {
        self.init(source)
        self.depth = depth
    }
}
