internal import NumberFormats

/// Makes blocks of the content of an OpenDocument file.
final class OpenDocumentContent: XMLHandler {
    private(set) var rendering = ExtractedText()
    private(set) var title: String?
    private(set) var isSheet = false
    /// The first heading, if nothing comes before it.
    private(set) var openingHeading: String?

    private let styles: OpenDocumentStyles
    private let objects: (String) -> [Block]
    /// Paragraphs that are open; a note or a box inside one has paragraphs of its own.
    private var texts: [String] = []
    /// Where in `texts` the boxes and comments begin that are open.
    private var asides: [Aside] = []
    private var deferred: [String] = []
    private var drawn: [Block] = []
    private var level: Int?
    private var titleStyles: Set<String> = ["Title"]
    private var lists: [List] = []
    private var tables = TableCollector()
    private var cellRepeats = 1
    private var cellValue: String?
    private var isInCell = false
    private var skipDepth = 0
    private var frames: [String] = []

    /// A box or a comment inside a paragraph or a cell.
    private struct Aside {
        let depth: Int
        let label: String
        var paragraphs: [String] = []
    }

    private struct List {
        let style: String
        var next: Int?
        var isFirstParagraph = true
    }

    private static let skipped: Set<String> = [
        "tracked-changes", "note-citation", "forms", "sequence-decls", "table-of-content",
        "alphabetical-index", "styles", "font-face-decls", "master-styles", "meta", "settings",
        "scripts", "creator", "date-string", "creator-initials",
    ]

    /// - Parameters:
    ///   - styles: What the file's styles say.
    ///   - objects: What an object inside the file shows, by its name.
    init(_ styles: OpenDocumentStyles, objects: @escaping (String) -> [Block]) {
        self.styles = styles
        self.objects = objects
    }

    // MARK: Events

    func start(_ name: String, _ attributes: XMLAttributes) {
        if skipDepth > 0 || Self.skipped.contains(name) || (name == "date" && !asides.isEmpty) {
            skipDepth += 1
            return
        }
        switch name {
        case "style":
            if attributes["parent-style-name"] == "Title" {
                attributes["name"].map { _ = titleStyles.insert($0) }
            }
        case "list-style", "list-level-style-number": styles.start(name, attributes)
        case "spreadsheet": isSheet = true
        case "page":
            rendering.beginPage()
            rendering.closeSections()
        case "h":
            texts.append("")
            level = attributes.number("outline-level", in: 1...Block.deepestHeading) ?? 1
        case "p":
            texts.append("")
            if texts.count == 1, titleStyles.contains(attributes["style-name"] ?? "") { level = 0 }
            if texts.count == 1, ["title"].contains(frames.last ?? "") { level = 1 }
        case "list": startList(attributes)
        case "list-item": if !lists.isEmpty { lists[lists.count - 1].isFirstParagraph = true }
        case "tab": add("\t")
        case "line-break": add("\n")
        case "s":
            let count = attributes["c"].flatMap { Int($0) } ?? 1
            add(String(repeating: " ", count: min(max(count, 1), 80)))
        case "note-body": add(" (")
        case "frame": frames.append(attributes["class"] ?? "")
        case "text-box": if !texts.isEmpty || tables.isOpen { open("") }
        case "annotation": open("Comment: ")
        case "object": if let name = attributes["href"] { drawn += objects(name) }
        case "desc": open("Picture: ")
        case "table": startTable(attributes)
        case "table-row": tables.startRow()
        case "table-cell", "covered-table-cell": startCell(attributes)
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
        case "list-style": styles.end(name)
        case "p", "h": endParagraph()
        case "list": _ = lists.popLast()
        case "note-body": add(")")
        case "frame": _ = frames.popLast()
        case "text-box", "annotation": close()
        case "desc":
            // Its text stands in no paragraph.
            close()
        case "table-cell", "covered-table-cell":
            if let cellValue { tables.appendIfEmpty(cellValue) }
            tables.endCell(repeated: cellRepeats)
            cellRepeats = 1
            cellValue = nil
            isInCell = false
        case "table": endTable()
        default: break
        }
    }

    private func add(_ text: String) {
        if !texts.isEmpty { texts[texts.count - 1] += text }
    }

    // MARK: Boxes and comments

    private func open(_ label: String) {
        asides.append(Aside(depth: texts.count, label: label))
        if label == "Picture: " { texts.append("") }
    }

