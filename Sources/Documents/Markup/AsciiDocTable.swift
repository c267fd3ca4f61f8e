/// The rows of a table of AsciiDoc.
///
/// A cell begins at its separator and goes on to the next one, over as many lines as it needs; how many
/// cells make a row is said by `cols`, or else by the first line. Before a separator may stand how far
/// the cell reaches and how it looks: `2+|`, `.3+^|`, `a|`.
struct AsciiDocTable {
    /// The forms in which cells are written.
    enum Form {
        case cells(separator: UInt8)
        case values(separator: UInt8)
    }

    /// The lines of a cell.
    typealias Cell = [Range<Int>]

    private struct Placed {
        var lines: Cell
        var columns = 1
        var rows = 1
        var copies = 1
    }

    private let source: SourceText
    private var cells: [Placed] = []
    private var firstLine = 0

    /// The rows between two lines of the source.
    ///
    /// - Parameters:
    ///   - source: The document.
    ///   - lines: The numbers of the lines between the table's delimiters.
    ///   - form: How the cells are written.
    ///   - columns: What `cols` says, if anything.
    /// - Returns: The rows, a cell that reaches down in each row that it reaches.
    static func rows(
        _ source: SourceText,
        lines: Range<Int>,
        form: Form,
        columns: Int?
    ) -> [[Cell]] {
        switch form {
        case .values(let separator):
            return lines.compactMap { line in
                let range = source.trimmedRange(ofLine: line)
                if range.isEmpty { return nil }
                return source.cells(range, between: separator).map { [unquoted($0, source)] }
            }
        case .cells(let separator):
            var table = AsciiDocTable(source: source)
            table.collect(lines, separator)
            return table.rows(columns ?? max(table.firstLine, 1))
        }
    }

    private init(source: SourceText) { self.source = source }

    private static func unquoted(_ range: Range<Int>, _ source: SourceText) -> Range<Int> {
        guard range.count > 1, source.utf8[range.lowerBound] == 0x22,
            source.utf8[range.upperBound - 1] == 0x22
        else { return range }
        return (range.lowerBound + 1)..<(range.upperBound - 1)
    }

    /// Reads the `cols` of a table's attributes: `1,2a,3*`.
    static func columns(_ attribute: String) -> Int? {
        var count = 0
        for part in attribute.split(whereSeparator: { $0 == "," || $0 == ";" }) {
            let copies = part.firstIndex(of: "*").flatMap {
                Int(part[..<$0].trimmed)
            }
            count += min(max(copies ?? 1, 1), 1000)
        }
        return (1...1000).contains(count) ? count : nil
    }

    // MARK: Cells

    private mutating func collect(_ lines: Range<Int>, _ separator: UInt8) {
        var next = Placed(lines: [])
        var isFirst = true
        for line in lines {
            let range = source.trimmedRange(ofLine: line)
            if range.isEmpty { continue }
            var start = range.lowerBound
            var i = start
            var isOnLine = false
            while i < range.upperBound {
                guard source.utf8[i] == separator,
                    i == range.lowerBound || source.utf8[i - 1] != 0x5C
                else {
                    i += 1
                    continue
                }
                let (text, placed) = specified(source.trimmed(start..<i))
                close(&next, text, isOnLine)
                next = placed
                isOnLine = true
                start = i + 1
                i = start
            }
            let rest = source.trimmed(start..<range.upperBound)
            if isOnLine {
                next.lines = rest.isEmpty ? [] : [rest]
                cells.append(next)
            } else if !cells.isEmpty, !rest.isEmpty {
                cells[cells.count - 1].lines.append(rest)
            }
            if isFirst, isOnLine {
                firstLine = cells.reduce(0) { $0 + $1.columns * $1.copies }
                isFirst = false
            }
        }
    }

    /// Ends the cell before a separator: the one that began on this line, or on one above.
    private mutating func close(_ next: inout Placed, _ text: Range<Int>, _ isOnLine: Bool) {
        if isOnLine {
            next.lines = text.isEmpty ? [] : [text]
            cells.append(next)
        } else if !text.isEmpty, !cells.isEmpty {
            cells[cells.count - 1].lines.append(text)
        }
    }

    /// What stands before a separator without the specifier of the next cell, and what that says.
    private func specified(_ range: Range<Int>) -> (text: Range<Int>, next: Placed) {
        let bytes = source.utf8[range]
        let start = bytes.lastIndex { $0 <= 0x20 }.map { $0 + 1 } ?? range.lowerBound
        var placed = Placed(lines: [])
        var rest = bytes[start...]
        let digits = rest.prefix { (0x30...0x39).contains($0) || $0 == 0x2E }
        if let mark = rest.dropFirst(digits.count).first, mark == 0x2B || mark == 0x2A,
            !digits.isEmpty
        {
            let numbers = String(decoding: digits, as: UTF8.self)
                .split(separator: ".", omittingEmptySubsequences: false)
                .map { min(max(Int($0) ?? 1, 1), 1000) }
            if mark == 0x2A { placed.copies = numbers[0] } else { placed.columns = numbers[0] }
            if mark == 0x2B, numbers.count > 1 { placed.rows = numbers[1] }
            rest = rest.dropFirst(digits.count + 1)
        }
        rest = rest.drop { "<>^.".utf8.contains($0) }
        if let style = rest.first, "aehlmsdv".utf8.contains(style) { rest = rest.dropFirst() }
        guard rest.isEmpty, start < range.upperBound else { return (range, Placed(lines: [])) }
        return (source.trimmed(range.lowerBound..<start), placed)
    }

    // MARK: Rows

    private func rows(_ columns: Int) -> [[Cell]] {
        var rows: [[Cell]] = []
        var row: [Cell] = []
        var width = 0
        var reaching: [Int: (rows: Int, cell: Cell)] = [:]
        func fill() {
            while let above = reaching[width], width < columns {
                row.append(above.cell)
                reaching[width] = above.rows > 1 ? (above.rows - 1, above.cell) : nil
                width += 1
            }
        }
        func endRow() {
            fill()
            guard width >= columns else { return }
            rows.append(row)
            row = []
            width = 0
        }
        for cell in cells {
            for _ in 0..<cell.copies {
                fill()
                if cell.rows > 1 { reaching[width] = (cell.rows - 1, cell.lines) }
                row.append(cell.lines)
                width += cell.columns
                endRow()
                // A table of a few words is not blown up by its numbers.
                if rows.count > 100_000 { return rows }
            }
        }
        if !row.isEmpty { rows.append(row) }
        return rows
    }
}

extension Substring {
    /// The text without spaces at its ends.
    fileprivate var trimmed: Substring {
        var rest = self
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}
