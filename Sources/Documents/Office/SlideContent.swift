/// What stands on one slide, or in its notes.
final class SlideContent: XMLHandler {
    /// What a shape refers to that is in a part of its own.
    enum Kind { case chart, diagram, file }

    private enum Item {
        case title(String)
        case body(String, level: Int)
        case text(String)
        case table([[String]])
        case part(String, Kind)
    }

    /// A shape, or a group of them, with its place in units of an English meter.
    private struct Shape {
        var items: [Item] = []
        var place: (x: Int, y: Int)?
        /// The placeholder of the layout that it fills.
        var placeholder: String?
    }

    /// The words of headers and footers.
    private(set) var furniture: [String] = []
    /// What stands outside the placeholders: of a layout, on every slide that has it.
    var loose: [String] {
        shapes.flatMap(\.items).compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    private var shapes: [Shape] = []
    /// The shapes of a group are read in the order of the file, at the place of the group.
    private var groupDepth = 0
    private var text = ""
    private var isText = false
    private var placeholder: String?
    private var isPlaceholder = false
    private var level = 0
    private var tables = TableCollector()
    private var passed = PassedElements()

    /// The placeholders that every slide repeats.
    private static let furniture: Set<String> = ["sldNum", "dt", "ftr", "hdr", "sldImg"]
    /// Shapes whose tops are as near as this stand side by side: a quarter of an inch.
    private static let rowHeight = 228_600

    // MARK: Events

    func start(_ name: String, _ attributes: XMLAttributes) {
        if passed.begin(name) { return }
        switch name {
        case "sp", "graphicFrame", "cxnSp", "pic":
            placeholder = nil
            isPlaceholder = false
            if groupDepth == 0 { shapes.append(Shape()) }
        case "grpSp":
            if groupDepth == 0 { shapes.append(Shape()) }
            groupDepth += 1
        case "off":
            guard !shapes.isEmpty, shapes[shapes.count - 1].place == nil,
                let x = attributes["x"].flatMap({ Int($0) }),
                let y = attributes["y"].flatMap({ Int($0) })
            else { return }
            shapes[shapes.count - 1].place = (x, y)
        case "ph":
            isPlaceholder = true
            placeholder = attributes["type"] ?? "body"
            if groupDepth == 0, !shapes.isEmpty {
                shapes[shapes.count - 1].placeholder =
                    attributes["idx"] ?? (placeholder == "ctrTitle" ? "title" : placeholder)
            }
        case "cNvPr":
            let words = attributes["descr"] ?? ""
            if words.split(separator: " ").count > 1 { add(.text("Picture: " + words)) }
        case "p":
            text = ""
            level = 0
        case "pPr": level = attributes["lvl"].flatMap { Int($0) } ?? 0
        case "t": isText = true
        case "br": text += " "
        case "tbl": tables.open()
        case "tr": tables.startRow()
        case "tc":
            tables.startCell()
            if attributes["vMerge"] == "1" || attributes["vMerge"] == "true" {
                tables.continuesAbove = true
            }
        case "chart": if let id = attributes.relation { show(.part(id, .chart)) }
        case "relIds": if let id = attributes.inNamespace("dm") { show(.part(id, .diagram)) }
        case "oleObj": if let id = attributes.relation { show(.part(id, .file)) }
        default: break
        }
    }

    func characters(_ text: String) {
        guard isText, passed.takesText() else { return }
        self.text += text
    }

    func end(_ name: String) {
        if passed.end(name) { return }
        switch name {
        case "t": isText = false
        case "p": endParagraph()
        case "tc": tables.endCell()
        case "tbl": if let rows = tables.close() { add(.table(rows)) }
        case "grpSp": groupDepth = max(groupDepth - 1, 0)
        default: break
        }
    }

    private func show(_ item: Item) {
        passed.showsSomething()
        add(item)
    }

    private func add(_ item: Item) {
        if shapes.isEmpty { shapes.append(Shape()) }
        shapes[shapes.count - 1].items.append(item)
    }

    private func endParagraph() {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        text = ""
        if tables.isOpen { return tables.append(line) }
        if line.isEmpty { return }
        if Self.furniture.contains(placeholder ?? "") {
            if placeholder == "ftr" || placeholder == "hdr" { furniture.append(line) }
            return
        }
        switch placeholder {
        case "title", "ctrTitle": add(.title(line))
        case _ where isPlaceholder: add(.body(line, level: min(max(level, 0), 8)))
        default: add(.text(line))
        }
    }

    // MARK: Order

    /// Gives the shapes that say nothing of their place those of the layout's placeholders.
    func takePlaces(from layout: SlideContent) {
        for index in shapes.indices where shapes[index].place == nil {
            guard let placeholder = shapes[index].placeholder else { continue }
            shapes[index].place =
                layout.shapes.first { $0.placeholder == placeholder && $0.place != nil }?.place
        }
    }

    /// The shapes from top to bottom; one without a place follows the one before it in the file.
    private var ordered: [Shape] {
        var place = (x: 0, y: 0)
        let keyed = shapes.enumerated().map { index, shape in
            place = shape.place ?? place
            return (row: place.y / Self.rowHeight, x: place.x, index: index, shape: shape)
        }
        return keyed.sorted { ($0.row, $0.x, $0.index) < ($1.row, $1.x, $1.index) }.map(\.shape)
    }

    // MARK: ExtractedText

    /// Adds the slide: its title first, wherever that stands.
    func render(
        into rendering: inout ExtractedText,
        pieces: (String, Kind) -> [OfficeParts.Piece]
    ) {
        let items = ordered.flatMap(\.items)
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
            case .part(let id, let kind): rendering.append(pieces(id, kind))
            }
        }
    }

    /// Adds what the speaker notes say.
    func renderNotes(into rendering: inout ExtractedText) {
        for item in shapes.flatMap(\.items) {
            switch item {
            case .body(let text, _), .text(let text): rendering.append(text, as: .paragraph)
            case .table(let rows): rendering.append(table: rows)
            case .title, .part: break
            }
        }
    }
}
