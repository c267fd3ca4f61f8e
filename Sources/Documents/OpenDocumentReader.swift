/// Reads OpenDocument: texts (`.odt`), sheets (`.ods`) and presentations (`.odp`).
struct OpenDocumentReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "opendocument",
        version: 1,
        recognizes: { $0.package?.kind == .openDocument },
        make: { OpenDocumentReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let archive = try ZipArchive(
            bytes,
            format: "OpenDocument file",
            limit: options.maximumBytes
        )
        if let manifest = try archive.contents(of: "META-INF/manifest.xml"),
            manifest.firstRange(of: Array("encryption-data".utf8)) != nil
        {
            throw .encrypted(format: "OpenDocument file")
        }
        let content = OpenDocumentContent()
        try archive.parse("content.xml", of: "OpenDocument file", into: content)
        var result = RenderedDraft(rendering: content.rendering)
        result.draft.title =
            content.title ?? (content.isSheet ? nil : content.rendering.openingHeading)
        try archive.fill(&result.draft, from: "meta.xml")
        return result
    }
}

/// Makes blocks of the content of an OpenDocument file.
private final class OpenDocumentContent: XMLHandler {
    private(set) var rendering = Rendering()
    private(set) var title: String?

    /// Paragraphs that are open; a note inside one has paragraphs of its own.
    private var texts: [String] = []
    private var level: Int?
    private var titleStyles: Set<String> = ["Title"]
    private var lists: [Bool] = []
    private var tables = TableCollector()
    private(set) var isSheet = false
    private var cellRepeats = 1
    private var skipDepth = 0

    private static let skipped: Set<String> = [
        "tracked-changes", "annotation", "note-citation", "forms", "sequence-decls",
        "table-of-content", "alphabetical-index", "shapes", "styles", "font-face-decls",
    ]

    func start(_ name: String, _ attributes: XMLAttributes) {
        if skipDepth > 0 || Self.skipped.contains(name) {
            skipDepth += 1
            return
        }
        switch name {
        case "style":
            if attributes["parent-style-name"] == "Title" {
                attributes["name"].map { _ = titleStyles.insert($0) }
            }
        case "spreadsheet": isSheet = true
        case "page": rendering.beginPage()
        case "h":
            texts.append("")
            level = attributes["outline-level"].flatMap { Int($0) } ?? 1
        case "p":
            texts.append("")
            if texts.count == 1, titleStyles.contains(attributes["style-name"] ?? "") { level = 0 }
        case "list": lists.append(true)
        case "tab": add("\t")
        case "line-break": add("\n")
        case "s":
            let count = attributes["c"].flatMap { Int($0) } ?? 1
            add(String(repeating: " ", count: min(max(count, 1), 80)))
        case "note-body": add(" (")
        case "table": startTable(attributes)
        case "table-row": tables.startRow()
        case "table-cell", "covered-table-cell":
            tables.startCell()
            let count = attributes["number-columns-repeated"].flatMap { Int($0) } ?? 1
            cellRepeats = max(count, 1)
        default: break
        }
    }

    func characters(_ text: String) {
        if skipDepth == 0 { add(text) }
    }

    func end(_ name: String) {
        if skipDepth > 0 {
            skipDepth -= 1
            return
        }
        switch name {
        case "p", "h": endParagraph()
        case "list": _ = lists.popLast()
        case "note-body": add(")")
        case "table-cell", "covered-table-cell":
            tables.endCell(repeated: cellRepeats)
            cellRepeats = 1
        case "table": endTable()
        default: break
        }
    }

    private func add(_ text: String) {
        if !texts.isEmpty { texts[texts.count - 1] += text }
    }

    private func endParagraph() {
        guard let text = texts.popLast() else { return }
        // White space counts once, as in HTML; tabs and breaks were elements.
        let line = text.split(separator: "\n").map { line in
            line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }.joined(separator: "\n")
        if !texts.isEmpty { return add(line) }
        defer { level = nil }
        if tables.isOpen {
            tables.append(line)
        } else if let level {
            if level == 0, title == nil { title = line }
            rendering.append(
                line.split(whereSeparator: \.isWhitespace).joined(separator: " "),
                as: .heading(level: max(level, 1))
            )
        } else if !lists.isEmpty, !line.isEmpty {
            let indent = String(repeating: "  ", count: min(lists.count - 1, 8))
            rendering.append(indent + "- " + line, as: .listItem)
        } else {
            rendering.append(line, as: .paragraph)
        }
    }

    // MARK: Tables

    private func startTable(_ attributes: XMLAttributes) {
        if isSheet, !tables.isOpen {
            rendering.beginPage()
            rendering.append(attributes["name"] ?? "", as: .heading(level: 1))
        }
        tables.open()
    }

    private func endTable() {
        guard let rows = tables.close() else { return }
        if isSheet { rendering.append(sheet: rows) } else { rendering.append(table: rows) }
    }
}
