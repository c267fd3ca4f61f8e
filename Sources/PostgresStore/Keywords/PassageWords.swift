#if Postgres
internal import Corpus
internal import TextAnalysis

/// The terms of a passage as the server holds them.
///
/// A lexeme of `words` is an `s` with a word as it stands, or a `t` with a stem. Places count on through title,
/// headings and text, with a gap between them, so that no phrase reaches from one into the next; the weights
/// A, B and C tell the fields apart. PostgreSQL keeps 255 places of a lexeme and none beyond 16,383, which
/// is more than a passage has.
struct PassageWords {
    /// Changes whenever the same passage would give other terms.
    static let analysisVersion = "1.\(KeywordAnalyzer.version)"
    /// The longest term: an index takes no longer ones.
    private static let longestTerm = 1_000

    /// The value of `passage.words`.
    let lexemes: String
    /// The value of `passage.terms`: every term once for each place, in letters and digits only, because
    /// pg_textsearch takes texts apart by its own rules.
    let terms: String
    /// How many terms there are.
    let length: Int

    /// Analyzes a passage.
    init(
        title: String,
        headings: [String],
        text: String,
        language: Language,
        analyzer: KeywordAnalyzer
    ) {
        var places: [String: String] = [:]
        var terms: [String] = []
        var length = 0
        var first: [KeywordQuery.Form: Int] = [.surface: 1, .stem: 1]
        for (field, text) in zip(
            KeywordField.allCases,
            [title, headings.joined(separator: "\n"), text]
        ) {
            let analyzed = analyzer.indexTerms(text, language: language)
            for (form, words) in [
                (KeywordQuery.Form.surface, analyzed.surfaces), (.stem, analyzed.stems),
            ] {
                var place = first[form] ?? 1
                for word in words where Self.isTerm(word) {
                    let lexeme = Self.lexeme(word, form)
                    let mark = "\(min(place, 16_383))\(field.weight)"
                    places[lexeme] = places[lexeme].map { $0 + "," + mark } ?? mark
                    terms.append(Self.letters(lexeme))
                    place += 1
                }
                length += words.count
                first[form] = place + 1
            }
        }
        lexemes = places.map { "\(Self.quoted($0.key)):\($0.value)" }.joined(separator: " ")
        self.terms = terms.joined(separator: " ")
        self.length = length
    }

    /// Whether a term can stand in a passage at all.
    static func isTerm(_ term: String) -> Bool { !term.isEmpty && !term.utf8.contains(0) }

    /// A term of a form as `words` has it.
    static func lexeme(_ term: String, _ form: KeywordQuery.Form) -> String {
        (form == .surface ? "s" : "t") + bounded(term)
    }

    /// A term, cut where an index would not take it.
    static func bounded(_ term: String) -> String {
        guard term.utf8.count > longestTerm else { return term }
        var rest = Substring(term)
        while rest.utf8.count > longestTerm { rest.removeLast() }
        return String(rest)
    }

    /// A lexeme in letters and digits: as it is, or `x` and its bytes in hexadecimal.
    static func letters(_ lexeme: String) -> String {
        let isPlain = lexeme.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
        }
        if isPlain { return lexeme }
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = [UInt8(ascii: "x")]
        for byte in lexeme.utf8 {
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A lexeme as a literal of `tsvector` and `tsquery`.
    static func quoted(_ lexeme: String) -> String {
        "'" + lexeme.replacing("\\", with: "\\\\").replacing("'", with: "''") + "'"
    }
}

extension KeywordField {
    /// The weight that tells the field in a `tsvector`.
    var weight: String {
        switch self {
        case .title: "A"
        case .headings: "B"
        case .text: "C"
        }
    }
}
#endif
