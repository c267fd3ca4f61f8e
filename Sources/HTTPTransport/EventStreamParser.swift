/// Cuts a stream of bytes into server-sent events and gives the data of each.
///
/// Lines end in LF, CR or both; comments and fields other than `data` are skipped; several `data`
/// lines are joined by LF, as the HTML standard says. The data of an event that is called `error`
/// comes as the JSON object `{"error": …}`, since data alone need not say that it is one. Pieces
/// may break anywhere, inside a character too.
package struct EventStreamParser: StreamParser {
    /// Bytes of the longest event.
    private static let limit = 8 << 20

    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var isError = false
    private var endedInCR = false

    /// Whether there was anything yet that an event stream consists of.
    private(set) var hasFields = false

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
        defer { isError = false }
        guard hasData else { return nil }
        hasData = false
        defer { data.removeAll(keepingCapacity: true) }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw .malformed("not UTF-8")
        }
        guard isError else { return text }
        let isObject = data.first { $0 > 0x20 } == UInt8(ascii: "{")
        let error: RequestJSON = ["error": isObject ? .raw(text) : .string(text)]
        return String(decoding: error.encoded, as: UTF8.self)
    }

    private mutating func takeField() {
        var rest = line[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        let name = rest.prefix { $0 != UInt8(ascii: ":") }
        rest = rest.dropFirst(name.count + 1)
        if rest.first == UInt8(ascii: " ") { rest = rest.dropFirst() }
        if name.elementsEqual("data".utf8) {
            if hasData { data.append(0x0A) }
            hasData = true
            data.append(contentsOf: rest)
        } else if name.elementsEqual("event".utf8) {
            isError = rest.elementsEqual("error".utf8)
        }
        hasFields =
            hasFields || hasData || name.isEmpty
            || ["event", "id", "retry"].contains { name.elementsEqual($0.utf8) }
    }
}
