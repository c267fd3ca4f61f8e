/// Turns the bytes of a file into clean UTF-8 text that remembers where it came from.
///
/// Byte order marks decide first, then valid UTF-8, then the pattern of NULs in UTF-16 and UTF-32,
/// then what the file declares, then whichever encoding makes a language of the bytes
/// (`EncodingDetector`).
struct TextDecoder {
    /// The text, without what had to be repaired or dropped.
    struct Decoded {
        var source: SourceText
        var repairs: [TextRepair]
    }

    /// Text on its way: its UTF-8 and the map back to the bytes before the step.
    struct Step {
        var utf8: [UInt8] = []
        var map = OffsetMap()
    }

    /// Decodes `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: A whole file.
    ///   - declared: The encoding that the file names for itself, if any; asked for where the bytes
    ///     do not tell.
    /// - Returns: The text, and what was mended.
    /// - Throws: `DocumentError.binary` where the bytes are no text, `.empty` where there are none.
    /// - Complexity: O(`bytes.count`).
    static func decode(
        _ bytes: [UInt8],
        declared: @autoclosure () -> String? = nil
    ) throws(DocumentError) -> Decoded {
        guard !bytes.isEmpty else { throw .empty }
        if let kind = FileSignature.binaryKind(of: bytes) { throw .binary(kind) }
        var repairs: [TextRepair] = []
        var (step, encoding) = try decodeCharacters(bytes, declared: declared, &repairs)
        var maps = [step.map]
        for (name, repaired, count) in MojibakeRepair.repairs(of: step.utf8) {
            step = repaired
            maps.append(repaired.map)
            repairs.append(TextRepair(kind: .decodedTwice(as: name), count: count))
        }
        if let (clean, dropped) = cleaned(step.utf8) {
            step = clean
            maps.append(clean.map)
            if dropped > 0 { repairs.append(TextRepair(kind: .controlCharacters, count: dropped)) }
        }
        guard step.utf8.contains(where: { $0 > 0x20 }) else { throw .empty }
        return Decoded(
            source: SourceText(utf8: step.utf8, encoding: encoding, maps: maps),
            repairs: repairs
        )
    }

    /// The bytes as they are, but with line feeds for line ends: for formats that say of each of
    /// their parts in which encoding it is.
    ///
    /// - Throws: `.binary` where the bytes are no text, `.empty` where there are none.
    static func undecoded(_ bytes: [UInt8]) throws(DocumentError) -> SourceText {
        if let kind = FileSignature.binaryKind(of: bytes) { throw .binary(kind) }
        if WideEncoding(markOf: bytes) != nil || WideEncoding(patternOf: bytes) != nil {
            return try decode(bytes).source
        }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var step = Step()
        step.map.add(changed: 0, original: start)
        step.utf8.reserveCapacity(bytes.count)
        var i = start
        while i < bytes.count {
            guard bytes[i] == 0x0D else {
                let end = bytes[i...].firstIndex(of: 0x0D) ?? bytes.count
                step.utf8 += bytes[i..<end]
                i = end
                continue
            }
            step.utf8.append(0x0A)
            i += i + 1 < bytes.count && bytes[i + 1] == 0x0A ? 2 : 1
            step.map.add(changed: step.utf8.count, original: i)
        }
        guard step.utf8.contains(where: { $0 > 0x20 }) else { throw .empty }
        return SourceText(utf8: step.utf8, encoding: "mixed", maps: [step.map])
    }

    // MARK: Choosing the encoding

