/// A script that tells in which language a word of it is stemmed, whatever language the text around it
/// is in.
enum Script: Hashable {
    case greek, cyrillic, armenian, arabic, devanagari, tamil

    /// The script of the first letter of a word in UTF-8; nil for Latin and for scripts whose words have
    /// no stems.
    ///
    /// - Complexity: O(1).
    init?(of word: some Collection<UInt8>) {
        guard let lead = word.first, lead >= 0xCD else { return nil }
        let (value, _) = decodeScalar(Array(word.prefix(4)), at: 0)
        switch value {
        case 0x370..<0x400, 0x1F00..<0x2000: self = .greek
        case 0x400..<0x530: self = .cyrillic
        case 0x530..<0x590: self = .armenian
        case 0x600..<0x700: self = .arabic
        case 0x900..<0x980: self = .devanagari
        case 0xB80..<0xC00: self = .tamil
        default: return nil
        }
    }

    /// The language that most texts of the script are in, among those with a stemmer.
    var language: Language {
        switch self {
        case .greek: Language(rawValue: "el")
        case .cyrillic: Language(rawValue: "ru")
        case .armenian: Language(rawValue: "hy")
        case .arabic: Language(rawValue: "ar")
        case .devanagari: Language(rawValue: "hi")
        case .tamil: Language(rawValue: "ta")
        }
    }

    /// Whether words of the script that stand in a text in `language` have the stems of that language, or
    /// none: Cyrillic ones without a stemmer of their own have Russian's.
    func hasStems(in language: Language) -> Bool {
        guard Self.scripts[language.rawValue] == self else { return false }
        return self != .cyrillic || Stemmer.languages.contains(language.rawValue)
    }

    private static let scripts: [String: Script] = [
        "el": .greek, "hy": .armenian, "ta": .tamil,
        "ru": .cyrillic, "uk": .cyrillic, "be": .cyrillic, "bg": .cyrillic, "sr": .cyrillic,
        "mk": .cyrillic, "kk": .cyrillic, "ky": .cyrillic, "tg": .cyrillic, "mn": .cyrillic,
        "ar": .arabic, "fa": .arabic, "ur": .arabic, "ps": .arabic, "ku": .arabic,
        "hi": .devanagari, "mr": .devanagari, "ne": .devanagari, "sa": .devanagari,
    ]
}
