/// A table in plain text whose columns line up in a terminal.
///
///     search    nDCG@10           MRR@10
///     keyword   0.908 ±0.006      0.887
///     hybrid    0.923 ±0.006      0.905
package struct TextTable: Sendable, Hashable, CustomStringConvertible {
    /// Which edge a column's cells share.
    package enum Alignment: Sendable, Hashable {
        /// Words.
        case leading
        /// Numbers.
        case trailing
    }

    /// A column: its heading and which edge its cells share.
    package struct Column: Sendable, Hashable {
        var heading: String
        var alignment: Alignment

        /// A column of words.
        package static func leading(_ heading: String) -> Column {
            Column(heading: heading, alignment: .leading)
        }

        /// A column of numbers.
        package static func trailing(_ heading: String) -> Column {
            Column(heading: heading, alignment: .trailing)
        }
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    /// A table without rows.
    package init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row; missing cells are empty.
    ///
    /// - Precondition: No more cells than columns.
    package mutating func append(_ cells: [String]) {
        precondition(
            cells.count <= columns.count,
            "\(cells.count) cells in \(columns.count) columns"
        )
        // A line break or tab in a cell would tear the row apart.
        let clean = cells.map { String($0.map { $0.isNewline || $0 == "\t" ? " " : $0 }) }
        rows.append(clean + Array(repeating: "", count: columns.count - cells.count))
    }

    /// The headings and rows, two spaces between columns, no spaces at line ends, a line break at
    /// the end of each line.
    package var description: String {
        let widths = self.widths
        let lines = ([columns.map(\.heading)] + rows).map { cells in
            var line = ""
            for (place, cell) in cells.enumerated() {
                if place > 0 { line += "  " }
                line += padded(cell, column: place, to: widths[place])
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }
        return lines.joined()
    }

    /// The table in Markdown, with its columns lined up as well.
    package var markdown: String {
        let widths = self.widths.map { max($0, 3) }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map {
                self.padded(
                    $0.element.replacing("|", with: "\\|"),
                    column: $0.offset,
                    to: widths[$0.offset]
                )
            }
            return "| " + padded.joined(separator: " | ") + " |\n"
        }
        let rules = zip(columns, widths).map { column, width in
            let dashes = String(repeating: "-", count: width - 1)
            return column.alignment == .trailing ? dashes + ":" : dashes + "-"
        }
        return line(columns.map(\.heading)) + line(rules) + rows.map(line).joined()
    }

    /// The table in HTML.
    ///
    /// `escape` makes a cell harmless. Columns of numbers have the class `n`.
    func html(escape: (String) -> String) -> String {
        func row(_ cells: [String], _ tag: String) -> String {
            zip(cells, columns).map { cell, column in
                let name = column.alignment == .trailing ? " class=\"n\"" : ""
                return "<\(tag)\(name)>\(escape(cell))</\(tag)>"
            }.joined()
        }
        let body = rows.map { "<tr>\(row($0, "td"))</tr>\n" }.joined()
        let head = "<thead><tr>\(row(columns.map(\.heading), "th"))</tr></thead>"
        return "<table>\(head)\n<tbody>\(body)</tbody></table>"
    }

    private var widths: [Int] {
        columns.indices.map { place in
            rows.reduce(Self.width(of: columns[place].heading)) {
                max($0, Self.width(of: $1[place]))
            }
        }
    }

    private func padded(_ cell: String, column: Int, to width: Int) -> String {
        let padding = String(repeating: " ", count: max(0, width - Self.width(of: cell)))
        return columns[column].alignment == .leading ? cell + padding : padding + cell
    }

    /// Returns how many terminal cells a text takes: two for East Asian wide characters and emoji,
    /// none for combining marks.
    package static func width(of text: String) -> Int {
        text.reduce(0) { width, character in
            guard let first = character.unicodeScalars.first else { return width }
            let isWide =
                switch first.value {
                case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3,
                    0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
                    0x20000...0x3FFFD:
                    true
                default: first.properties.isEmojiPresentation
                }
            return width + (isWide ? 2 : 1)
        }
    }
}