    private func close() {
        guard let aside = asides.popLast() else { return }
        var paragraphs = aside.paragraphs
        if texts.count > aside.depth, let loose = texts.popLast() { paragraphs.append(line(loose)) }
        let words = paragraphs.filter { !$0.isEmpty }.joined(separator: " ")
        // A word or two is the name of a shape.
        if words.isEmpty || (aside.label == "Picture: " && !words.contains(" ")) { return }
        let text = aside.label + words
        if asides.isEmpty, texts.isEmpty, !tables.isOpen {
            rendering.append(text, as: .paragraph)
        } else if isSheet, tables.isOpen, !isInCell {
            // What is drawn on the sheet comes after its rows.
            let place = 0..<0
            drawn.append(Block(kind: .paragraph, text: text, anchors: Anchors(verbatim: place)))
        } else if tables.isOpen, isSheet {
            tables.append(aside.label.isEmpty ? text : "(\(text))")
        } else if tables.isOpen {
            tables.append(text)
        } else {
            deferred.append(text)
        }
    }

    // MARK: Paragraphs

    /// A paragraph with white space counted once, as in HTML; tabs and breaks were elements.
    private func line(_ text: String) -> String {
        text.split(separator: "\n").map { line in
            line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }.joined(separator: "\n")
    }

    private func endParagraph() {
        guard let text = texts.popLast() else { return }
        let line = line(text)
        if let aside = asides.last, texts.count >= aside.depth {
            asides[asides.count - 1].paragraphs.append(line)
            return
        }
        if !texts.isEmpty { return add(line) }
        defer {
            level = nil
            for text in deferred { rendering.append(text, as: .paragraph) }
            deferred = []
            if !tables.isOpen { appendDrawn() }
        }
        if tables.isOpen {
            tables.append(line)
        } else if let level {
            let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if level == 0, title == nil { title = line }
            if rendering.blocks.allSatisfy({ $0.text.isEmpty }), level <= 1 {
                openingHeading = words
            }
            rendering.append(words, as: .heading(level: max(level, 1)))
        } else if !lists.isEmpty, !line.isEmpty {
            let indent = String(repeating: "  ", count: min(lists.count - 1, 8))
            rendering.append(indent + mark() + " " + line, as: .listItem)
        } else {
            rendering.append(line, as: .paragraph)
        }
    }

    private func appendDrawn() {
        rendering.append(drawn)
        drawn = []
    }

    // MARK: Lists

    private func startList(_ attributes: XMLAttributes) {
        let style = attributes["style-name"] ?? lists.last?.style ?? ""
        lists.append(
            List(style: style, next: styles.number(of: style, depth: lists.count + 1)?.start)
        )
    }

    /// The number or bullet of the item that is open; its later paragraphs have none.
    private func mark() -> String {
        guard let list = lists.last, let next = list.next, list.isFirstParagraph,
            let number = styles.number(of: list.style, depth: lists.count), !number.format.isEmpty
        else { return "-" }
        lists[lists.count - 1].next = next + 1
        lists[lists.count - 1].isFirstParagraph = false
        return number.prefix + ListNumber.text(next, number.format) + number.suffix
    }

    // MARK: Tables

    private func startTable(_ attributes: XMLAttributes) {
        if isSheet, !tables.isOpen {
            rendering.beginPage()
            rendering.append(attributes["name"] ?? "", as: .heading(level: 1))
        }
        tables.open()
    }

    private func startCell(_ attributes: XMLAttributes) {
        tables.startCell()
        tables.rowSpan = attributes["number-rows-spanned"].flatMap { Int($0) } ?? 1
        cellRepeats = max(attributes["number-columns-repeated"].flatMap { Int($0) } ?? 1, 1)
        cellValue = isSheet ? Self.value(attributes) : nil
        isInCell = true
    }

    /// What a cell is worth that says nothing in words, as programs write them.
    private static func value(_ attributes: XMLAttributes) -> String? {
        if let text = attributes["string-value"] ?? attributes["date-value"] { return text }
        if let flag = attributes["boolean-value"] { return flag.uppercased() }
        if let time = attributes["time-value"] { return time }
        if let text = attributes["value"], let number = Double(text) {
            guard attributes["value-type"] == "percentage" else { return text }
            return NumberFormat.general(number * 100, written: "\(number * 100)") + "%"
        }
        // A formula that no program has worked out yet.
        guard let formula = attributes["formula"], let sign = formula.firstIndex(of: "=") else {
            return nil
        }
        return String(formula[sign...])
    }

    private func endTable() {
        guard let rows = tables.close() else { return }
        if isSheet { rendering.append(sheet: rows) } else { rendering.append(table: rows) }
        appendDrawn()
    }
}
