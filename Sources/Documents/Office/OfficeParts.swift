/// The parts of an Office file that another part refers to: charts, diagrams, inserted files.
struct OfficeParts {
    let archive: ZipArchive
    let format: String
    let options: ReadingOptions

    /// The relationships that lead to another program's document: a sheet in a text, a text in slides.
    static let embedded: Set<String> = ["package", "oleObject"]

    /// What a part shows in its place.
    enum Piece {
        case text(String)
        case item(String)
        case heading(String, level: Int)
        case table([[String]])
        case blocks([Block])
    }

    /// What a chart says: its title, then a row for each category with the value of each series.
    ///
    /// A chart that is damaged costs itself only.
    func chart(_ part: String) throws(DocumentError) -> [Piece] {
        let chart = ChartContent()
        guard try parses(part, into: chart) else { return [] }
        var pieces = chart.titles.map { Piece.text($0) }
        if !chart.rows.isEmpty { pieces.append(.table(chart.rows)) }
        return pieces
    }

    /// The words of a diagram (SmartArt), one point a line.
    func diagram(_ part: String) throws(DocumentError) -> [Piece] {
        try paragraphs(of: part).map { .item("- " + $0) }
    }

    /// The paragraphs of a drawing, a comment or anything else that has them.
    func paragraphs(of part: String) throws(DocumentError) -> [String] {
        let content = ParagraphContent()
        return try parses(part, into: content) ? content.paragraphs : []
    }

    /// A file that was inserted as it is: a page, another document.
    func inserted(_ part: String) throws(DocumentError) -> [Piece] {
        guard let bytes = try archive.contents(of: part),
            let document = options.inner(part, bytes)
        else { return [] }
        return [.blocks(document.blocks)]
    }

    /// A document of another program that is shown in this one: its headings open no sections here.
    func embedded(_ part: String) throws(DocumentError) -> [Piece] {
        try inserted(part).map { piece in
            guard case .blocks(let blocks) = piece else { return piece }
            return .blocks(
                blocks.map { block in
                    var block = block
                    if case .heading = block.kind { block.kind = .paragraph }
                    return block
                }
            )
        }
    }

    private func parses(_ part: String, into handler: any XMLHandler) throws(DocumentError) -> Bool
    {
        do throws(DocumentError) {
            return try archive.parse(part, of: format, into: handler)
        } catch {
            // What came before the damage is there.
            if case .malformed = error { return true }
            throw error
        }
    }
}

extension ExtractedText {
    /// Adds what a part shows.
    mutating func append(_ pieces: [OfficeParts.Piece]) {
        for piece in pieces {
            switch piece {
            case .text(let text): append(text, as: .paragraph)
            case .item(let text): append(text, as: .listItem)
            case .heading(let text, let level): append(text, as: .heading(level: level))
            case .table(let rows): append(table: rows)
            case .blocks(let blocks): append(blocks)
            }
        }
    }
}

/// Which elements of a part are passed over, with all that is in them.
///
/// Where a file has the same thing for newer and for older programs, the newer form is read, unless there
/// are no words in it.
struct PassedElements {
    /// The elements with two forms that are open: whether there have been words in the newer one.
    private var hasWords: [Bool] = []
    /// How many elements are open inside one that is passed over; 0 outside.
    private var depth = 0

    /// Whether an element that begins is passed over; `isUnwanted` are those of a kind that always is.
    mutating func begin(_ name: String, isUnwanted: Bool = false) -> Bool {
        if depth == 0, !isUnwanted {
            if name == "AlternateContent" { hasWords.append(false) }
            guard name == "Fallback", hasWords.last ?? false else { return false }
        }
        depth += 1
        return true
    }

    /// Notes that the form that is open shows something that is no text: a chart.
    mutating func showsSomething() { _ = takesText() }

    /// Whether text that comes is read; it counts as words of the form that is open.
    mutating func takesText() -> Bool {
        guard depth == 0 else { return false }
        for index in hasWords.indices { hasWords[index] = true }
        return true
    }

    /// Whether the element that ends was passed over.
    mutating func end(_ name: String) -> Bool {
        if depth > 0 {
            depth -= 1
            return true
        }
        if name == "AlternateContent" { _ = hasWords.popLast() }
        return false
    }
}

