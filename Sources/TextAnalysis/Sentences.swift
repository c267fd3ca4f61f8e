/// The sentences of `text`, in order.
///
/// Together with the white space between them they are all of it.
///
/// Knows the abbreviations of Spanish and English (`Sr.`, `p. ej.`, `etc.`, `Dr.`, `e.g.`), initials,
/// decimals, URLs and file names, closing quotes and brackets, `¿` and `¡`, and the full stops of
/// Chinese and Japanese. An empty line ends a sentence; a simple line break does not.
///
/// - Complexity: O(length of `text`).
package func sentences(in text: String) -> [Range<String.Index>] {
    sentenceRanges(in: Array(text.utf8)).map { range in
        text.utf8.index(
            text.startIndex,
            offsetBy: range.lowerBound
        )..<text.utf8.index(text.startIndex, offsetBy: range.upperBound)
    }
}

/// The sentences of UTF-8 text as ranges of bytes: see `sentences(in:)`.
package func sentenceRanges(in bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = skipSpace(bytes, from: 0).next
    var i = start
    func finish(at end: Int) {
        var last = end
        while last > start, isSpace(bytes[last - 1]) { last -= 1 }
        if last > start { ranges.append(start..<last) }
    }
    while i < bytes.count {
        switch bytes[i] {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
            let mark = i
            var end = i + 1
            while end < bytes.count, [0x2E, 0x21, 0x3F].contains(bytes[end]) { end += 1 }
            let isRun = end > mark + 1
            end = skipClosers(bytes, from: end)
            let after = skipSpace(bytes, from: end)
            i = max(end, mark + 1)
            guard after.next > end || after.next == bytes.count else { continue }
            if after.next < bytes.count, !after.isParagraphEnd {
                guard canBegin(bytes, at: after.next) else { continue }
                if bytes[mark] == 0x2E, !isRun,
                    isAbbreviation(bytes, upTo: mark, from: start, before: bytes[after.next])
                {
                    continue
                }
            }
            finish(at: end)
            start = after.next
            i = start
        case UInt8(ascii: "\n"):
            let after = skipSpace(bytes, from: i)
            if after.isParagraphEnd {
                finish(at: i)
                start = after.next
            }
            i = max(after.next, i + 1)
        case 0xE2 where i + 2 < bytes.count && bytes[i + 1] == 0x80 && bytes[i + 2] == 0xA6:
            // An ellipsis ends a sentence where a capital follows.
            let end = skipClosers(bytes, from: i + 3)
            let after = skipSpace(bytes, from: end)
            i = end
            guard after.next > end, after.next < bytes.count, canBegin(bytes, at: after.next) else {
                continue
            }
            finish(at: end)
            start = after.next
            i = start
        case 0xE3 where i + 2 < bytes.count && bytes[i + 1] == 0x80 && bytes[i + 2] == 0x82,
            0xEF
        where i + 2 < bytes.count && bytes[i + 1] == 0xBC
            && (bytes[i + 2] == 0x81 || bytes[i + 2] == 0x9F):
            // 。！？ need no space after them.
            let end = skipClosers(bytes, from: i + 3)
            finish(at: end)
            start = skipSpace(bytes, from: end).next
            i = start
        default: i += 1
        }
    }
    finish(at: bytes.count)
    return ranges
}

private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
}

/// Skips white space; an empty line in it ends the paragraph.
private func skipSpace(_ bytes: [UInt8], from start: Int) -> (next: Int, isParagraphEnd: Bool) {
    var i = start
    var lines = 0
    while i < bytes.count {
        if isSpace(bytes[i]) {
            if bytes[i] == 0x0A { lines += 1 }
            i += 1
        } else if bytes[i] == 0xC2, i + 1 < bytes.count, bytes[i + 1] == 0xA0 {
            i += 2  // No-break space.
        } else if bytes[i] == 0xE3, i + 2 < bytes.count, bytes[i + 1] == 0x80, bytes[i + 2] == 0x80
        {
            i += 3  // Ideographic space.
        } else {
            break
        }
    }
    return (i, lines > 1)
}

