/// How a word is made of a stretch of text.
enum WordForm {
    /// As it stands there, but with a point for a decimal comma.
    case asWritten
    /// Without what joins its parts: `ERR1293` for `ERR_1293`, `aujourdhui` for `aujourd'hui`.
    case withoutConnectors
    /// Without spaces: `3.5kg` for `3,5 kg`, `3％` for `3 %`.
    case withoutSpaces
    /// Measures in one word: `1920x1080` for `1920 × 1080`.
    case measures
    /// Without what groups digits and without spaces, with a point before the decimals: `1234.5` for
    /// `1.234,5`, `1500kg` for `1.500 kg`.
    case ungrouped(separator: UInt8)

    /// The word's bytes.
    func bytes(of text: ArraySlice<UInt8>) -> [UInt8] {
        let (comma, point, space) = (UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: " "))
        return switch self {
        case .asWritten: text.map { $0 == comma ? point : $0 }
        case .withoutConnectors:
            text.filter {
                $0 >= 0x80 || !CharacterClass.ascii[Int($0)].connects && $0 != UInt8(ascii: "'")
            }
        case .withoutSpaces:
            // A percent sign is no character of terms: its full form is.
            text.filter { $0 != space }.flatMap { byte -> [UInt8] in
                byte == UInt8(ascii: "%") ? [0xEF, 0xBC, 0x85] : [byte == comma ? point : byte]
            }
        case .measures:
            text.filter { $0 != space && $0 != 0x97 }
                .map { $0 == 0xC3 || $0 == UInt8(ascii: "X") ? UInt8(ascii: "x") : $0 }
        case .ungrouped(let separator):
            text.filter { $0 != separator && $0 != space }.map { $0 == comma ? point : $0 }
        }
    }
}
