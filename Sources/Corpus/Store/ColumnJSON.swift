internal import Foundation

/// The JSON that columns of a library hold: small, sorted, never failing for our own types.
package enum ColumnJSON {
    /// A value as JSON.
    package static func encode(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return "null" }
        return String(decoding: data, as: UTF8.self)
    }

    /// What the column holds, or `fallback` when another program wrote something else into it.
    package static func decode<T: Decodable>(_ text: String, or fallback: T) -> T {
        if text == "{}" || text == "[]" { return fallback }
        return (try? JSONDecoder().decode(T.self, from: Data(text.utf8))) ?? fallback
    }
}
