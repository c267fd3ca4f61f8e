/// Text in the form in which its words are found: characters that look or mean the same are one.
///
/// Case and accents stay, which stemmers and the boundaries within names need; `Folding` drops them
/// from single words. What happens here is close to Unicode's form NFKC: half and full width,
/// ligatures, super- and subscripts, circled letters and presentation forms become plain ones,
/// decomposed letters, Hangul and kana are composed. Beyond it, what nobody sees goes (joiners,
/// zero-width spaces, soft hyphens), so do the points of Hebrew and Arabic, Indic nuktas and the
/// colors of emoji; hyphens of any kind become `-`, digits of any script ASCII's, Persian letters
/// those that Arabic keyboards have in their place.
struct NormalizedText {
    /// The text as UTF-8.
    private(set) var bytes: [UInt8]
    /// Where in the original each byte comes from, and last the original's length; nil where the two
    /// are the same.
    private var origins: [UInt32]?

    /// Normalizes UTF-8 text.
    ///
    /// - Parameters:
    ///   - original: the text; broken bytes are taken as they are.
    ///   - tracksOrigins: whether `originalRange` is going to be asked.
    /// - Complexity: O(length); ASCII is taken over as it stands.
    init(_ original: [UInt8], tracksOrigins: Bool) {
        guard let first = original.firstIndex(where: { $0 >= 0x80 }) else {
            bytes = original
            return
        }
        var writer = NormalizationWriter(original, tracksOrigins: tracksOrigins)
        writer.copy(0..<first)
        writer.normalize(from: first)
        bytes = writer.bytes
        origins = tracksOrigins ? writer.origins + [UInt32(clamping: original.count)] : nil
    }

    /// The range of the original that a range of the normalized text comes from.
    ///
    /// What vanished or was composed behind the range's last character belongs to it.
    ///
    /// - Complexity: O(1).
    func originalRange(_ range: Range<Int>) -> Range<Int> {
        guard let origins, !range.isEmpty else { return range }
        let start = Int(origins[range.lowerBound])
        // The pieces of one character all come from its beginning: the end is where the next one is.
        let last = origins[range.upperBound - 1]
        var next = range.upperBound
        while next < origins.count - 1, origins[next] == last { next += 1 }
        return start..<max(start, Int(origins[next]))
    }
}

/// The loop behind `NormalizedText`.
private struct NormalizationWriter {
    private let original: [UInt8]
    private let tracksOrigins: Bool
    private(set) var bytes: [UInt8] = []
    private(set) var origins: [UInt32] = []
    /// The last character written and where it begins, if a mark could still change it.
    private var last: (value: UInt32, start: Int)?

    init(_ original: [UInt8], tracksOrigins: Bool) {
        self.original = original
        self.tracksOrigins = tracksOrigins
        bytes.reserveCapacity(original.count)
        if tracksOrigins { origins.reserveCapacity(original.count + 1) }
    }

    /// Takes over bytes as they stand.
    mutating func copy(_ range: Range<Int>) {
        bytes += original[range]
        if tracksOrigins { for offset in range { origins.append(UInt32(clamping: offset)) } }
        if let end = range.last, original[end] < 0x80 {
            last = (UInt32(original[end]), bytes.count - 1)
        }
    }

    mutating func normalize(from start: Int) {
        var i = start
        while i < original.count {
            if original[i] < 0x80 {
                var end = i + 1
                while end < original.count, original[end] < 0x80 { end += 1 }
                copy(i..<end)
                i = end
                continue
            }
            let (value, length) = decodeScalar(original, at: i)
            if length == 1 || i + length > original.count {
                // A broken byte.
                bytes.append(original[i])
                if tracksOrigins { origins.append(UInt32(clamping: i)) }
                last = nil
                i += 1
                continue
            }
            let next =
                i + length < original.count ? decodeScalar(original, at: i + length).value : 0
            switch Normalization.action(on: value, between: last?.value ?? 0, and: next) {
            case .keep: write(value, from: i)
            case .drop: break
            case .replace(let other): write(other, from: i)
            case .expand(let text):
                for scalar in text.unicodeScalars { write(scalar.value, from: i) }
            }
            i += length
        }
    }

