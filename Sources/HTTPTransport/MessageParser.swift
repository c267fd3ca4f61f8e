/// Cuts the reply of a model's server into messages, whatever form the server chose for it.
///
/// Servers that are asked for server-sent events also send JSON objects on lines of their own, one
/// object for the whole reply, or an array of objects, under any `Content-Type`. The first
/// character tells them apart: no event begins with a brace or a bracket.
package struct MessageParser: StreamParser {
    private enum Form {
        case unknown
        case events(EventStreamParser)
        case objects(JSONObjectParser)
    }

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private var form = Form.unknown
    /// What has come before the form was known, and the beginning of what looked like events.
    private var start: [UInt8] = []

    /// Starts at the beginning of a stream.
    package init() {}

    package mutating func append(_ bytes: some Sequence<UInt8>) throws(TransportError) -> [String] {
        switch form {
        case .events(var parser):
            let messages = try parser.append(bytes)
            form = .events(parser)
            return messages
        case .objects(var parser):
            let messages = try parser.append(bytes)
            form = .objects(parser)
            return messages
        case .unknown:
            start.append(contentsOf: bytes)
            guard let known = Self.form(of: start) else { return [] }
            form = known
            return try append(start[...])
        }
    }

    /// Returns the last message, if the stream ended without what should follow it.
    ///
    /// - Throws: `TransportError.malformed` with its beginning for a reply of neither form, such as
    ///   a web page.
    package mutating func finish() throws(TransportError) -> String? {
        switch form {
        case .unknown:
            return nil
        case .objects(var parser):
            return try parser.finish()
        case .events(var parser):
            let last = try parser.finish()
            guard parser.hasFields else {
                let text = String(decoding: start.prefix(400), as: UTF8.self)
                throw .malformed(
                    "not the JSON that was expected: \(ProviderRefusal.oneLine(text).prefix(80))"
                )
            }
            return last
        }
    }

    /// The form of a reply that begins so; nil while that cannot be told.
    private static func form(of start: [UInt8]) -> Form? {
        if start.count < mark.count, mark.starts(with: start) { return nil }
        let text = start.starts(with: mark) ? start.dropFirst(mark.count) : start[...]
        guard let first = text.first(where: { $0 > 0x20 }) else { return nil }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
            ? .objects(JSONObjectParser()) : .events(EventStreamParser())
    }
}
