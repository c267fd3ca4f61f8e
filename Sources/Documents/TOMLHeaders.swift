/// Whether TOML can be given to the parser that we use.
///
/// It is right about most that is wrong, but ends the program, by an assertion, where what follows the `[` of a
/// table's header can be no key: a line with nothing but `[` is enough.
package enum TOMLHeaders {
    /// Whether each `[` that begins a table has a key after it, or the parser will say what else is wrong.
    ///
    /// Strings, comments and arrays over several lines are passed over as far as the parser gets with them.
    package static func areSound(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var depth = 0
        var isLineStart = true
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\n"):
                isLineStart = true
                position += 1
                continue
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                position += 1
                continue
            case UInt8(ascii: "#"):
                position = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                continue
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                position = end(ofStringAt: position, in: bytes)
            case UInt8(ascii: "[") where isLineStart && depth == 0:
                position = afterBlanks(position + 1, in: bytes)
                if position < bytes.count, bytes[position] == UInt8(ascii: "[") {
                    position = afterBlanks(position + 1, in: bytes)
                }
                guard position < bytes.count, canFollow(bytes[position]) else { return false }
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                position += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth = max(0, depth - 1)
                position += 1
            default: position += 1
            }
            isLineStart = false
        }
        return true
    }

    private static func afterBlanks(_ start: Int, in bytes: [UInt8]) -> Int {
        bytes[start...].firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
            ?? bytes.count
    }

    /// Whether a byte begins a key, or is the bracket whose error the parser reports.
    private static func canFollow(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "]"):
            true
        default: false
        }
    }

    /// Where a string ends: on its line, or behind three marks if it began with three.
    private static func end(ofStringAt start: Int, in bytes: [UInt8]) -> Int {
        let mark = bytes[start]
        let escapes = mark == UInt8(ascii: "\"")
        let isLong = bytes[start...].prefix(3) == [mark, mark, mark]
        var position = start + (isLong ? 3 : 1)
        while position < bytes.count {
            if escapes, bytes[position] == UInt8(ascii: "\\") {
                position += 2
            } else if isLong, bytes[position...].prefix(3) == [mark, mark, mark] {
                return position + 3
            } else if !isLong, bytes[position] == mark {
                return position + 1
            } else if !isLong, bytes[position] == UInt8(ascii: "\n") {
                return position
            } else {
                position += 1
            }
        }
        return bytes.count
    }
}
