internal import Corpus

/// Reads Rich Text Format: paragraphs, headings by their outline level, lists, tables.
///
/// Shapes and comments follow the paragraph that they hang on, notes stand in their place, headers
/// and footers come once, at the end; bytes are read in the code page of their font. Hidden and deleted text is left out.
struct RTFReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "rtf",
        version: 3,
        recognizes: { isRTF($0.bytes) },
        make: { RTFReader() }
    )

    /// Whether a file begins as RTF does.
    static func isRTF(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "{\\rtf".utf8) }

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        var parser = RTFParser(bytes)
        try parser.run()
        var result = RenderedDraft(rendering: parser.rendering)
        result.draft.title = parser.info["title"]
        result.draft.metadata["author"] = parser.info["author"].map { .string($0) }
        result.draft.title = result.draft.title ?? parser.rendering.openingHeading
        return result
    }
}

private struct RTFParser {
    private(set) var rendering = ExtractedText()
    private(set) var info: [String: String] = [:]

    private let bytes: [UInt8]
    private var i = 0
    /// What holds inside the group that is open, and those around it.
    private var states = [State()]
    private var text: [UInt8] = []
    /// Bytes of text that are not decoded yet, all in the encoding of `state`.
    private var raw: [UInt8] = []
    private var rows: [[String]] = []
    private var row: [String] = []
    /// The encoding of the file, and those of its fonts.
    private var encoding = CharacterEncoding.windows1252
    private var fonts: [Int: CharacterEncoding] = [:]
    /// The fonts that say that they are Western.
    private var westernFonts: Set<Int> = []
    private var standardFont = 0
    /// The number or bullet of the paragraph's item of a list.
    private var marker = ""
    /// What hangs on the paragraph that is read, or stands on every page: it comes after.
    private var deferred: [String] = []
    /// The levels of the styles that are headings, by the style's number, and the style whose
    /// definition is read.
    private var styleLevels: [Int: Int] = [:]
    private var style = 0
    private var styleName: [UInt8] = []
    private var furniture: [String] = []
    /// The texts of paragraphs around the shape or note that is read.
    private var outer: [[UInt8]] = []
    /// Half of a character beyond the first plane, until its other half comes.
    private var highSurrogate: UInt32?

    private struct State {
        /// Set in groups that hold no text.
        var isSkipped = false
        /// The field of the information group that is read.
        var field: String?
        /// How many characters follow a `\u` for programs that do not know it.
        var fallback = 1
        var level: Int?
        var isInTable = false
        var isListItem = false
        /// What the group holds beside the text that is around it.
        var aside: Aside?
        var isHidden = false
        var isNote = false
        var isFontTable = false
        var isStylesheet = false
        var font = 0
        /// The encoding of bytes beyond ASCII.
        var encoding = CharacterEncoding.windows1252
    }

    /// What stands in a group of its own and not in the line of the text.
    private enum Aside {
        case marker, shape, comment, furniture
    }

    private static let maximumDepth = 500

    private static let skipped: Set<String> = [
        "colortbl", "pict", "objdata", "objclass", "objname", "themedata", "xmlnstbl", "listtable",
        "listoverridetable", "rsidtbl", "generator", "datastore", "fldinst", "nonshppict",
        "latentstyles", "colorschememapping", "revtbl", "filetbl", "shprslt", "atnid", "atnauthor",
        "atndate", "atnref", "atrfstart", "atrfend", "bkmkstart", "bkmkend", "sp", "ftnsep",
        "ftnsepc", "aftnsep", "aftnsepc",
    ]

    private static let asides: [String: Aside] = [
        "pntext": .marker, "listtext": .marker, "shptxt": .shape, "annotation": .comment,
        "header": .furniture, "headerl": .furniture, "headerr": .furniture, "headerf": .furniture,
        "footer": .furniture, "footerl": .furniture, "footerr": .furniture, "footerf": .furniture,
    ]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func run() throws(DocumentError) {
        while i < bytes.count {
            switch bytes[i] {
            case UInt8(ascii: "{"):
                guard states.count < Self.maximumDepth else {
                    throw .malformed(format: "RTF", reason: "groups nested over 500 deep")
                }
                states.append(states[states.count - 1])
                i += 1
            case UInt8(ascii: "}"):
                closeGroup()
                i += 1
            case UInt8(ascii: "\\"): readControl()
            case 0x0A, 0x0D: i += 1
            case let byte:
                add(byte)
                i += 1
            }
        }
        endParagraph()
        endTable()
        rendering.append(furniture: furniture)
    }

    private var state: State {
        get { states[states.count - 1] }
        set { states[states.count - 1] = newValue }
    }

    private mutating func closeGroup() {
        decode()
        let isOutermost = states.count > 1 ? states[states.count - 2].aside != state.aside : false
        if let aside = state.aside, isOutermost { close(aside) }
        if let field = state.field, !field.isEmpty, states.count > 1,
            states[states.count - 2].field == ""
        {
            let words = takeText().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if !words.isEmpty { info[field] = words }
            text = outer.popLast() ?? []
        }
        if state.isNote, states.count > 1, !states[states.count - 2].isNote {
            while text.last == 0x20 { text.removeLast() }
            text.append(UInt8(ascii: ")"))
        }
        if states.count > 1 { states.removeLast() }
    }

