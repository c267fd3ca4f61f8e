/// Reads texts that are marked up in XML by what they are: DocBook, DITA, feeds of news, timed text.
///
/// XML of other kinds is read as source code is.
struct StructuredMarkupReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "structured-xml",
        version: 1,
        recognizes: { isKnown($0.bytes, suffix: $0.suffix) },
        make: { StructuredMarkupReader() }
    )

    private static let roots: Set<String> = [
        // DocBook, DITA
        "article", "book", "chapter", "refentry", "appendix", "set", "part", "preface", "topic",
        "concept", "task", "reference", "map",
        // Feeds, timed text
        "rss", "RDF", "feed", "tt",
    ]
    private static let suffixes: Set<String> = [
        "xml", "docbook", "dbk", "db", "dita", "rss", "atom", "rdf", "ttml", "dfxp", "",
    ]

    /// Whether a file is XML whose outermost element is that of a text.
    static func isKnown(_ bytes: [UInt8], suffix: String) -> Bool {
        guard suffixes.contains(suffix), bytes.contains(0x3C) else { return false }
        let head = bytes.prefix(4096)
        guard let start = head.first(where: { $0 > 0x20 && $0 < 0x80 }), start == 0x3C else {
            return false
        }
        guard let root = outermost(head), roots.contains(root.name) else { return false }
        // Names that others use as well.
        let text = String(decoding: head, as: UTF8.self)
        switch root.name {
        case "rss", "tt": return true
        case "RDF", "feed": return text.contains("purl.org/rss") || text.contains("2005/Atom")
        case "map", "set", "part", "task", "reference", "topic", "concept":
            return text.contains("docbook") || text.contains("DocBook") || text.contains("DITA")
        default:
            return text.contains("<title") || text.contains("DocBook") || text.contains("<para")
                || text.contains("<ref")
        }
    }

    /// The first element, past the declaration, comments and the type of the document.
    private static func outermost(_ head: ArraySlice<UInt8>) -> (name: String, end: Int)? {
        var i = head.startIndex
        while let open = head[i...].firstIndex(of: 0x3C), open + 1 < head.endIndex {
            let next = head[open + 1]
            if next == UInt8(ascii: "?") || next == UInt8(ascii: "!") {
                let isComment = head[open...].starts(with: "<!--".utf8)
                var end = head[open...].firstIndex(of: 0x3E)
                if isComment { end = head[open...].firstRange(of: Array("-->".utf8))?.upperBound }
                // The type of a document may declare entities in brackets.
                if let bracket = head[open..<(end ?? open)].firstIndex(of: UInt8(ascii: "[")) {
                    end = head[bracket...].firstRange(of: Array("]>".utf8))?.upperBound
                }
                guard let end else { return nil }
                i = end
                continue
            }
            let name = head[(open + 1)...].prefix { $0 > 0x20 && $0 != 0x3E && $0 != 0x2F }
            let local = name.split(separator: UInt8(ascii: ":")).last ?? name
            return (String(decoding: local, as: UTF8.self), name.endIndex)
        }
        return nil
    }

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let content = StructuredMarkup()
        try XMLEvents.parse(
            XMLEntities.resolved(bytes),
            of: "XML document",
            recovers: true,
            into: content
        )
        content.finish()
        var result = RenderedDraft(rendering: content.rendering)
        result.draft.title = content.title ?? result.rendering.openingHeading
        return result
    }
}

/// Makes blocks of such a text.
private final class StructuredMarkup: XMLHandler {
    private(set) var rendering = ExtractedText()
    private(set) var title: String?

    private var path: [String] = []
    private var text = ""
    private var lists: [Int?] = []
    private var marker: String?
    private var tables = TableCollector()
    private var skipDepth = 0
    /// The text of an element that holds a page as text: the description of an item of news.
    private var embedded: String?

    private static let sections: Set<String> = [
        "section", "sect1", "sect2", "sect3", "sect4", "sect5", "simplesect", "chapter", "appendix",
        "preface", "part", "refsect1", "refsect2", "refsect3", "refsection", "refsynopsisdiv",
        "refentry", "glossary", "bibliography", "topic", "concept", "task", "reference", "item",
        "entry", "article", "book", "set", "qandaset", "example", "figure",
    ]
    private static let blocks: Set<String> = [
        "para", "simpara", "p", "formalpara", "subtitle", "releaseinfo", "term", "shortdesc",
        "refpurpose", "refname", "caption", "attribution", "step", "glossterm", "question",
        "answer",
        "listitem", "li", "summary", "author", "abstract", "bibliomixed", "biblioentry", "cmd",
        "link", "guid", "pubDate", "published", "updated", "id", "category", "member", "seg",
    ]
    private static let codes: Set<String> = [
        "programlisting", "screen", "literallayout", "synopsis", "cmdsynopsis", "codeblock",
        "funcsynopsis", "classsynopsis", "msgblock", "pre",
    ]
    private static let skipped: Set<String> = [
        "styling", "layout", "indexterm", "generator", "docs", "ttl", "cloud", "textInput",
        "skipHours", "skipDays", "enclosure", "alternatives-source", "svg", "script", "style",
    ]
    /// What of an item of news is no text.
    private static let addresses: Set<String> = [
        "link", "guid", "id", "pubDate", "published", "updated",
    ]
    private static let pages: Set<String> = ["description", "content", "encoded", "summary"]

