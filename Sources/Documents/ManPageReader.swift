internal import Corpus

/// Reads manual pages: the `man` macros, and what of `mdoc` makes text.
///
/// Sections become headings, tagged paragraphs terms with their text, examples code. Anchors are
/// exact where the text stands as it is; escapes are anchored where they begin.
struct ManPageReader: FormatReader {
    static let declaration = DocumentFormat.text(
        "man",
        version: 2,
        suffixes: [],
        recognizes: { looksLikeManPage($0.source, suffix: $0.suffix) },
        make: { _, _ in ManPageReader() }
    )

    /// Whether a file named like a manual page, or any file, is one.
    static func looksLikeManPage(_ source: SourceText, suffix: String) -> Bool {
        guard let first = suffix.utf8.first, (0x31...0x39).contains(first), suffix.utf8.count <= 8
        else { return false }
        for line in 1...min(source.lineStarts.count, 200) {
            let text = source.utf8[source.range(ofLine: line)]
            if text.starts(with: ".TH".utf8) || text.starts(with: ".Dd".utf8)
                || text.starts(with: ".SH".utf8) || text.starts(with: ".so ".utf8)
            {
                return true
            }
        }
        return false
    }

    func read(_ source: SourceText) throws(DocumentError) -> DocumentDraft {
        var formatter = RoffFormatter(source)
        for line in 1...source.lineStarts.count { formatter.format(source.range(ofLine: line)) }
        formatter.flush()
        var draft = DocumentDraft()
        draft.blocks = formatter.blocks
        draft.title = formatter.title
        draft.date = formatter.date.flatMap(DocumentDate.parse)
        if let section = formatter.section { draft.metadata["section"] = .string(section) }
        guard draft.blocks.contains(where: { if case .heading = $0.kind { false } else { true } })
        else { throw .empty }
        return draft
    }
}

/// Turns lines of roff into blocks.
private struct RoffFormatter {
    private(set) var blocks: [Block] = []
    private(set) var title: String?
    private(set) var section: String?
    private(set) var date: String?

    private let source: SourceText
    private var builder: TextBuilder
    private var kind = Block.Kind.paragraph
    private var isFilled = true
    /// The kind that the next line of text ends, as `.TP` makes the next line a term.
    private var nextLine: Block.Kind?
    /// Inside `.ig`, `.de` and the like: the request that ends it.
    private var ignoredUntil: String?

    init(_ source: SourceText) {
        self.source = source
        builder = TextBuilder(from: 0)
    }

    mutating func format(_ line: Range<Int>) {
        let bytes = source.utf8[line]
        if table != nil, formatTable(line) { return }
        if let end = ignoredUntil {
            // Inside a conditional the requests are indented: ". ." ends a definition as well.
            if bytes.filter({ $0 > 0x20 }).starts(with: end.utf8) { ignoredUntil = nil }
            return
        }
        guard let first = bytes.first else {
            if isFilled { flush() } else { builder.append("\n") }
            return
        }
        if first == UInt8(ascii: ".") || first == UInt8(ascii: "'") {
            request(line)
            return
        }
        appendText(line)
        endLine()
    }

    /// Whether the page is written with the macros that say what a word is, `mdoc`.
    private var isSemantic = false

    mutating func flush() {
        if let block = builder.block(kind) { blocks.append(block) }
        builder = TextBuilder(from: 0)
        kind = isFilled ? .paragraph : .code(language: nil)
    }

    private mutating func endLine() {
        if let ended = nextLine {
            kind = ended
            nextLine = nil
            flush()
        } else {
            builder.append(isFilled ? " " : "\n")
        }
    }

    // MARK: Requests

    private mutating func request(_ line: Range<Int>) {
        var i = line.lowerBound + 1
        while i < line.upperBound, source.utf8[i] == 0x20 || source.utf8[i] == 0x09 { i += 1 }
        let start = i
        while i < line.upperBound, source.utf8[i] > 0x20, source.utf8[i] != 0x5C { i += 1 }
        let name = source.string(start..<i)
        let arguments = arguments(i..<line.upperBound)
        switch name {
        case "TH", "Dt":
            title = arguments.first.map { plain($0) }
            section = arguments.dropFirst().first.map { plain($0) }
            if let title, let section { self.title = "\(title.lowercased())(\(section))" }
            if name == "TH", arguments.count > 2 { date = plain(arguments[2]) }
        case "Dd":
            isSemantic = true
            date = plain(i..<line.upperBound)
        case "SH", "Sh", "SS", "Ss":
            isFilled = true
            flush()
            kind = .heading(level: name.lowercased() == "sh" ? 1 : 2)
            if arguments.isEmpty {
                nextLine = kind
            } else {
                append(arguments)
                flush()
            }
        case "PP", "P", "LP", "Pp", "sp", "RS", "RE", "HP", "Bl", "El": flush()
        case "TP", "TQ":
            flush()
            nextLine = .term
        case "It" where isSemantic && !arguments.isEmpty:
            flush()
            appendWords(arguments)
            kind = .term
            flush()
        case "IP", "It":
            flush()
            startItem(arguments)
        case "TS":
            flush()
            table = Table()
            kind = .table
        case "nf", "EX", "Bd", "Vb":
            flush()
            isFilled = false
            kind = .code(language: nil)
        case "fi", "EE", "Ed", "Ve":
            isFilled = true
            flush()
        case "br": builder.append("\n")
        case "ig", "de", "de1", "am": ignoredUntil = ".."
        case "B", "I", "R", "SM", "SB", "BR", "RB", "IB", "BI", "IR", "RI", "OP", "SY", "MT", "UR",
            "ME", "UE":
            appendFont(name, arguments)
        default: semantic(name, start..<i, arguments)
        }
    }

