/// Makes blocks of a Word document's body, or of its headers and footers.
///
/// A text box is read after the paragraph that it hangs on, a note in its place, a comment after the
/// paragraph that it is about.
final class WordBody: XMLHandler {
    private(set) var rendering = ExtractedText()
    private(set) var title: String?
    /// The first heading, without its number, if nothing comes before it.
    private(set) var openingHeading: String?

    /// What the body refers to.
    struct RelatedParts {
        var styles = WordStyles()
        var numbering = WordNumbering()
        var footnotes: [String: String] = [:]
        var endnotes: [String: String] = [:]
        var comments: [String: String] = [:]
        /// What a relationship of the part shows in its place.
        var pieces: (String, Kind) -> [OfficeParts.Piece] = { _, _ in [] }

        /// What a relationship leads to.
        enum Kind { case chart, diagram, file, object }
    }

    private var parts: RelatedParts
    private var contexts = [Context()]
    private var passed = PassedElements()
    private var isText = false
    private var isHidden = false
    private var isInRun = false
    private var isLooseFormula = false

    /// The body, or a text box: paragraphs and tables of its own.
    private struct Context {
        var paragraphs: [Paragraph] = []
        var tables = TableCollector()
        /// What a text box has; the body's goes to the rendering at once.
        var pieces: [OfficeParts.Piece] = []
    }

    private struct Paragraph {
        var text = ""
        var level: Int?
        var list: String?
        var depth = 0
        var isContents = false
        /// What hangs on the paragraph.
        var deferred: [OfficeParts.Piece] = []
    }

    /// What was taken out, and what the program writes by itself.
    private static let skipped: Set<String> = ["del", "moveFrom", "instrText", "sdtPr"]

    init(_ parts: RelatedParts) {
        self.parts = parts
    }

    /// Adds the notes and comments that nothing in the text refers to.
    func finish() {
        for notes in [parts.footnotes, parts.endnotes, parts.comments] {
            for (_, text) in notes.sorted(by: { ($0.key.count, $0.key) < ($1.key.count, $1.key) }) {
                rendering.append(text, as: .paragraph)
            }
        }
    }

    // MARK: Events

    func start(_ name: String, _ attributes: XMLAttributes) {
        if passed.begin(name, isUnwanted: Self.skipped.contains(name)) { return }
        switch name {
        case "p": contexts[contexts.count - 1].paragraphs.append(Paragraph())
        case "oMathPara":
            // A formula may stand between paragraphs.
            guard contexts[contexts.count - 1].paragraphs.isEmpty else { return }
            change { $0.paragraphs.append(Paragraph()) }
            isLooseFormula = true
        case "r":
            isInRun = true
            isHidden = false
        case "vanish", "webHidden": if isInRun { isHidden = isOn(attributes) }
        case "t": isText = true
        case "tab": add("\t")
        case "br", "cr": add("\n")
        case "noBreakHyphen": add("-")
        case "softHyphen": break
        case "txbxContent": contexts.append(Context())
        case "den": add("/")
        case "sup": add("^")
        case "sub": add("_")
        case "tbl": change { $0.tables.open() }
        case "tr": change { $0.tables.startRow() }
        case "tc": change { $0.tables.startCell() }
        case "gridSpan":
            let span = attributes["val"].flatMap { Int($0) } ?? 1
            change { $0.tables.span = span }
        case "vMerge":
            if attributes["val"] != "restart" { change { $0.tables.continuesAbove = true } }
        default: startReference(name, attributes)
        }
    }

    private func startReference(_ name: String, _ attributes: XMLAttributes) {
        let id = attributes["id"] ?? ""
        switch name {
        case "footnoteReference":
            if let note = parts.footnotes.removeValue(forKey: id) { add(" (\(note))") }
        case "endnoteReference":
            if let note = parts.endnotes.removeValue(forKey: id) { add(" (\(note))") }
        case "commentReference":
            if let comment = parts.comments.removeValue(forKey: id) {
                hang([.text(comment)])
            }
        case "chart": show(attributes.relation.map { parts.pieces($0, .chart) } ?? [])
        case "relIds":
            show(attributes.inNamespace("dm").map { parts.pieces($0, .diagram) } ?? [])
        case "OLEObject": show(attributes.relation.map { parts.pieces($0, .object) } ?? [])
        case "textpath":
            // Words drawn as a picture.
            let words = attributes["string"] ?? ""
            if words.contains(where: \.isLetter) { show([.text(words)]) }
        case "sym":
            if let sign = SymbolFonts.character(attributes["char"] ?? "", attributes["font"] ?? "")
            {
                add(sign)
            }
        case "altChunk":
            let pieces = attributes.relation.map { parts.pieces($0, .file) } ?? []
            emit(pieces)
        case "docPr":
            // What a picture shows, where somebody has said it.
            let words = attributes["descr"] ?? ""
            if words.split(separator: " ").count > 1 { hang([.text("Picture: " + words)]) }
        default: startProperty(name, attributes)
        }
    }

