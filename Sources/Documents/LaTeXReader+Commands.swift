/// What a backslash begins.
extension LaTeXParser {
    mutating func readCommand() {
        let start = i
        i += 1
        guard i < end else { return }
        let first = source.utf8[i]
        guard (0x61...0x7A).contains(first | 0x20) else { return readSymbol(first, from: start) }
        while i < end, (0x61...0x7A).contains(source.utf8[i] | 0x20) { i += 1 }
        let name = source.string((start + 1)..<i)
        if expand(name, from: start) { return }
        if i < end, source.utf8[i] == UInt8(ascii: "*") { i += 1 }
        switch name {
        case "newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "def", "gdef":
            define()
        case "NewDocumentCommand", "RenewDocumentCommand", "ProvideDocumentCommand":
            defineDocumentCommand()
        case "newif", "let": alias(name)
        case "iffalse": skipConditional()
        case _ where macros.isFalse(condition: name): skipConditional()
        case _ where macros.setCondition(by: name): skipSpace()
        // What follows `\else` is for the case that was not taken.
        case "else": skipConditional()
        case "bibitem":
            flush()
            skipOption()
            _ = group()
        case "begin": begin()
        case "end": endEnvironment()
        case "item": readItem()
        case "par", "newpage", "clearpage", "maketitle", "bigskip", "medskip": flush()
        case "title", "author", "date":
            if let group = group() { readField(name, group) }
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
        case "starttyping": readTyping()
        case _ where Self.contextLevels[name] != nil: readTitled(Self.contextLevels[name] ?? 2)
        case "textcolor", "colorbox", "parbox", "multicolumn", "multirow":
            skipOption()
            _ = group()
            if name == "multicolumn" || name == "multirow" { _ = group() }
        case "ldots", "dots", "textellipsis": builder.append("…")
        case "LaTeX", "TeX": builder.append(name)
        case "c", "v", "H", "k", "r", "u", "d", "b": readNamedAccent(name, from: start)
        case "only", "uncover", "onslide", "visible", "pause", "invisible", "alert": skipOverlay()
        case "ss": builder.append("ß")
        case "o", "O", "ae", "AE", "aa", "AA", "l", "L", "i", "j", "euro", "texteuro":
            builder.append(Self.letters[name] ?? name)
            skipSpace()
        case _ where Self.symbols[name] != nil:
            builder.append(Self.symbols[name] ?? "")
            skipSpace()
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

    // MARK: Macros

    /// The definitions that stand before `limit`.
    mutating func readDefinitions(before limit: Int) {
        let mark = UInt8(ascii: "\\")
        while let next = source.utf8[i..<limit].firstIndex(of: mark) {
            i = next + 1
            while i < limit, (0x61...0x7A).contains(source.utf8[i] | 0x20) { i += 1 }
            switch source.string((next + 1)..<i) {
            case "newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "def",
                "gdef":
                if i < limit, source.utf8[i] == UInt8(ascii: "*") { i += 1 }
                define()
            case "NewDocumentCommand", "RenewDocumentCommand", "ProvideDocumentCommand":
                defineDocumentCommand()
            case let name where name == "newif" || name == "let": alias(name)
            case let name: _ = macros.setCondition(by: name)
            }
            i = max(i, next + 1)
        }
    }

    /// Reads `{\name}[2]{body}`, or `\name#1{body}`.
    mutating func define() {
        skipSpace()
        var name: Range<Int>?
        if i < end, source.utf8[i] == UInt8(ascii: "{") {
            name = group().map { source.trimmed($0) }
        } else if i < end, source.utf8[i] == UInt8(ascii: "\\") {
            let start = i
            i += 1
            while i < end, (0x61...0x7A).contains(source.utf8[i] | 0x20) { i += 1 }
            name = start..<i
        }
        guard let name, name.count > 1, source.utf8[name.lowerBound] == UInt8(ascii: "\\") else {
            return
        }
        var count = 0
        var standard: String?
        if i < end, source.utf8[i] == UInt8(ascii: "["),
            let close = source.first("]", in: i..<min(end, i + 10))
        {
            count = Int(source.string((i + 1)..<close)) ?? 0
            i = close + 1
            if i < end, source.utf8[i] == UInt8(ascii: "["),
                let close = source.first("]", in: i..<min(end, i + 400))
            {
                standard = source.string((i + 1)..<close)
                i = close + 1
            }
        }
        while i + 1 < end, source.utf8[i] == UInt8(ascii: "#") {
            count += 1
            i += 2
        }
        guard let body = group(), count <= 9 else { return }
        macros.add(
            source.string((name.lowerBound + 1)..<name.upperBound),
            LaTeXMacros.Macro(parameters: count, standard: standard, body: source.string(body))
        )
    }

    /// Reads `\newif\ifname` or `\let\name=\other`.
    mutating func alias(_ command: String) {
        func name() -> String? {
            skipSpace()
            if command == "let", i < end, source.utf8[i] == UInt8(ascii: "=") { i += 1 }
            guard i < end, source.utf8[i] == UInt8(ascii: "\\") else { return nil }
            let start = i + 1
            i = start
            while i < end, (0x61...0x7A).contains(source.utf8[i] | 0x20) { i += 1 }
            return source.string(start..<i)
        }
        guard let new = name() else { return }
        if command == "newif" {
            macros.addCondition(new)
        } else if let old = name(), let macro = macros[old] {
            macros.add(new, macro)
        }
    }

    /// Reads `{\name}{o m m}{body}`: an argument for each letter, the first of which may be optional.
    mutating func defineDocumentCommand() {
        skipSpace()
        var name: Range<Int>?
        if i < end, source.utf8[i] == UInt8(ascii: "\\") {
            let start = i
            i += 1
            while i < end, (0x61...0x7A).contains(source.utf8[i] | 0x20) { i += 1 }
            name = start..<i
        } else {
            name = group().map { source.trimmed($0) }
        }
        guard let name, name.count > 1, source.utf8[name.lowerBound] == UInt8(ascii: "\\"),
            let pattern = group(), let body = group()
        else { return }
        let letters = source.string(pattern).filter { "mor".contains($0.lowercased()) }
        var standard: String?
        if letters.first == "o" || letters.first == "O" {
            let text = source.string(pattern)
            let open = text.firstIndex(of: "{")
            let close = text.firstIndex(of: "}")
            if let open, let close, open < close {
                standard = String(text[text.index(after: open)..<close])
            }
            standard = standard ?? ""
        }
        let macro = LaTeXMacros.Macro(
            parameters: min(letters.count, 9),
            standard: standard,
            body: source.string(body)
        )
        macros.add(source.string((name.lowerBound + 1)..<name.upperBound), macro)
    }

    /// Puts the text of one of the document's macros in its place; false if it has none of that name.
    mutating func expand(_ name: String, from start: Int) -> Bool {
        guard let macro = macros[name] else { return false }
        var arguments: [String] = []
        if let standard = macro.standard {
            arguments.append(standard)
            if i < end, source.utf8[i] == UInt8(ascii: "["),
                let close = source.first("]", in: i..<min(end, i + 2000))
            {
                arguments[0] = source.string((i + 1)..<close)
                i = close + 1
            }
        }
        while arguments.count < macro.parameters, let argument = group() {
            arguments.append(source.string(argument))
        }
        // "\name{}" and "\name " end at the name.
        if macro.parameters == 0 {
            if i + 1 < end, source.utf8[i] == UInt8(ascii: "{"), source.utf8[i + 1] == 0x7D {
                i += 2
            } else {
                skipSpace()
            }
        }
        let body = Array(macro.text(with: arguments).utf8)
        guard depth < 8, macros.takes(body.count) else { return true }
        let inner = SourceText(utf8: body, encoding: "", maps: [])
        let text = LaTeXParser.plain(inner, depth: depth, macros: macros)
        builder.append(Array(text.utf8), for: start..<max(i, start))
        return true
    }

    /// Passes over `\iffalse … \else`, or up to its `\fi`; conditionals inside have their own.
    mutating func skipConditional() {
        var open = 1
        while let next = source.utf8[i..<end].firstIndex(of: UInt8(ascii: "\\")) {
            i = next + 1
            let start = i
            while i < end, (0x61...0x7A).contains(source.utf8[i] | 0x20) { i += 1 }
            let name = source.string(start..<i)
            if name.hasPrefix("if"), name != "iff" { open += 1 }
            if name == "fi" { open -= 1 }
            if open == 0 || (open == 1 && name == "else") { return }
            i = max(i, start + 1)
            if i >= end { return }
        }
        i = end
    }

    static let letters = [
        "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
        "i": "i", "euro": "€", "texteuro": "€",
        "j": "j",
    ]

    /// Signs that have a name.
    static let symbols = [
        "textbackslash": "\\", "pounds": "£", "textsterling": "£", "S": "§", "P": "¶",
        "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™",
        "textdegree": "°", "degree": "°", "dag": "†", "ddag": "‡", "textbullet": "•",
        "textendash": "–", "textemdash": "—", "textquotedblleft": "“", "textquotedblright": "”",
        "textquoteleft": "‘", "textquoteright": "’", "guillemotleft": "«", "guillemotright": "»",
        "og": "«", "fg": "»", "quotedblbase": "„", "textasciitilde": "~", "textasciicircum": "^",
        "textbar": "|", "textless": "<", "textgreater": ">", "textunderscore": "_",
        "textexclamdown": "¡", "textquestiondown": "¿", "textordfeminine": "ª",
        "textordmasculine": "º", "textmu": "µ", "quad": " ", "qquad": " ", "newline": " ",
        "slash": "/", "ij": "ĳ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "SS": "SS",
    ]

    static let accents: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "'"): "\u{301}", UInt8(ascii: "`"): "\u{300}", UInt8(ascii: "^"): "\u{302}",
        UInt8(ascii: "\""): "\u{308}", UInt8(ascii: "~"): "\u{303}", UInt8(ascii: "="): "\u{304}",
        UInt8(ascii: "."): "\u{307}",
    ]

