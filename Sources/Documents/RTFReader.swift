internal import Corpus

/// Reads Rich Text Format: paragraphs, headings by their outline level, tables.
struct RTFReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "rtf",
        version: 1,
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
    private(set) var rendering = Rendering()
    private(set) var info: [String: String] = [:]

    private let bytes: [UInt8]
    private var i = 0
    /// What holds inside the group that is open, and those around it.
    private var states = [State()]
    private var text: [UInt8] = []
    private var rows: [[String]] = []
    private var row: [String] = []
    private var encoding = SingleByteEncoding.windows1252
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
    }

    private static let maximumDepth = 500

    private static let skipped: Set<String> = [
        "fonttbl", "colortbl", "stylesheet", "pict", "object", "header", "headerl", "headerr",
        "headerf", "footer", "footerl", "footerr", "footerf", "themedata", "xmlnstbl", "listtable",
        "listoverridetable", "rsidtbl", "generator", "datastore", "fldinst", "nonshppict",
        "latentstyles",
        "colorschememapping", "pntext", "listtext", "revtbl", "filetbl",
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
    }

    private var state: State {
        get { states[states.count - 1] }
        set { states[states.count - 1] = newValue }
    }

    private mutating func closeGroup() {
        if let field = state.field, !field.isEmpty, states.count > 1,
            states[states.count - 2].field == ""
        {
            let words = takeText().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if !words.isEmpty { info[field] = words }
        }
        if states.count > 1 { states.removeLast() }
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
        case UInt8(ascii: "~"): add(0x20)
        case UInt8(ascii: "_"): add(0x2D)
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
        switch word {
        case "par", "sect", "page": endParagraph()
        case "pard":
            state.level = nil
            state.isInTable = false
            state.isListItem = false
        case "line", "lbr": add(0x0A)
        case "tab": add(0x09)
        case "u": addUnicode(number ?? 0)
        case "uc": state.fallback = min(max(number ?? 1, 0), 8)
        case "bin": i = min(i + max(number ?? 0, 0), bytes.count)
        case "mac": encoding = .macRoman
        case "outlinelevel": state.level = number.map { min(max($0, 0), 5) + 1 }
        case "ls", "pnlvlblt": state.isListItem = true
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

    private static let characters = [
        "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
        "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    ]

    /// A field of the information group, which is a group of its own.
    private mutating func openField(_ name: String) {
        text = []
        state.field = name
    }

    // MARK: Text

    private var isShown: Bool { !state.isSkipped && state.field != "" }

    private mutating func add(_ byte: UInt8) {
        guard isShown else { return }
        if byte < 0x80 {
            text.append(byte)
        } else {
            appendUTF8(UInt32(encoding.upperHalf[Int(byte) - 0x80]), to: &text)
        }
    }

    private mutating func addText(_ string: String) {
        if isShown { text += string.utf8 }
    }

    /// A character by its number, which may be written negative, and what stands for it otherwise.
    private mutating func addUnicode(_ number: Int) {
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
        defer { text = [] }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func endParagraph() {
        guard state.field == nil else { return }
        if state.isInTable {
            // A cell may have several paragraphs.
            text.append(0x20)
            return
        }
        endTable()
        let content = takeText()
        if let level = state.level {
            rendering.append(
                content.split(whereSeparator: \.isWhitespace).joined(separator: " "),
                as: .heading(level: level)
            )
        } else if state.isListItem, content.contains(where: { !$0.isWhitespace }) {
            rendering.append("- " + content, as: .listItem)
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
