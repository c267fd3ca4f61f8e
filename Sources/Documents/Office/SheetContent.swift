internal import NumberFormats

/// The cells of one sheet of a workbook.
final class SheetContent: XMLHandler {
    /// Set when cells stand so far to the right that the empty ones before them fill the memory.
    private(set) var isTooLarge = false

    /// What is printed above and below every page.
    private(set) var furniture: [String] = []

    private var grid = SheetGrid()
    private var edge: String?
    private static let edges: Set<String> = [
        "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter",
    ]
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
    private var isReading = false

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
        case "v": isValue = true
        case "t": isValue = !isReading
        // How a word is pronounced, beside the word.
        case "rPh": isReading = true
        case "f": isFormula = true
        case "mergeCell": addMerged(attributes["ref"] ?? "")
        case _ where Self.edges.contains(name): edge = ""
        default: break
        }
    }

    func characters(_ text: String) {
        edge? += text
        if isValue { value += text }
        if isFormula { formula += text }
    }

    func end(_ name: String) {
        switch name {
        case "v", "t": isValue = false
        case "rPh": isReading = false
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
        case _ where Self.edges.contains(name):
            if let edge { furniture += Self.parts(ofEdge: edge) }
            edge = nil
        default: break
        }
    }

    /// The words of what is printed above and below every page: `&LLeft&CPage &P of &N`.
    private static func parts(ofEdge text: String) -> [String] {
        var parts = [""]
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "&", let code = rest.popFirst() else {
                parts[parts.count - 1].append(character)
                continue
            }
            switch code {
            case "L", "C", "R": parts.append("")
            case "&": parts[parts.count - 1].append("&")
            // The name of a font stands in quotation marks, its size in digits, its color in six of them.
            case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
            case "K": rest = rest.dropFirst(6)
            case _ where code.isNumber: rest = rest.drop { $0.isNumber }
            default: break
            }
        }
        return parts.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }

    private func addMerged(_ reference: String) {
        let ends = reference.split(separator: ":").map(String.init)
        guard ends.count == 2 else { return }
        grid.merge(
            from: CellReference.row(ends[0]),
            to: CellReference.row(ends[1]),
            column: CellReference.column(ends[0])
        )
        let columns = (CellReference.column(ends[0]), CellReference.column(ends[1]))
        if columns.0 < columns.1 {
            grid.merge(row: CellReference.row(ends[0]), columns: columns.0...columns.1)
        }
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
        default:
            return SheetEscapes.resolved(value).split(whereSeparator: \.isWhitespace)
                .joined(separator: " ")
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
    var comments: [(cell: String, text: String)] {
        // For older programs the last comment says again what the replies in a thread say.
        let threads = Set(found.filter(\.isThread).map(\.cell))
        return found.filter { $0.isThread || !$0.isCopy || !threads.contains($0.cell) }
            .map { ($0.cell, $0.text) }
    }

    private var found: [(cell: String, text: String, isThread: Bool, isCopy: Bool)] = []
    /// Who wrote them; the author of a thread's copy is the thread.
    private var authors: [String] = []
    private var author = 0
    private var text = ""
    private var isText = false
    private var cell = ""

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "comment", "threadedComment":
            cell = attributes["ref"] ?? ""
            author = attributes["authorId"].flatMap { Int($0) } ?? -1
            text = ""
        case "t": isText = true
        case "text": isText = true
        case "author":
            isText = true
            text = ""
        default: break
        }
    }

    func characters(_ text: String) {
        if isText { self.text += text }
    }

    func end(_ name: String) {
        switch name {
        case "t": isText = false
        case "author":
            isText = false
            authors.append(text)
        case "comment", "threadedComment":
            isText = false
            let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let isCopy = authors.indices.contains(author) && authors[author].hasPrefix("tc=")
            if !words.isEmpty { found.append((cell, words, name == "threadedComment", isCopy)) }
        default: break
        }
    }
}

/// Characters that a workbook writes as `_x000D_`.
enum SheetEscapes {
    /// The text with such characters as they are; line ends are spaces.
    static func resolved(_ text: String) -> String {
        guard text.contains("_x") else { return text }
        var result = ""
        var rest = text[...]
        while let mark = rest.firstRange(of: "_x") {
            result += rest[..<mark.lowerBound]
            let digits = rest[mark.upperBound...].prefix(4)
            guard digits.count == 4, digits.endIndex < rest.endIndex, rest[digits.endIndex] == "_",
                let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value)
            else {
                result += "_x"
                rest = rest[mark.upperBound...]
                continue
            }
            result.unicodeScalars.append(value < 0x20 ? " " : scalar)
            rest = rest[rest.index(after: digits.endIndex)...]
        }
        return result + rest
    }
}
