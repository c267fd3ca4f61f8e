/// A word of a text.
package struct Word: Hashable, Sendable {
    /// The word as it stands in the text.
    package let text: String
    /// The word as it is matched: see `folded(_:)`.
    package let folded: String
    /// Where it stands: UTF-8 offsets into the text.
    package let range: Range<Int>
    /// Whether it is another form or a part of a longer stretch: `doc` in `python3-doc`.
    package let isPart: Bool
}

/// The words of `text`, in order; a compound comes before its parts.
///
/// `CVE-2024-3094` is a word and so are `CVE`, `2024` and `3094`; likewise with `libfoo2.so`,
/// `snake_case`, `camelCase`, `10.5` and `src/main.c` (which yields `main.c` as well). Names are words
/// without their connectors, too (`ERR1293` for `ERR_1293`), numbers with their unit (`500mg` for
/// `500 mg`) and without what groups their digits (`10000` for `10,000`). Scripts written without
/// spaces, and Korean, are cut into overlapping pairs of characters; emoji are words. Folded words
/// consist of letters, digits, emoji and the characters of `WordScanner.punctuation`.
///
/// - Complexity: O(length of `text`).
package func words(in text: String) -> [Word] {
    let original = Array(text.utf8)
    let normalized = NormalizedText(original, tracksOrigins: true)
    var words: [Word] = []
    words.reserveCapacity(original.count / 6)
    WordScanner(normalized.bytes).scan { range, kind in
        let place = normalized.originalRange(range)
        let folded = Folding.folded(kind.form.bytes(of: normalized.bytes[range]))
        guard !folded.isEmpty else { return }
        words.append(
            Word(
                text: String(decoding: original[place], as: UTF8.self),
                folded: folded,
                range: place,
                isPart: kind.isPart
            )
        )
    }
    return words
}

/// The scalar value and length of the UTF-8 sequence at `i`; any broken byte stands for itself.
package func decodeScalar(_ bytes: [UInt8], at i: Int) -> (value: UInt32, length: Int) {
    let lead = UInt32(bytes[i])
    func trail(_ offset: Int) -> UInt32 { UInt32(bytes[i + offset] & 0x3F) }
    switch lead {
    case 0xC2..<0xE0 where i + 1 < bytes.count: return ((lead & 0x1F) << 6 | trail(1), 2)
    case 0xE0..<0xF0 where i + 2 < bytes.count:
        return ((lead & 0x0F) << 12 | trail(1) << 6 | trail(2), 3)
    case 0xF0..<0xF5 where i + 3 < bytes.count:
        return ((lead & 0x07) << 18 | trail(1) << 12 | trail(2) << 6 | trail(3), 4)
    default: return (lead, 1)
    }
}
