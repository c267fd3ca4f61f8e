/// The cells of one sheet of a workbook.
final class SheetContent: XMLHandler {
    /// Set when cells stand so far to the right that the empty ones before them fill the memory.
    private(set) var isTooLarge = false

    private var grid = SheetGrid()
    private var cellCount = 0
    private let strings: [String]
    private let styles: NumberStyles
    private let startsIn1904: Bool
    private var row: [String] = []
    private var number = 0
    private var column = 0
    private var kind = ""
    private var style = 0
    private var value = ""
    private var formula = ""
    private var isValue = false
    private var isFormula = false

    private static let maximumCells = 8_000_000

    init(strings: [String], styles: NumberStyles, startsIn1904: Bool) {
        self.strings = strings
        self.styles = styles
        self.startsIn1904 = startsIn1904
    }

    /// The filled rows, a merged cell in each row that it reaches over, and the rows' numbers.
    func table() -> (rows: [[String]], numbers: [Int]) { grid.table() }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "row":
            row = []
            column = 0
            number = attributes.number("r", in: 0...CellReference.maximumRow) ?? number + 1
        case "c":
            column = attributes["r"].map(CellReference.column) ?? column + 1
            kind = attributes["t"] ?? "n"
            style = attributes["s"].flatMap { Int($0) } ?? 0
            value = ""
            formula = ""
        case "v", "t": isValue = true
        case "f": isFormula = true
        case "mergeCell": addMerged(attributes["ref"] ?? "")
        default: break
        }
    }

    func characters(_ text: String) {
        if isValue { value += text }
        if isFormula { formula += text }
    }

    func end(_ name: String) {
        switch name {
        case "v", "t": isValue = false
        case "f": isFormula = false
        case "c":
            let text = shown()
            guard !text.isEmpty, (1...SheetGrid.maximumColumns).contains(column) else { return }
            cellCount += max(column - row.count, 1)
            isTooLarge = cellCount > Self.maximumCells
            if isTooLarge { return }
            while row.count < column - 1 { row.append("") }
            row.append(text)
        case "row": grid.append(row, number: number)
        default: break
        }
    }

    private func addMerged(_ reference: String) {
        let ends = reference.split(separator: ":").map(String.init)
        guard ends.count == 2 else { return }
        grid.merge(
            from: CellReference.row(ends[0]),
            to: CellReference.row(ends[1]),
            column: CellReference.column(ends[0])
        )
    }

    private func shown() -> String {
        // A formula that no program has worked out yet says at least what is asked for.
        if value.isEmpty, !formula.isEmpty { return "=" + formula }
        switch kind {
        case "s":
            return Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
        case "b": return value == "1" ? "TRUE" : "FALSE"
        case "n":
            guard let number = Double(value) else { return value }
            return styles.shown(number, written: value, style, startsIn1904: startsIn1904)
        default: return value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }
}

/// Names of cells: `B7`.
enum CellReference {
    /// The number of the column, from 1; 0 if there is none.
    static func column(_ reference: String) -> Int {
        var column = 0
        for byte in reference.utf8 where byte != UInt8(ascii: "$") {
            guard (0x41...0x5A).contains(byte), column < 100_000 else { break }
            column = column * 26 + Int(byte) - 0x40
        }
        return column
    }

    /// The name of a cell by its row and column, both from 1.
    static func name(row: Int, column: Int) -> String {
        var letters = ""
        var rest = column
        while rest > 0 {
            letters = String(Character(Unicode.Scalar(UInt8(65 + (rest - 1) % 26)))) + letters
            rest = (rest - 1) / 26
        }
        return letters + "\(row)"
    }

    /// The number of the row, from 1; 0 if there is none.
    static func row(_ reference: String) -> Int {
        min(Int(reference.drop { !$0.isNumber }) ?? 0, maximumRow)
    }

    /// Rows far beyond those of any program.
    static let maximumRow = 1 << 32
}

/// The styles of a workbook, as far as they say how numbers are shown.
final class CellStyles: XMLHandler {
    private(set) var numbers = NumberStyles()
    private var isInCellFormats = false

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "numFmt":
            guard let id = attributes["numFmtId"].flatMap({ Int($0) }),
                let code = attributes["formatCode"]
            else { return }
            numbers.add(code, as: id)
        case "cellXfs": isInCellFormats = true
        case "xf":
            guard isInCellFormats else { return }
            numbers.formatOfStyle.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
        default: break
        }
    }

    func end(_ name: String) {
        if name == "cellXfs" { isInCellFormats = false }
    }

    func characters(_ text: String) {}
}

/// How the styles of a workbook show numbers.
struct NumberStyles {
    /// The number of each style's format, by the index of the style.
    var formatOfStyle: [Int] = []
    private var formats: [Int: NumberFormat] = [:]

    /// Adds a format of the workbook's own; one longer than anybody writes is left out.
    mutating func add(_ code: String, as id: Int) {
        if code.utf8.count < 500 { formats[id] = NumberFormat(code) }
    }

    /// What a cell of a style shows of a number.
    func shown(_ number: Double, written: String, _ style: Int, startsIn1904: Bool) -> String {
        guard formatOfStyle.indices.contains(style),
            let format = formats[formatOfStyle[style]]
                ?? NumberFormat(builtIn: formatOfStyle[style])
        else { return NumberFormat.general(number, written: written) }
        let text = format.shown(number, written: written, startsIn1904: startsIn1904)
        // Formats may hide a number; it is there all the same.
        return text.isEmpty ? NumberFormat.general(number, written: written) : text
    }
}

/// Remarks on the cells of a sheet.
final class SheetComments: XMLHandler {
    /// The texts by the cell's name, in the file's order.
    private(set) var comments: [(cell: String, text: String)] = []
    private var text = ""
    private var isText = false
    private var cell = ""

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "comment", "threadedComment":
            cell = attributes["ref"] ?? ""
            text = ""
        case "t": isText = true
        case "text": isText = true
        default: break
        }
    }

    func characters(_ text: String) {
        if isText { self.text += text }
    }

    func end(_ name: String) {
        switch name {
        case "t": isText = false
        case "comment", "threadedComment":
            isText = false
            let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if !words.isEmpty { comments.append((cell, words)) }
        default: break
        }
    }
}
