/// Cuts a stream of bytes into lines, for replies that are a JSON object on each.
///
/// Empty lines are skipped; pieces may break anywhere, inside a character too.
package struct LineParser: StreamParser {
    /// Bytes of the longest line.
    private static let limit = 8 << 20

    private var line: [UInt8] = []

    /// Starts at the beginning of a stream.
    package init() {}

    package mutating func append(_ bytes: some Sequence<UInt8>) throws(TransportError) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            guard byte == 0x0A else {
                line.append(byte)
                guard line.count <= Self.limit else { throw .malformed("a line without end") }
                continue
            }
            if let text = try finish() { lines.append(text) }
        }
        return lines
    }

    package mutating func finish() throws(TransportError) -> String? {
        defer { line.removeAll(keepingCapacity: true) }
        if line.last == 0x0D { line.removeLast() }
        guard !line.isEmpty else { return nil }
        guard let text = String(validating: line, as: UTF8.self) else {
            throw .malformed("not UTF-8")
        }
        return text
    }
}

/// Cuts a stream of bytes into the messages that a server sends one by one.
package protocol StreamParser {
    /// Starts at the beginning of a stream.
    init()

    /// Takes in more bytes and returns the messages that they complete.
    ///
    /// - Throws: `TransportError.malformed` for a message that is not UTF-8 or has no end.
    mutating func append(_ bytes: some Sequence<UInt8>) throws(TransportError) -> [String]

    /// Returns the last message, if the stream ended without what should follow it.
    mutating func finish() throws(TransportError) -> String?
}
