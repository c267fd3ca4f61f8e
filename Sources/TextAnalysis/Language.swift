/// A natural language, by its ISO 639-1 code: `es`, `en`; `und` when it is not known.
///
/// Any code is a value, so that a page's own `lang` attribute survives even where this module
/// knows nothing about the language.
public struct Language: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The lowercase code.
    public let rawValue: String

    /// The language of `rawValue`, taken as it stands.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The language of a BCP 47 tag: `es-ES`, `EN_us` and `es` all name their first part.
    ///
    /// Nil unless that part is two or three ASCII letters.
    public init?(tag: some StringProtocol) {
        let code = tag.utf8.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
            .map { $0 | 0x20 }
        guard (2...3).contains(code.count), code.allSatisfy({ (0x61...0x7A).contains($0) })
        else { return nil }
        let text = String(decoding: code, as: UTF8.self)
        rawValue = Language.shortCodes[text] ?? text
    }

    /// The code.
    public var description: String { rawValue }

    /// The two-letter codes of three-letter ones that real files use.
    private static let shortCodes = [
        "spa": "es", "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "por": "pt",
        "ita": "it", "cat": "ca", "zho": "zh", "chi": "zh", "jpn": "ja", "rus": "ru",
    ]

    /// Not known.
    public static let undetermined = Language(rawValue: "und")
    /// Spanish.
    public static let spanish = Language(rawValue: "es")
    /// English.
    public static let english = Language(rawValue: "en")
    /// German.
    public static let german = Language(rawValue: "de")
    /// French.
    public static let french = Language(rawValue: "fr")
    /// Portuguese.
    public static let portuguese = Language(rawValue: "pt")
    /// Italian.
    public static let italian = Language(rawValue: "it")
    /// Catalan.
    public static let catalan = Language(rawValue: "ca")
}
