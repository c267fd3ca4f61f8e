/// Reads Word documents (`.docx`): headings by their outline level, lists with their numbers, tables,
/// text boxes, notes, comments, charts, diagrams, headers and footers.
struct WordReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "docx",
        version: 2,
        recognizes: { $0.package?.kind == .word },
        make: { WordReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let name = "Word document"
        let archive = try ZipArchive(bytes, format: name, limit: options.maximumBytes)
        let main = try archive.mainPart(orElse: "word/document.xml", format: name)
        let related = try archive.relations(of: main, format: name)
        func part(_ kind: String) -> String {
            related.first { $0.kind == kind }?.target ?? "word/\(kind).xml"
        }
        func notes(_ kind: String) throws(DocumentError) -> [String: String] {
            let notes = WordNotes()
            try archive.parse(part(kind), of: name, into: notes)
            return notes.texts
        }
        var inBody = WordBody.RelatedParts()
        try archive.parse(part("styles"), of: name, into: inBody.styles)
        try archive.parse(part("numbering"), of: name, into: inBody.numbering)
        inBody.footnotes = try notes("footnotes")
        inBody.endnotes = try notes("endnotes")
        inBody.comments = try notes("comments")
        let parts = OfficeParts(archive: archive, format: name, options: options)
        inBody.pieces = { id, kind in
            guard let target = related.first(where: { $0.id == id })?.target else { return [] }
            let found: [OfficeParts.Piece]?
            switch kind {
            case .chart: found = try? parts.chart(target)
            case .diagram: found = try? parts.diagram(target)
            case .file: found = try? parts.inserted(target)
            case .object: found = try? parts.embedded(target)
            }
            return found ?? []
        }
        let body = WordBody(inBody)
        try archive.parse(main, of: name, into: body)
        body.finish()
        var result = RenderedDraft(rendering: body.rendering)
        var furniture: [String] = []
        for relation in related where ["header", "footer"].contains(relation.kind) {
            let edge = WordBody(WordBody.RelatedParts())
            try archive.parse(relation.target, of: name, into: edge)
            furniture += edge.rendering.blocks.map(\.text)
        }
        result.rendering.append(furniture: furniture)
        result.draft.title = body.title ?? body.openingHeading
        try archive.fill(&result.draft, from: "docProps/core.xml")
        return result
    }
}

/// What the styles of a Word document say of paragraphs.
final class WordStyles: XMLHandler {
    /// Levels of headings, from 1, by the identifier of the style; 0 is the title.
    private(set) var levels: [String: Int] = [:]
    /// The lists that the paragraphs of styles are items of, and at which depth.
    private var lists: [String: (list: String, depth: Int)] = [:]
    private var contents: Set<String> = []
    private var parents: [String: String] = [:]
    private var style: String?

    func start(_ name: String, _ attributes: XMLAttributes) {
        if name == "style" { style = attributes["styleId"] }
        if name == "numPr", let style { lists[style] = ("", 0) }
        guard let style, let value = attributes["val"] else { return }
        switch name {
        case "name":
            let name = value.lowercased()
            if name == "title" { levels[style] = 0 }
            if name.hasPrefix("toc ") { contents.insert(style) }
            if name.hasPrefix("heading "), let level = Int(name.dropFirst(8)) {
                levels[style] = min(max(level, 1), 9)
            }
        case "outlineLvl": levels[style] = Int(value).map { min(max($0, 0), 8) + 1 }
        case "basedOn": parents[style] = value
        case "numId": lists[style]?.list = value
        case "ilvl": lists[style]?.depth = Int(value) ?? 0
        default: break
        }
    }

    func end(_ name: String) {
        if name == "style" { style = nil }
    }

    /// Whether a style is that of a table of contents, which repeats the headings.
    func isContents(_ style: String) -> Bool { contents.contains(style) }

    /// The list that a style, or what it is based on, makes items of.
    func list(of style: String) -> (list: String, depth: Int)? {
        var style = style
        for _ in 0..<10 {
            if let list = lists[style] { return list.list == "0" ? nil : list }
            guard let parent = parents[style] else { return nil }
            style = parent
        }
        return nil
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
