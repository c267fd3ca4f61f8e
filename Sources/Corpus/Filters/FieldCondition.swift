package import Foundation
internal import TextAnalysis

/// One condition on a document's metadata: `author=Ana`, `year>=2024`, `tags=solar`, `title~*solar*`.
///
/// Besides the fields of front matter, `language`, `format`, `title`, `date`, `path` and `name` can
/// be named; case and accents do not count in names, and some fields are known by several. A list has
/// the value if one of its elements has, and text with commas if one of its parts has. Text compares
/// without regard to case and accents, numbers as numbers, dates as days. A field that a document
/// lacks fulfills only `!=` and `!:`.
public struct FieldCondition: Hashable, Sendable {
    /// How field and value compare.
    public enum Comparison: String, CaseIterable, Sendable {
        /// Less than or equal.
        case atMost = "<="
        /// Greater than or equal.
        case atLeast = ">="
        /// Not equal.
        case not = "!="
        /// Has not the words, side by side.
        case hasNot = "!:"
        /// Equal.
        case equal = "="
        /// Less than.
        case less = "<"
        /// Greater than.
        case greater = ">"
        /// Matches a glob.
        case like = "~"
        /// Has the words, side by side.
        case has = ":"
    }

    /// The field's name, dots between the levels of nested fields.
    public var field: String
    /// How field and value compare.
    public var comparison: Comparison
    /// What the field is compared with.
    public var value: String
    /// Other values of which one is enough; of a condition that leaves out, each is left out.
    public var alternatives: [String] = []

    /// A condition from its parts.
    public init(_ field: String, _ comparison: Comparison, _ value: String) {
        self.field = field
        self.comparison = comparison
        self.value = value
    }

    /// Reads `FIELD=VALUE` and its kin; spaces around the parts do not count.
    ///
    /// - Throws: `FilterError` when there is no comparison or no field.
    public init(_ expression: String) throws(FilterError) {
        let operators = CharacterSet.operators
        guard let start = expression.firstIndex(where: { operators.contains($0) }) else {
            throw FilterError(
                filter: expression,
                reason: "write FIELD=VALUE, with one of = != < <= > >= ~ : !:"
            )
        }
        let rest = expression[start...]
        let signs = Comparison.allCases.map { ($0.rawValue, $0) } + Self.otherSigns
        let sign = signs.filter { rest.hasPrefix($0.0) }.max { $0.0.count < $1.0.count }
        guard let (text, comparison) = sign else {
            throw FilterError(filter: expression, reason: "write FIELD!=VALUE for “is not”")
        }
        field = Self.trimmed(expression[..<start])
        self.comparison = comparison
        value = Self.trimmed(rest.dropFirst(text.count))
        if field.isEmpty {
            throw FilterError(filter: expression, reason: "the field's name is missing")
        }
    }

    private enum CharacterSet {
        static let operators: Set<Character> = [
            "=", "!", "<", ">", "~", ":", "≤", "≥", "≠", "＝", "：",
        ]
    }

