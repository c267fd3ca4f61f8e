#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The notes that readers have left in a PDF, which none of poppler's programs gives.
///
/// A note is a dictionary of the file with a `/Subtype` and `/Contents`. Dictionaries stand in the file as
/// they are or in packed streams of objects. They are looked for everywhere, without following the
/// file's structure, which in a damaged file leads nowhere. Of an encrypted file nothing is read.
struct PDFNotes {
    /// What the notes say, in the order of the file.
    private(set) var texts: [String] = []

    /// Notes in the margin, text on the page, marked passages, drawings.
    private static let kinds: Set<String> = [
        "Text", "FreeText", "Highlight", "Underline", "StrikeOut", "Squiggly", "Square", "Circle",
        "Line", "Stamp", "Caret", "Ink", "Polygon", "PolyLine",
    ]
    /// The most bytes that may come out of streams of objects, and the most notes.
    private static let maximumBytes = 64 << 20
    private static let maximumNotes = 5000
    /// How far from its text a note's dictionary may begin and end.
    private static let reach = 8192

    /// Looks through a file.
    ///
    /// - Complexity: O(`bytes.count`), and what comes out of its streams of objects.
    init(_ bytes: [UInt8]) {
        guard Self.first("/Encrypt", in: bytes, from: 0) == nil else { return }
        collect(in: bytes)
        var left = Self.maximumBytes
        var i = 0
        while let mark = Self.first("/ObjStm", in: bytes, from: i), left > 0 {
            i = mark + 7
            guard let stream = Self.first("stream", in: bytes, from: i),
                stream - mark < Self.reach,
                let end = Self.first("endstream", in: bytes, from: stream + 6)
            else { continue }
            var start = stream + 6
            if start < end, bytes[start] == 0x0D { start += 1 }
            if start < end, bytes[start] == 0x0A { start += 1 }
            i = end
            guard let inner = try? Gzip.unpack(Array(bytes[start..<end]), limit: left) else {
                continue
            }
            left -= inner.count
            collect(in: inner)
        }
    }

    private mutating func collect(in bytes: [UInt8]) {
        var i = 0
        while let mark = Self.first("/Contents", in: bytes, from: i),
            texts.count < Self.maximumNotes
        {
            i = mark + 9
            while i < bytes.count, bytes[i] <= 0x20 { i += 1 }
            guard i < bytes.count, bytes[i] == 0x28 || bytes[i] == 0x3C,
                let string = PDFString(bytes, at: i), isNote(bytes, mark, string.end)
            else { continue }
            i = string.end
            let words = string.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if words.contains(where: { $0.isLetter || $0.isNumber }), !texts.contains(words) {
                texts.append(words)
            }
        }
    }

    /// Whether the dictionary around a text is that of a note.
    private func isNote(_ bytes: [UInt8], _ mark: Int, _ end: Int) -> Bool {
        // Back to where the dictionary opens, and on to where it ends.
        var depth = 0
        var lower = mark
        while lower > max(mark - Self.reach, 1) {
            lower -= 1
            guard bytes[lower] == bytes[lower - 1] else { continue }
            if bytes[lower] == 0x3E { (depth, lower) = (depth + 1, lower - 1) }
            if bytes[lower] == 0x3C {
                if depth == 0 { break }
                (depth, lower) = (depth - 1, lower - 1)
            }
        }
        var upper = end
        depth = 0
        while upper + 1 < min(end + Self.reach, bytes.count) {
            if bytes[upper] == 0x3C, bytes[upper + 1] == 0x3C {
                (depth, upper) = (depth + 1, upper + 1)
            } else if bytes[upper] == 0x3E, bytes[upper + 1] == 0x3E {
                if depth == 0 { break }
                (depth, upper) = (depth - 1, upper + 1)
            }
            upper += 1
        }
        return Self.kind(in: bytes[lower..<mark]) ?? Self.kind(in: bytes[end..<max(end, upper)])
            ?? false
    }

