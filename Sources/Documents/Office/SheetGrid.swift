/// The filled cells of a sheet, by row and column from 1.
struct SheetGrid {
    private var rows: [(number: Int, cells: [String])] = []
    private var merged: [(top: Int, bottom: Int, column: Int)] = []
    private var wide: [(row: Int, columns: ClosedRange<Int>)] = []
    /// The place of each row that did not come in order.
    private var places: [Int: Int] = [:]

    /// Columns beyond this one are no table that somebody reads.
    static let maximumColumns = 2000
    /// The most rows that one merged cell is filled into.
    private static let maximumFill = 10_000
    private static let maximumMerged = 100_000

    /// Adds a row that comes after those before it; nothing if it is empty.
    mutating func append(_ cells: [String], number: Int) {
        if !cells.isEmpty { rows.append((number, cells)) }
    }

    /// Fills one cell; text in a column beyond the last is left out.
    mutating func set(_ text: String, row: Int, column: Int) {
        guard !text.isEmpty, (1...Self.maximumColumns).contains(column) else { return }
        var index = rows.count - 1
        if rows.last?.number != row {
            index = places[row] ?? rows.count
            if index == rows.count { rows.append((row, [])) }
        }
        places[row] = index
        while rows[index].cells.count < column { rows[index].cells.append("") }
        rows[index].cells[column - 1] = text
    }

    /// Notes that a cell reaches down to another row.
    mutating func merge(from top: Int, to bottom: Int, column: Int) {
        guard top > 0, bottom > top, (1...Self.maximumColumns).contains(column),
            merged.count < Self.maximumMerged
        else { return }
        merged.append((top, bottom, column))
    }

    /// Notes that a cell reaches over columns to its right.
    mutating func merge(row: Int, columns: ClosedRange<Int>) {
        guard row > 0, columns.lowerBound > 0, columns.count < 100,
            columns.upperBound <= Self.maximumColumns, wide.count < Self.maximumMerged
        else { return }
        wide.append((row, columns))
    }

    /// The filled rows, a merged cell in each row that it reaches over, and the rows' numbers.
    func table() -> (rows: [[String]], numbers: [Int]) {
        let isSorted = zip(rows, rows.dropFirst()).allSatisfy { $0.number <= $1.number }
        let rows = isSorted ? rows : rows.sorted { $0.number < $1.number }
        var cells = rows.map(\.cells)
        let places = Dictionary(rows.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { $1 })
        for cell in merged {
            guard let first = places[cell.top], cell.column <= cells[first].count else { continue }
            let value = cells[first][cell.column - 1]
            if value.isEmpty { continue }
            for number in (cell.top + 1)...min(cell.bottom, cell.top + Self.maximumFill) {
                guard let place = places[number] else { continue }
                while cells[place].count < cell.column { cells[place].append("") }
                if cells[place][cell.column - 1].isEmpty { cells[place][cell.column - 1] = value }
            }
        }
        for cell in wide {
            guard let place = places[cell.row], cell.columns.lowerBound <= cells[place].count,
                // What reaches over all of a row that has nothing else is a title.
                cells[place].count(where: { !$0.isEmpty }) > 1
            else { continue }
            let value = cells[place][cell.columns.lowerBound - 1]
            if value.isEmpty { continue }
            for column in cell.columns.dropFirst() {
                while cells[place].count < column { cells[place].append("") }
                if cells[place][column - 1].isEmpty { cells[place][column - 1] = value }
            }
        }
        return (cells, rows.map(\.number))
    }
}
