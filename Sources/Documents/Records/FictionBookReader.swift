internal import Corpus

/// Reads FictionBook (`.fb2`): the sections of a book with their titles, its notes.
struct FictionBookReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "fb2",
        version: 1,
        recognizes: { $0.bytes.prefix(1024).firstRange(of: Array("<FictionBook".utf8)) != nil },
        make: { FictionBookReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let content = FictionBookContent()
        try XMLEvents.parse(
            XMLEntities.resolved(bytes),
            of: "FictionBook",
            recovers: true,
            into: content
        )
        var result = RenderedDraft(rendering: content.rendering)
        result.draft.title = content.title
        let author = content.authors.joined(separator: ", ")
        if !author.isEmpty { result.draft.metadata["author"] = .string(author) }
        return result
    }
}

private final class FictionBookContent: XMLHandler {
    private(set) var rendering = ExtractedText()
    private(set) var title: String?
    private(set) var authors: [String] = []
    private var text = ""
    private var path: [String] = []
    private var sections = 0
    private var heading: [String] = []
    private var names: [String] = []
    private var tables = TableCollector()

    func start(_ name: String, _ attributes: XMLAttributes) {
        path.append(name)
        switch name {
        case "section": sections += 1
        case "title": heading = []
        case "author": names = []
        case "table": tables.open()
        case "tr": tables.startRow()
        case "th", "td":
            tables.startCell()
            text = ""
        case "p", "v", "subtitle", "text-author", "book-title", "first-name", "middle-name",
            "last-name":
            text = ""
        default: break
        }
    }

    func characters(_ text: String) {
        if !path.contains("binary") { self.text += text }
    }

    func end(_ name: String) {
        defer { _ = path.popLast() }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        switch name {
        case "section": sections = max(sections - 1, 0)
        case "book-title":
            if path.contains("title-info"), title == nil, !words.isEmpty { title = words }
        case "first-name", "middle-name", "last-name": if !words.isEmpty { names.append(words) }
        case "author":
            if path.contains("title-info"), !names.isEmpty {
                authors.append(names.joined(separator: " "))
            }
        case "title" where path.contains("body"):
            rendering.append(
                heading.joined(separator: " "),
                as: .heading(level: min(max(sections, 1), 6))
            )
        case "th", "td":
            tables.append(words)
            tables.endCell()
        case "table": if let rows = tables.close() { rendering.append(table: rows) }
        case "p", "v", "subtitle", "text-author":
            guard path.contains("body") || path.contains("annotation") else { return }
            if tables.isOpen {
                tables.append(words)
                text = ""
            } else if path.contains("title") {
                if !words.isEmpty { heading.append(words) }
            } else {
                rendering.append(words, as: .paragraph)
            }
        default: break
        }
    }
}
