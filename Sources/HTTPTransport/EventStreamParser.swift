/// Cuts a stream of bytes into server-sent events and gives the data of each.
///
/// Lines end in LF, CR or both; comments and fields other than `data` are skipped; several `data`
/// lines are joined by LF, as the HTML standard says. Pieces may break anywhere, inside a
/// character too.
package struct EventStreamParser: StreamParser {
    /// Bytes of the longest event.
    private static let limit = 8 << 20

    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var endedInCR = false

    /// Starts at the beginning of a stream.
    package init() {}

    /// Takes in more bytes and returns the data of the events that they complete.
    package mutating func append(_ bytes: some Sequence<UInt8>) throws(TransportError) -> [String] {
        var events: [String] = []
        for byte in bytes {
            if byte == 0x0A, endedInCR {
                endedInCR = false
                continue
            }
            endedInCR = byte == 0x0D
            guard byte == 0x0A || byte == 0x0D else {
                line.append(byte)
                guard line.count + data.count <= Self.limit else {
                    throw .malformed("an event without end")
                }
                continue
            }
            if let event = try endLine() { events.append(event) }
        }
        return events
    }

    /// Returns the last event if the stream ended without the empty line after it.
    ///
    /// The standard drops such an event; servers that forget the line are common, and a cut one
    /// is told by its JSON.
    package mutating func finish() throws(TransportError) -> String? {
        if !line.isEmpty { _ = try endLine() }
        return try endLine()
    }

    private mutating func endLine() throws(TransportError) -> String? {
        defer { line.removeAll(keepingCapacity: true) }
        guard line.isEmpty else {
            takeField()
            return nil
        }
        guard hasData else { return nil }
        hasData = false
        defer { data.removeAll(keepingCapacity: true) }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw .malformed("not UTF-8")
        }
        return text
    }

    private mutating func takeField() {
        let name = Array("data".utf8)
        var rest = line[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        guard rest.starts(with: name) else { return }
        rest = rest.dropFirst(name.count)
        if rest.first == UInt8(ascii: ":") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: " ") { rest = rest.dropFirst() }
        } else if !rest.isEmpty {
            return
        }
        if hasData { data.append(0x0A) }
        hasData = true
        data.append(contentsOf: rest)
    }
}
