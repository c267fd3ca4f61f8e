/// Reads PowerPoint presentations (`.pptx`): a page per slide, its title as heading, its notes.
struct PresentationReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "pptx",
        version: 1,
        recognizes: { $0.package?.kind == .presentation },
        make: { PresentationReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let name = "presentation"
        let archive = try ZipArchive(bytes, format: name, limit: options.maximumBytes)
        let main = try archive.mainPart(orElse: "ppt/presentation.xml", format: name)
        let order = SlideOrder()
        try archive.parse(main, of: name, into: order)
        let slides = try archive.relationships(of: main, format: name)
        var result = RenderedDraft()
        for id in order.slides {
            guard let slide = slides[id] else { continue }
            result.rendering.beginPage()
            let content = SlideContent()
            try archive.parse(slide, of: name, into: content)
            content.render(into: &result.rendering)
            let related = try archive.relationships(of: slide, format: name).values
            guard let notes = related.first(where: { $0.contains("notesSlide") }) else { continue }
            let spoken = SlideContent()
            try archive.parse(notes, of: name, into: spoken)
            spoken.renderNotes(into: &result.rendering)
        }
        try archive.fill(&result.draft, from: "docProps/core.xml")
        // What the program calls a presentation that nobody has named.
        if let title = result.draft.title, title.hasPrefix("PowerPoint ") {
            result.draft.title = nil
        }
        result.draft.title = result.draft.title ?? result.rendering.blocks.first?.text
        return result
    }
}

private final class SlideOrder: XMLHandler {
    private(set) var slides: [String] = []

    func start(_ name: String, _ attributes: XMLAttributes) {
        guard name == "sldId" else { return }
        if let id = attributes.relation { slides.append(id) }
    }

    func end(_ name: String) {}
    func characters(_ text: String) {}
}

/// What stands on one slide.
private final class SlideContent: XMLHandler {
    private enum Item {
        case title(String)
        case body(String, level: Int)
        case text(String)
        case table([[String]])
    }

    private var items: [Item] = []
    private var text = ""
    private var isText = false
    private var placeholder: String?
    private var isPlaceholder = false
    private var level = 0
    private var tables = TableCollector()

    /// The placeholders that every slide repeats.
    private static let furniture: Set<String> = ["sldNum", "dt", "ftr", "hdr", "sldImg"]

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "sp", "graphicFrame", "cxnSp":
            placeholder = nil
            isPlaceholder = false
        case "ph":
            isPlaceholder = true
            placeholder = attributes["type"] ?? "body"
        case "p":
            text = ""
            level = 0
        case "pPr": level = attributes["lvl"].flatMap { Int($0) } ?? 0
        case "t": isText = true
        case "br": text += " "
        case "tbl": tables.open()
        case "tr": tables.startRow()
        case "tc": tables.startCell()
        default: break
        }
    }

    func characters(_ text: String) {
        if isText { self.text += text }
    }

    func end(_ name: String) {
        switch name {
        case "t": isText = false
        case "p": endParagraph()
        case "tc": tables.endCell()
        case "tbl": if let rows = tables.close() { items.append(.table(rows)) }
        default: break
        }
    }

    private func endParagraph() {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        text = ""
        if tables.isOpen { return tables.append(line) }
        if line.isEmpty || Self.furniture.contains(placeholder ?? "") { return }
        switch placeholder {
        case "title", "ctrTitle": items.append(.title(line))
        case _ where isPlaceholder: items.append(.body(line, level: min(max(level, 0), 8)))
        default: items.append(.text(line))
        }
    }

    /// Adds the slide: its title first, wherever that stands in the file.
    func render(into rendering: inout Rendering) {
        let titles = items.compactMap { if case .title(let text) = $0 { text } else { nil } }
        rendering.append(titles.joined(separator: " "), as: .heading(level: 1))
        let points = items.count { if case .body = $0 { true } else { false } }
        for item in items {
            switch item {
            case .title: break
            case .body(let text, let level):
                if points > 1 {
                    let indent = String(repeating: "  ", count: level)
                    rendering.append(indent + "- " + text, as: .listItem)
                } else {
                    rendering.append(text, as: .paragraph)
                }
            case .text(let text): rendering.append(text, as: .paragraph)
            case .table(let rows): rendering.append(table: rows)
            }
        }
    }

    /// Adds what the speaker notes say.
    func renderNotes(into rendering: inout Rendering) {
        for item in items {
            if case .body(let text, _) = item { rendering.append(text, as: .paragraph) }
        }
    }
}