/// Collects the texts of paragraphs, `p` with `t` in them, and of elements `text` without any.
final class ParagraphContent: XMLHandler {
    private(set) var paragraphs: [String] = []
    private var text = ""
    private var isText = false
    private var passed = PassedElements()

    func start(_ name: String, _ attributes: XMLAttributes) {
        if passed.begin(name) { return }
        switch name {
        case "p", "text": finish()
        case "t": isText = true
        case "br", "tab": text += " "
        default: break
        }
        if name == "text" { isText = true }
    }

    func characters(_ text: String) {
        guard isText, passed.takesText() else { return }
        self.text += text
    }

    func end(_ name: String) {
        if passed.end(name) { return }
        switch name {
        case "t": isText = false
        case "p", "text":
            isText = false
            finish()
        default: break
        }
    }

    private func finish() {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !words.isEmpty { paragraphs.append(words) }
        text = ""
    }
}

/// Collects what a chart says.
final class ChartContent: XMLHandler {
    /// The titles of the chart and its axes.
    private(set) var titles: [String] = []
    private var series: [Series] = []
    private var path: [String] = []
    private var text = ""
    private var title = ""

    private struct Series {
        var name = ""
        var categories: [Int: String] = [:]
        var values: [Int: String] = [:]
    }

    private var index = 0
    /// Newer charts have their categories and their values in tables before the series.
    private var isExtended = false

    /// More points than a chart shows.
    private static let maximumPoints = 2000

    /// A header with the names of the series, then a row for each category.
    var rows: [[String]] {
        let count =
            (series.flatMap { Array($0.categories.keys) + Array($0.values.keys) }.max() ?? -1) + 1
        guard count > 0, count <= Self.maximumPoints else { return [] }
        var rows: [[String]] = []
        if series.contains(where: { !$0.name.isEmpty }) { rows.append([""] + series.map(\.name)) }
        for index in 0..<count {
            let category = series.lazy.compactMap { $0.categories[index] }.first ?? ""
            let row = [category] + series.map { $0.values[index] ?? "" }
            if row.contains(where: { !$0.isEmpty }) { rows.append(row) }
        }
        return rows
    }

    func start(_ name: String, _ attributes: XMLAttributes) {
        path.append(name)
        switch name {
        case "ser": series.append(Series())
        case "data" where path.contains("chartData"):
            isExtended = true
            series.append(Series())
        case "pt":
            index = attributes["idx"].flatMap { Int($0) } ?? index
            text = ""
        case "title": title = ""
        case "v", "t": text = ""
        case "p": if !title.isEmpty { title += " " }
        default: break
        }
    }

    func characters(_ text: String) { self.text += text }

    func end(_ name: String) {
        defer { _ = path.popLast() }
        switch name {
        case "t" where path.contains("title"): title += text
        case "v" where isExtended: addExtended()
        case "v": addValue()
        case "pt" where isExtended: addPoint()
        case "title":
            let words = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if !words.isEmpty { titles.append(words) }
        default: break
        }
    }

    /// A name of a newer chart: of the chart, or of its series in their order.
    private func addExtended() {
        if path.contains("title") {
            title += text
        } else if path.contains("series"), path.contains("tx"),
            let unnamed = series.firstIndex(where: { $0.name.isEmpty })
        {
            series[unnamed].name = text
        }
    }

    private func addPoint() {
        guard let last = series.indices.last, (0..<Self.maximumPoints).contains(index) else {
            return
        }
        if path.contains("strDim") {
            let before = series[last].categories[index].map { $0 + " " } ?? ""
            series[last].categories[index] = before + text
        } else if path.contains("numDim") {
            series[last].values[index] = text
        }
    }

    private func addValue() {
        guard !series.isEmpty, path.contains("ser") else { return }
        let last = series.count - 1
        guard index >= 0, index < Self.maximumPoints else { return }
        if path.contains("cat") || path.contains("xVal") {
            series[last].categories[index] = text
        } else if path.contains("val") || path.contains("yVal") {
            series[last].values[index] = text
        } else if path.contains("tx") {
            series[last].name = text
        }
    }
}
