/// Collects the rows of a table, however deep others are nested in its cells.
struct TableCollector {
    /// How many tables are open.
    private(set) var depth = 0
    private var rows: [[String]] = []
    private var cell = ""
    private var cellCount = 0

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
        defer { rows = [] }
        return rows
    }

    mutating func startRow() {
        if depth == 1 { rows.append([]) }
    }

    mutating func startCell() {
        if depth == 1 { cell = "" }
    }

    /// Adds a paragraph to the cell.
    mutating func append(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !words.isEmpty { cell += cell.isEmpty ? words : " " + words }
    }

    /// Ends a cell that stands for `count` of the same; what has no end is cut.
    mutating func endCell(repeated count: Int = 1) {
        guard depth == 1, !rows.isEmpty else { return }
        let count = min(count, cell.isEmpty ? 256 : 16, Self.maximumCells - cellCount)
        cellCount += max(count, 0)
        for _ in 0..<max(count, 0) { rows[rows.count - 1].append(cell) }
        cell = ""
    }
}

extension Rendering {
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

    /// Adds a sheet of data: each row a record, its cells named by the first row if that has names.
    mutating func append(sheet rows: [[String]]) {
        let rows = rows.filter { $0.contains { !$0.isEmpty } }
        guard let first = rows.first else { return }
        let names = first.filter { !$0.isEmpty }
        let hasNames =
            rows.count > 1 && names.count > 1 && Set(names).count == names.count
            && names.allSatisfy { $0.count < 80 && $0.contains(where: \.isLetter) }
        guard hasNames else {
            for row in rows { append(Self.line(row.filter { !$0.isEmpty }), as: .record) }
            return
        }
        for row in rows.dropFirst() {
            var lines: [String] = []
            for (index, value) in row.enumerated() where !value.isEmpty {
                let name = index < first.count ? first[index] : ""
                lines.append(name.isEmpty ? value : "\(name): \(value)")
            }
            append(lines.joined(separator: "\n"), as: .record)
        }
    }
}
