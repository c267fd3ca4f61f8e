/// A byte string to look for, after Knuth, Morris and Pratt (1977): no text, however hostile,
/// makes the search slower than linear.
package struct BytePattern: Sendable {
    package let bytes: [UInt8]

    /// `fallback[i]`: the length of the longest proper prefix that is a suffix of `bytes[...i]`.
    private let fallback: [Int]

    /// Prepares a search for `bytes`.
    ///
    /// - Complexity: O(`bytes.count`).
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var fallback = [Int](repeating: 0, count: bytes.count)
        var length = 0
        for i in bytes.indices.dropFirst() {
            while length > 0, bytes[i] != bytes[length] { length = fallback[length - 1] }
            if bytes[i] == bytes[length] { length += 1 }
            fallback[i] = length
        }
        self.fallback = fallback
    }

    /// Returns the first occurrence in `text` that starts at `from` or later; none for an empty
    /// pattern.
    ///
    /// - Complexity: O(`text.count` − `from`).
    package func firstRange(in text: [UInt8], from: Int) -> Range<Int>? {
        guard !bytes.isEmpty else { return nil }
        var length = 0
        var i = from
        while i < text.count {
            let byte = text[i]
            while length > 0, byte != bytes[length] { length = fallback[length - 1] }
            if byte == bytes[length] { length += 1 }
            i += 1
            if length == bytes.count { return i - length..<i }
        }
        return nil
    }
}

/// Where words and numbers begin and end in folded text.
package enum WordBoundary {
    /// Whether `range` of `bytes` (valid UTF-8) cuts neither a word nor a number at its ends.
    package static func isClean(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
        let first = scalar(in: bytes, at: range.lowerBound)
        let last = scalarBefore(in: bytes, at: range.upperBound)
        let before = scalarBefore(in: bytes, at: range.lowerBound)
        let after = scalar(in: bytes, at: range.upperBound)
        if let before, let first, joins(before, first) { return false }
        if let last, let after, joins(last, after) { return false }
        return !cutsNumber(range, in: bytes)
    }

    /// Whether two neighbors belong to one word, so that none may be cut off.
    private static func joins(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Bool {
        isWord(a) && isWord(b) && !(isUnspaced(a) && isUnspaced(b))
    }

    package static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return isDigit(UInt8(scalar.value))
                || (scalar.value | 0x20 >= 0x61 && scalar.value | 0x20 <= 0x7A)
                || scalar == "_"
        }
        let properties = scalar.properties
        if properties.isAlphabetic || properties.numericType != nil { return true }
        return switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    /// Whether the script writes words without spaces between them.
    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF: true
        default: scalar.properties.isIdeographic
        }
    }

    /// Whether a number reaches over an end of `range`: `12` of `12.5` or of `1,012`, `5` of `-5`.
    private static func cutsNumber(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
        let lower = range.lowerBound
        let upper = range.upperBound
        if isDigit(bytes[lower]), lower > 0 {
            let before = bytes[lower - 1]
            let further = lower > 1 ? bytes[lower - 2] : UInt8(ascii: " ")
            if isInnerPunctuation(before), isDigit(further) { return true }
            if before == UInt8(ascii: "."), !isWordByte(further) { return true }
            if before == UInt8(ascii: "-"), !isWordByte(further) { return true }
        }
        if isDigit(bytes[upper - 1]), upper + 1 < bytes.count {
            if isInnerPunctuation(bytes[upper]), isDigit(bytes[upper + 1]) { return true }
        }
        return false
    }

    /// What stands inside numbers: decimal points, separators, clock times, fractions.
    private static func isInnerPunctuation(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
            || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "/")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
            || byte == UInt8(ascii: ")")
    }

    private static func scalar(in bytes: [UInt8], at i: Int) -> Unicode.Scalar? {
        guard i < bytes.count else { return nil }
        if bytes[i] < 0x80 { return Unicode.Scalar(bytes[i]) }
        return String(decoding: bytes[i..<min(i + 4, bytes.count)], as: UTF8.self)
            .unicodeScalars.first
    }

    private static func scalarBefore(in bytes: [UInt8], at i: Int) -> Unicode.Scalar? {
        guard i > 0 else { return nil }
        var start = i - 1
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return scalar(in: bytes, at: start)
    }
}