/// Skips quotation marks, brackets and emphasis that close with the sentence.
private func skipClosers(_ bytes: [UInt8], from start: Int) -> Int {
    var i = start
    while i < bytes.count {
        switch bytes[i] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"),
            UInt8(ascii: "*"), UInt8(ascii: "_"):
            i += 1
        case 0xC2 where i + 1 < bytes.count && bytes[i + 1] == 0xBB: i += 2  // »
        case 0xE2
        where i + 2 < bytes.count && bytes[i + 1] == 0x80
            && (bytes[i + 2] == 0x99 || bytes[i + 2] == 0x9D):
            i += 3  // ’ ”
        case 0xE3
        where i + 2 < bytes.count && bytes[i + 1] == 0x80
            && (bytes[i + 2] == 0x8D || bytes[i + 2] == 0x8F):
            i += 3  // 」 』
        default: return i
        }
    }
    return i
}

/// Whether a sentence can begin at `i`: anything but a lowercase letter or a joining mark.
private func canBegin(_ bytes: [UInt8], at i: Int) -> Bool {
    let byte = bytes[i]
    if byte < 0x80 {
        return !(0x61...0x7A).contains(byte) && !",;:)]}.".utf8.contains(byte)
    }
    let (value, _) = decodeScalar(bytes, at: i)
    guard let scalar = Unicode.Scalar(value) else { return true }
    return !scalar.properties.isLowercase && value != 0x2014 && value != 0x2013
}

/// Whether the full stop at `stop` belongs to an abbreviation or an initial; `next` follows it.
private func isAbbreviation(
    _ bytes: [UInt8],
    upTo stop: Int,
    from start: Int,
    before next: UInt8
) -> Bool {
    var first = stop
    while first > start, stop - first < 12 {
        let byte = bytes[first - 1]
        let isInner =
            (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80 || byte == 0x2E
            || (0x30...0x39).contains(byte)
        guard isInner else { break }
        first -= 1
    }
    let word = bytes[first..<stop]
    guard !word.isEmpty else { return false }
    // "1." numbers an item only at the beginning of the line; elsewhere it ends a sentence.
    if word.allSatisfy({ (0x30...0x39).contains($0) }) {
        return first == start && word.count <= 3
    }
    // An initial ("J. Pérez"), the doubled ones of a Spanish plural ("EE. UU."), or letters with
    // stops between them.
    if word.count <= 2, (0x41...0x5A).contains(word[first]), word.allSatisfy({ $0 == word[first] })
    {
        return true
    }
    if word.contains(0x2E) {
        return word.split(separator: 0x2E).allSatisfy { $0.count <= 2 }
    }
    let lower = String(decoding: word, as: UTF8.self).lowercased()
    return abbreviations.contains(lower)
        || ((0x30...0x39).contains(next) && numberAbbreviations.contains(lower))
}

/// Abbreviations that a capital may follow inside a sentence.
private let abbreviations: Set<String> = Set(
    """
    sr sra sres sras srta d dª dña dr dra drs dres prof profa lic ing arq abg gral cnel tte
    pág págs pags núms ej av avda ctra cía admón dpto depto aprox máx mín ref
    mr mrs ms messrs st jr ltd corp dept approx vs cf viz gov sen rep hon rev capt lt sgt
    """.split(whereSeparator: \.isWhitespace).map(String.init)
)

/// Abbreviations where a number follows; before anything else they are words, or end a sentence.
private let numberAbbreviations: Set<String> = Set(
    """
    no nº n núm num nos p pp pág pag vol vols art arts cap caps fig figs ed sec secc chap ch eq eqs
    tel jan feb mar apr jun jul aug sep sept oct nov dec ca tab
    """.split(whereSeparator: \.isWhitespace).map(String.init)
)
