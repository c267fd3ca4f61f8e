/// Reads Word documents (`.docx`): headings by their outline level, lists, tables, notes.
struct WordReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "docx",
        version: 1,
        recognizes: { $0.package?.kind == .word },
        make: { WordReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let archive = try ZipArchive(bytes, format: "Word document", limit: options.maximumBytes)
        let name = "Word document"
        let main = try archive.mainPart(orElse: "word/document.xml", format: name)
        let related = try archive.relations(of: main, format: name)
        func part(_ kind: String) -> String {
            related.first { $0.kind == kind }?.target ?? "word/\(kind).xml"
        }
        let styles = WordStyles()
        try archive.parse(part("styles"), of: name, into: styles)
        let body = WordBody(styles: styles)
        for part in [main, part("footnotes"), part("endnotes")] {
            try archive.parse(part, of: name, into: body)
        }
        var result = RenderedDraft(rendering: body.rendering)
        result.draft.title = body.title ?? body.rendering.openingHeading
        try archive.fill(&result.draft, from: "docProps/core.xml")
        return result
    }
}

/// What the styles of a Word document say of paragraphs.
final class WordStyles: XMLHandler {
    /// Levels of headings, from 1, by the identifier of the style; 0 is the title.
    private(set) var levels: [String: Int] = [:]
    /// The styles whose paragraphs are items of a list.
    private var lists: Set<String> = []
    private var parents: [String: String] = [:]
    private var style: String?

    func start(_ name: String, _ attributes: XMLAttributes) {
        if name == "style" { style = attributes["styleId"] }
        if name == "numPr", let style { lists.insert(style) }
        guard let style, let value = attributes["val"] else { return }
        switch name {
        case "name":
            let name = value.lowercased()
            if name == "title" { levels[style] = 0 }
            if name.hasPrefix("heading "), let level = Int(name.dropFirst(8)) {
                levels[style] = min(max(level, 1), 9)
            }
        case "outlineLvl": levels[style] = Int(value).map { min(max($0, 0), 8) + 1 }
        case "basedOn": parents[style] = value
        default: break
        }
    }

    func end(_ name: String) {
        if name == "style" { style = nil }
    }

    func characters(_ text: String) {}

    /// Whether a style, or what it is based on, makes items of a list.
    func isList(_ style: String) -> Bool {
        var style = style
        for _ in 0..<10 {
            if lists.contains(style) { return true }
            guard let parent = parents[style] else { return false }
            style = parent
        }
        return false
    }

    /// The level of a style, or of what it is based on.
    func level(of style: String) -> Int? {
        var style = style
        for _ in 0..<10 {
            if let level = levels[style] { return level < 9 ? level : nil }
            guard let parent = parents[style] else { return nil }
            style = parent
        }
        return nil
    }
}

/// Makes blocks of a Word document's body.
private final class WordBody: XMLHandler {
    private(set) var rendering = Rendering()
    private(set) var title: String?

    private let styles: WordStyles
    private var text = ""
    private var level: Int?
    private var listLevel: Int?
    private var tables = TableCollector()
    private var isText = false
    /// How many elements are open inside something left out.
    private var skipDepth = 0

    /// What Word writes a second time for older programs, or does not show.
    private static let skipped: Set<String> = ["Fallback", "del", "moveFrom", "txbxContent"]

    init(styles: WordStyles) {
        self.styles = styles
    }

    func start(_ name: String, _ attributes: XMLAttributes) {
        if skipDepth > 0 || Self.skipped.contains(name) {
            skipDepth += 1
            return
        }
        switch name {
        case "p":
            text = ""
            level = nil
            listLevel = nil
        case "pStyle":
            guard let style = attributes["val"] else { return }
            level = styles.level(of: style)
            if level == nil, styles.isList(style) { listLevel = 0 }
        case "outlineLvl": level = attributes["val"].flatMap { Int($0) }.map { min($0, 8) + 1 }
        case "ilvl": listLevel = attributes["val"].flatMap { Int($0) }
        case "numPr": listLevel = listLevel ?? 0
        case "numId": if attributes["val"] == "0" { listLevel = nil }
        case "t": isText = true
        case "tab": text += "\t"
        case "br", "cr": text += "\n"
        case "noBreakHyphen": text += "-"
        case "tbl": tables.open()
        case "tr": tables.startRow()
        case "tc": tables.startCell()
        // The marks between a text and its notes are notes themselves.
        case "footnote", "endnote": if attributes["type"] != nil { skipDepth = 1 }
        default: break
        }
    }

    func characters(_ text: String) {
        if isText, skipDepth == 0 { self.text += text }
    }

    func end(_ name: String) {
        if skipDepth > 0 {
            skipDepth -= 1
            return
        }
        switch name {
        case "t": isText = false
        case "p": endParagraph()
        case "tc": tables.endCell()
        case "tbl": if let rows = tables.close() { rendering.append(table: rows) }
        default: break
        }
    }

    private func endParagraph() {
        defer { text = "" }
        if tables.isOpen {
            tables.append(text)
        } else if let level {
            let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if level == 0, title == nil { title = line }
            rendering.append(line, as: .heading(level: max(level, 1)))
        } else if let listLevel {
            let indent = String(repeating: "  ", count: min(max(listLevel, 0), 8))
            if text.contains(where: { !$0.isWhitespace }) {
                rendering.append(indent + "- " + text, as: .listItem)
            }
        } else {
            rendering.append(text, as: .paragraph)
        }
    }
}
