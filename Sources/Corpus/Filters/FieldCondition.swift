internal import TextAnalysis

/// One condition on a document's metadata: `author=Ana`, `year>=2024`, `tags=solar`, `title~*solar*`.
///
/// Besides the fields of front matter, `language`, `format`, `title`, `date`, `path` and `name` can
/// be named. A list has the value if one of its elements has. Text compares without regard to case;
/// numbers compare as numbers. A field that a document lacks fulfills only `!=`.
public struct FieldCondition: Hashable, Sendable {
    /// How field and value compare.
    public enum Comparison: String, CaseIterable, Sendable {
        /// Less than or equal.
        case atMost = "<="
        /// Greater than or equal.
        case atLeast = ">="
        /// Not equal.
        case not = "!="
        /// Equal.
        case equal = "="
        /// Less than.
        case less = "<"
        /// Greater than.
        case greater = ">"
        /// Matches a glob.
        case like = "~"
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
                reason: "write FIELD=VALUE, with one of = != < <= > >= ~"
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

    private enum CharacterSet { static let operators: Set<Character> = ["=", "!", "<", ">", "~"] }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        if text.count >= 2, text.first == "\"", text.last == "\"" {
            text = text.dropFirst().dropLast()
        }
        return String(text)
    }

    /// Whether a document fulfills the condition.
    package func holds(for document: Document) -> Bool {
        let values = values(of: document)
        if comparison == .not { return !values.contains { compares($0, .equal) } }
        return values.contains { compares($0, comparison) }
    }

    private func values(of document: Document) -> [MetadataValue] {
        if let own = document.metadata[field] { return Self.flattened(own) }
        return switch field {
        case "language": [.string(document.language.rawValue)]
        case "format": [.string(document.format)]
        case "title": [.string(document.title)]
        case "date": [.string(document.effectiveDate)]
        case "path": [.string(document.path)]
        case "name": [.string(document.fileName)]
        default: []
        }
    }

    private static func flattened(_ value: MetadataValue) -> [MetadataValue] {
        if case .list(let values) = value { return values.flatMap(flattened) }
        return [value]
    }

    private func compares(_ actual: MetadataValue, _ comparison: Comparison) -> Bool {
        switch actual {
        case .number(let number):
            guard let wanted = Double(value) else { return false }
            return Self.compare(number, wanted, comparison)
        case .bool(let flag):
            return comparison == .equal && value.lowercased() == (flag ? "true" : "false")
        case .string(let text):
            if comparison == .like { return Glob(value.lowercased()).matches(text.lowercased()) }
            return Self.compare(text.lowercased(), value.lowercased(), comparison)
        case .list, .object: return false
        }
    }

    private static func compare<T: Comparable>(_ a: T, _ b: T, _ comparison: Comparison) -> Bool {
        switch comparison {
        case .equal, .like: a == b
        case .not: a != b
        case .less: a < b
        case .atMost: a <= b
        case .greater: a > b
        case .atLeast: a >= b
        }
    }
}
