/// Folds text for matching: lowercase, without diacritics, one form of what looks or means the same.
///
/// `Ñandú` and `nandu` fold alike, so do composed and decomposed forms, `ß` and `ss`, the ligature
/// `ﬁ` and `fi`, full-width and plain letters, Hebrew with and without points, `أحمد` and `احمد`. Soft
/// hyphens, joiners and other characters that nobody sees vanish. Folding is idempotent.
///
/// - Complexity: O(length); plain ASCII takes a fast path.
package func folded(_ text: String) -> String {
    var text = text
    return text.withUTF8 { utf8 in
        let bytes = unsafe Array(utf8)
        return Folding.folded(NormalizedText(bytes, tracksOrigins: false).bytes)
    }
}

/// The tables and loops behind `folded(_:)` and the words' lowercase forms.
enum Folding {
    /// The folded form of normalized text in UTF-8.
    static func folded(_ normalized: some Collection<UInt8>) -> String {
        if normalized.allSatisfy({ $0 < 0x80 }) {
            return String(
                decoding: normalized.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 },
                as: UTF8.self
            )
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(normalized.count)
        for scalar in String(decoding: normalized, as: UTF8.self).unicodeScalars {
            fold(scalar, into: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
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
        if Normalization.isInvisible(scalar.value) || isCombiningMark(scalar) { return "" }
        if let special = expansions[scalar] { return special }
        if let base = bases[scalar] { return slowFold(base) }
        let lower = scalar.properties.lowercaseMapping
        guard lower.unicodeScalars.count == 1, let only = lower.unicodeScalars.first else {
            return String(
                String.UnicodeScalarView(lower.unicodeScalars.filter { !isCombiningMark($0) })
            )
        }
        return only == scalar ? lower : slowFold(only)
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
        "ª": "a", "º": "o", "ς": "σ",
        // Alef and hamza on their seats, teh marbuta and alef maksura, which are written either way.
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه",
        "ँ": "ं",
    ]

    /// What each composed letter loses with its mark.
    private static let bases: [Unicode.Scalar: Unicode.Scalar] = {
        var bases: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (_, pairs) in composedLetters {
            let scalars = Array(pairs.unicodeScalars)
            for index in stride(from: 0, to: scalars.count - 1, by: 2) {
                bases[scalars[index + 1]] = scalars[index]
            }
        }
        return bases
    }()

    /// The lowercase form of a normalized word with its diacritics, as the stemmers expect it.
    static func lowercased(_ word: String) -> String { word.lowercased() }
}