    private mutating func write(_ value: UInt32, from offset: Int) {
        if let last, let whole = Normalization.composition(of: last.value, and: value) {
            let origin = tracksOrigins ? origins[last.start] : 0
            bytes.removeSubrange(last.start...)
            if tracksOrigins { origins.removeSubrange(last.start...) }
            append(whole, from: origin)
        } else {
            append(value, from: UInt32(clamping: offset))
        }
    }

    private mutating func append(_ value: UInt32, from origin: UInt32) {
        let start = bytes.count
        last = (value, start)
        if value < 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value))
        } else if let scalar = Unicode.Scalar(value) {
            bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        }
        guard tracksOrigins else { return }
        for _ in start..<bytes.count { origins.append(origin) }
    }
}

/// The rules of normalization, one character at a time.
enum Normalization {
    enum Action {
        case keep
        case drop
        case replace(UInt32)
        case expand(String)
    }

    /// What becomes of a character that is not ASCII, beside what stands around it.
    ///
    /// Persian parts the words of a compound by what keeps letters from joining, as other languages do
    /// by a hyphen; it stays until the words are found. Catalan's point between two l goes, and between
    /// two numbers people write x for the sign of multiplication.
    static func action(on value: UInt32, between before: UInt32, and after: UInt32) -> Action {
        switch value {
        case 0x200C where isArabic(before) && isArabic(after): .keep
        case 0xB7 where before | 0x20 == 0x6C && after | 0x20 == 0x6C: .drop
        case 0xD7 where isDigit(before) && isDigit(after): .replace(0x78)
        default: action(on: value)
        }
    }

    private static func isDigit(_ value: UInt32) -> Bool { (0x30...0x39).contains(value) }

    private static func isArabic(_ value: UInt32) -> Bool {
        (0x620...0x64A).contains(value) || (0x66E...0x6D3).contains(value)
    }

    /// What becomes of a character that is not ASCII.
    static func action(on value: UInt32) -> Action {
        switch value {
        case 0xA0: return .replace(0x20)
        case 0xAD: return .drop
        case 0x80..<0x132 where !(0xAA...0xBE).contains(value): return .keep
        case 0xAA: return .replace(0x61)
        case 0xB2, 0xB3: return .replace(value - 0x80)
        case 0xB9: return .replace(0x31)
        case 0xBA: return .replace(0x6F)
        case 0x2019, 0x02B9, 0x02BB...0x02BF, 0x02C8: return .replace(0x27)
        // Dashes, quotation marks, bullets, emoji: nothing stands for them.
        case 0x2014...0x2018, 0x201A...0x2023, 0x2026, 0x2030...0x2032, 0x2039...0x203B:
            return .keep
        case 0x2010...0x2013, 0x2212, 0xFE58, 0xFE63, 0x05BE, 0x058A, 0x1806, 0x2E17:
            return .replace(0x2D)
        case 0x1F300..<0x1F3FB, 0x1F400...0x1FAFF, 0x2190...0x222B: return .keep
        case 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return .replace(0x20)
        case 0xFF01...0xFF5E: return .replace(value - 0xFEE0)
        // A number stands behind it, which is a word of its own.
        case 0x2116: return .expand("No ")
        case 0x06A9: return .replace(0x0643)
        case 0x06CC, 0x06D2, 0x06D3: return .replace(0x064A)
        case 0x06BE, 0x06C0...0x06C2, 0x06D5: return .replace(0x0647)
        case 0x0980..<0x0E00 where isNukta(value): return .drop
        case 0x093C: return .drop
        // Letters of the great scripts that stand for nothing else.
        case 0x0250..<0x02B0, 0x0370..<0x0374, 0x0386..<0x03D0, 0x0400..<0x0587: return .keep
        case 0x3041...0x3098, 0x30A0...0x30FE, 0x3400..<0xA000, 0xAC00...0xD7A3: return .keep
        default: break
        }
        if isInvisible(value) || isPoint(value) { return .drop }
        if let digit = digit(value) { return .replace(0x30 + digit) }
        return compatible[value].map { $0.utf8.isEmpty ? .drop : .expand($0) } ?? .keep
    }

