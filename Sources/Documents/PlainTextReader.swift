/// Reads plain text: paragraphs between empty lines, and headings that are underlined.
struct PlainTextReader: FormatReader {
    static let declaration = DocumentFormat.text(
        "text",
        version: 1,
        suffixes: [],
        recognizes: { _ in true },
        make: { _, _ in PlainTextReader() }
    )

    func read(_ source: SourceText) -> DocumentDraft {
        var draft = DocumentDraft()
        let lineCount = source.lineStarts.count
        var line = 1
        var paragraph: Range<Int>?
        func flush() {
            if let range = paragraph {
                draft.blocks.append(
                    Block(
                        kind: .paragraph,
                        text: source.string(range),
                        anchors: Anchors(verbatim: range)
                    )
                )
            }
            paragraph = nil
        }
        while line <= lineCount {
            let range = trimmed(source.range(ofLine: line), source)
            if range.isEmpty {
                flush()
            } else if paragraph == nil, let level = underline(below: line, range, source) {
                let text = source.string(range)
                draft.blocks.append(
                    Block(
                        kind: .heading(level: level),
                        text: text,
                        anchors: Anchors(verbatim: range)
                    )
                )
                if draft.title == nil, draft.blocks.count == 1 { draft.title = text }
                line += 1
            } else {
                // The first line keeps its indentation, which may carry meaning in what follows.
                let start = paragraph?.lowerBound ?? source.range(ofLine: line).lowerBound
                paragraph = start..<range.upperBound
            }
            line += 1
        }
        flush()
        return draft
    }

    /// The level of the heading on `line` by the line below it, or nil.
    private func underline(below line: Int, _ range: Range<Int>, _ source: SourceText) -> Int? {
        guard line < source.lineStarts.count else { return nil }
        let below = trimmed(source.range(ofLine: line + 1), source)
        guard below.count >= 3, let mark = source.utf8[below].first,
            source.utf8[below].allSatisfy({ $0 == mark }),
            let level = [0x3D: 1, 0x2D: 2, 0x7E: 3][Int(mark)],
            // The rule is about as long as the words, unless it spans the page.
            below.count + 3 >= source.string(range).count, range.count < 120
        else { return nil }
        return level
    }

    private func trimmed(_ range: Range<Int>, _ source: SourceText) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while upper > lower, source.utf8[upper - 1] <= 0x20 { upper -= 1 }
        while lower < upper, source.utf8[lower] <= 0x20 { lower += 1 }
        return lower..<upper
    }
}
