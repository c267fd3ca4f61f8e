/// A value of a document's metadata: what front matter and `<meta>` elements can hold.
///
/// In JSON it is the value itself: a string, a number, a Boolean, an array or an object.
public enum MetadataValue: Hashable, Sendable {
    /// A text.
    case string(String)
    /// A number.
    case number(Double)
    /// A truth value.
    case bool(Bool)
    /// Values in order.
    case list([MetadataValue])
    /// Values by name.
    case object([String: MetadataValue])

    /// The value as text, as people read it.
    public var text: String {
        switch self {
        case .string(let text): text
        case .number(let number):
            number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
        case .bool(let value): value ? "true" : "false"
        case .list(let values): values.map(\.text).joined(separator: ", ")
        case .object(let fields):
            fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }
                .joined(separator: ", ")
        }
    }

    /// The values of a list, or the value itself.
    public var values: [MetadataValue] {
        if case .list(let values) = self { values } else { [self] }
    }

    /// Metadata whose nested objects have become fields with dots in their names.
    ///
    /// An object inside a list becomes its text, and its fields lists beside it.
    package static func flattened(_ metadata: [String: MetadataValue]) -> [String: MetadataValue] {
        var fields: [String: MetadataValue] = [:]
        func add(_ value: MetadataValue, as name: String) {
            switch value {
            case .object(let object):
                for (key, value) in object { add(value, as: name + "." + key) }
            case .list(let values):
                fields[name] = .list(values.map(\.withoutObjects))
                addParts(of: values, of: name)
            default: fields[name] = value
            }
        }
        /// What the objects of a list have of the same name.
        func addParts(of values: [MetadataValue], of name: String) {
            for case .object(let object) in values {
                for (key, value) in object where !value.values.isEmpty {
                    let old = fields[name + "." + key]?.values ?? []
                    fields[name + "." + key] = .list(old + value.values.map(\.withoutObjects))
                }
            }
        }
        for (key, value) in metadata { add(value, as: key) }
        return fields
    }

    private var withoutObjects: MetadataValue {
        switch self {
        case .object: .string(text)
        case .list(let values): .list(values.map(\.withoutObjects))
        default: self
        }
    }
}

extension MetadataValue: Codable {
    /// Reads a JSON value; `null` is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let values = try? container.decode([MetadataValue].self) {
            self = .list(values)
        } else {
            self = .object(try container.decode([String: MetadataValue].self))
        }
    }

    /// Writes the JSON value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .bool(let flag): try container.encode(flag)
        case .list(let values): try container.encode(values)
        case .object(let fields): try container.encode(fields)
        }
    }
}
