internal import TextAnalysis

/// Mends text whose UTF-8 was once read as Windows-1252 or Mac OS Roman and written again:
/// `predicciÃ³n` and `predicci√≥n` for `predicción`.
///
/// A line is mended where its characters above ASCII are, but for a few, such sequences, and at
/// least one of them can hardly be anything else. Text that merely quotes an example keeps it,
/// because its own accents are whole.
enum MojibakeRepair {
    /// The mended text after each round that changed something: the encoding, the text, the count.
    ///
    /// Text can have gone through the mill more than once; three rounds are tried.
    static func repairs(
        of utf8: [UInt8]
    ) -> [(encoding: String, step: TextDecoder.Step, count: Int)] {
        var rounds: [(encoding: String, step: TextDecoder.Step, count: Int)] = []
        var current = utf8
        while rounds.count < 3, hasSuspects(current) {
            let attempts = [SingleByteEncoding.windows1252, .macRoman]
                .map { encoding in (encoding.name, repaired(current, from: encoding)) }
            guard let best = attempts.max(by: { $0.1.count < $1.1.count }), best.1.count > 0 else {
                break
            }
            rounds.append((best.0, best.1.step, best.1.count))
            current = best.1.step.utf8
        }
        return rounds
    }

    /// Whether any sequence is there at all: cheap, since nearly every text has none.
    private static func hasSuspects(_ bytes: [UInt8]) -> Bool {
        var i = 0
        while i + 2 < bytes.count {
            switch bytes[i] {
            case 0xC3 where (0x82...0xB4).contains(bytes[i + 1]) && bytes[i + 2] >= 0x80:
                return true
            case 0xC2 where bytes[i + 1] == 0xAC && bytes[i + 2] >= 0x80: return true
            case 0xE2 where i + 3 < bytes.count && bytes[i + 3] >= 0x80:
                if bytes[i + 1] == 0x88, bytes[i + 2] == 0x9A { return true }  // √
                if bytes[i + 1] == 0x80, bytes[i + 2] == 0x9A { return true }  // ‚
            case 0xEF where bytes[i + 1] == 0xA3 && bytes[i + 2] == 0xBF: return true
            default: break
            }
            i += 1
        }
        return false
    }

    /// A character that several others stand for.
    private struct Sequence {
        let range: Range<Int>
        let bytes: [UInt8]
        let isTelling: Bool
    }

    private static func repaired(
        _ utf8: [UInt8],
        from encoding: SingleByteEncoding
    ) -> (step: TextDecoder.Step, count: Int) {
        var lines: [(sequences: [Sequence], strays: Int)] = []
        var start = 0
        while start < utf8.count {
            let end = utf8[start...].firstIndex(of: 0x0A) ?? utf8.count
            let found = sequences(in: utf8, start..<end, encoding)
            if !found.sequences.isEmpty { lines.append(found) }
            start = end + 1
        }
        let telling = lines.reduce(0) { $0 + $1.sequences.count(where: \.isTelling) }
        var step = TextDecoder.Step()
        var count = 0
        var copied = 0
        for (sequences, strays) in lines
        where (telling >= 3 || sequences.contains(where: \.isTelling))
            && strays * 4 <= sequences.count
        {
            for sequence in sequences {
                step.utf8 += utf8[copied..<sequence.range.lowerBound]
                step.utf8 += sequence.bytes
                copied = sequence.range.upperBound
                step.map.add(changed: step.utf8.count, original: copied)
            }
            count += sequences.count
        }
        step.utf8 += utf8[copied...]
        return (step, count)
    }

    /// The sequences of a line, and how many characters above ASCII are in none.
    private static func sequences(
        in utf8: [UInt8],
        _ line: Range<Int>,
        _ encoding: SingleByteEncoding
    ) -> (sequences: [Sequence], strays: Int) {
        var sequences: [Sequence] = []
        var strays = 0
        var i = line.lowerBound
        while i < line.upperBound {
            guard utf8[i] >= 0x80 else {
                i += 1
                continue
            }
            if let sequence = sequence(in: utf8, at: i, line, encoding) {
                sequences.append(sequence)
                i = sequence.range.upperBound
            } else {
                strays += 1
                i += max(utf8Length(utf8, at: i), 1)
            }
        }
        return (sequences, strays)
    }

    private static func sequence(
        in utf8: [UInt8],
        at start: Int,
        _ line: Range<Int>,
        _ encoding: SingleByteEncoding
    ) -> Sequence? {
        var bytes: [UInt8] = []
        var i = start
        var needed = 1
        while bytes.count < needed {
            guard i < line.upperBound, utf8[i] >= 0x80 else { return nil }
            let (value, length) = decodeScalar(utf8, at: i)
            guard let byte = encoding.byte(of: value) else { return nil }
            if bytes.isEmpty {
                switch byte {
                case 0xC2..<0xE0: needed = 2
                case 0xE0..<0xF0: needed = 3
                case 0xF0..<0xF5: needed = 4
                default: return nil
                }
            }
            bytes.append(byte)
            i += length
        }
        guard utf8Length(bytes, at: 0) == needed else { return nil }
        func isLetter(_ i: Int) -> Bool {
            line.contains(i) && (0x61...0x7A).contains(utf8[i] | 0x20)
        }
        let inWord = isLetter(start - 1) || isLetter(i)
        // "Ã³" says it all; "√π" may be mathematics, and "Ó»" the end of a quotation.
        let isMac = encoding.name == SingleByteEncoding.macRoman.name
        let isTelling =
            switch bytes[0] {
            case 0xC2, 0xC3: isMac ? inWord : true
            case 0xC4, 0xC5: inWord && !isMac
            case 0xE2: bytes[1] == 0x80 || bytes[1] == 0x82
            case 0xF0: bytes[1] == 0x9F
            default: false
            }
        return Sequence(range: start..<i, bytes: bytes, isTelling: isTelling)
    }
}