    private static func decodeCharacters(
        _ bytes: [UInt8],
        declared: () -> String?,
        _ repairs: inout [TextRepair]
    ) throws(DocumentError) -> (Step, String) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return (decodeUTF8(bytes, from: 3, &repairs), "utf-8")
        }
        if let wide = WideEncoding(markOf: bytes) ?? WideEncoding(patternOf: bytes) {
            return (wide.decode(bytes), wide.name)
        }
        // Before the census, which takes the shifts of ISO 2022 for control characters.
        if bytes.prefix(1024).firstRange(of: Array("\u{1B}$)C".utf8)) != nil,
            let found = sevenBit(bytes, declared: nil)
        {
            return found
        }
        let census = Census(bytes)
        if let reason = census.binaryReason { throw .binary(reason) }
        if census.multibyte + census.invalid == 0, let found = sevenBit(bytes, declared: declared())
        {
            return found
        }
        if census.invalid == 0 {
            return (Step(utf8: bytes), census.multibyte == 0 ? "ascii" : "utf-8")
        }
        // A few broken bytes in a text that is UTF-8 otherwise: a cut, a bad paste.
        let isMostlyUTF8 = census.multibyte >= 3 * census.invalid
        let named = declared().flatMap { CharacterEncoding(named: $0) }
        if let named, named != .utf8, !named.isSevenBit {
            let (step, invalid) = named.decode(bytes)
            // What a program names by default is not always what it writes.
            if invalid == 0 || (!isMostlyUTF8 && invalid * 100 <= census.high) {
                note(invalid, &repairs)
                return (step, named.name)
            }
        }
        if isMostlyUTF8 { return (decodeUTF8(bytes, from: 0, &repairs), "utf-8") }
        guard let found = EncodingDetector.encoding(of: bytes) else {
            throw .binary("in no encoding that is known here")
        }
        let (step, invalid) = found.decode(bytes)
        note(invalid, &repairs)
        return (step, found.name)
    }

    /// The text where it is in an encoding that has no bytes beyond ASCII and says so, or is marked
    /// by its escape sequences.
    private static func sevenBit(_ bytes: [UInt8], declared: String?) -> (Step, String)? {
        let escapes: [(mark: String, encoding: CharacterEncoding)] = [
            ("\u{1B}$B", .iso2022JP), ("\u{1B}$@", .iso2022JP), ("\u{1B}$)C", .iso2022KR),
        ]
        var found = declared.flatMap { CharacterEncoding(named: $0) }
        if found?.isSevenBit != true {
            if bytes.contains(0x1B) {
                found = escapes.first { bytes.firstRange(of: Array($0.mark.utf8)) != nil }?.encoding
            } else if isHZ(bytes) {
                found = .hz
            }
        }
        guard let found, found.isSevenBit else { return nil }
        let (step, invalid) = found.decode(bytes)
        return invalid * 50 <= bytes.count ? (step, found.name) : nil
    }

    /// Whether each `~{` is closed on its line by a `~}`, with pairs of bytes between them.
    private static func isHZ(_ bytes: [UInt8]) -> Bool {
        let open = Array("~{".utf8)
        let close = Array("~}".utf8)
        var count = 0
        var rest = bytes[...]
        while let start = rest.firstRange(of: open) {
            let line = rest[start.upperBound...].prefix { $0 != 0x0A }
            guard let end = line.firstRange(of: close) else { return false }
            let inner = line[..<end.lowerBound]
            guard inner.count >= 2, inner.count % 2 == 0,
                inner.allSatisfy({ (0x21...0x7E).contains($0) }),
                // The first bytes of the characters that are written.
                inner.enumerated().allSatisfy({ $0 % 2 == 1 || $1 <= 0x77 })
            else { return false }
            count += inner.count
            rest = rest[end.upperBound...]
        }
        return count >= 4
    }

    private static func note(_ invalid: Int, _ repairs: inout [TextRepair]) {
        if invalid > 0 { repairs.append(TextRepair(kind: .invalidBytes, count: invalid)) }
    }

    /// What the bytes look like as UTF-8.
    private struct Census {
        var multibyte = 0
        var invalid = 0
        var high = 0
        private var nulls = 0
        private var controls = 0
        private let count: Int

        init(_ bytes: [UInt8]) {
            count = bytes.count
            var i = 0
            while i < bytes.count {
                let byte = bytes[i]
                if byte < 0x80 {
                    if byte < 0x20 { countControl(byte) }
                    i += 1
                    continue
                }
                let length = utf8Length(bytes, at: i)
                if length > 0 {
                    multibyte += 1
                    high += length
                    i += length
                } else {
                    invalid += 1
                    high += 1
                    i += 1
                }
            }
        }

        private mutating func countControl(_ byte: UInt8) {
            switch byte {
            case 0: nulls += 1
            case 0x08...0x0D, 0x1B: break
            default: controls += 1
            }
        }

        /// Why this is no text, or nil.
        ///
        /// Texts do have the odd NUL; programs are full of them.
        var binaryReason: String? {
            if nulls * 200 > count { return "full of NUL bytes" }
            if (nulls + controls) * 50 > count { return "full of control bytes" }
            if invalid * 10 > count, (nulls + controls) * 500 > count {
                return "control bytes and no known encoding"
            }
            return nil
        }
    }

    // MARK: Decoding

    private static func decodeUTF8(
        _ bytes: [UInt8],
        from start: Int,
        _ repairs: inout [TextRepair]
    ) -> Step {
        var step = Step()
        step.utf8.reserveCapacity(bytes.count)
        step.map.add(changed: 0, original: start)
        var invalid = 0
        var i = start
        while i < bytes.count {
            let length = bytes[i] < 0x80 ? 1 : utf8Length(bytes, at: i)
            if length > 0 {
                step.utf8.append(contentsOf: bytes[i..<(i + length)])
                i += length
            } else {
                step.utf8 += [0xEF, 0xBF, 0xBD]
                invalid += 1
                i += 1
                step.map.add(changed: step.utf8.count, original: i)
            }
        }
        if invalid > 0 { repairs.append(TextRepair(kind: .invalidBytes, count: invalid)) }
        return step
    }

    /// The text of bytes that are a character each.
    static func decode(_ bytes: [UInt8], as encoding: SingleByteEncoding) -> Step {
        var step = Step()
        step.utf8.reserveCapacity(bytes.count + bytes.count / 8)
        for (i, byte) in bytes.enumerated() {
            if byte < 0x80 {
                step.utf8.append(byte)
            } else {
                appendUTF8(UInt32(encoding.upperHalf[Int(byte) - 0x80]), to: &step.utf8)
                step.map.add(changed: step.utf8.count, original: i + 1)
            }
        }
        return step
    }

    // MARK: Cleaning

    /// The text with line feeds for line ends and without control characters and terminal escapes,
    /// and how many characters were dropped; nil if it is so already.
    private static func cleaned(_ bytes: [UInt8]) -> (Step, dropped: Int)? {
        func isClean(_ i: Int) -> Bool {
            let byte = bytes[i]
            if byte >= 0x20 {
                let isControl =
                    byte == 0x7F || (byte == 0xC2 && i + 1 < bytes.count && bytes[i + 1] < 0xA0)
                return !isControl
            }
            return byte == 0x0A || byte == 0x09
        }
        guard let first = bytes.indices.first(where: { !isClean($0) }) else { return nil }
        var step = Step()
        var dropped = 0
        step.utf8.reserveCapacity(bytes.count)
        step.utf8 += bytes[..<first]
        var i = first
        while i < bytes.count {
            if isClean(i) {
                step.utf8.append(bytes[i])
                i += 1
                continue
            }
            switch bytes[i] {
            case 0x0D:
                step.utf8.append(0x0A)
                i += i + 1 < bytes.count && bytes[i + 1] == 0x0A ? 2 : 1
            case 0x0B, 0x0C:
                step.utf8.append(0x0A)
                i += 1
            case 0x1B:
                i = endOfEscape(bytes, at: i)
            case 0x08 where step.utf8.last.map { $0 >= 0x20 } ?? false:
                // Overstriking, as old formatters print bold: the character before goes.
                while let last = step.utf8.popLast(), last & 0xC0 == 0x80 {}
                i += 1
            case 0xC2:
                if bytes[i + 1] == 0x85 { step.utf8.append(0x0A) } else { dropped += 1 }
                i += 2
            default:
                dropped += 1
                i += 1
            }
            step.map.add(changed: step.utf8.count, original: i)
        }
        return (step, dropped)
    }

    /// Where a terminal's control sequence ends.
    private static func endOfEscape(_ bytes: [UInt8], at start: Int) -> Int {
        guard start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "[") else {
            return start + 1
        }
        var i = start + 2
        while i < bytes.count, i - start < 32, (0x20...0x3F).contains(bytes[i]) { i += 1 }
        return i < bytes.count && (0x40...0x7E).contains(bytes[i]) ? i + 1 : start + 1
    }
}

