/// What a character is to the cutting of text into words.
enum CharacterClass: UInt8 {
    case separator
    /// A letter or digit of a script with words.
    case word
    /// A character of a script without spaces, or a Korean syllable.
    case dense
    /// An emoji, or the sign of a currency.
    case symbol
    /// Joins words to a name: `-`, `_`.
    case connector
    /// Joins names to a path: `/`, `:`.
    case pathConnector

    /// Whether words on both sides become one compound.
    var connects: Bool { rawValue >= CharacterClass.connector.rawValue }

    /// The class and UTF-8 length of the character at `i`.
    static func of(_ bytes: [UInt8], at i: Int) -> (class: CharacterClass, length: Int) {
        let byte = bytes[i]
        if byte < 0x80 { return (ascii[Int(byte)], 1) }
        let (value, length) = decodeScalar(bytes, at: i)
        return (of(value), length)
    }

    static let ascii: [CharacterClass] = (0..<128).map { byte in
        switch UInt8(byte) {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .word
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"),
            UInt8(ascii: "#"):
            .connector
        case UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"): .pathConnector
        default: .separator
        }
    }

    private static func of(_ value: UInt32) -> CharacterClass {
        switch value {
        case 0xAA, 0xB5, 0xBA: .word
        case 0xA2...0xA5: .symbol
        case 0x80..<0xC0, 0xD7, 0xF7: .separator
        case 0xC0...0x24F, 0x300...0x373, 0x386...0x481, 0x483...0x52F, 0x1E00...0x1FBC: .word
        case 0x20A0...0x20CF: .symbol
        case 0x2000..<0x2300: value == 0x2071 || value == 0x207F ? .word : .separator
        case 0x2300...0x2BFF: isEmoji(value) ? .symbol : .separator
        case 0x3005...0x3007, 0x303B: .dense  // The same again, and zero.
        case 0x3040...0x30FF where value != 0x30FB: .dense
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: .dense
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17D3: .dense  // Thai, Lao, Burmese, Khmer
        case 0xAC00...0xD7A3, 0x1100...0x11FF: .dense
        case 0x1F000...0x1FAFF: .symbol
        case 0x3000...0x303F, 0xE000...0xF8FF: .separator
        default: byCategory(value)
        }
    }

    private static func isEmoji(_ value: UInt32) -> Bool {
        Unicode.Scalar(value)?.properties.isEmoji == true
    }

    private static func byCategory(_ value: UInt32) -> CharacterClass {
        guard let scalar = Unicode.Scalar(value) else { return .separator }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber:
            return .word
        default: return .separator
        }
    }
}
