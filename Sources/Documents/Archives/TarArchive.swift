/// A tar archive, as POSIX and GNU write them: files one after the other, each behind a head of 512 bytes.
///
/// Everything that it says of itself may be wrong: a file ends where the archive does.
struct TarArchive {
    private let bytes: [UInt8]
    private var i = 0
    /// What a head before the next one says of its name.
    private var nextName: String?

    private static let blockSize = 512

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether a file begins with the head of a file in an archive, whose sum is right.
    static func isOne(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= blockSize, let sum = octal(bytes[148..<156]), bytes[0] != 0 else {
            return false
        }
        // The sum is made as if its own place were spaces.
        let all = bytes[..<blockSize].reduce(0) { $0 + Int($1) }
        return all - bytes[148..<156].reduce(0) { $0 + Int($1) } + 8 * 0x20 == sum
    }

    /// The next file; nil at the end.
    mutating func next() -> (name: String, content: ArraySlice<UInt8>)? {
        while i + Self.blockSize <= bytes.count, bytes[i] != 0 {
            let head = bytes[i..<(i + Self.blockSize)]
            func field(_ start: Int, _ length: Int) -> ArraySlice<UInt8> {
                head[(head.startIndex + start)..<(head.startIndex + start + length)]
            }
            let size = Self.number(field(124, 12))
            let start = i + Self.blockSize
            let end = start + min(max(size, 0), bytes.count - start)
            i = min(end + (Self.blockSize - size % Self.blockSize) % Self.blockSize, bytes.count)
            let content = bytes[start..<end]
            switch field(156, 1).first {
            case UInt8(ascii: "L"): nextName = Self.text(content)
            case UInt8(ascii: "x"): nextName = Self.path(content) ?? nextName
            case UInt8(ascii: "0"), 0, UInt8(ascii: "7"):
                var name = Self.text(field(0, 100))
                let prefix = Self.text(field(345, 155))
                if field(257, 6).elementsEqual("ustar\0".utf8), !prefix.isEmpty {
                    name = prefix + "/" + name
                }
                defer { nextName = nil }
                return (nextName ?? name, content)
            case UInt8(ascii: "g"), UInt8(ascii: "K"): break
            default: nextName = nil
            }
        }
        return nil
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The path among records `length key=value`, one a line.
    private static func path(_ content: ArraySlice<UInt8>) -> String? {
        var rest = content
        while let space = rest.firstIndex(of: 0x20),
            let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
            length > space - rest.startIndex, length <= rest.count
        {
            let record = rest[(space + 1)..<(rest.startIndex + length)]
            if record.starts(with: "path=".utf8) {
                return String(decoding: record.dropFirst(5).prefix { $0 != 0x0A }, as: UTF8.self)
            }
            rest = rest.dropFirst(length)
        }
        return nil
    }

    /// A size in octal digits, or as a number of more bytes where the first says so.
    private static func number(_ field: ArraySlice<UInt8>) -> Int {
        guard let first = field.first, first & 0x80 != 0 else { return octal(field) ?? 0 }
        let value = field.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(min(value, 1 << 40))
    }

    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        let digits = field.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
        guard !digits.isEmpty, digits.count < 16 else { return nil }
        return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
    }
}
