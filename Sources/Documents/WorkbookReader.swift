/// Reads Excel workbooks (`.xlsx`): each sheet a page under its name, each row a record.
struct WorkbookReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "xlsx",
        version: 1,
        recognizes: { $0.package?.kind == .workbook },
        make: { WorkbookReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let name = "workbook"
        let archive = try ZipArchive(bytes, format: name, limit: options.maximumBytes)
        let main = try archive.mainPart(orElse: "xl/workbook.xml", format: name)
        let book = WorkbookSheets()
        try archive.parse(main, of: name, into: book)
        let related = try archive.relations(of: main, format: name)
        let files = Dictionary(related.map { ($0.id, $0.target) }, uniquingKeysWith: { $1 })
        func part(_ kind: String) -> String {
            related.first { $0.kind == kind }?.target ?? "xl/\(kind).xml"
        }
        let strings = SharedStrings()
        try archive.parse(part("sharedStrings"), of: name, into: strings)
        let styles = CellStyles()
        try archive.parse(part("styles"), of: name, into: styles)
        var result = RenderedDraft()
        for sheet in book.sheets {
            guard let file = files[sheet.id] else { continue }
            result.rendering.beginPage()
            let rows = SheetRows(
                strings: strings.strings,
                styles: styles,
                startsIn1904: book.is1904
            )
            try archive.parse(file, of: name, into: rows)
            if rows.isTooLarge {
                throw .malformed(format: name, reason: "more cells than anybody fills")
            }
            guard !rows.rows.isEmpty else { continue }
            result.rendering.append(sheet.name, as: .heading(level: 1))
            result.rendering.append(sheet: rows.rows)
        }
        try archive.fill(&result.draft, from: "docProps/core.xml")
        return result
    }
}

private final class WorkbookSheets: XMLHandler {
    private(set) var sheets: [(name: String, id: String)] = []
    private(set) var is1904 = false

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "workbookPr": is1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
        case "sheet":
            guard let id = attributes.relation, attributes["state"] != "veryHidden" else { return }
            sheets.append((attributes["name"] ?? "", id))
        default: break
        }
    }

    func end(_ name: String) {}
    func characters(_ text: String) {}
}

private final class SharedStrings: XMLHandler {
    private(set) var strings: [String] = []
    private var text = ""
    private var isText = false
    private var isReading = false

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "si": text = ""
        case "t": isText = !isReading
        // How a word is pronounced, beside the word.
        case "rPh": isReading = true
        default: break
        }
    }

    func characters(_ text: String) {
        if isText { self.text += text }
    }

    func end(_ name: String) {
        switch name {
        case "t": isText = false
        case "rPh": isReading = false
        case "si": strings.append(text)
        default: break
        }
    }
}

/// Which cell styles show a number as a date.
private final class CellStyles: XMLHandler {
    private var dateFormats: Set<Int> = Set(14...22).union(27...36).union(45...47)
    private var styles: [Int] = []
    private var isInCellFormats = false

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "numFmt":
            guard let id = attributes["numFmtId"].flatMap({ Int($0) }),
                let code = attributes["formatCode"]
            else { return }
            // What stands in quotation marks or brackets is no part of the pattern.
            var isPattern = true
            let pattern = code.lowercased().filter { character in
                if "\"[]".contains(character) { isPattern.toggle() }
                return isPattern
            }
            if pattern.contains(where: { "ymdh".contains($0) }) { dateFormats.insert(id) }
        case "cellXfs": isInCellFormats = true
        case "xf":
            if isInCellFormats { styles.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0) }
        default: break
        }
    }

    func end(_ name: String) {
        if name == "cellXfs" { isInCellFormats = false }
    }

    func characters(_ text: String) {}

    /// Whether a cell of that style holds a date.
    func isDate(_ style: Int) -> Bool {
        styles.indices.contains(style) && dateFormats.contains(styles[style])
    }
}

/// The cells of one sheet.
private final class SheetRows: XMLHandler {
    private(set) var rows: [[String]] = []
    /// Set when cells stand so far to the right that the empty ones before them fill the memory.
    private(set) var isTooLarge = false

    private var cellCount = 0
    private let strings: [String]
    private let styles: CellStyles
    private let startsIn1904: Bool
    private var row: [String] = []
    private var column = 0
    private var kind = ""
    private var style = 0
    private var value = ""
    private var isValue = false

    /// Columns beyond this one are no table that somebody reads.
    private static let maximumColumns = 2000
    private static let maximumCells = 8_000_000

    init(strings: [String], styles: CellStyles, startsIn1904: Bool) {
        self.strings = strings
        self.styles = styles
        self.startsIn1904 = startsIn1904
    }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "row":
            row = []
            column = 0
        case "c":
            column = attributes["r"].map(Self.column) ?? column + 1
            kind = attributes["t"] ?? "n"
            style = attributes["s"].flatMap { Int($0) } ?? 0
            value = ""
        case "v", "t": isValue = true
        default: break
        }
    }

    func characters(_ text: String) {
        if isValue { value += text }
    }

    func end(_ name: String) {
        switch name {
        case "v", "t": isValue = false
        case "c":
            let text = shown()
            guard !text.isEmpty, (1...Self.maximumColumns).contains(column) else { return }
            cellCount += max(column - row.count, 1)
            isTooLarge = cellCount > Self.maximumCells
            if isTooLarge { return }
            while row.count < column - 1 { row.append("") }
            row.append(text)
        case "row": if !row.isEmpty { rows.append(row) }
        default: break
        }
    }

    /// The number of the column of `B7`.
    private static func column(_ reference: String) -> Int {
        var column = 0
        for byte in reference.utf8 {
            guard (0x41...0x5A).contains(byte), column < 100_000 else { break }
            column = column * 26 + Int(byte) - 0x40
        }
        return column
    }

    private func shown() -> String {
        switch kind {
        case "s":
            return Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
        case "b": return value == "1" ? "TRUE" : "FALSE"
        case "n":
            guard let number = Double(value) else { return value }
            if styles.isDate(style) { return date(number) }
            // Seventeen digits are how a computer keeps 0.1.
            let rounded = (number * 1e10).rounded() / 1e10
            return number == number.rounded() && abs(number) < 1e15
                ? "\(Int(number))" : abs(number) < 1e5 ? "\(rounded)" : "\(number)"
        default: return value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    /// `2024-03-01`, or with the time of day if it has one.
    private func date(_ serial: Double) -> String {
        guard serial >= 0, serial < 2_958_466 else { return "\(serial)" }
        // The first of January 1970 in either way of counting.
        let days = Int(serial) - (startsIn1904 ? 24_107 : 25_569)
        let minutes = min(Int(((serial - serial.rounded(.down)) * 1440).rounded()), 1439)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = minutes > 0 ? "\(two(minutes / 60)):\(two(minutes % 60))" : ""
        if serial < 1 { return time }
        return DocumentDate.day(days) + (time.isEmpty ? "" : " " + time)
    }
}