    /// `\\`, `\&`, `\'a` and the like.
    mutating func readSymbol(_ symbol: UInt8, from start: Int) {
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
    mutating func readAccent(_ symbol: UInt8, from start: Int) {
        while i < end, source.utf8[i] == UInt8(ascii: "{") || source.utf8[i] == UInt8(ascii: "\\") {
            i += 1
        }
        guard i < end, (0x61...0x7A).contains(source.utf8[i] | 0x20),
            let accent = Self.accents[symbol]
        else { return }
        let letter = Unicode.Scalar(source.utf8[i])
        i += 1
        if i < end, source.utf8[i] == UInt8(ascii: "}") { i += 1 }
        append(letter, accent, from: start)
    }

    /// `\c{c}`, `\v s`: an accent that is named by a letter.
    mutating func readNamedAccent(_ name: String, from start: Int) {
        let accents: [String: Unicode.Scalar] = [
            "c": "\u{327}", "v": "\u{30C}", "H": "\u{30B}", "k": "\u{328}", "r": "\u{30A}",
            "u": "\u{306}", "d": "\u{323}", "b": "\u{331}",
        ]
        let before = i
        skipSpace()
        var place = i
        let isGroup = place < end && source.utf8[place] == UInt8(ascii: "{")
        if isGroup { place += 1 }
        guard let accent = accents[name], place < end,
            (0x61...0x7A).contains(source.utf8[place] | 0x20), isGroup || place > before
        else {
            i = before
            return
        }
        i = place + 1
        if isGroup, i < end, source.utf8[i] == UInt8(ascii: "}") { i += 1 }
        append(Unicode.Scalar(source.utf8[place]), accent, from: start)
    }

    /// Passes over `<2->`, which says on which slides something is shown.
    mutating func skipOverlay() {
        guard i < end, source.utf8[i] == UInt8(ascii: "<"),
            let close = source.first(">", in: i..<min(end, i + 40))
        else { return }
        i = close + 1
    }

    private mutating func append(
        _ letter: Unicode.Scalar,
        _ accent: Unicode.Scalar,
        from start: Int
    ) {
        let character = Self.composed(Character(letter), accent)
        builder.append(Array(character.utf8), for: start..<i)
    }

    /// A letter with its accent, in one piece where the set has it so.
    static func composed(_ letter: Character, _ accent: Unicode.Scalar) -> String {
        var text = String(letter).unicodeScalars
        text.append(accent)
        // Characters are equal however they are composed; the set has them in one piece.
        let character = Character(String(text))
        let known = composed.firstIndex(of: character).map { composed[$0] }
        return String(known ?? character)
    }

    static let composed = Set(
        "áéíóúýàèìòùâêîôûäëïöüÿñãõńśźćžÁÉÍÓÚÝÀÈÌÒÙÂÊÎÔÛÄËÏÖÜÑÃÕŃŚŹĆ"
            + "çşţģķļņŗÇŞŢĢĶĻŅŖčďěňřšťžČĎĚŇŘŠŤŽőűŐŰąęįųĄĘĮŲåůÅŮăğĕĂĞżėŻİāēīōūĀĒĪŌŪḍṭ"
    )

    mutating func readHeading(_ level: Int) {
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

    /// The sections of ConTeXt: `\startsection[title={Water}]`.
    static let contextLevels = [
        "startpart": 1, "startchapter": 1, "starttitle": 1, "startsection": 2, "startsubject": 2,
        "startsectionlevel": 2, "startsubsection": 3, "startsubsubject": 3,
        "startsubsubsection": 4,
    ]

    /// Reads the title among the options of a section.
    mutating func readTitled(_ level: Int) {
        flush()
        skipSpace()
        guard i < end, source.utf8[i] == UInt8(ascii: "["),
            let mark = source.first("title=", in: i..<min(end, i + 2000))
        else { return }
        let start = i
        i = mark + "title=".utf8.count
        if let title = group() {
            let text = plain(title)
            let anchors = Anchors(verbatim: title)
            if !text.isEmpty {
                blocks.append(Block(kind: .heading(level: level), text: text, anchors: anchors))
            }
        } else {
            i = start
        }
        if let close = source.first("]", in: i..<min(end, i + 2000)) { i = close + 1 }
        builder = TextBuilder(from: i)
    }

    /// Reads what stands between `\starttyping` and `\stoptyping` as it is.
    mutating func readTyping() {
        flush()
        let close = source.first("\\stoptyping", in: i..<end) ?? end
        addCode(i..<close)
        i = min(close + "\\stoptyping".utf8.count, end)
        builder = TextBuilder(from: i)
    }

    mutating func readLink() {
        guard let address = group(), let text = group() else { return }
        builder.append(Array(plain(text).utf8), for: text)
        builder.append(" (")
        builder.append(verbatim: address, of: source.utf8)
        builder.append(")")
    }

    mutating func readVerb() {
        guard i < end else { return }
        let mark = source.utf8[i]
        guard let close = source.utf8[(i + 1)..<max(i + 1, min(end, i + 2000))].firstIndex(of: mark)
        else { return }
        builder.append(verbatim: (i + 1)..<close, of: source.utf8)
        i = close + 1
    }

    mutating func readItem() {
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
}
