internal import TextAnalysis

/// The pieces of UTF-8 text that say something by themselves, in order: sentences; lines of lists, tables and
/// code; never part of one.
///
/// White space around a piece is not in it. A sentence over 500 bytes is no sentence but a list or a table: its
/// lines are the pieces.
///
/// - Complexity: O(length).
func answerUnits(in bytes: [UInt8]) -> [Range<Int>] {
    let longest = 500
    return sentenceRanges(in: bytes).flatMap { range in
        let lines = lines(of: range, in: bytes)
        guard lines.count > 1 else { return [trimmed(range, in: bytes)] }
        if range.count > longest { return lines }
        // A list item or a table row begins a piece; other lines go on with the one before.
        var pieces: [Range<Int>] = []
        for line in lines {
            if let last = pieces.last, !startsItem(line, in: bytes),
                !startsItem(last, in: bytes)
                    || isIndented(line, in: bytes)
            {
                pieces[pieces.count - 1] = last.lowerBound..<line.upperBound
            } else {
                pieces.append(line)
            }
        }
        return pieces
    }.filter { !$0.isEmpty }
}

/// The lines of `range` that are not empty, without the white space around them.
private func lines(of range: Range<Int>, in bytes: [UInt8]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = range.lowerBound
    for i in range where bytes[i] == 0x0A {
        result.append(trimmed(start..<i, in: bytes))
        start = i + 1
    }
    result.append(trimmed(start..<range.upperBound, in: bytes))
    return result.filter { !$0.isEmpty }
}

/// Whether a line begins as list items, headings and table rows do: `- `, `* `, `12. `, `|`, `# `.
func startsItem(_ line: Range<Int>, in bytes: [UInt8]) -> Bool {
    let first = bytes[line.lowerBound]
    let second = line.count > 1 ? bytes[line.lowerBound + 1] : 0x20
    if first == UInt8(ascii: "|") || first == UInt8(ascii: "#") { return true }
    if "-*+".utf8.contains(first) { return second == 0x20 || second == 0x09 }
    if first == 0xE2, line.count > 2, bytes[line.lowerBound + 1] == 0x80,
        bytes[line.lowerBound + 2] == 0xA2
    {
        return true  // •
    }
    var i = line.lowerBound
    while i < line.upperBound, isDigit(bytes[i]) { i += 1 }
    guard i > line.lowerBound, i - line.lowerBound <= 3, i + 1 < line.upperBound else {
        return false
    }
    return (bytes[i] == UInt8(ascii: ".") || bytes[i] == UInt8(ascii: ")")) && bytes[i + 1] == 0x20
}

/// Whether a line goes on with the item above it.
private func isIndented(_ line: Range<Int>, in bytes: [UInt8]) -> Bool {
    !startsItem(line, in: bytes) && line.lowerBound > 0 && bytes[line.lowerBound - 1] == 0x20
}

private func trimmed(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, bytes[lower] <= 0x20 { lower += 1 }
    while upper > lower, bytes[upper - 1] <= 0x20 { upper -= 1 }
    return lower..<upper
}
