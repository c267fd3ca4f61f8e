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
        guard let comparison = Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) })
        else { throw FilterError(filter: expression, reason: "write FIELD!=VALUE for “is not”") }
        field = Self.trimmed(expression[..<start])
        self.comparison = comparison
        value = Self.trimmed(rest.dropFirst(comparison.rawValue.count))
        if field.isEmpty {
            throw FilterError(filter: expression, reason: "the field's name is missing")
        }
    }

    private enum CharacterSet {
        static let operators: Set<Character> = ["=", "!", "<", ">", "~", ":"]
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        if text.count >= 2, text.first == "\"", text.last == "\"" {
            text = text.dropFirst().dropLast()
        }
        return String(text)
    }

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
        let values = values(of: document, timeZone: timeZone)
        if comparison == .not { return !values.contains { compares($0, .equal) } }
        if comparison == .hasNot { return !values.contains { compares($0, .has) } }
        return values.contains { compares($0, comparison) }
    }

    /// The values that a document has of the field.
    package func values(of document: Document, timeZone: TimeZone = .current) -> [MetadataValue] {
        for name in names {
            if let own = document.metadata[name] { return Self.flattened(own) }
        }
        return switch folded(field) {
        case "language", "lang", "idioma": [.string(document.language.rawValue)]
        case "format", "type", "formato": [.string(document.format)]
        case "title", "titulo": [.string(document.title)]
        case "date", "fecha": [.string(document.day(in: timeZone))]
        case "path": [.string(document.path)]
        case "name", "file", "filename": [.string(document.fileName)]
        default: []
        }
    }

    /// The values of nested lists, and besides a text with commas its parts.
    private static func flattened(_ value: MetadataValue) -> [MetadataValue] {
        switch value {
        case .list(let values): return values.flatMap(flattened)
        case .string(let text) where text.contains(","):
            return [value]
                + text.split(separator: ",").map { .string(Self.trimmed($0)) }
        default: return [value]
        }
    }

    private func compares(_ actual: MetadataValue, _ comparison: Comparison) -> Bool {
        switch actual {
        case .number(let number):
            guard let wanted = Double(value) else { return false }
            return Self.compare(number, wanted, comparison)
        case .bool(let flag):
            let yes: Set = ["true", "yes", "si", "1"], no: Set = ["false", "no", "0"]
            let wanted = folded(value)
            return [.equal, .has].contains(comparison) && (flag ? yes : no).contains(wanted)
        case .string(let text): return compares(text, comparison)
        case .list, .object: return false
        }
    }

    private func compares(_ text: String, _ comparison: Comparison) -> Bool {
        if comparison == .has { return WordSequence(value)?.stands(in: text) ?? false }
        let (actual, wanted) = (folded(text), folded(value))
        if comparison == .like { return Glob(wanted).matches(actual) }
        if let number = Double(text), let other = Double(value) {
            return Self.compare(number, other, comparison)
        }
        if let days = Self.days(text, isWritten: true), let wanted = Self.days(value) {
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
        if comparison == .equal, actual.first == "#", actual.dropFirst() == wanted { return true }
        return Self.compare(actual, wanted, comparison)
    }

    /// The days of a text that begins with a year, or that is a date in digits.
    private static func days(_ text: String, isWritten: Bool = false) -> DayRange? {
        guard text.contains("-") || text.contains("/"), text.first?.isNumber == true else {
            return isWritten ? nil : text.count == 4 ? try? DayRange(text) : nil
        }
        return try? DayRange(text)
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
