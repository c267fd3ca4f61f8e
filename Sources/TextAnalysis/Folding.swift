/// Folds text for matching: lowercase, without diacritics.
///
/// `Ñandú` and `nandu` fold alike, so do composed and decomposed forms, `ß` and `ss`, the ligature
/// `ﬁ` and `fi`, full-width and plain letters. Soft hyphens, joiners and other characters that
/// nobody sees vanish. Folding is idempotent.
///
/// - Complexity: O(length); plain ASCII takes a fast path.
package func folded(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    Folding.fold(text, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

/// The tables and loops behind `folded(_:)` and the words' lowercase forms.
enum Folding {
    /// Appends the folded form of `text`, as UTF-8.
    static func fold(_ text: some StringProtocol, into bytes: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            fold(scalar, into: &bytes)
        }
    }

    private static func fold(_ scalar: Unicode.Scalar, into bytes: inout [UInt8]) {
        let value = scalar.value
        if value < 0x80 {
            let byte = UInt8(truncatingIfNeeded: value)
            bytes.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
            return
        }
        if value < UInt32(table.count) {
            switch table[Int(value)] {
            case 0: return
            case 1: break  // More than one scalar: below.
            case let single: return append(single, to: &bytes)
            }
        }
        bytes.append(contentsOf: slowFold(scalar).utf8)
    }

    private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        guard value >= 0x80 else { return bytes.append(UInt8(truncatingIfNeeded: value)) }
        if value < 0x800 {
            bytes.append(0xC0 | UInt8(truncatingIfNeeded: value >> 6))
        } else {
            bytes.append(0xE0 | UInt8(truncatingIfNeeded: value >> 12))
            bytes.append(0x80 | UInt8(truncatingIfNeeded: (value >> 6) & 0x3F))
        }
        bytes.append(0x80 | UInt8(truncatingIfNeeded: value & 0x3F))
    }

    /// The folds of the scalars below U+0600: 0 drops it, 1 asks `slowFold`.
    private static let table: [UInt32] = (0..<0x600).map { value in
        guard let scalar = Unicode.Scalar(UInt32(value)) else { return 1 }
        let scalars = Array(slowFold(scalar).unicodeScalars)
        return scalars.isEmpty ? 0 : scalars.count == 1 ? scalars[0].value : 1
    }

    /// The definition of folding, one scalar at a time.
    private static func slowFold(_ scalar: Unicode.Scalar) -> String {
        if isInvisible(scalar) || isCombiningMark(scalar) { return "" }
        if let special = expansions[scalar] { return special }
        // Full-width forms are ASCII moved up.
        if (0xFF01...0xFF5E).contains(scalar.value),
            let plain = Unicode.Scalar(scalar.value - 0xFEE0)
        {
            return slowFold(plain)
        }
        if let base = bases[scalar] { return slowFold(base) }
        let lower = scalar.properties.lowercaseMapping
        guard lower.unicodeScalars.count == 1, let only = lower.unicodeScalars.first else {
            return String(
                String.UnicodeScalarView(lower.unicodeScalars.filter { !isCombiningMark($0) })
            )
        }
        return only == scalar ? lower : slowFold(only)
    }

    /// Whether `scalar` shows nothing: soft hyphen, joiners, direction marks, byte order mark.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF: true
        default: false
        }
    }

    /// Whether `scalar` is an accent set over another letter in Latin, Greek or Cyrillic text.
    ///
    /// Vowel signs of other scripts are letters to their readers and stay.
    static func isCombiningMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x300...0x36F, 0x483...0x487, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF: true
        default: false
        }
    }

    /// Letters whose plain forms Unicode's decompositions do not give.
    private static let expansions: [Unicode.Scalar: String] = [
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
        "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ł": "l", "Ł": "l",
        "ħ": "h", "Ħ": "h", "ı": "i", "ſ": "s", "ŀ": "l", "Ŀ": "l", "ŉ": "n", "ŋ": "n", "ĳ": "ij",
        "Ĳ": "ij", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
        "ª": "a", "º": "o", "ς": "σ", "²": "2", "³": "3", "¹": "1",
    ]

    /// What each composed letter loses with its mark.
    private static let bases: [Unicode.Scalar: Unicode.Scalar] = {
        var bases: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (_, base, composed) in compositions { bases[composed] = base }
        return bases
    }()

    private static let compositions:
        [(mark: UInt32, base: Unicode.Scalar, composed: Unicode.Scalar)] =
            composedLetters.flatMap { mark, pairs in
                let scalars = Array(pairs.unicodeScalars)
                return stride(from: 0, to: scalars.count - 1, by: 2).map {
                    (mark, scalars[$0], scalars[$0 + 1])
                }
            }

    private static let composing: [UInt64: Unicode.Scalar] = {
        var table: [UInt64: Unicode.Scalar] = [:]
        for (mark, base, composed) in compositions {
            table[UInt64(base.value) << 32 | UInt64(mark)] = composed
        }
        return table
    }()

    /// The lowercase form with its diacritics composed, as the stemmers expect a word.
    static func lowercased(_ word: String) -> String {
        let lower = word.lowercased()
        guard lower.utf8.contains(where: { $0 >= 0x80 }) else { return lower }
        var scalars = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in lower.unicodeScalars where !isInvisible(scalar) {
            if let base = last, isCombiningMark(scalar),
                let whole = composing[UInt64(base.value) << 32 | UInt64(scalar.value)]
            {
                last = whole
                continue
            }
            if let last { scalars.append(last) }
            last = scalar
        }
        if let last { scalars.append(last) }
        return String(scalars)
    }
}
