/// Reads Excel workbooks (`.xlsx`): each sheet a page under its name, each row a record, numbers as a
/// person sees them.
struct WorkbookReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "xlsx",
        version: 3,
        recognizes: { $0.package?.kind == .workbook },
        make: { WorkbookReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let name = "workbook"
        let archive = try ZipArchive(bytes, format: name, limit: options.maximumBytes)
        let main = try archive.mainPart(orElse: "xl/workbook.xml", format: name)
        let book = WorkbookSheets()
        try archive.parse(main, of: name, into: book)
        let related = try archive.relations(of: main, format: name)
        let files = Dictionary(related.map { ($0.id, $0.target) }, uniquingKeysWith: { $1 })
        func part(_ kind: String) -> String {
            related.first { $0.kind == kind }?.target ?? "xl/\(kind).xml"
        }
        let strings = SharedStrings()
        try archive.parse(part("sharedStrings"), of: name, into: strings)
        let styles = CellStyles()
        try archive.parse(part("styles"), of: name, into: styles)
        var result = RenderedDraft()
        var furniture: [String] = []
        for sheet in book.sheets {
            guard let file = files[sheet.id] else { continue }
            result.rendering.beginPage()
            let content = SheetContent(
                strings: strings.strings,
                styles: styles.numbers,
                startsIn1904: book.is1904
            )
            try archive.parse(file, of: name, into: content)
            if content.isTooLarge {
                throw .malformed(format: name, reason: "more cells than anybody fills")
            }
            let parts = OfficeParts(archive: archive, format: name, options: options)
            furniture += content.furniture
            try append(content, sheet.name, file, parts, to: &result.rendering)
        }
        result.rendering.append(furniture: furniture)
        try archive.fill(&result.draft, from: "docProps/core.xml")
        return result
    }

    /// Adds a sheet under its name: its rows with the comments on them, then what is drawn on it.
    private func append(
        _ content: SheetContent,
        _ title: String,
        _ file: String,
        _ parts: OfficeParts,
        to rendering: inout ExtractedText
    ) throws(DocumentError) {
        let related = try parts.archive.relations(of: file, format: parts.format)
        let (rows, numbers) = content.table()
        let comments = SheetComments()
        for relation in related where ["comments", "threadedComment"].contains(relation.kind) {
            try parts.archive.parse(relation.target, of: parts.format, into: comments)
        }
        let places = Dictionary(numbers.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
        var notes: [Int: [String]] = [:]
        var loose: [String] = []
        for (cell, text) in comments.comments {
            let note = "Comment on \(cell): \(text)"
            if let place = places[CellReference.row(cell)] {
                notes[place, default: []].append(note)
            } else {
                loose.append(note)
            }
        }
        var drawn: [OfficeParts.Piece] = []
        for relation in related where relation.kind == "drawing" {
            drawn += try parts.paragraphs(of: relation.target).map { .text($0) }
            for inner in try parts.archive.relations(of: relation.target, format: parts.format) {
                if inner.kind == "chart" { drawn += try parts.chart(inner.target) }
                if inner.kind == "diagramData" { drawn += try parts.diagram(inner.target) }
            }
        }
        for relation in related where OfficeParts.embedded.contains(relation.kind) {
            drawn += try parts.embedded(relation.target)
        }
        if rows.isEmpty, loose.isEmpty, drawn.isEmpty { return }
        rendering.append(title, as: .heading(level: 1))
        rendering.append(sheet: rows, notes: notes)
        for note in loose { rendering.append(note, as: .paragraph) }
        rendering.append(drawn)
    }
}

private final class WorkbookSheets: XMLHandler {
    private(set) var sheets: [(name: String, id: String)] = []
    private(set) var is1904 = false

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "workbookPr": is1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
        case "sheet":
            guard let id = attributes.relation, attributes["state"] != "veryHidden" else { return }
            sheets.append((attributes["name"] ?? "", id))
        default: break
        }
    }
}

private final class SharedStrings: XMLHandler {
    private(set) var strings: [String] = []
    private var text = ""
    private var isText = false
    private var isReading = false

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "si": text = ""
        case "t": isText = !isReading
        // How a word is pronounced, beside the word.
        case "rPh": isReading = true
        default: break
        }
    }

    func characters(_ text: String) {
        if isText { self.text += text }
    }

    func end(_ name: String) {
        switch name {
        case "t": isText = false
        case "rPh": isReading = false
        case "si": strings.append(SheetEscapes.resolved(text))
        default: break
        }
    }
}
