/// Reads Office documents that are one XML file: Word's package in one file, and what Word and Excel wrote
/// as XML in 2003.
struct FlatOfficeReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "office-xml",
        version: 1,
        recognizes: { kind(of: $0.bytes) != nil },
        make: { FlatOfficeReader() }
    )

    private enum Kind { case text, workbook }

    /// What the outermost element of a file is, by its name and namespace.
    private static func kind(of bytes: [UInt8]) -> Kind? {
        let head = bytes.prefix(2048)
        func has(_ mark: String) -> Bool { head.firstRange(of: Array(mark.utf8)) != nil }
        guard head.contains(0x3C),
            has("schemas-microsoft-com:office:") || has("schemas.microsoft.com")
        else { return nil }
        if has("<Workbook"), has("urn:schemas-microsoft-com:office:spreadsheet") {
            return .workbook
        }
        if has(":wordDocument"), has("office/word/2003/wordml") { return .text }
        return has("<pkg:package") && has("Word.Document") ? .text : nil
    }

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        switch Self.kind(of: bytes) {
        case .workbook:
            let book = FlatWorkbook()
            try XMLEvents.parse(bytes, of: "workbook", into: book)
            return RenderedDraft(rendering: book.rendering)
        default:
            var parts = WordBody.RelatedParts()
            try XMLEvents.parse(bytes, of: "Word document", into: parts.styles)
            try XMLEvents.parse(bytes, of: "Word document", into: parts.numbering)
            let notes = WordNotes()
            try XMLEvents.parse(bytes, of: "Word document", into: notes)
            parts.footnotes = notes.texts
            let body = WordBody(parts)
            try XMLEvents.parse(bytes, of: "Word document", into: FlatWordBody(body))
            body.finish()
            var result = RenderedDraft(rendering: body.rendering)
            let properties = XMLProperties()
            try XMLEvents.parse(bytes, of: "Word document", into: properties)
            properties.fill(&result.draft)
            result.draft.title = body.title ?? body.openingHeading ?? result.draft.title
            return result
        }
    }
}

/// Hands a body its own elements: notes are read in their places, styles and numbers before.
private final class FlatWordBody: XMLHandler {
    private let body: WordBody
    private var skipDepth = 0

    private static let skipped: Set<String> = [
        "footnotes", "endnotes", "comments", "styles", "numbering", "lists", "fonts", "docPr",
        "DocumentProperties", "binData", "binaryData", "Relationships", "settings",
        "coreProperties",
        "theme", "glossaryDocument",
    ]

    init(_ body: WordBody) { self.body = body }

    func start(_ name: String, _ attributes: XMLAttributes) {
        // "docPr" is a picture's too, inside a paragraph, where it says what that shows.
        if skipDepth > 0 || Self.skipped.contains(name) && attributes["descr"] == nil {
            skipDepth += 1
        } else {
            body.start(name, attributes)
        }
    }

    func characters(_ text: String) {
        if skipDepth == 0 { body.characters(text) }
    }

    func end(_ name: String) {
        if skipDepth > 0 { skipDepth -= 1 } else { body.end(name) }
    }
}

/// The sheets of a workbook that is one XML file.
private final class FlatWorkbook: XMLHandler {
    private(set) var rendering = ExtractedText()
    private var grid = SheetGrid()
    private var notes: [Int: [String]] = [:]
    private var row = 0
    private var column = 0
    private var text = ""
    private var isText = false
    private var isRemark = false
    private var formula: String?

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "Worksheet":
            rendering.beginPage()
            rendering.append(attributes["Name"] ?? "", as: .heading(level: 1))
            grid = SheetGrid()
            notes = [:]
            row = 0
        case "Row":
            row = attributes.number("Index", in: 1...CellReference.maximumRow) ?? row + 1
            column = 0
        case "Cell":
            column = attributes.number("Index", in: 1...SheetGrid.maximumColumns) ?? column + 1
            let down = attributes.number("MergeDown", in: 0...10_000) ?? 0
            let across = attributes.number("MergeAcross", in: 0...SheetGrid.maximumColumns) ?? 0
            grid.merge(from: row, to: row + down, column: column)
            if across > 0 { grid.merge(row: row, columns: column...(column + across)) }
            formula = attributes["Formula"]
            reach = across
        case "Comment": isRemark = true
        case "Data":
            text = ""
            isText = true
        default: break
        }
    }

    /// How many columns the cell that is open takes beside its own.
    private var reach = 0

    func characters(_ text: String) {
        if isText { self.text += text }
    }

    func end(_ name: String) {
        switch name {
        case "Data":
            isText = false
            let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if isRemark {
                let cell = CellReference.name(row: row, column: column)
                notes[row, default: []].append("Comment on \(cell): \(words)")
            } else {
                let suffix = "T00:00:00.000"
                let shown = words.hasSuffix(suffix) ? String(words.dropLast(suffix.count)) : words
                grid.set(shown, row: row, column: column)
                formula = nil
            }
        case "Comment": isRemark = false
        case "Cell":
            // A formula that no program has worked out yet.
            if let formula { grid.set(formula, row: row, column: column) }
            formula = nil
            column += reach
            reach = 0
        case "Worksheet":
            let (rows, numbers) = grid.table()
            let places = Dictionary(numbers.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
            var remarks: [Int: [String]] = [:]
            for (row, texts) in notes {
                if let place = places[row] { remarks[place] = texts }
            }
            rendering.append(sheet: rows, notes: remarks)
            for (row, texts) in notes.sorted(by: { $0.key < $1.key }) where places[row] == nil {
                for text in texts { rendering.append(text, as: .paragraph) }
            }
        default: break
        }
    }
}
