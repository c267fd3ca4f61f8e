/// Collects the rows of a table, however deep others are nested in its cells.
struct TableCollector {
    /// How many tables are open.
    private(set) var depth = 0
    private var rows: [[String]] = []
    private var cell = ""
    private var cellCount = 0

    /// How many columns the cell that is open takes: the others of them stay empty.
    var span = 1
    /// Whether the cell that is open is the lower part of the one above it.
    var continuesAbove = false
    /// Cells that reach into the rows below: how many more, and what they say, by column.
    private var reaching: [Int: (rows: Int, text: String)] = [:]

    /// More cells than anybody fills: a small file can say that one repeats millions of times.
    private static let maximumCells = 2_000_000

    /// Whether text belongs into a cell.
    var isOpen: Bool { depth > 0 }

    mutating func open() {
        depth += 1
    }

    /// Ends a table; its rows once the outermost has ended.
    mutating func close() -> [[String]]? {
        depth = max(depth - 1, 0)
        guard depth == 0 else { return nil }
        defer {
            rows = []
            reaching = [:]
        }
        return rows
    }

    mutating func startRow() {
        if depth == 1 { rows.append([]) }
    }

    mutating func startCell() {
        guard depth == 1 else { return }
        cell = ""
        span = 1
        continuesAbove = false
        rowSpan = 1
    }

    /// How many rows the cell that is open reaches over.
    var rowSpan = 1

    /// Adds a paragraph to the cell.
    mutating func append(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !words.isEmpty { cell += cell.isEmpty ? words : " " + words }
    }

    /// Adds text to a cell in which there is none.
    mutating func appendIfEmpty(_ text: String) {
        if cell.isEmpty, depth == 1 { append(text) }
    }

    /// Ends a cell that stands for `count` of the same; what has no end is cut.
    mutating func endCell(repeated count: Int = 1) {
        guard depth == 1, !rows.isEmpty else { return }
        let column = rows[rows.count - 1].count
        if cell.isEmpty { cell = textAbove(column) }
        if rowSpan > 1, !cell.isEmpty { reaching[column] = (min(rowSpan, 1000) - 1, cell) }
        defer {
            let empty = min(max(span, 1) - 1, 63, max(Self.maximumCells - cellCount, 0))
            cellCount += empty
            rows[rows.count - 1] += [String](repeating: "", count: empty)
        }
        let count = min(count, cell.isEmpty ? 256 : 16, Self.maximumCells - cellCount)
        cellCount += max(count, 0)
        for _ in 0..<max(count, 0) { rows[rows.count - 1].append(cell) }
        cell = ""
    }

    /// What an empty cell says because the one above it reaches into it.
    private mutating func textAbove(_ column: Int) -> String {
        if continuesAbove, rows.count > 1, column < rows[rows.count - 2].count {
            return rows[rows.count - 2][column]
        }
        guard let above = reaching[column] else { return "" }
        reaching[column] = above.rows > 1 ? (above.rows - 1, above.text) : nil
        return above.text
    }
}

extension ExtractedText {
    /// Adds a table: rows below each other, cells separated by ` | `; one row is a paragraph.
    mutating func append(table rows: [[String]]) {
        let lines = rows.filter { $0.contains { !$0.isEmpty } }.map(Self.line)
        append(lines.joined(separator: "\n"), as: lines.count > 1 ? .table : .paragraph)
    }

    private static func line(_ row: [String]) -> String {
        var row = row
        while row.last?.isEmpty ?? false { row.removeLast() }
        return row.joined(separator: " | ")
    }

    /// Adds a sheet of data: each row a record, its cells named by the header if there is one; what
    /// stands above the header comes first.
    ///
    /// - Parameters:
    ///   - rows: The cells.
    ///   - notes: Remarks on rows, by the row's index: they end its record.
    mutating func append(sheet rows: [[String]], notes: [Int: [String]] = [:]) {
        let filled = rows.indices.filter { row in
            rows[row].contains { !$0.isEmpty } || notes[row] != nil
        }
        let header = HeaderRow.index(in: filled.map { rows[$0] })
        var names = header.map { rows[filled[$0]] } ?? []
        // Names over several columns have the names of these below them.
        var second: Int?
        if let header, header + 2 < filled.count,
            let both = HeaderRow.joined(names, rows[filled[header + 1]])
        {
            names = both
            second = header + 1
        }
        for (place, index) in filled.enumerated() where place != header && place != second {
            var lines: [String] = []
            if let header, place > header {
                for (column, value) in rows[index].enumerated() where !value.isEmpty {
                    let name = column < names.count ? Self.name(names[column]) : ""
                    lines.append(name.isEmpty ? value : "\(name): \(value)")
                }
            } else {
                lines = [Self.line(rows[index].filter { !$0.isEmpty })]
            }
            lines += notes[index] ?? []
            let isTitle = header.map { place < $0 } ?? false
            append(lines.joined(separator: "\n"), as: isTitle ? .paragraph : .record)
        }
        // A header without rows is all there is.
        if let header, filled.count == 1 { append(Self.line(rows[filled[header]]), as: .record) }
        if let header, let remarks = notes[filled[header]] {
            append(remarks.joined(separator: "\n"), as: .paragraph)
        }
    }

    private static func name(_ cell: String) -> String {
        cell.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
