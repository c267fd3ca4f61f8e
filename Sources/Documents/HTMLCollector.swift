/// Builds blocks from the events of an HTML parser.
final class HTMLCollector {
    private(set) var title = ""
    private(set) var language: String?
    private(set) var metadata: [String: String] = [:]

    private var blocks: [(block: Block, isMain: Bool)] = []
    private let source: [UInt8]
    private let isLenient: Bool

    private var builder = TextBuilder(from: 0)
    private var kind = Block.Kind.paragraph
    /// Where the last event ended.
    private var lastEnd = 0
    /// The open elements that are not inside something left out.
    private var open: [Element] = []
    /// How many elements are open inside something left out; 0 outside.
    private var skipDepth = 0
    private var mainDepth = 0
    private var preDepth = 0
    private var isInTitle = false
    private var lists: [(isOrdered: Bool, next: Int)] = []
    private var tables: [Table] = []
    /// The marker of an item whose text is still to come.
    private var marker: String?
    private var links = LinkCensus()

    private struct Element {
        let name: String
        var isMain = false
    }

    private struct Table {
        /// Set when a cell turns out to hold a page rather than a value.
        var isLayout = false
        var isRowStart = true
    }

    init(source: [UInt8], isLenient: Bool) {
        self.source = source
        self.isLenient = isLenient
    }

    /// The blocks of the main part of the page, if it says which that is, or all.
    var content: [Block] {
        let main = blocks.filter(\.isMain)
        let mainLength = main.reduce(0) { $0 + $1.block.text.utf8.count }
        let length = blocks.reduce(0) { $0 + $1.block.text.utf8.count }
        let usesMain = mainLength >= 200 || mainLength * 4 >= length
        return (usesMain && !main.isEmpty ? main : blocks).map(\.block)
    }

    /// How many links the page has, if it has next to nothing else.
    var onlyLinks: Int? { links.isIndex ? links.count : nil }