    private func startProperty(_ name: String, _ attributes: XMLAttributes) {
        let value = attributes["val"]
        changeParagraph { paragraph in
            switch name {
            case "pStyle":
                guard let style = value else { return }
                paragraph.level = parts.styles.level(of: style)
                paragraph.isContents = parts.styles.isContents(style)
                if let (list, depth) = parts.styles.list(of: style) {
                    paragraph.list = list
                    paragraph.depth = depth
                }
            case "outlineLvl": paragraph.level = value.flatMap { Int($0) }.map { min($0, 8) + 1 }
            case "ilvl": paragraph.depth = value.flatMap { Int($0) } ?? 0
            case "numId": paragraph.list = value == "0" ? nil : value
            default: break
            }
        }
    }

    func characters(_ text: String) {
        guard isText, passed.takesText() else { return }
        add(text)
    }

    func end(_ name: String) {
        if passed.end(name) { return }
        switch name {
        case "t": isText = false
        case "r":
            isInRun = false
            isHidden = false
        case "p": endParagraph()
        case "oMathPara":
            if isLooseFormula { endParagraph() }
            isLooseFormula = false
        case "tc": change { $0.tables.endCell() }
        case "tbl":
            var rows: [[String]]?
            change { rows = $0.tables.close() }
            if let rows { emit([.table(rows)]) }
        case "txbxContent":
            guard contexts.count > 1, let box = contexts.popLast() else { return }
            hang(box.pieces)
        default: break
        }
    }

    private func isOn(_ attributes: XMLAttributes) -> Bool {
        !["0", "false", "off"].contains(attributes["val"] ?? "1")
    }

    // MARK: Text

    private func change(_ body: (inout Context) -> Void) { body(&contexts[contexts.count - 1]) }

    private func changeParagraph(_ body: (inout Paragraph) -> Void) {
        change { context in
            guard !context.paragraphs.isEmpty else { return }
            body(&context.paragraphs[context.paragraphs.count - 1])
        }
    }

    private func add(_ text: String) {
        if !isHidden { changeParagraph { $0.text += text } }
    }

    /// Keeps what hangs on the paragraph until that ends.
    private func hang(_ pieces: [OfficeParts.Piece]) {
        if contexts[contexts.count - 1].paragraphs.isEmpty { return emit(pieces) }
        changeParagraph { $0.deferred += pieces }
    }

    /// Hangs what a drawing shows on the paragraph.
    private func show(_ pieces: [OfficeParts.Piece]) {
        if !pieces.isEmpty { passed.showsSomething() }
        hang(pieces)
    }

    /// Puts pieces where they belong: into the cell that is open, the text box or the document.
    private func emit(_ pieces: [OfficeParts.Piece]) {
        if contexts[contexts.count - 1].tables.isOpen {
            for piece in pieces {
                switch piece {
                case .text(let text), .item(let text), .heading(let text, _):
                    change { $0.tables.append(text) }
                case .table(let rows):
                    for row in rows { change { $0.tables.append(row.joined(separator: " ")) } }
                case .blocks(let blocks):
                    for block in blocks { change { $0.tables.append(block.text) } }
                }
            }
        } else if contexts.count > 1 {
            change { $0.pieces += pieces }
        } else {
            rendering.append(pieces)
        }
    }

    private func endParagraph() {
        var ended: Paragraph?
        change { ended = $0.paragraphs.popLast() }
        guard let paragraph = ended else { return }
        if !paragraph.isContents, paragraph.text.contains(where: { !$0.isWhitespace }) {
            emit([piece(of: paragraph)])
        }
        emit(paragraph.deferred)
    }

    private func piece(of paragraph: Paragraph) -> OfficeParts.Piece {
        let isInCell = contexts[contexts.count - 1].tables.isOpen
        let mark = paragraph.list.map {
            parts.numbering.nextMark(list: $0, depth: paragraph.depth)
        }
        if let level = paragraph.level, !isInCell {
            let line = paragraph.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if level == 0, title == nil { title = line }
            if rendering.blocks.isEmpty, level <= 1 { openingHeading = line }
            let number = mark.map { $0 == "-" ? "" : $0 + " " } ?? ""
            return .heading(number + line, level: max(level, 1))
        }
        guard let mark else { return .text(paragraph.text) }
        let indent = isInCell ? "" : String(repeating: "  ", count: min(max(paragraph.depth, 0), 8))
        return .item(indent + mark + " " + paragraph.text)
    }
}

/// Collects the notes or comments of a Word document, by their identifiers.
final class WordNotes: XMLHandler {
    /// The texts, with the author before that of a comment.
    private(set) var texts: [String: String] = [:]
    private var id: String?
    private var text = ""
    private var isText = false
    private var author = ""

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "footnote", "endnote", "comment":
            // The marks between a text and its notes are notes themselves.
            let type = attributes["type"] ?? "normal"
            id = type == "normal" ? attributes["id"] : nil
            author = name == "comment" ? "Comment by \(attributes["author"] ?? "?"): " : ""
            text = ""
        case "t": isText = true
        case "p", "br", "tab": text += " "
        default: break
        }
    }

    func characters(_ text: String) {
        if isText { self.text += text }
    }

    func end(_ name: String) {
        switch name {
        case "t": isText = false
        case "footnote", "endnote", "comment":
            let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if let id, !words.isEmpty { texts[id] = author + words }
            id = nil
        default: break
        }
    }
}