    /// Whether a character shows nothing: soft hyphen, joiners, zero-width spaces, marks of direction,
    /// selectors of variants, fillers, byte order mark.
    static func isInvisible(_ value: UInt32) -> Bool {
        switch value {
        case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180E, 0x200B...0x200F,
            0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0,
            0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF:
            true
        default: false
        }
    }

    /// Whether a character is a vowel point or a mark of reading that Hebrew and Arabic mostly leave
    /// out, or a stretched line.
    private static func isPoint(_ value: UInt32) -> Bool {
        switch value {
        case 0x591...0x5BD, 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7: true
        case 0x610...0x61A, 0x640, 0x64B...0x65F, 0x670, 0x6D6...0x6DC, 0x6DF...0x6E4, 0x6E7, 0x6E8,
            0x6EA...0x6ED, 0x8D3...0x8FF:
            true
        default: false
        }
    }

    private static func isNukta(_ value: UInt32) -> Bool {
        [0x9BC, 0xA3C, 0xABC, 0xB3C, 0xCBC].contains(value)
    }

    /// The value of a decimal digit of any script.
    private static func digit(_ value: UInt32) -> UInt32? {
        guard value >= 0x660, value < 0x3000 || value >= 0xA620, let scalar = Unicode.Scalar(value)
        else { return nil }
        let properties = scalar.properties
        guard properties.generalCategory == .decimalNumber, let number = properties.numericValue
        else { return nil }
        return UInt32(number)
    }

    /// The composed form of a letter and the mark behind it, or nil.
    static func composition(of base: UInt32, and mark: UInt32) -> UInt32? {
        switch mark {
        // Hindi writes an n before a consonant as a point as well: हिन्दी, हिंदी.
        case 0x94D where base == 0x928: 0x902
        case 0x300..<0x370: composed[UInt64(base) << 32 | UInt64(mark)]
        case 0x1161...0x1175 where (0x1100...0x1112).contains(base):
            0xAC00 + ((base - 0x1100) * 21 + (mark - 0x1161)) * 28
        case 0x11A8...0x11C2
        where (0xAC00...0xD7A3).contains(base) && (base - 0xAC00) % 28 == 0:
            base + mark - 0x11A7
        case 0x900..<0x1200, 0x1B00..<0x1C00, 0x3099, 0x309A, 0x11000...:
            composed[UInt64(base) << 32 | UInt64(mark)]
        default: nil
        }
    }

    /// Composed letters by base (the upper half) and mark.
    private static let composed: [UInt64: UInt32] = {
        var table: [UInt64: UInt32] = [:]
        for (mark, pairs) in composedLetters + composedSyllables {
            let scalars = Array(pairs.unicodeScalars)
            for index in stride(from: 0, to: scalars.count - 1, by: 2) {
                let base = UInt64(scalars[index].value)
                table[base << 32 | UInt64(mark)] = scalars[index + 1].value
            }
        }
        return table
    }()

    /// What stands for compatible characters.
    private static let compatible = CompatibleCharacters(compatibilityTable)
}

/// A table of characters and what stands for them, looked up without having been taken apart.
private struct CompatibleCharacters {
    private let text: [UInt8]
    private var characters: [UInt32] = []
    /// Where in the text what stands for each character begins and ends.
    private var places: [Range<Int>] = []

    /// Reads entries in ascending order, each a character, what stands for it, and a bar.
    ///
    /// - Complexity: O(length), some tens of microseconds: a search pays it once.
    init(_ table: String) {
        text = Array(table.utf8)
        characters.reserveCapacity(5_000)
        places.reserveCapacity(5_000)
        var start = 0
        while start < text.count {
            let (value, length) = decodeScalar(text, at: start)
            var end = start + length
            while end < text.count, text[end] != UInt8(ascii: "|") { end += 1 }
            characters.append(value)
            places.append((start + length)..<end)
            start = end + 1
        }
    }

    /// - Complexity: O(log entries).
    subscript(_ value: UInt32) -> String? {
        var (low, high) = (0, characters.count)
        while low < high {
            let middle = (low + high) / 2
            if characters[middle] < value { low = middle + 1 } else { high = middle }
        }
        guard low < characters.count, characters[low] == value else { return nil }
        return String(decoding: text[places[low]], as: UTF8.self)
    }
}
