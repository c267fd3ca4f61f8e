internal import Foundation

/// A text with the differences taken out that copying makes, and the way back to the original.
///
/// Compatibility forms are composed (NFKC), runs of white space become one space, quotation marks
/// and dashes one kind each; emphasis marks, soft hyphens and invisible characters go; a word
/// that was divided at the end of a line is joined. Letters, case, accents, digits and all other
/// punctuation stay: those are what a quotation must get right.
///
/// Superscripts, fractions and circled numbers stay too, although NFKC would turn them into plain
/// digits: `10²` must never read like `102`.
package struct FoldedText: Sendable {
    /// What a hyphen before a line break is taken for.
    package enum LineEndHyphen: Sendable {
        /// A division: `exam-⏎ple` is `example`.
        case division
        /// The word's own: `well-⏎known` is `well-known`.
        case own
    }

    /// The folded text in UTF-8.
    package private(set) var bytes: [UInt8] = []

    /// For each folded byte, the UTF-8 offset in the original where its character starts.
    package private(set) var starts: [Int32] = []

    /// For each folded byte, the UTF-8 offset in the original where its character ends.
    package private(set) var ends: [Int32] = []

    /// Whether a word was divided at the end of a line, so that `LineEndHyphen` mattered.
    package private(set) var hasLineEndHyphen = false

    /// Folds `text`.
    ///
    /// - Complexity: O(n); characters outside Latin-1 cost the most.
    package init(_ text: String, lineEndHyphen: LineEndHyphen = .division) {
        let count = text.utf8.count
        bytes.reserveCapacity(count)
        starts.reserveCapacity(count)
        ends.reserveCapacity(count)
        fold(text.utf8.span, lineEndHyphen)
        if bytes.last == space { removeLast() }
    }

    private mutating func fold(_ source: Span<UInt8>, _ lineEndHyphen: LineEndHyphen) {
        var i = 0
        while i < source.count {
            let byte = source[i]
            let next = i + 1 < source.count ? source[i + 1] : space
            if byte < 0x80, next < 0x80 || next == 0xC2 || next == 0xC3 {
                if byte == hyphen, let end = endOfLineBreak(source, after: i) {
                    hasLineEndHyphen = true
                    if lineEndHyphen == .own { append(hyphen, i, i + 1) }
                    i = end
                    continue
                }
                appendASCII(byte, previous: i > 0 ? source[i - 1] : space, next: next, i)
                i += 1
            } else if byte == 0xC3, next != 0x97, next != 0xB7,
                i + 2 >= source.count || source[i + 2] < 0x80 || source[i + 2] == 0xC3
            {
                // À…ÿ without a combining mark after it: already composed, and stays.
                append(byte, i, i + 2)
                append(next, i, i + 2)
                i += 2
            } else {
                i = foldCharacters(source, from: i)
            }
        }
    }

    /// The end of the white space after the hyphen at `i`, if that divides a word at a line's end.
    private func endOfLineBreak(_ source: Span<UInt8>, after i: Int) -> Int? {
        guard i > 0, isLetterByte(source[i - 1]) else { return nil }
        var j = i + 1
        var lines = 0
        while j < source.count, isSpaceByte(source[j]) {
            if source[j] == 0x0A { lines += 1 }
            j += 1
        }
        guard lines == 1, j < source.count, isLetterByte(source[j]) else { return nil }
        return j
    }

    private mutating func appendASCII(_ byte: UInt8, previous: UInt8, next: UInt8, _ i: Int) {
        switch byte {
        case 0x09...0x0D, space:
            appendSpace(i, i + 1)
        case 0x00..<0x20, 0x7F:
            break
        case UInt8(ascii: "*"), UInt8(ascii: "`"):
            // Emphasis and code marks; between digits they are arithmetic.
            if isDigitByte(previous), isDigitByte(next) || next == byte { append(byte, i, i + 1) }
        case UInt8(ascii: "\""):
            append(isDigitByte(previous) ? byte : UInt8(ascii: "'"), i, i + 1)
        default:
            append(byte, i, i + 1)
        }
    }

    /// Folds the ASCII character at `i` with the non-ASCII ones after it, whole characters at a
    /// time, and returns where it stopped.
    private mutating func foldCharacters(_ source: Span<UInt8>, from i: Int) -> Int {
        var end = i + 1
        while end < source.count, source[end] >= 0x80 { end += 1 }
        let text = String(decoding: Array(copying: source, i..<end), as: UTF8.self)
        var offset = i
        for character in text {
            let next = offset + character.utf8.count
            if source[offset] < 0x80, next == offset + 1 {
                let previous = offset > 0 ? source[offset - 1] : space
                let following = next < source.count ? source[next] : space
                appendASCII(source[offset], previous: previous, next: following, offset)
            } else {
                append(character, offset, next)
            }
            offset = next
        }
        return end
    }

    private mutating func append(_ character: Character, _ start: Int, _ end: Int) {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return }
        if scalars.count == 1 {
            switch first.value {
            case 0x201C...0x201F, 0xAB, 0xBB, 0x2039, 0x203A, 0x2018...0x201B, 0xB4,
                0x300C...0x300F:
                return append(UInt8(ascii: "'"), start, end)
            case 0x2032:
                return append(UInt8(ascii: "'"), start, end)
            case 0x2033:
                return append(UInt8(ascii: "\""), start, end)
            case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D:
                return append(hyphen, start, end)
            case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF:
                return
            default: break
            }
            if first.properties.isWhitespace { return appendSpace(start, end) }
            if let kind = first.properties.numericType, kind != .decimal {
                return append(utf8: String(character), start, end)
            }
        }
        let folded = String(character).precomposedStringWithCompatibilityMapping
        for scalar in folded.unicodeScalars {
            if scalar.properties.isWhitespace {
                appendSpace(start, end)
            } else if isInvisible(scalar) {
                continue
            } else {
                append(utf8: String(scalar), start, end)
            }
        }
    }

    /// Joiners, marks of direction and soft hyphens within a character: never part of its reading.
    private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isDefaultIgnorableCodePoint
    }

    private mutating func append(utf8 text: String, _ start: Int, _ end: Int) {
        for byte in text.utf8 { append(byte, start, end) }
    }

    private mutating func append(_ byte: UInt8, _ start: Int, _ end: Int) {
        bytes.append(byte)
        starts.append(Int32(truncatingIfNeeded: start))
        ends.append(Int32(truncatingIfNeeded: end))
    }

    private mutating func appendSpace(_ start: Int, _ end: Int) {
        guard let last = bytes.last, last != space else { return }
        append(space, start, end)
    }

    private mutating func removeLast() {
        bytes.removeLast()
        starts.removeLast()
        ends.removeLast()
    }
}

private let space = UInt8(ascii: " ")
private let hyphen = UInt8(ascii: "-")

private func isDigitByte(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

/// ASCII letters, and every byte of a character beyond ASCII.
private func isLetterByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
}

private func isSpaceByte(_ byte: UInt8) -> Bool { byte == space || (byte >= 0x09 && byte <= 0x0D) }

extension Array where Element == UInt8 {
    fileprivate init(copying source: Span<UInt8>, _ range: Range<Int>) {
        self = []
        reserveCapacity(range.count)
        for i in range { append(source[i]) }
    }
}
