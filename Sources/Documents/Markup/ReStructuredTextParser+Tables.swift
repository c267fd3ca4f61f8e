/// The tables of reStructuredText.
extension ReStructuredTextParser {
    /// A table drawn with `+---+`, or one between rules of `=== ===`.
    mutating func readTable(_ range: Range<Int>) -> Bool {
        guard !lines.isInBlock else { return false }
        if source.begins(range, with: "+-"), source.utf8[range.upperBound - 1] == 0x2B {
            readGridTable()
            return true
        }
        let columns = Self.columns(range, source)
        guard columns.count > 1 else { return false }
        readSimpleTable(columns.map { $0 - source.lineStarts[line - 1] })
        return true
    }

    private mutating func readGridTable() {
        lines.begin(.table, at: source.lineStarts[line - 1])
        while line <= source.lineCount {
            let range = source.trimmedRange(ofLine: line)
            guard let first = range.isEmpty ? nil : source.utf8[range.lowerBound],
                first == 0x2B || first == 0x7C
            else { break }
            if first == 0x7C { lines.addRow(source.cells(range, between: 0x7C)) }
            line += 1
        }
        lines.flush()
    }

    /// Where the columns of a rule begin, or nothing if the line is none.
    private static func columns(_ range: Range<Int>, _ source: SourceText) -> [Int] {
        guard source.begins(range, with: "=="),
            source.utf8[range].allSatisfy({ $0 == 0x3D || $0 == 0x20 })
        else { return [] }
        return range.filter { i in
            source.utf8[i] == 0x3D && (i == range.lowerBound || source.utf8[i - 1] == 0x20)
        }
    }

    private mutating func readSimpleTable(_ columns: [Int]) {
        lines.begin(.table, at: source.lineStarts[line - 1])
        var rules = 1
        line += 1
        while line <= source.lineCount {
            let range = source.range(ofLine: line)
            let isRule = !Self.columns(source.trimmed(range), source).isEmpty
            if isRule { rules += 1 }
            let isEmpty = source.trimmed(range).isEmpty
            // The last rule is followed by an empty line.
            if isEmpty, !Self.columns(source.trimmedRange(ofLine: line - 1), source).isEmpty,
                rules > 1
            {
                break
            }
            line += 1
            if isRule || isEmpty { continue }
            lines.addRow(
                columns.indices.map { index in
                    // The last column takes what is left.
                    let start = min(range.lowerBound + columns[index], range.upperBound)
                    let next = index + 1 < columns.count ? columns[index + 1] : range.count
                    return source.trimmed(
                        start..<max(start, min(range.lowerBound + next, range.upperBound))
                    )
                }
            )
        }
        lines.flush()
    }

    /// A table whose rows are items of a list, or lines with commas; the first line is at `line`.
    mutating func readListedTable(beyond indent: Int, isList: Bool) {
        var rows: [[[Range<Int>]]] = []
        while line <= source.lineCount {
            let range = source.trimmedRange(ofLine: line)
            guard range.isEmpty || source.indentation(ofLine: line) > indent else { break }
            line += 1
            if range.isEmpty { continue }
            if rows.isEmpty, source.begins(range, with: ":") {
                if source.begins(range, with: ":header:") {
                    rows.append(commaCells((range.lowerBound + 8)..<range.upperBound))
                }
            } else if isList {
                addItem(range, to: &rows)
            } else {
                rows.append(commaCells(range))
            }
        }
        guard let first = rows.first?.first?.first else { return }
        lines.begin(.table, at: first.lowerBound)
        for row in rows { lines.addRow(row, inline: inline) }
        lines.flush()
    }

    /// A line of a list of lists: `* -` begins a row, `-` a cell, anything else goes on.
    private func addItem(_ range: Range<Int>, to rows: inout [[[Range<Int>]]]) {
        func content(_ marks: Int) -> [Range<Int>] {
            [source.trimmed(min(range.lowerBound + marks, range.upperBound)..<range.upperBound)]
        }
        if source.begins(range, with: "* -") {
            rows.append([content(3)])
        } else if source.begins(range, with: "- ") || range.count == 1, !rows.isEmpty {
            rows[rows.count - 1].append(content(1))
        } else if let last = rows.last, !last.isEmpty {
            rows[rows.count - 1][last.count - 1].append(range)
        }
    }

    /// The cells between commas that stand outside quotation marks.
    private func commaCells(_ range: Range<Int>) -> [[Range<Int>]] {
        var cells: [[Range<Int>]] = []
        var start = range.lowerBound
        var isQuoted = false
        func cell(_ end: Int) -> [Range<Int>] {
            var cell = source.trimmed(start..<end)
            let quote = UInt8(ascii: "\"")
            if cell.count > 1, source.utf8[cell.lowerBound] == quote,
                source.utf8[cell.upperBound - 1] == quote
            {
                cell = (cell.lowerBound + 1)..<(cell.upperBound - 1)
            }
            return [cell]
        }
        for i in range {
            if source.utf8[i] == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard source.utf8[i] == UInt8(ascii: ","), !isQuoted else { continue }
            cells.append(cell(i))
            start = i + 1
        }
        cells.append(cell(range.upperBound))
        return cells
    }
}