    // MARK: Tables

    /// What `tbl` makes of the lines between `.TS` and `.TE`.
    private struct Table {
        /// What stands between the cells.
        var separator: UInt8 = 0x09
        /// Whether the lines still say how the columns look.
        var isFormat = true
        /// Whether a cell goes on over several lines: `T{` … `T}`.
        var isOpen = false
    }

    private var table: Table?

    /// Takes a line of a table; false for a request, which means what it means elsewhere.
    private mutating func formatTable(_ line: Range<Int>) -> Bool {
        guard var state = table else { return false }
        defer { if table != nil { table = state } }
        let text = source.trimmed(line)
        if source.begins(line, with: ".") {
            if source.begins(line, with: ".TE") {
                table = nil
                flush()
                return true
            }
            if source.begins(line, with: ".T&") { state.isFormat = true }
            // Inside a cell fonts are set; between rows there is only space and page ends.
            return !state.isOpen
        }
        if state.isFormat {
            if let mark = source.first("tab(", in: text), mark + 4 < text.upperBound {
                state.separator = source.utf8[mark + 4]
            }
            if !text.isEmpty, source.utf8[text.upperBound - 1] == UInt8(ascii: ".") {
                state.isFormat = false
            }
            return true
        }
        if text.isEmpty || source.utf8[text].allSatisfy({ $0 == 0x5F || $0 == 0x3D }) {
            return true
        }
        var rest = line
        if state.isOpen {
            guard source.begins(line, with: "T}") else {
                appendText(line)
                builder.append(" ")
                return true
            }
            state.isOpen = false
            rest = (line.lowerBound + 2)..<line.upperBound
        }
        while let end = source.utf8[rest].firstIndex(of: state.separator) {
            appendText(source.trimmed(rest.lowerBound..<end))
            builder.appendCellSeparator()
            rest = (end + 1)..<rest.upperBound
        }
        let last = source.trimmed(rest)
        if source.string(last) == "T{" {
            state.isOpen = true
        } else {
            appendText(last)
            builder.appendLineFeed()
        }
        return true
    }

    /// `.IP •` is a bullet, `.IP name` a term.
    private mutating func startItem(_ arguments: [Range<Int>]) {
        guard let first = arguments.first else { return }
        let tag = plain(first)
        kind = .listItem
        if tag.count <= 1 || tag == "\\(bu" || tag.allSatisfy(\.isPunctuation) {
            builder.append("- ")
        } else if tag.count <= 3, tag.first?.isNumber ?? false {
            builder.append(tag + " ")
        } else {
            append(arguments.count > 1 ? [first] : arguments)
            kind = .term
            flush()
        }
    }

    private mutating func appendFont(_ name: String, _ arguments: [Range<Int>]) {
        if arguments.isEmpty { return }
        // The fonts of ".BR" alternate without spaces; ".B" sets its words apart.
        append(arguments, spaced: name.utf8.count == 1 || name == "SM" || name == "SB")
        endLine()
    }

    // MARK: Macros of mdoc

    /// A request of `mdoc`, which says what its words are; requests of roff itself have no text.
    private mutating func semantic(
        _ name: String,
        _ place: Range<Int>,
        _ arguments: [Range<Int>]
    ) {
        let isMacro =
            name.utf8.count == 2 && name.utf8.first.map { (0x41...0x5A).contains($0) } ?? false
        guard isMacro, !arguments.isEmpty || name == "Nm" || name == "Fl",
            !["Os", "Rs", "Re", "Sm", "Bk", "Ek"].contains(name)
        else { return }
        appendWords([place] + arguments)
        endLine()
    }