    /// Ends the last block.
    func finish() {
        flush()
        links.endStretch()
        title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    // MARK: Events

    func start(_ name: String, _ attributes: [String: String], at position: Int) {
        defer { lastEnd = position }
        if skipDepth > 0 {
            skipDepth += 1
            return
        }
        if leavesOut(name, attributes) {
            skipDepth = 1
            return
        }
        var element = Element(name: name)
        if name == "main" || name == "article" || attributes["role"] == "main" {
            flush()
            element.isMain = true
            mainDepth += 1
        }
        open.append(element)
        switch name {
        case "a": if attributes["href"] != nil { links.open() }
        case "html": language = attributes["lang"] ?? attributes["xml:lang"]
        case "title": isInTitle = true
        case "meta": addMetadata(attributes)
        case "h1", "h2", "h3", "h4", "h5", "h6":
            leaveCell()
            flush()
            kind = .heading(level: Int(name.utf8.last ?? 0x31) - 0x30)
        case "ul", "ol":
            breakBlock()
            lists.append((name == "ol", attributes["start"].flatMap { Int($0) } ?? 1))
        case "li": startItem()
        case "dt":
            breakBlock()
            if !isInCell { kind = .term }
        case "pre", "listing", "xmp": startPreformatted(attributes)
        case "br": lineBreak()
        case "table", "thead", "tbody", "tr", "td", "th": startTablePart(name)
        case _ where Self.blockElements.contains(name):
            breakBlock()
            // The title of an example, a note or a box stays with what it is the title of.
            if !isInCell, let names = attributes["class"], names.utf8.count < 200,
                names.split(separator: " ").contains(where: { Self.titleClasses.contains($0) })
            {
                kind = .term
            }
        default: break
        }
    }

    func end(_ name: String, at position: Int) {
        defer { lastEnd = position }
        if skipDepth > 0 {
            skipDepth -= 1
            return
        }
        guard let element = open.popLast() else { return }
        if element.isMain {
            flush()
            mainDepth -= 1
        }
        switch name {
        case "title": isInTitle = false
        case "a": links.close()
        case "ul", "ol":
            breakBlock()
            _ = lists.popLast()
        case "pre", "listing", "xmp":
            preDepth -= 1
            flush()
        case "table":
            flush()
            _ = tables.popLast()
        case "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt": breakBlock()
        case _ where Self.blockElements.contains(name): breakBlock()
        default: break
        }
    }

    func characters(_ text: UnsafeBufferPointer<UInt8>, upTo position: Int) {
        defer { lastEnd = position }
        guard skipDepth == 0 else { return }
        if isInTitle {
            title += unsafe String(decoding: text, as: UTF8.self)
            return
        }
        unsafe links.add(text.count { $0 > 0x20 })
        // The parser reports after it has consumed the text, but for long text one character
        // before that; text with references in it is not in the source as it is.
        var start = lastEnd
        var isVerbatim = false
        for candidate in [position - text.count, lastEnd]
        where unsafe isSource(candidate, text) {
            start = candidate
            isVerbatim = true
            break
        }
        if let marker, unsafe text.contains(where: { $0 > 0x20 }) {
            builder.append(marker)
            self.marker = nil
        }
        if preDepth > 0 {
            if isVerbatim {
                builder.append(verbatim: start..<(start + text.count), of: source)
            } else {
                unsafe builder.append(text, for: start..<max(start, position))
            }
        } else {
            unsafe builder.append(collapsing: text, at: start, isVerbatim: isVerbatim)
        }
        if !isVerbatim { builder.extend(to: max(start, position)) }
    }

    private func isSource(_ start: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard start >= 0, start + text.count <= source.count else { return false }
        return unsafe source[start..<(start + text.count)].elementsEqual(text)
    }

    // MARK: Blocks

    private var isInCell: Bool { tables.last.map { !$0.isLayout } ?? false }

    /// Ends a block, or inside a cell of a table merely a word.
    private func breakBlock() {
        if isInCell {
            if builder.text.last.map({ $0 > 0x20 }) ?? false { builder.append(" ") }
        } else if preDepth == 0 {
            flush()
        }
    }

    private func flush() {
        links.endStretch()
        var kind = kind
        // A table of one row says what a paragraph says.
        if kind == .table, !builder.text.contains(0x0A) { kind = .paragraph }
        if let block = builder.block(kind) { blocks.append((block, mainDepth > 0)) }
        builder = TextBuilder(from: lastEnd)
        self.kind = lists.isEmpty ? .paragraph : .listItem
        if isInCell { self.kind = .table }
    }

    private func startItem() {
        breakBlock()
        guard !isInCell, !lists.isEmpty else { return }
        let list = lists[lists.count - 1]
        lists[lists.count - 1].next += 1
        kind = .listItem
        let indent = String(repeating: "  ", count: min(lists.count, 20) - 1)
        marker = indent + (list.isOrdered ? "\(list.next). " : "- ")
    }

    private func startPreformatted(_ attributes: [String: String]) {
        leaveCell()
        flush()
        preDepth += 1
        kind = .code(language: nil)
    }

    private func lineBreak() {
        if preDepth > 0 {
            builder.append("\n")
        } else if isInCell {
            builder.append(" ")
        } else {
            builder.appendLineFeed()
        }
    }

    // MARK: Tables

    private func startTablePart(_ name: String) {
        switch name {
        case "table":
            leaveCell()
            flush()
            tables.append(Table())
            kind = .table
        case "tr":
            guard isInCell else { return breakBlock() }
            builder.appendLineFeed()
            tables[tables.count - 1].isRowStart = true
        case "td", "th":
            guard isInCell else { return breakBlock() }
            if !tables[tables.count - 1].isRowStart { builder.appendCellSeparator() }
            tables[tables.count - 1].isRowStart = false
        default: break
        }
    }

    /// A heading, a table or code inside a cell: the table only arranges the page.
    private func leaveCell() {
        guard isInCell else { return }
        flush()
        tables[tables.count - 1].isLayout = true
        kind = lists.isEmpty ? .paragraph : .listItem
    }

    // MARK: What is left out

    private func addMetadata(_ attributes: [String: String]) {
        guard let content = attributes["content"], !content.isEmpty,
            let name = attributes["name"] ?? attributes["property"]
        else { return }
        let key = name.lowercased()
        let isKept =
            ["description", "keywords", "author", "date", "language"].contains(key)
            || key.hasPrefix("dc.") || key.hasPrefix("dcterms.") || key.hasPrefix("article:")
        if isKept { metadata[key] = String(content.prefix(2000)) }
    }

    private func leavesOut(_ name: String, _ attributes: [String: String]) -> Bool {
        if Self.skippedElements.contains(name) { return true }
        // What nobody sees is not what the page says, and a way to talk to machines behind backs.
        if attributes["hidden"] != nil { return true }
        if let style = attributes["style"] {
            let dense = style.lowercased().filter { !$0.isWhitespace }
            if dense.contains("display:none") || dense.contains("visibility:hidden") { return true }
        }
        if isLenient { return false }
        switch name {
        case "html", "body", "head", "main": return false
        case "header": if mainDepth == 0 { return true }
        case "nav", "footer", "aside":
            // An aside inside the main text belongs to it.
            if name != "aside" || mainDepth == 0 { return true }
        default: break
        }
        if attributes["aria-hidden"] == "true" { return true }
        if let role = attributes["role"], Self.skippedRoles.contains(role) { return true }
        for key in ["class", "id"] {
            guard let value = attributes[key] else { continue }
            for token in value.utf8.split(separator: 0x20) {
                let token = String(Substring(token)).lowercased()
                if Self.skippedClasses.contains(token) || Self.asksForConsent(token) { return true }
            }
        }
        return false
    }

    /// Whether a name is that of a banner about cookies.
    private static func asksForConsent(_ name: String) -> Bool {
        // Bytes, because searching the names on a page as text takes longer than parsing it.
        let bytes = Array(name.utf8)
        return consentPrefixes.contains { bytes.starts(with: $0) }
            || consentWords.contains { word in
                bytes.indices.dropLast(word.count - 1).contains { start in
                    bytes[start] == word[0] && bytes[start...].starts(with: word)
                }
            }
    }

    private static let consentPrefixes = [
        "cookie", "onetrust", "didomi", "qc-cmp", "usercentrics",
    ].map { Array($0.utf8) }

    private static let consentWords = [
        "cookie-banner", "cookie-notice", "cookie-consent", "cookieconsent", "consent-modal",
    ].map { Array($0.utf8) }

    private static let skippedElements: Set<String> = [
        "script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object",
        "embed", "audio", "video", "select", "button", "textarea", "map",
    ]

    private static let skippedRoles: Set<String> = [
        "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar",
        "toolbar", "presentation-nav",
    ]

    private static let skippedClasses: Set<String> = [
        // Sphinx, DocBook, Doxygen, MediaWiki, and what page templates call such things.
        "headerlink", "sphinxsidebar", "sphinxsidebarwrapper", "linenos", "linenodiv", "navheader",
        "navfooter", "docnav", "toc", "toctree-wrapper", "viewcode-link", "permalink",
        "mw-editsection", "mw-jump-link", "catlinks", "printfooter", "breadcrumb", "breadcrumbs",
        "navbar", "nav", "navigation", "menu", "site-header", "site-footer", "page-footer",
        "skip-link", "skiplink", "sr-only", "visually-hidden", "screen-reader-text", "noprint",
        "footer", "gdpr", "consent-banner", "advertisement", "social-share", "share-buttons",
        "pagination", "banner", "prev-next", "edit-this-page",
    ]

    private static let titleClasses: Set<Substring> = ["title", "admonition-title", "topic-title"]

    private static let blockElements: Set<String> = [
        "body", "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "dd",
        "dl", "blockquote", "figure", "figcaption", "address", "fieldset", "legend", "details",
        "summary", "center", "form", "hr", "caption", "dir", "hgroup", "option",
    ]
}

/// Counts how much of a page is links: an index of a manual, a list of all its functions.
private struct LinkCensus {
    /// How many links there are.
    private(set) var count = 0
    private var depth = 0
    private var linked = 0
    private var total = 0
    /// Text between links that is long enough to say something.
    private var prose = 0
    private var stretch = 0

    /// Shorter than this, what stands between two links is a name or a separator.
    private static let shortStretch = 60

    mutating func open() {
        endStretch()
        count += 1
        depth += 1
    }

    mutating func close() { depth = max(depth - 1, 0) }

    mutating func add(_ bytes: Int) {
        total += bytes
        if depth > 0 { linked += bytes } else { stretch += bytes }
    }

    mutating func endStretch() {
        if stretch > Self.shortStretch { prose += stretch }
        stretch = 0
    }

    /// Whether a reader finds nothing here but ways to other pages.
    var isIndex: Bool { count >= 30 && linked * 2 > total && prose * 20 < total }
}
