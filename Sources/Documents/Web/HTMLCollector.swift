/// Builds blocks of a page's elements and text.
final class HTMLCollector {
    private(set) var title = ""
    private(set) var language: String?
    private(set) var metadata: [String: String] = [:]

    /// The blocks of the page.
    private(set) var content: [Block] = []
    private let source: [UInt8]
    private let page: HTMLRecording

    private var builder = TextBuilder(from: 0)
    private var kind = Block.Kind.paragraph
    /// Where the last event ended.
    private var lastEnd = 0
    /// The open elements that are not inside something left out.
    private var open: [String] = []
    /// How many elements are open inside something left out; 0 outside.
    private var skipDepth = 0
    private var preDepth = 0
    private var isInTitle = false
    private var lists: [(isOrdered: Bool, next: Int, format: String)] = []
    private var tables: [Table] = []
    /// The marker of an item whose text is still to come.
    private var marker: String?
    private var links = LinkCensus()
    /// How words are read that stand above or beside them, until they end.
    private var reading: [UInt8] = []
    private var readingDepth = 0
    /// The mark between two parts of a formula, the second of which is still to come.
    private var formulaMark: String?
    private var formulaDepth = 0

    private struct Table {
        /// Set when a cell turns out to hold a page rather than a value.
        var isLayout = false
        var isRowStart = true
        /// The column of the cell that is open, where its text begins, and how many rows it has.
        var column = -1
        var cellStart = 0
        var rows = 1
        /// Cells that reach into the rows below: how many more, and what they say, by column.
        var reaching: [Int: (rows: Int, text: [UInt8])] = [:]
    }