    /// Takes what stood in a group of its own out of the text.
    private mutating func close(_ aside: Aside) {
        let words = takeText().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        text = outer.popLast() ?? []
        if words.isEmpty { return }
        switch aside {
        case .marker: marker = words
        case .shape: deferred.append(words)
        case .comment: deferred.append("Comment: " + words)
        case .furniture: if !furniture.contains(words) { furniture.append(words) }
        }
    }

    // MARK: Control words

    private mutating func readControl() {
        i += 1
        guard i < bytes.count else { return }
        let first = bytes[i]
        guard isLetter(first) else { return readSymbol(first) }
        let start = i
        while i < bytes.count, isLetter(bytes[i]), i - start < 32 { i += 1 }
        let word = String(decoding: bytes[start..<i], as: UTF8.self)
        var isNegative = false
        if i + 1 < bytes.count, bytes[i] == UInt8(ascii: "-"), isDigit(bytes[i + 1]) {
            isNegative = true
            i += 1
        }
        var number: Int?
        while i < bytes.count, isDigit(bytes[i]) {
            number = min((number ?? 0) * 10 + Int(bytes[i] - 0x30), 1 << 32)
            i += 1
        }
        if i < bytes.count, bytes[i] == 0x20 { i += 1 }
        obey(word, number.map { isNegative ? -$0 : $0 })
    }

    private mutating func readSymbol(_ symbol: UInt8) {
        i += 1
        switch symbol {
        case UInt8(ascii: "'"):
            guard i + 2 <= bytes.count,
                let value = UInt8(String(decoding: bytes[i..<(i + 2)], as: UTF8.self), radix: 16)
            else { return }
            i += 2
            add(value)
        case UInt8(ascii: "*"): state.isSkipped = true
        case UInt8(ascii: "~"): addText(" ")
        case UInt8(ascii: "_"): addText("-")
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\\"): add(symbol)
        case 0x0A, 0x0D: endParagraph()
        default: break
        }
    }

    private mutating func obey(_ word: String, _ number: Int?) {
        if Self.skipped.contains(word) {
            state.isSkipped = true
            return
        }
        if let aside = Self.asides[word] {
            decode()
            // A shape stands in a group that other programs skip.
            state.isSkipped = false
            state.aside = aside
            outer.append(text)
            text = []
            return
        }
        if obeyEncoding(word, number) { return }
        switch word {
        case "par", "sect", "page": endParagraph()
        case "pard":
            state.level = nil
            state.isInTable = false
            state.isListItem = false
        case "line", "lbr": addText("\n")
        case "tab": addText("\t")
        case "v", "deleted", "webhidden":
            decode()
            state.isHidden = number != 0
        case "footnote":
            decode()
            // Some mark notes as what other programs may skip.
            state.isSkipped = states.count > 1 && states[states.count - 2].isSkipped
            if isShown { text += Array(" (".utf8) }
            state.isNote = true
        case "u": addUnicode(number ?? 0)
        case "uc": state.fallback = min(max(number ?? 1, 0), 8)
        case "bin": i = min(i + max(number ?? 0, 0), bytes.count)
        case "outlinelevel":
            let level = number.flatMap { $0 < 9 ? min(max($0, 0), 5) + 1 : nil }
            if state.isStylesheet {
                styleLevels[style] = level
            } else {
                state.level = level
            }
        case "ls", "pnlvlblt", "pnlvlbody": state.isListItem = true
        case "intbl": state.isInTable = true
        case "cell", "nestcell":
            row.append(takeText().split(whereSeparator: \.isWhitespace).joined(separator: " "))
        case "row", "nestrow":
            if !row.isEmpty { rows.append(row) }
            row = []
        case "info": state.field = ""
        case "title", "author", "subject", "operator", "company", "doccomm", "keywords":
            if state.field != nil { openField(word) }
        case _ where Self.characters[word] != nil: addText(Self.characters[word] ?? "")
        default: break
        }
    }

    /// What says in which encoding bytes are; false for anything else.
    private mutating func obeyEncoding(_ word: String, _ number: Int?) -> Bool {
        func use(_ page: CharacterEncoding?) {
            guard let page else { return }
            encoding = page
            for index in states.indices { states[index].encoding = page }
        }
        switch word {
        case "fonttbl":
            state.isSkipped = true
            state.isFontTable = true
        case "stylesheet":
            state.isSkipped = true
            state.isStylesheet = true
        case "s":
            if state.isStylesheet {
                style = number ?? 0
                styleName = []
            } else {
                state.level = styleLevels[number ?? 0]
            }
        case "ansicpg": use(number.flatMap { CharacterEncoding(codePage: $0) })
        case "mac": use(.macRoman)
        case "pc": use(CharacterEncoding(codePage: 437))
        case "pca": use(CharacterEncoding(codePage: 850))
        case "deff": standardFont = number ?? 0
        case "f":
            decode()
            state.font = number ?? 0
            if !state.isFontTable { state.encoding = encodingOfFont }
        case "plain":
            decode()
            state.font = standardFont
            state.encoding = encodingOfFont
            state.isHidden = false
        case "fcharset" where state.isFontTable:
            fonts[state.font] = Self.codePages[number ?? 0].flatMap {
                CharacterEncoding(codePage: $0)
            }
            if number == 0 { westernFonts.insert(state.font) }
        case "cpg" where state.isFontTable:
            fonts[state.font] = number.flatMap { CharacterEncoding(codePage: $0) }
        default: return false
        }
        return true
    }