    /// Words among which stand names of macros: `Op Fl n Ar file` is `[-n file]`.
    private mutating func appendWords(_ words: [Range<Int>]) {
        var closing: [String] = []
        var isJoined = true
        var dashes = ""
        func space() -> String { isJoined ? "" : " " }
        var i = 0
        while i < words.count {
            let word = plain(words[i])
            i += 1
            if let (open, close) = Self.brackets[word] {
                builder.append(space() + open)
                closing.append(close)
                isJoined = true
            } else if word == "Fl" {
                dashes += "-"
                if i == words.count { builder.append(space() + dashes) }
            } else if word == "Ns" {
                isJoined = true
            } else if word == "Nd" {
                builder.append(space() + "—")
                isJoined = false
            } else if word == "Nm", i == words.count || Self.isMacro(plain(words[i])) {
                builder.append(space() + (title.map { String($0.prefix { $0 != "(" }) } ?? ""))
                isJoined = false
            } else if word == "Xr", i + 1 < words.count {
                builder.append(space())
                appendText(words[i])
                builder.append("(" + plain(words[i + 1]) + ")")
                isJoined = false
                i += 2
            } else if !Self.isMacro(word) {
                if word.utf8.count == 1, ".,:;)]?!".contains(word) {
                    builder.append(closing.reversed().joined() + word)
                    closing = []
                } else {
                    builder.append(space() + dashes)
                    appendText(words[i - 1])
                    dashes = ""
                }
                isJoined = word == "(" || word == "["
            }
        }
        builder.append(closing.reversed().joined())
    }

    private static let brackets = [
        "Op": ("[", "]"), "Pq": ("(", ")"), "Bq": ("[", "]"), "Brq": ("{", "}"),
        "Dq": ("“", "”"), "Sq": ("‘", "’"), "Ql": ("‘", "’"), "Qq": ("\"", "\""),
        "Aq": ("<", ">"),
    ]

    private static func isMacro(_ word: String) -> Bool { macros.contains(word) }

    /// The macros that may stand among words.
    private static let macros: Set<String> = [
        "Ad", "An", "Ap", "Aq", "Ar", "At", "Bq", "Brq", "Bx", "Cd", "Cm", "Dq", "Dv", "Em", "Er",
        "Ev", "Fa", "Fl", "Fn", "Ft", "Fx", "Ic", "Li", "Lk", "Ms", "Mt", "Nd", "Nm", "No", "Ns",
        "Nx", "Oo", "Oc", "Op", "Ox", "Pa", "Pf", "Po", "Pc", "Pq", "Ql", "Qq", "So", "Sc", "Sq",
        "St", "Sx", "Sy", "Tn", "Ux", "Va", "Vt", "Xr",
    ]

    // MARK: Text

    private mutating func append(_ arguments: [Range<Int>], spaced: Bool = true) {
        for (index, argument) in arguments.enumerated() {
            if spaced, index > 0 { builder.append(" ") }
            appendText(argument)
        }
    }

    /// The arguments of a request: words, or several in quotation marks.
    private func arguments(_ range: Range<Int>) -> [Range<Int>] {
        var arguments: [Range<Int>] = []
        var i = range.lowerBound
        let utf8 = source.utf8
        while i < range.upperBound {
            if utf8[i] == 0x20 || utf8[i] == 0x09 {
                i += 1
                continue
            }
            if utf8[i] == UInt8(ascii: "\\"), i + 1 < range.upperBound,
                utf8[i + 1] == UInt8(ascii: "\"")
            {
                break  // A comment.
            }
            let isQuoted = utf8[i] == UInt8(ascii: "\"")
            if isQuoted { i += 1 }
            let start = i
            while i < range.upperBound {
                if utf8[i] == UInt8(ascii: "\\") {
                    i += 2
                    continue
                }
                if isQuoted ? utf8[i] == UInt8(ascii: "\"") : utf8[i] == 0x20 { break }
                i += 1
            }
            i = min(i, range.upperBound)
            arguments.append(start..<i)
            i += 1
        }
        return arguments
    }