    init(source: [UInt8], page: HTMLRecording) {
        self.source = source
        self.page = page
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

    /// Begins an element; `isText` says whether what it shows belongs to the page's text.
    func start(_ node: Int, isSkipped: Bool, isText: Bool, at position: Int) {
        defer { lastEnd = position }
        if skipDepth > 0 || isSkipped {
            skipDepth += 1
            return
        }
        let name = page.nodes[node].name
        let attributes = page.nodes[node].attributes
        open.append(name)
        startFormula(node)
        switch name {
        case "math": formulaDepth += 1
        case "img": if isText { addPicture(attributes) }
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
            let start = attributes["start"].flatMap { Int($0) } ?? 1
            let limit = ListNumber.maximumStart
            let format = attributes["type"] ?? "1"
            lists.append((name == "ol", min(max(start, -limit), limit), format))
        case "li": startItem(attributes["value"].flatMap { Int($0) })
        case "dt", "summary", "button":
            // Inside a heading a button is its text.
            if name == "button", case .heading = kind { break }
            breakBlock()
            if !isInCell { kind = .term }
        case "pre", "listing", "xmp": startPreformatted(attributes)
        case "br": lineBreak()
        case "rt", "rtc": readingDepth += 1
        case "table", "thead", "tbody", "tr", "td", "th": startTablePart(name, attributes)
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

    func end(_ node: Int, at position: Int) {
        defer { lastEnd = position }
        if skipDepth > 0 {
            skipDepth -= 1
            return
        }
        guard let name = open.popLast() else { return }
        // The text of an item may have been left out, and its marker with it.
        if name == "li" { marker = nil }
        switch name {
        case "math": formulaDepth -= 1
        case "title": isInTitle = false
        case "a": links.close()
        case "ul", "ol":
            breakBlock()
            _ = lists.popLast()
            marker = nil
        case "pre", "listing", "xmp":
            preDepth -= 1
            flush()
        case "table":
            endCell()
            flush()
            _ = tables.popLast()
        case "td", "th", "tr":
            endCell()
            breakBlock()
        case "rt", "rtc": readingDepth -= 1
        case "ruby": endReading()
        case "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "summary": breakBlock()
        case "button": if case .heading = kind { break } else { breakBlock() }
        case _ where Self.blockElements.contains(name): breakBlock()
        default: break
        }
    }

    /// Takes text; what does not belong to the page's text is only counted.
    func characters(_ text: ArraySlice<UInt8>, isDropped: Bool, upTo position: Int) {
        defer { lastEnd = position }
        guard skipDepth == 0 else { return }
        if isInTitle {
            title += String(decoding: text, as: UTF8.self)
            return
        }
        links.add(text.count { $0 > 0x20 })
        if isDropped {
            formulaMark = nil
            return
        }
        // Between the parts of a formula white space means nothing.
        if formulaDepth > 0, !text.contains(where: { $0 > 0x20 }) { return }
        if readingDepth > 0 {
            reading += text
            return
        }
        unsafe text.withUnsafeBufferPointer { unsafe append($0, upTo: position) }
    }

    private func append(_ text: UnsafeBufferPointer<UInt8>, upTo position: Int) {
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
        if let formulaMark, unsafe text.contains(where: { $0 > 0x20 }) {
            builder.append(formulaMark)
            self.formulaMark = nil
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

    /// How the word is read that has ended, in brackets behind it.
    private func endReading() {
        let words = String(decoding: reading, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        reading = []
        if !words.isEmpty { builder.append(" (" + words.joined(separator: " ") + ") ") }
    }

    /// The marks between the parts of a formula that are set above or below one another.
    private func startFormula(_ node: Int) {
        let element = page.nodes[node]
        guard element.parent >= 0, element.position > 0 else { return }
        switch page.nodes[element.parent].name {
        case "msup": formulaMark = "^"
        case "msub": formulaMark = "_"
        case "msubsup": formulaMark = element.position == 1 ? "_" : "^"
        case "mfrac": formulaMark = "/"
        default: break
        }
    }

    /// Adds what a picture shows, where somebody has said it in a few words, or the formula that it is.
    private func addPicture(_ attributes: [String: String]) {
        let words = (attributes["alt"] ?? "").split(whereSeparator: \.isWhitespace)
        let text = words.joined(separator: " ")
        guard !text.isEmpty, text.utf8.count < 1000 else { return }
        let names = (attributes["class"] ?? "").lowercased()
        if names.contains("math") || names.contains("tex") {
            builder.append(" " + text + " ")
        } else if words.count >= Self.fewestWords, !open.contains("a"), !PageNames.isCredit(text) {
            breakBlock()
            builder.append(text)
            breakBlock()
        }
    }

    /// Fewer words are the name of a file or a sign.
    private static let fewestWords = 4

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
        if let block = builder.block(kind) { content.append(block) }
        builder = TextBuilder(from: lastEnd)
        self.kind = lists.isEmpty ? .paragraph : .listItem
        if isInCell { self.kind = .table }
    }

    private func startItem(_ number: Int?) {
        breakBlock()
        guard !isInCell, !lists.isEmpty else { return }
        let limit = ListNumber.maximumStart
        if let number { lists[lists.count - 1].next = min(max(number, -limit), limit) }
        let list = lists[lists.count - 1]
        lists[lists.count - 1].next += 1
        kind = .listItem
        let indent = String(repeating: "  ", count: min(lists.count, 20) - 1)
        marker = indent + (list.isOrdered ? ListNumber.text(list.next, list.format) + ". " : "- ")
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

    private func startTablePart(_ name: String, _ attributes: [String: String]) {
        switch name {
        case "table":
            leaveCell()
            flush()
            tables.append(Table())
            kind = .table
        case "tr":
            guard isInCell else { return breakBlock() }
            endCell()
            builder.appendLineFeed()
            tables[tables.count - 1].isRowStart = true
            tables[tables.count - 1].column = -1
        case "td", "th":
            guard isInCell else { return breakBlock() }
            endCell()
            startCell(attributes)
        default: break
        }
    }

    /// Begins a cell, after those that reach down into its row.
    private func startCell(_ attributes: [String: String]) {
        let last = tables.count - 1
        tables[last].column += 1
        while let above = tables[last].reaching[tables[last].column] {
            if !tables[last].isRowStart { builder.appendCellSeparator() }
            tables[last].isRowStart = false
            builder.append(String(decoding: above.text, as: UTF8.self))
            tables[last].reaching[tables[last].column] =
                above.rows > 1 ? (above.rows - 1, above.text) : nil
            tables[last].column += 1
        }
        if !tables[last].isRowStart { builder.appendCellSeparator() }
        tables[last].isRowStart = false
        tables[last].cellStart = builder.text.count
        tables[last].rows = min(attributes["rowspan"].flatMap { Int($0) } ?? 1, 1000)
    }

    /// Ends a cell; one that reaches down is remembered for the rows below.
    private func endCell() {
        guard isInCell, let table = tables.last, table.rows > 1, table.column >= 0,
            table.cellStart < builder.text.count
        else { return }
        var text = Array(builder.text[table.cellStart...])
        while let end = text.last, end <= 0x20 { text.removeLast() }
        tables[tables.count - 1].rows = 1
        guard !text.isEmpty, text.count < 400, table.reaching.count < 100 else { return }
        tables[tables.count - 1].reaching[table.column] = (table.rows - 1, text)
    }

    /// A heading, a table or code inside a cell: the table only arranges the page.
    private func leaveCell() {
        guard isInCell else { return }
        flush()
        tables[tables.count - 1].isLayout = true
        kind = lists.isEmpty ? .paragraph : .listItem
    }

    // MARK: What the page says of itself

    private func addMetadata(_ attributes: [String: String]) {
        guard let content = attributes["content"], !content.isEmpty,
            let name = attributes["name"] ?? attributes["property"]
        else { return }
        let key = name.lowercased()
        let isKept =
            ["description", "keywords", "author", "date", "language"].contains(key)
            || ["og:description", "twitter:description"].contains(key) || key.hasPrefix("dc.")
            || key.hasPrefix("dcterms.") || key.hasPrefix("article:")
        if isKept { metadata[key] = String(content.prefix(2000)) }
    }

    private static let titleClasses: Set<Substring> = ["title", "admonition-title", "topic-title"]

    private static let blockElements: Set<String> = [
        "body", "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "dd",
        "dl", "blockquote", "figure", "figcaption", "address", "fieldset", "legend", "details",
        "center", "form", "hr", "caption", "dir", "hgroup", "option",
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