    /// How people write comparisons besides.
    private static let otherSigns: [(String, Comparison)] = [
        ("==", .equal), ("＝", .equal), ("≤", .atMost), ("≥", .atLeast), ("≠", .not), ("<>", .not),
        ("：", .has),
    ]

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        if text.count >= 2, let first = text.first, let last = text.last,
            quotationMarks.contains("\(first)\(last)")
        {
            text = text.dropFirst().dropLast()
        }
        return String(text)
    }

    private static let quotationMarks: Set<String> = ["\"\"", "''", "“”", "‘’", "«»", "„“"]

    /// The names under which metadata may have the field.
    package var names: [String] {
        let key = folded(field)
        var names = [field, field.lowercased(), key]
        for group in Self.synonyms where group.contains(key) { names += group }
        return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Fields that documents name in several ways.
    private static let synonyms: [[String]] = [
        ["author", "authors", "autor", "autores", "autora", "creator", "dc.creator", "from"],
        ["tags", "tag", "keywords", "etiquetas", "filetags"],
        ["category", "categories", "categoria", "categorias"],
    ]

    /// Whether a document fulfills the condition.
    ///
    /// `timeZone` is the reader's, which says on what day a file was changed.
    package func holds(for document: Document, timeZone: TimeZone = .current) -> Bool {
        guard alternatives.isEmpty else {
            let each = ([value] + alternatives).lazy.map { FieldCondition(field, comparison, $0) }
            return [.not, .hasNot].contains(comparison)
                ? each.allSatisfy { $0.holds(for: document, timeZone: timeZone) }
                : each.contains { $0.holds(for: document, timeZone: timeZone) }
        }
        let values = values(of: document, timeZone: timeZone)
        func compares(_ value: MetadataValue, _ comparison: Comparison) -> Bool {
            self.compares(value, comparison, timeZone)
        }
        if comparison == .not { return !values.contains { compares($0, .equal) } }
        if comparison == .hasNot { return !values.contains { compares($0, .has) } }
        return values.contains { compares($0, comparison) }
    }

    /// The values that a document has of the field.
    package func values(of document: Document, timeZone: TimeZone = .current) -> [MetadataValue] {
        for name in names {
            if let own = document.metadata[name] { return Self.flattened(own) }
        }
        let key = folded(field)
        if let own = document.metadata.first(where: { folded($0.key) == key }) {
            return Self.flattened(own.value)
        }
        return switch key {
        case "language", "lang", "idioma": [.string(document.language.rawValue)]
        case "format", "type", "formato", "ext", "extension":
            [.string(document.format)] + Self.suffix(of: document.fileName)
        case "title", "titulo": [.string(document.title)]
        case "date", "fecha": [.string(document.day(in: timeZone))]
        case "path": [.string(document.path)]
        case "name", "file", "filename": [.string(document.fileName)]
        default: []
        }
    }

    /// The end of a file's name, with and without its point.
    private static func suffix(of name: String) -> [MetadataValue] {
        guard let point = name.lastIndex(of: "."), point > name.startIndex else { return [] }
        return [.string(String(name[point...].dropFirst())), .string(String(name[point...]))]
    }

    /// The values of nested lists, the list itself as it is shown, and besides a text with commas its
    /// parts.
    private static func flattened(_ value: MetadataValue) -> [MetadataValue] {
        switch value {
        case .list(let values):
            return values.flatMap(flattened) + (values.count > 1 ? [.string(value.text)] : [])
        case .string(let text) where text.contains(",") || text.contains(";"):
            return [value]
                + text.split { $0 == "," || $0 == ";" }.map { .string(Self.trimmed($0)) }
        default: return [value]
        }
    }

    private func compares(
        _ actual: MetadataValue,
        _ comparison: Comparison,
        _ timeZone: TimeZone
    ) -> Bool {
        switch actual {
        case .number(let number):
            guard let wanted = Double(value) else { return false }
            return Self.compare(number, wanted, comparison)
        case .bool(let flag):
            let yes: Set = ["true", "yes", "si", "1"], no: Set = ["false", "no", "0"]
            let wanted = folded(value)
            return [.equal, .has].contains(comparison) && (flag ? yes : no).contains(wanted)
        case .string(let text): return compares(text, comparison, timeZone)
        case .list, .object: return false
        }
    }

    private func compares(
        _ text: String,
        _ comparison: Comparison,
        _ timeZone: TimeZone
    ) -> Bool {
        if comparison == .has { return WordSequence(value)?.stands(in: text) ?? false }
        let (actual, wanted) = (Self.plain(text), Self.plain(value))
        if comparison == .like { return Glob(wanted).matches(actual) }
        if let number = Double(text), let other = Double(value) {
            return Self.compare(number, other, comparison)
        }
        if let days = days(text), let wanted = try? DayRange(value, timeZone: timeZone) {
            // A shorter date means all of its days: "2024" is a whole year.
            return switch comparison {
            case .equal: days.first >= wanted.first && days.last <= wanted.last
            case .less: days.first < wanted.first
            case .atMost: days.first <= wanted.last
            case .greater: days.last > wanted.last
            case .atLeast: days.last >= wanted.first
            case .not, .hasNot, .like, .has: false
            }
        }
        if actual == wanted { return [.equal, .atMost, .atLeast].contains(comparison) }
        // "#solar" is the tag "solar".
        if comparison == .equal, actual == "#" + wanted || "#" + actual == wanted { return true }
        // What YAML could not read has its signs still: "@ana", "\"Ana", "[Ana".
        if comparison == .equal, Self.withoutSigns(actual) == wanted { return true }
        if comparison == .equal, wanted.contains("*") { return Glob(wanted).matches(actual) }
        return Self.compare(actual, wanted, comparison)
    }

    private static func withoutSigns(_ text: String) -> String {
        let signs: Set<Character> = [
            "\"", "'", "`", "@", "*", "&", "!", "[", "]", "{", "}", "“", "”",
        ]
        var text = text[...].drop(while: signs.contains)
        while let last = text.last, signs.contains(last) || last == "," { text.removeLast() }
        return String(text)
    }

    /// A text folded, with one space between its words, and none beside commas.
    private static func plain(_ text: String) -> String {
        let words = folded(text).split(whereSeparator: \.isWhitespace)
        return words.joined(separator: " ").replacing(", ", with: ",")
    }

    /// The days of a text that is a date in digits, or of any date in a field of that name.
    private func days(_ text: String) -> DayRange? {
        let isDigits =
            text.first?.isNumber == true && (text.contains("-") || text.contains("/"))
        return isDigits || isDate ? try? DayRange(written: text) : nil
    }

    /// Whether the field is a date by its name.
    private var isDate: Bool { Self.dates.contains(folded(field)) }

    private static let dates: Set<String> = [
        "date", "fecha", "created", "updated", "modified", "published", "creado", "actualizado",
        "publicado",
    ]

    /// Refuses a date that does not exist in a field that is one.
    ///
    /// - Throws: `FilterError`.
    package func check(now: Date, timeZone: TimeZone) throws(FilterError) {
        guard isDate, comparison != .like, comparison != .has, comparison != .hasNot,
            value.contains(where: \.isNumber)
        else { return }
        _ = try DayRange(value, now: now, timeZone: timeZone)
    }

    private static func compare<T: Comparable>(_ a: T, _ b: T, _ comparison: Comparison) -> Bool {
        switch comparison {
        case .equal, .like, .has: a == b
        case .not, .hasNot: a != b
        case .less: a < b
        case .atMost: a <= b
        case .greater: a > b
        case .atLeast: a >= b
        }
    }
}