    /// Whether a `/Subtype` is that of a note; nil if there is none.
    private static func kind(in bytes: ArraySlice<UInt8>) -> Bool? {
        guard let mark = bytes.firstRange(of: Array("/Subtype".utf8)) else { return nil }
        let rest = bytes[mark.upperBound...].drop { $0 <= 0x20 || $0 == 0x2F }
        let name = rest.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
        return kinds.contains(String(decoding: name, as: UTF8.self))
    }

    /// The place of a word at or after `start`.
    private static func first(_ word: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
        let length = word.utf8CodeUnitCount
        return unsafe bytes.withUnsafeBytes { buffer -> Int? in
            guard let base = buffer.baseAddress else { return nil }
            var i = start
            while i + length <= bytes.count {
                guard
                    let found = unsafe memchr(
                        base + i,
                        Int32(word.utf8Start.pointee),
                        bytes.count - i - length + 1
                    )
                else { return nil }
                i = unsafe UnsafeRawPointer(found) - base
                if unsafe memcmp(base + i, word.utf8Start, length) == 0 { return i }
                i += 1
            }
            return nil
        }
    }
}

/// A string of a PDF: `(text)` with escapes, or `<48656C6C6F>`.
struct PDFString {
    let text: String
    /// Where it ends.
    let end: Int

    /// The longest string that is read.
    private static let maximumLength = 100_000

    /// The string that begins at `start`; nil if it has no end.
    init?(_ bytes: [UInt8], at start: Int) {
        var content: [UInt8] = []
        var i = start + 1
        let limit = min(bytes.count, start + Self.maximumLength)
        if bytes[start] == 0x3C {
            var digits: [UInt8] = []
            while i < limit, bytes[i] != 0x3E {
                if bytes[i] > 0x20 { digits.append(bytes[i]) }
                i += 1
            }
            if digits.count % 2 == 1 { digits.append(0x30) }
            for index in stride(from: 0, to: digits.count, by: 2) {
                let pair = String(decoding: digits[index...(index + 1)], as: UTF8.self)
                guard let byte = UInt8(pair, radix: 16) else { return nil }
                content.append(byte)
            }
        } else {
            var depth = 1
            while i < limit {
                switch bytes[i] {
                case 0x28: depth += 1
                case 0x29: depth -= 1
                case 0x5C:
                    i = Self.escape(bytes, at: i + 1, limit, &content)
                    continue
                default: break
                }
                if depth == 0 { break }
                content.append(bytes[i])
                i += 1
            }
        }
        guard i < limit else { return nil }
        text = Self.decoded(content)
        end = i + 1
    }

    /// Takes what stands behind a backslash, and says where it ends.
    private static func escape(
        _ bytes: [UInt8],
        at start: Int,
        _ limit: Int,
        _ content: inout [UInt8]
    ) -> Int {
        guard start < limit else { return limit }
        let controls: [UInt8: UInt8] = [0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09, 0x62: 0x08, 0x66: 0x0C]
        switch bytes[start] {
        case 0x30...0x37:
            var value = 0
            var i = start
            while i < limit, i < start + 3, (0x30...0x37).contains(bytes[i]) {
                value = value << 3 | Int(bytes[i] - 0x30)
                i += 1
            }
            content.append(UInt8(truncatingIfNeeded: value))
            return i
        case 0x0D:
            // A line that goes on in the next.
            return start + 1 < limit && bytes[start + 1] == 0x0A ? start + 2 : start + 1
        case 0x0A: return start + 1
        case let byte:
            content.append(controls[byte] ?? byte)
            return start + 1
        }
    }

    /// Text in UTF-16 or UTF-8 behind a mark, or in a byte for each character.
    private static func decoded(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xFE, 0xFF]) {
            let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
                UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
            }
            return String(decoding: units, as: UTF16.self)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return String(decoding: bytes.dropFirst(3), as: UTF8.self)
        }
        let step = TextDecoder.decode(bytes, as: .windows1252)
        return String(decoding: step.utf8, as: UTF8.self)
    }
}