    /// The encoding of the bytes in the font of now.
    ///
    /// Character set 0 is Western, but programs that know of one set alone write it for every font: it
    /// is believed where other fonts have the set of the file's own code page.
    private var encodingOfFont: CharacterEncoding {
        if let named = fonts[state.font] { return named }
        guard westernFonts.contains(state.font), fonts.values.contains(encoding) else {
            return encoding
        }
        return .windows1252
    }

    /// The code pages of Windows' character sets; set 0 is told by its fonts, set 1 is the file's.
    private static let codePages = [
        77: 10_000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
        177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
    ]

    private static let characters = [
        "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
        "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    ]

    /// A field of the information group, which is a group of its own.
    private mutating func openField(_ name: String) {
        decode()
        // The information may stand anywhere, even in the middle of a paragraph.
        if state.field == "" { outer.append(text) }
        text = []
        state.field = name
    }

    // MARK: Text

    private var isShown: Bool { !state.isSkipped && !state.isHidden && state.field != "" }

    private mutating func add(_ byte: UInt8) {
        if isShown { raw.append(byte) }
        if state.isStylesheet { addToStylesheet(byte) }
    }

    /// Takes the name of a style, which ends with a semicolon: `heading 2` says what it is for.
    private mutating func addToStylesheet(_ byte: UInt8) {
        guard byte == UInt8(ascii: ";") else {
            if styleName.count < 100 { styleName.append(byte) }
            return
        }
        let name = String(decoding: styleName, as: UTF8.self).lowercased()
        let words = name.split(separator: " ")
        if words.count == 2, words[0] == "heading", let level = Int(words[1]),
            (1...9).contains(level)
        {
            styleLevels[style] = min(level, 6)
        }
        styleName = []
        style = 0
    }

    private mutating func addText(_ string: String) {
        decode()
        if isShown { text += string.utf8 }
    }

    /// Decodes the bytes that have come since the last time: a character may be several of them, the
    /// second one a letter of ASCII.
    private mutating func decode() {
        guard !raw.isEmpty else { return }
        let isASCII = raw.allSatisfy { $0 < 0x80 }
        text += isASCII ? raw : state.encoding.decode(raw).step.utf8
        raw.removeAll(keepingCapacity: true)
    }

    /// A character by its number, which may be written negative, and what stands for it otherwise.
    private mutating func addUnicode(_ number: Int) {
        decode()
        let unit = UInt32(truncatingIfNeeded: number < 0 ? number + 65_536 : number)
        if isShown {
            switch unit {
            case 0xD800..<0xDC00: highSurrogate = unit
            case 0xDC00..<0xE000:
                if let high = highSurrogate {
                    appendUTF8(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00), to: &text)
                }
                highSurrogate = nil
            default: appendUTF8(unit, to: &text)
            }
        }
        for _ in 0..<state.fallback where i < bytes.count {
            if bytes[i] == UInt8(ascii: "\\"), i + 3 < bytes.count,
                bytes[i + 1] == UInt8(ascii: "'")
            {
                i += 4
            } else if !"{}\\".utf8.contains(bytes[i]) {
                i += 1
            }
        }
    }

    private mutating func takeText() -> String {
        decode()
        defer { text = [] }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func endParagraph() {
        guard state.field == nil else { return }
        decode()
        if state.isInTable || state.isNote || state.aside != nil {
            // A cell, a note or a shape may have several paragraphs.
            text.append(0x20)
            return
        }
        endTable()
        defer {
            for words in deferred { rendering.append(words, as: .paragraph) }
            deferred = []
            marker = ""
        }
        let content = takeText()
        if let level = state.level {
            rendering.append(
                content.split(whereSeparator: \.isWhitespace).joined(separator: " "),
                as: .heading(level: level)
            )
        } else if state.isListItem || !marker.isEmpty, content.contains(where: { !$0.isWhitespace })
        {
            let isNumber = marker.contains { $0.isLetter || $0.isNumber } && marker.utf8.count < 12
            rendering.append((isNumber ? marker : "-") + " " + content, as: .listItem)
        } else {
            rendering.append(content, as: .paragraph)
        }
    }

    private mutating func endTable() {
        guard !rows.isEmpty else { return }
        rendering.append(table: rows)
        rows = []
    }

    private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