/// The length of the well-formed UTF-8 sequence at `i`, or 0.
func utf8Length(_ bytes: [UInt8], at i: Int) -> Int {
    func isTrail(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
        i + offset < bytes.count && range.contains(bytes[i + offset])
    }
    switch bytes[i] {
    case 0..<0x80: return 1
    case 0xC2..<0xE0: return isTrail(1) ? 2 : 0
    case 0xE0: return isTrail(1, 0xA0...0xBF) && isTrail(2) ? 3 : 0
    case 0xED: return isTrail(1, 0x80...0x9F) && isTrail(2) ? 3 : 0
    case 0xE1..<0xF0: return isTrail(1) && isTrail(2) ? 3 : 0
    case 0xF0: return isTrail(1, 0x90...0xBF) && isTrail(2) && isTrail(3) ? 4 : 0
    case 0xF1..<0xF4: return isTrail(1) && isTrail(2) && isTrail(3) ? 4 : 0
    case 0xF4: return isTrail(1, 0x80...0x8F) && isTrail(2) && isTrail(3) ? 4 : 0
    default: return 0
    }
}

/// Appends a scalar as UTF-8; what is no scalar becomes U+FFFD.
func appendUTF8(_ value: UInt32, to bytes: inout [UInt8]) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    if let encoded = UTF8.encode(scalar) { bytes.append(contentsOf: encoded) }
}
