/// A parsed JSON document whose strings stay bytes.
///
/// `String` compares by canonical equivalence, so a dictionary keyed by it would merge the composed
/// and the decomposed spelling of one token. Vocabularies hold both; bytes keep them apart.
enum ParsedJSON {
    case null
    case bool(Bool)
    case number(Double)
    case string([UInt8])
    case array([ParsedJSON])
    case object([(key: [UInt8], value: ParsedJSON)])

    /// The first value of `key` in an object, or `nil`.
    subscript(key: String) -> ParsedJSON? {
        guard case .object(let members) = self else { return nil }
        let bytes = Array(key.utf8)
        guard let value = members.first(where: { $0.key == bytes })?.value else { return nil }
        if case .null = value { return nil }
        return value
    }

    /// The text of a string.
    var text: String? {
        guard case .string(let bytes) = self else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The bytes of a string.
    var bytes: [UInt8]? {
        guard case .string(let bytes) = self else { return nil }
        return bytes
    }

    /// A number that is an integer of at most 53 bits.
    var integer: Int? {
        guard case .number(let value) = self, value.magnitude < 9e15 else { return nil }
        return Int(exactly: value)
    }

    /// A number.
    var double: Double? {
        guard case .number(let value) = self else { return nil }
        return value
    }

    /// A truth value.
    var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements of an array.
    var elements: [ParsedJSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members of an object, in the file's order.
    var members: [(key: [UInt8], value: ParsedJSON)]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// Parses a whole document, or returns `nil` if it is not JSON or nested more than 64 deep.
    init?(parsing bytes: [UInt8]) {
        var parser = JSONParser(bytes: bytes)
        guard let value = parser.value(depth: 0) else { return nil }
        parser.skipSpace()
        guard parser.at == bytes.count else { return nil }
        self = value
    }
}

/// A recursive-descent parser of RFC 8259.
private struct JSONParser {
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    mutating func accept(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    mutating func accept(word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard count <= bytes.count - at else { return false }
        guard Array("\(word)".utf8).elementsEqual(bytes[at..<at + count]) else { return false }
        at += count
        return true
    }

    mutating func value(depth: Int) -> ParsedJSON? {
        skipSpace()
        guard depth < 64, at < bytes.count else { return nil }
        switch bytes[at] {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map(ParsedJSON.string)
        case UInt8(ascii: "t"): return accept(word: "true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return accept(word: "false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return accept(word: "null") ? .null : nil
        default: return number()
        }
    }

    mutating func object(depth: Int) -> ParsedJSON? {
        at += 1
        var members: [(key: [UInt8], value: ParsedJSON)] = []
        skipSpace()
        if accept(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\""), let key = string() else {
                return nil
            }
            skipSpace()
            guard accept(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
            members.append((key, value))
            skipSpace()
            if accept(UInt8(ascii: "}")) { return .object(members) }
            guard accept(UInt8(ascii: ",")) else { return nil }
        }
    }

    mutating func array(depth: Int) -> ParsedJSON? {
        at += 1
        var elements: [ParsedJSON] = []
        skipSpace()
        if accept(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            guard let value = value(depth: depth + 1) else { return nil }
            elements.append(value)
            skipSpace()
            if accept(UInt8(ascii: "]")) { return .array(elements) }
            guard accept(UInt8(ascii: ",")) else { return nil }
        }
    }

    mutating func number() -> ParsedJSON? {
        let start = at
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
                UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
                at += 1
                continue
            default: break
            }
            break
        }
        return Double(String(decoding: bytes[start..<at], as: UTF8.self)).map(ParsedJSON.number)
    }

    mutating func string() -> [UInt8]? {
        at += 1
        var out: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return out
            case UInt8(ascii: "\\"):
                guard at < bytes.count else { return nil }
                let escape = bytes[at]
                at += 1
                switch escape {
                case UInt8(ascii: "n"): out.append(0x0A)
                case UInt8(ascii: "t"): out.append(0x09)
                case UInt8(ascii: "r"): out.append(0x0D)
                case UInt8(ascii: "b"): out.append(0x08)
                case UInt8(ascii: "f"): out.append(0x0C)
                case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(escape)
                case UInt8(ascii: "u"):
                    guard let scalar = escapedScalar() else { return nil }
                    out.append(contentsOf: Array(String(Character(scalar)).utf8))
                default: return nil
                }
            case 0..<0x20: return nil
            default: out.append(byte)
            }
        }
        return nil
    }

    /// The scalar of a `\u` escape, or of a pair of them; a lone surrogate becomes U+FFFD.
    mutating func escapedScalar() -> Unicode.Scalar? {
        guard let high = hexadecimal() else { return nil }
        if let scalar = Unicode.Scalar(high) { return scalar }
        let mark = at
        if high < 0xDC00, accept(UInt8(ascii: "\\")), accept(UInt8(ascii: "u")),
            let low = hexadecimal(), (0xDC00..<0xE000).contains(low)
        {
            return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        }
        at = mark
        return "\u{FFFD}"
    }

    mutating func hexadecimal() -> UInt32? {
        guard at + 4 <= bytes.count else { return nil }
        defer { at += 4 }
        return UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    }
}