    private func plain(_ range: Range<Int>) -> String {
        var copy = RoffFormatter(source)
        copy.appendText(range)
        let text = String(decoding: copy.builder.text, as: UTF8.self)
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private mutating func appendText(_ range: Range<Int>) {
        var i = range.lowerBound
        while i < range.upperBound {
            guard source.utf8[i] == UInt8(ascii: "\\") else {
                var end = i + 1
                while end < range.upperBound, source.utf8[end] != UInt8(ascii: "\\") { end += 1 }
                builder.append(verbatim: i..<end, of: source.utf8)
                i = end
                continue
            }
            let (text, end) = escape(at: i, before: range.upperBound)
            builder.append(Array(text.utf8), for: i..<end)
            i = end
        }
    }

    /// What the escape at `start` stands for, and where it ends.
    private func escape(at start: Int, before limit: Int) -> (String, Int) {
        let utf8 = source.utf8
        guard start + 1 < limit else { return ("", limit) }
        let next = start + 2
        switch utf8[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "#"): return ("", limit)
        case UInt8(ascii: "*"):
            // The strings that all macro packages and converters define.
            let name = endOfName(at: next, before: limit)
            let isSign = ["lq", "rq", "Aq", "aq", "dq", "L\"", "R\""].contains(name.name)
            return (
                isSign ? Self.strings[name.name] ?? Self.characters[name.name] ?? "" : "", name.end
            )
        case UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "F"), UInt8(ascii: "m"):
            return ("", endOfName(at: next, before: limit).end)
        case UInt8(ascii: "s"):
            var end = next
            while end < limit, "+-'0123456789".utf8.contains(utf8[end]), end - next < 4 { end += 1 }
            return ("", end)
        case UInt8(ascii: "("), UInt8(ascii: "["):
            let name = endOfName(at: start + 1, before: limit)
            return (Self.characters[name.name] ?? Self.character(named: name.name), name.end)
        case UInt8(ascii: "-"): return ("-", next)
        case UInt8(ascii: "e"), UInt8(ascii: "\\"): return ("\\", next)
        case UInt8(ascii: " "), UInt8(ascii: "~"), UInt8(ascii: "0"): return (" ", next)
        case UInt8(ascii: "'"): return ("'", next)
        case UInt8(ascii: "`"): return ("`", next)
        case UInt8(ascii: "."): return (".", next)
        case UInt8(ascii: "h"), UInt8(ascii: "v"), UInt8(ascii: "w"), UInt8(ascii: "o"):
            guard next < limit, utf8[next] == UInt8(ascii: "'") else { return ("", next) }
            let close = utf8[(next + 1)..<limit].firstIndex(of: UInt8(ascii: "'")) ?? limit - 1
            return ("", close + 1)
        default: return ("", next)
        }
    }

    /// The name of a font or character: one letter, two after `(`, any number in brackets.
    private func endOfName(at start: Int, before limit: Int) -> (name: String, end: Int) {
        guard start < limit else { return ("", limit) }
        switch source.utf8[start] {
        case UInt8(ascii: "("):
            let end = min(start + 3, limit)
            return (source.string((start + 1)..<end), end)
        case UInt8(ascii: "["):
            let close = source.utf8[start..<limit].firstIndex(of: UInt8(ascii: "]")) ?? limit
            return (source.string((start + 1)..<close), min(close + 1, limit))
        default: return (source.string(start..<(start + 1)), start + 1)
        }
    }

    private static let strings = ["Aq": "'", "L\"": "“", "R\"": "”"]

    /// Accents as they stand before the letter in a name: `'e`, `^o`, `:a`, `,c`.
    private static let accents: [Character: Unicode.Scalar] = [
        "'": "\u{301}", "`": "\u{300}", "^": "\u{302}", ":": "\u{308}", "~": "\u{303}",
        ",": "\u{327}", "v": "\u{30C}", "o": "\u{30A}",
    ]

    /// `[u00E1]` and `['a]`.
    private static func character(named name: String) -> String {
        if name.count == 2, let mark = name.first, let letter = name.last, letter.isLetter,
            let accent = accents[mark]
        {
            return LaTeXParser.composed(letter, accent)
        }
        if name.first == "u", let value = UInt32(name.dropFirst(), radix: 16),
            let scalar = Unicode.Scalar(value), value >= 0xA0
        {
            return String(Character(scalar))
        }
        return ""
    }

    private static let characters = [
        "aq": "'", "dq": "\"", "oq": "‘", "cq": "’", "lq": "“", "rq": "”", "em": "—", "en": "–",
        "hy": "-", "bu": "•", "co": "©", "rg": "®", "tm": "™", "ti": "~", "ha": "^", "ga": "`",
        "rs": "\\", "mi": "−", "mu": "×", "de": "°", "->": "→", "<-": "←", "Fo": "«", "Fc": "»",
        "r!": "¡", "r?": "¿", "'a": "á", "'e": "é", "'i": "í", "'o": "ó", "'u": "ú", "~n": "ñ",
        ":u": "ü", "'A": "Á", "'E": "É", "'I": "Í", "'O": "Ó", "'U": "Ú", "~N": "Ñ", "ss": "ß",
        ",c": "ç", ":a": "ä", ":o": "ö", "at": "@", "sh": "#", "bv": "|", "lB": "[", "rB": "]",
        "lC": "{", "rC": "}", "Do": "$", "Eu": "€", "Po": "£", "<=": "≤", ">=": "≥", "+-": "±",
    ]
}
