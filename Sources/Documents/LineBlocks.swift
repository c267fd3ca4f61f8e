/// Collects the blocks of a markup that is read line by line.
struct LineBlocks {
    let source: SourceText
    private(set) var blocks: [Block] = []

    private var builder = TextBuilder(from: 0)
    private var kind = Block.Kind.paragraph
    private var isOpen = false

    init(_ source: SourceText) {
        self.source = source
    }

    /// Whether a block has been begun that more lines may join.
    var isInBlock: Bool { isOpen }

    /// Ends the block that is open and begins another.
    mutating func begin(_ kind: Block.Kind, at offset: Int, marker: String = "") {
        flush()
        self.kind = kind
        builder = TextBuilder(from: offset)
        if !marker.isEmpty { builder.append(marker) }
        isOpen = true
    }

    /// Adds a line of prose to the open block, or to a new paragraph; `inline` reads its marks.
    mutating func add(
        _ line: Range<Int>,
        inline: (Range<Int>, SourceText, inout TextBuilder) -> Void
    ) {
        if !isOpen { begin(.paragraph, at: line.lowerBound) }
        if !builder.isEmpty, builder.text.last.map({ $0 > 0x20 }) ?? false { builder.append(" ") }
        inline(line, source, &builder)
    }

    /// Adds lines as they are: code, rows.
    mutating func addVerbatim(_ line: Range<Int>) {
        if !builder.text.isEmpty { builder.append("\n") }
        builder.append(verbatim: line, of: source.utf8)
    }

    /// Adds a row's cells.
    mutating func addRow(_ cells: [Range<Int>]) {
        builder.appendLineFeed()
        for (index, cell) in cells.enumerated() {
            if index > 0 { builder.append(" | ") }
            builder.append(verbatim: cell, of: source.utf8)
        }
    }

    /// Adds a row whose cells may have several lines each.
    mutating func addRow(
        _ cells: [[Range<Int>]],
        inline: (Range<Int>, SourceText, inout TextBuilder) -> Void
    ) {
        builder.appendLineFeed()
        for (index, cell) in cells.enumerated() {
            if index > 0 { builder.append(" | ") }
            for (number, line) in cell.enumerated() {
                if number > 0 { builder.append(" ") }
                inline(line, source, &builder)
            }
        }
    }

    /// Adds a block of one stretch of the source.
    mutating func add(
        _ range: Range<Int>,
        as kind: Block.Kind,
        marker: String = "",
        inline: (Range<Int>, SourceText, inout TextBuilder) -> Void
    ) {
        begin(kind, at: range.lowerBound, marker: marker)
        inline(range, source, &builder)
        flush()
    }

    /// Adds text to the open block that the source does not have.
    mutating func append(_ literal: String) { builder.append(literal) }

    /// Ends the block that is open.
    mutating func flush() {
        defer { isOpen = false }
        guard isOpen else { return }
        var kind = kind
        if kind == .table, !builder.text.contains(0x0A) { kind = .paragraph }
        if let block = builder.block(kind) { blocks.append(block) }
        builder = TextBuilder(from: 0)
    }
}

extension SourceText {
    /// A line without white space at its ends; lines count from 1.
    func trimmedRange(ofLine line: Int) -> Range<Int> { trimmed(range(ofLine: line)) }

    /// A range without white space at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while upper > lower, utf8[upper - 1] <= 0x20 { upper -= 1 }
        while lower < upper, utf8[lower] <= 0x20 { lower += 1 }
        return lower..<upper
    }

    /// How far a line is indented, a tab counting to the next multiple of eight.
    func indentation(ofLine line: Int) -> Int {
        var width = 0
        for byte in utf8[range(ofLine: line)] {
            if byte == 0x20 {
                width += 1
            } else if byte == 0x09 {
                width = (width / 8 + 1) * 8
            } else {
                break
            }
        }
        return width
    }

    /// Whether `range` begins with `text`.
    func begins(_ range: Range<Int>, with text: String) -> Bool {
        utf8[range].starts(with: text.utf8)
    }

    /// The first place of `text` in `range`.
    func first(_ text: String, in range: Range<Int>) -> Int? {
        let needle = Array(text.utf8)
        guard let head = needle.first, range.count >= needle.count else { return nil }
        var i = range.lowerBound
        while i + needle.count <= range.upperBound {
            if utf8[i] == head, utf8[i..<(i + needle.count)].elementsEqual(needle) { return i }
            i += 1
        }
        return nil
    }

    /// The length of the marker of a list's item at the start of `range`, with the space after it:
    /// `- `, `* `, `1. `, `a) `, `#. `; 0 if there is none.
    func listMarker(_ range: Range<Int>, bullets: String = "-*+") -> Int {
        guard range.count >= 3 else { return 0 }
        let first = utf8[range.lowerBound]
        if bullets.utf8.contains(first) { return utf8[range.lowerBound + 1] == 0x20 ? 2 : 0 }
        var i = range.lowerBound
        if first == 0x28 { i += 1 }
        let start = i
        while i < range.upperBound, i - start < 4, (0x30...0x39).contains(utf8[i]) { i += 1 }
        if i == start, (0x61...0x7A).contains(utf8[i] | 0x20) || utf8[i] == 0x23 { i += 1 }
        guard i > start, i + 1 < range.upperBound, utf8[i] == 0x2E || utf8[i] == 0x29,
            utf8[i + 1] == 0x20
        else { return 0 }
        // "(a." is no marker, and "I. " may be a person.
        if first == 0x28, utf8[i] != 0x29 { return 0 }
        return i + 2 - range.lowerBound
    }

    /// The cells of a row, without the space around them; the separators at its ends enclose it.
    func cells(_ range: Range<Int>, between separator: UInt8) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = range.lowerBound
        if start < range.upperBound, utf8[start] == separator { start += 1 }
        var i = start
        while i < range.upperBound {
            if utf8[i] == separator, utf8[i - 1] != 0x5C {
                cells.append(trimmed(start..<i))
                start = i + 1
            }
            i += 1
        }
        let rest = trimmed(min(start, range.upperBound)..<range.upperBound)
        if !rest.isEmpty { cells.append(rest) }
        return cells
    }
}
