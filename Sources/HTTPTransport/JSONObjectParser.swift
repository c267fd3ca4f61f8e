/// Cuts a stream of bytes into the outermost JSON objects in it: one on each line, one over many
/// lines, or the elements of an array.
///
/// What stands between objects is passed over; pieces may break anywhere, inside a character too.
package struct JSONObjectParser: StreamParser {
    /// Bytes of the longest object.
    private static let limit = 8 << 20

    private var object: [UInt8] = []
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// Starts at the beginning of a stream.
    package init() {}

    /// Takes in more bytes and returns the objects that they complete.
    ///
    /// - Complexity: O(bytes).
    package mutating func append(_ bytes: some Sequence<UInt8>) throws(TransportError) -> [String] {
        var objects: [String] = []
        for byte in bytes {
            if depth > 0 {
                object.append(byte)
                guard object.count <= Self.limit else { throw .malformed("an object without end") }
            }
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"):
                if depth == 0 { object.append(byte) }
                depth += 1
            case UInt8(ascii: "}") where depth > 0:
                depth -= 1
                if depth == 0 { objects.append(try take()) }
            default: break
            }
        }
        return objects
    }

    /// Returns what there is of an object that the stream broke off in.
    package mutating func finish() throws(TransportError) -> String? {
        defer { (depth, isInString, isEscaped) = (0, false, false) }
        return depth > 0 ? try take() : nil
    }

    private mutating func take() throws(TransportError) -> String {
        defer { object.removeAll(keepingCapacity: true) }
        guard let text = String(validating: object, as: UTF8.self) else {
            throw .malformed("not UTF-8")
        }
        return text
    }
}