    private var isFeed: Bool { ["rss", "RDF", "feed"].contains(path.first ?? "") }

    func start(_ name: String, _ attributes: XMLAttributes) {
        if skipDepth > 0 || Self.skipped.contains(name) {
            skipDepth += 1
            return
        }
        path.append(name)
        if embedded != nil { return }
        switch name {
        case "itemizedlist", "variablelist", "simplelist", "ul", "steps-unordered": open(nil)
        case "orderedlist", "procedure", "ol", "steps", "substeps": open(1)
        case "table", "informaltable", "simpletable":
            flush()
            tables.open()
        case "row", "tr", "strow", "sthead": if tables.isOpen { tables.startRow() }
        case "entry" where tables.isOpen, "td" where tables.isOpen, "th" where tables.isOpen,
            "stentry" where tables.isOpen:
            text = ""
            tables.startCell()
        case "listitem" where !isInTerms, "li", "step", "member":
            flush()
            if let last = lists.last {
                marker = last.map { "\($0). " } ?? "- "
                if let number = last { lists[lists.count - 1] = number + 1 }
            }
        case "br": text += " "
        case "title": flush()
        case _ where isFeed && Self.pages.contains(name):
            flush()
            embedded = ""
        case _
        where Self.blocks.contains(name) || Self.codes.contains(name)
            || Self.sections.contains(name):
            flush()
        default: break
        }
    }

    func characters(_ text: String) {
        guard skipDepth == 0 else { return }
        if embedded != nil { embedded?.append(text) } else { self.text += text }
    }

    func end(_ name: String) {
        if skipDepth > 0 {
            skipDepth -= 1
            return
        }
        defer { _ = path.popLast() }
        if let page = embedded {
            if isFeed, Self.pages.contains(name) {
                embedded = nil
                for block in HTMLReader().fragment(Array(page.utf8)) {
                    var block = block
                    if case .heading = block.kind { block.kind = .paragraph }
                    rendering.append(block.text, as: block.kind)
                }
            } else if HTMLReader.breaks(name) {
                embedded?.append("\n<p>")
            }
            return
        }
        switch name {
        case "title",
            "refentrytitle" where path.dropLast().last == "refmeta":
            endTitle()
        case "itemizedlist", "variablelist", "simplelist", "ul", "steps-unordered", "orderedlist",
            "procedure", "ol", "steps", "substeps":
            flush()
            _ = lists.popLast()
            marker = nil
        case "entry" where tables.isOpen, "td" where tables.isOpen, "th" where tables.isOpen,
            "stentry" where tables.isOpen:
            tables.append(text)
            text = ""
            tables.endCell()
        case "table", "informaltable", "simpletable":
            if let rows = tables.close() { rendering.append(table: rows) }
        case "footnote": text += ") "
        case _ where Self.codes.contains(name):
            let code = text
            text = ""
            marker = nil
            rendering.append(code, as: .code(language: nil))
        case _ where isFeed && Self.addresses.contains(name): text = ""
        case _ where Self.blocks.contains(name) || Self.sections.contains(name): flush(as: name)
        default: break
        }
    }

    func finish() { flush() }

    private var isInTerms: Bool { path.dropLast().last == "varlistentry" }

    private func open(_ first: Int?) {
        flush()
        lists.append(first)
    }

    private func endTitle() {
        let words = line(text)
        text = ""
        guard !words.isEmpty else { return }
        if tables.isOpen { return tables.append(words) }
        let depth = path.count { Self.sections.contains($0) }
        if title == nil, depth < 2 { title = words }
        let isSection = ![
            "example", "figure", "formalpara", "note", "tip", "warning", "caution",
            "important", "sidebar",
        ].contains(path.dropLast().last ?? "")
        if isSection {
            rendering.append(words, as: .heading(level: min(max(depth, 1), 6)))
        } else {
            rendering.append(words, as: .term)
        }
    }

    private func line(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Ends a block.
    private func flush(as name: String = "") {
        if tables.isOpen { return text += " " }
        let words = line(text)
        text = ""
        guard !words.isEmpty else { return }
        if let marker {
            let indent = String(repeating: "  ", count: min(max(lists.count - 1, 0), 8))
            rendering.append(indent + marker + words, as: .listItem)
            self.marker = nil
        } else {
            rendering.append(words, as: ["term", "glossterm"].contains(name) ? .term : .paragraph)
        }
    }
}
