/// Finds the tables of a page: rows whose words stand in columns.
///
/// A region is a table if words stand apart in several rows one below the other, if what stands apart
/// begins or ends at the same places, and if the columns are not columns of prose, whose lines are
/// long and fill their width.
struct PDFTables {
    typealias Box = PDFLayout.Box

    /// A table: its rows, and the boxes of the words that it took.
    struct Table {
        var rows: [[String]]
        var box: Box
    }

    /// Words of one row without a wide gap between them.
    private struct Cell {
        var text: String
        var box: Box
        var wordCount: Int
    }

    private struct Row {
        var cells: [Cell]
        var box: Box
    }

    /// The tables, from top to bottom.
    ///
    /// - Complexity: O(words · log words) where rows are short.
    static func find(in page: PDFLayout.Page) -> [Table] {
        let rows = rows(of: page)
        var tables: [Table] = []
        var start = 0
        while start < rows.count {
            guard rows[start].cells.count > 1 else {
                start += 1
                continue
            }
            var end = start + 1
            while end < rows.count, continues(rows[end], after: rows[end - 1], rows[start..<end]) {
                end += 1
            }
            // A line alone below a table is a remark on it.
            while end > start, rows[end - 1].cells.count < 2 { end -= 1 }
            if let table = table(of: Array(rows[start..<end])) { tables.append(table) }
            start = max(end, start + 1)
        }
        return tables
    }

    // MARK: Rows

    private static func rows(of page: PDFLayout.Page) -> [Row] {
        let words = page.blocks.flatMap(\.lines).flatMap(\.words)
            .filter { $0.box.height > 0 }
            .sorted {
                ($0.box.top + $0.box.bottom, $0.box.left) < (
                    $1.box.top + $1.box.bottom, $1.box.left
                )
            }
        var rows: [(words: [PDFLayout.Word], box: Box)] = []
        for word in words {
            if let last = rows.last, last.box.verticalOverlap(word.box) > 0.6 {
                rows[rows.count - 1].words.append(word)
                rows[rows.count - 1].box = last.box.union(word.box)
            } else {
                rows.append(([word], word.box))
            }
        }
        return rows.map { words, box in
            Row(cells: cells(of: words.sorted { $0.box.left < $1.box.left }), box: box)
        }
    }

    /// Divides a row where the gap is wider than two spaces.
    private static func cells(of words: [PDFLayout.Word]) -> [Cell] {
        var cells: [Cell] = []
        for word in words {
            if let last = cells.last, word.box.left - last.box.right < 0.75 * word.box.height {
                cells[cells.count - 1].text += " " + word.text
                cells[cells.count - 1].box = last.box.union(word.box)
                cells[cells.count - 1].wordCount += 1
            } else {
                cells.append(Cell(text: word.text, box: word.box, wordCount: 1))
            }
        }
        return cells
    }

    private static func continues(_ row: Row, after last: Row, _ region: ArraySlice<Row>) -> Bool {
        let gap = row.box.top - last.box.bottom
        guard gap < 2.2 * max(row.box.height, last.box.height) else { return false }
        if row.cells.count > 1 {
            // Of one table is what stands apart at places where something stood apart before.
            return row.cells.contains { cell in
                region.suffix(6).contains { $0.cells.contains { overlap($0.box, cell.box) > 0.3 } }
            }
        }
        // One cell alone: the rest of one above, in its column.
        guard let cell = row.cells.first, last.cells.count > 1, gap < 0.6 * row.box.height else {
            return false
        }
        return last.cells.dropFirst().contains {
            abs($0.box.left - cell.box.left) < 2 && cell.box.width < 1.3 * $0.box.width + 20
        }
    }

    /// How much of the narrower box both share across.
    private static func overlap(_ a: Box, _ b: Box) -> Double {
        let shared = min(a.right, b.right) - max(a.left, b.left)
        return max(shared, 0) / max(min(a.width, b.width), 1)
    }

    // MARK: Columns

    private static func table(of rows: [Row]) -> Table? {
        guard rows.count > 2 else { return nil }
        let columns = columns(of: rows)
        guard columns.count > 1, !isProse(rows, columns) else { return nil }
        var lines: [[String]] = []
        var box = rows[0].box
        for (index, row) in rows.enumerated() {
            box = box.union(row.box)
            var line = [String](repeating: "", count: columns.count)
            for cell in row.cells {
                guard
                    let column = columns.indices.max(by: {
                        overlap(columns[$0], cell.box) < overlap(columns[$1], cell.box)
                    })
                else { continue }
                line[column] += line[column].isEmpty ? cell.text : " " + cell.text
            }
            // What stands close below a row and has no first cell goes on with it.
            let isContinued =
                index > 0 && line[0].isEmpty && row.cells.count * 2 <= columns.count
                && row.box.top - rows[index - 1].box.bottom < 0.45 * row.box.height
            if isContinued, !lines.isEmpty {
                for column in columns.indices where !line[column].isEmpty {
                    let above = lines[lines.count - 1][column]
                    lines[lines.count - 1][column] =
                        above.isEmpty ? line[column] : above + " " + line[column]
                }
            } else {
                lines.append(line)
            }
        }
        return lines.count > 1 ? Table(rows: lines, box: box) : nil
    }

    /// The columns: stretches across which nearly every row has words, between gaps that hardly any
    /// row has words in.
    private static func columns(of rows: [Row]) -> [Box] {
        let boxes = rows.flatMap { $0.cells.map(\.box) }
        var edges: [(x: Double, change: Int)] = []
        for box in boxes { edges += [(box.left, 1), (box.right, -1)] }
        edges.sort { ($0.x, $0.change) < ($1.x, $1.change) }
        let few = rows.count / 8
        var columns: [Box] = []
        var depth = 0
        var start: Double?
        for edge in edges {
            depth += edge.change
            if depth > few, start == nil { start = edge.x }
            if depth <= few, let left = start {
                columns.append(Box(left: left, top: 0, right: edge.x, bottom: 1))
                start = nil
            }
        }
        return columns.filter { $0.width > 0.5 }
    }

    /// Whether the columns are of running text: most of their lines are of several words and as wide
    /// as the column, or there are two and the lines are long.
    private static func isProse(_ rows: [Row], _ columns: [Box]) -> Bool {
        var filled = 0
        var long = 0
        var all = 0
        var apart = 0
        for row in rows {
            if row.cells.count > 1 { apart += 1 }
            for cell in row.cells {
                guard let column = columns.first(where: { overlap($0, cell.box) > 0.5 }) else {
                    continue
                }
                all += 1
                if cell.wordCount > 3 { long += 1 }
                if cell.box.width > 0.85 * column.width, cell.wordCount > 2 { filled += 1 }
            }
        }
        // Half of the rows of a table have more than one cell.
        if apart * 2 < rows.count || all == 0 { return true }
        return filled * 10 > all * 6 || long * 10 > all * 7
    }
}
