/// A JSON value that knows where it stands.
indirect enum JSONNode {
    /// A string: the bytes between its quotation marks, escapes as written.
    case string(Range<Int>)
    case number(Range<Int>)
    case bool(Bool)
    case null
    case array([JSONNode])
    case object([(key: String, value: JSONNode)])

    /// The value of a key of an object; the last one, if the key is repeated.
    subscript(key: String) -> JSONNode? {
        guard case .object(let fields) = self else { return nil }
        return fields.last { $0.key == key }?.value
    }

    /// The elements of an array.
    var elements: [JSONNode]? {
        if case .array(let elements) = self { elements } else { nil }
    }
}

/// Reads JSON from UTF-8 text, leniently in nothing but trailing white space.
///
/// Foundation's decoders do not tell positions, which citations need.
struct JSONScanner {
    /// What is wrong, and at which byte.
    struct Failure: Error {
        let reason: String
        let offset: Int
    }

    private let utf8: [UInt8]
    private var i: Int
    private let end: Int
    /// Deeper nesting than any honest file has, well within the stack.
    private static let maximumDepth = 200

    /// The value that `range` of `utf8` holds.
    static func value(in utf8: [UInt8], _ range: Range<Int>) throws(Failure) -> JSONNode {
        var scanner = JSONScanner(utf8: utf8, i: range.lowerBound, end: range.upperBound)
        let value = try scanner.value(depth: 0)
        scanner.skipSpace()
        guard scanner.i == scanner.end else { throw scanner.failure("something after the value") }
        return value
    }

    private init(utf8: [UInt8], i: Int, end: Int) {
        self.utf8 = utf8
        self.i = i
        self.end = end
    }

    /// The text of a string, with anchors, appended to a builder.
    static func append(_ string: Range<Int>, of utf8: [UInt8], to builder: inout TextBuilder) {
        var i = string.lowerBound
        while i < string.upperBound {
            guard utf8[i] == UInt8(ascii: "\\"), i + 1 < string.upperBound else {
                var next = i + 1
                while next < string.upperBound, utf8[next] != UInt8(ascii: "\\") { next += 1 }
                builder.append(verbatim: i..<next, of: utf8)
                i = next
                continue
            }
            var text: [UInt8] = []
            let next = unescape(utf8, at: i, before: string.upperBound, into: &text)
            builder.append(text, for: i..<next)
            i = next
        }
    }

    /// The text of a string.
    static func text(_ string: Range<Int>, of utf8: [UInt8]) -> String {
        var builder = TextBuilder(from: string.lowerBound)
        append(string, of: utf8, to: &builder)
        return String(decoding: builder.text, as: UTF8.self)
    }

    /// Decodes the escape at `start` and returns where it ends.
    ///
    /// Control characters become nothing.
    private static func unescape(
        _ utf8: [UInt8],
        at start: Int,
        before end: Int,
        into text: inout [UInt8]
    ) -> Int {
        switch utf8[start + 1] {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"): break
        case UInt8(ascii: "u"):
            guard var value = hexadecimal(utf8, at: start + 2, before: end) else {
                return start + 2
            }
            var next = start + 6
            if (0xD800..<0xDC00).contains(value), next + 1 < end, utf8[next] == UInt8(ascii: "\\"),
                utf8[next + 1] == UInt8(ascii: "u"),
                let low = hexadecimal(utf8, at: next + 2, before: end),
                (0xDC00..<0xE000).contains(low)
            {
                value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
                next += 6
            }
            if value >= 0x20, !(0x7F..<0xA0).contains(value) || value == 0x0A || value == 0x09 {
                appendUTF8(value, to: &text)
            } else if value == 0x0A || value == 0x09 {
                text.append(UInt8(value))
            }
            return next
        case let byte: text.append(byte)
        }
        return start + 2
    }

    private static func hexadecimal(_ utf8: [UInt8], at start: Int, before end: Int) -> UInt32? {
        guard start + 4 <= end else { return nil }
        var value: UInt32 = 0
        for byte in utf8[start..<(start + 4)] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }

    // MARK: Parsing

    private func failure(_ reason: String) -> Failure {
        Failure(reason: reason, offset: i)
    }

    private mutating func skipSpace() {
        while i < end, utf8[i] == 0x20 || utf8[i] == 0x0A || utf8[i] == 0x09 || utf8[i] == 0x0D {
            i += 1
        }
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONNode {
        guard depth < Self.maximumDepth else {
            throw failure("nested more than \(Self.maximumDepth) deep")
        }
        skipSpace()
        guard i < end else { throw failure("it ends too early") }
        switch utf8[i] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), 0x30...0x39:
            let start = i
            while i < end, (0x30...0x39).contains(utf8[i]) || "+-.eE".utf8.contains(utf8[i]) {
                i += 1
            }
            return .number(start..<i)
        default: throw failure("an unexpected character")
        }
    }

    private mutating func word(_ word: String, _ value: JSONNode) throws(Failure) -> JSONNode {
        guard utf8[i..<end].starts(with: word.utf8) else { throw failure("an unexpected word") }
        i += word.utf8.count
        return value
    }

    private mutating func string() throws(Failure) -> Range<Int> {
        i += 1
        let start = i
        while i < end {
            switch utf8[i] {
            case UInt8(ascii: "\""):
                i += 1
                return start..<(i - 1)
            case UInt8(ascii: "\\"): i += 2
            default: i += 1
            }
        }
        i = end
        throw failure("a string without end")
    }

    private mutating func array(depth: Int) throws(Failure) -> JSONNode {
        var elements: [JSONNode] = []
        i += 1
        skipSpace()
        if i < end, utf8[i] == UInt8(ascii: "]") {
            i += 1
            return .array([])
        }
        while true {
            elements.append(try value(depth: depth + 1))
            if try !goesOn(until: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    private mutating func object(depth: Int) throws(Failure) -> JSONNode {
        var fields: [(key: String, value: JSONNode)] = []
        i += 1
        skipSpace()
        if i < end, utf8[i] == UInt8(ascii: "}") {
            i += 1
            return .object([])
        }
        while true {
            skipSpace()
            guard i < end, utf8[i] == UInt8(ascii: "\"") else { throw failure("no key") }
            let key = Self.text(try string(), of: utf8)
            skipSpace()
            guard i < end, utf8[i] == UInt8(ascii: ":") else { throw failure("no colon") }
            i += 1
            fields.append((key, try value(depth: depth + 1)))
            if try !goesOn(until: UInt8(ascii: "}")) { return .object(fields) }
        }
    }

    /// Whether a comma follows rather than `closing`.
    private mutating func goesOn(until closing: UInt8) throws(Failure) -> Bool {
        skipSpace()
        guard i < end, utf8[i] == closing || utf8[i] == UInt8(ascii: ",") else {
            throw failure("no comma and no end")
        }
        i += 1
        return utf8[i - 1] == UInt8(ascii: ",")
    }
}
