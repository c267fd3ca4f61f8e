internal import FoundationEssentials

/// A JSON value that a server sent, read without asking for one form: a field that is null, missing
/// or of another type than usual is nil and spoils nothing else.
package enum JSONReply: Decodable, Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number.
    case number(Double)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONReply])
    /// An object.
    case object([String: JSONReply])

    /// Reads a JSON text, or returns nil if it is none.
    ///
    /// What Python's and JavaScript's writers add to JSON, such as `NaN`, is read too.
    ///
    /// - Complexity: O(n).
    package init?(_ text: String) { self.init(Array(text.utf8)) }

    /// Reads a JSON text in UTF-8, as `init(_:)` does.
    package init?(_ bytes: [UInt8]) {
        let decoder = JSONDecoder()
        let data = Data(bytes)
        if let value = try? decoder.decode(JSONReply.self, from: data) {
            self = value
            return
        }
        decoder.allowsJSON5 = true
        guard let value = try? decoder.decode(JSONReply.self, from: data) else { return nil }
        self = value
    }

    package init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: AnyKey.self) {
            var fields: [String: JSONReply] = [:]
            for key in container.allKeys {
                fields[key.stringValue] = try container.decode(JSONReply.self, forKey: key)
            }
            self = .object(fields)
            return
        }
        if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONReply] = []
            while !container.isAtEnd { elements.append(try container.decode(JSONReply.self)) }
            self = .array(elements)
            return
        }
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .null
        }
    }

    /// The field `key` of an object; nil if it is not there or null.
    package subscript(_ key: String) -> JSONReply? {
        guard case .object(let fields) = self, let value = fields[key], value != .null else {
            return nil
        }
        return value
    }

    /// The text of a string.
    package var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A whole number, also one that is written as a fraction or as text.
    package var integer: Int? {
        switch self {
        case .number(let number): Int(exactly: number.rounded())
        case .string(let text):
            Double(text.split(whereSeparator: \.isWhitespace).joined())
                .flatMap { Int(exactly: $0.rounded()) }
        default: nil
        }
    }

    /// The elements of an array; none for anything else.
    package var elements: [JSONReply] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// Whether it is `false`, an empty text, array or object, or null.
    package var isEmpty: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .number: false
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let fields): fields.isEmpty
        }
    }

    /// Any key.
    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
