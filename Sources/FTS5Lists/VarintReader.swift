/// SQLite's numbers of one to nine bytes, one after the other.
package struct VarintReader {
    package let bytes: [UInt8]
    /// Where the next number begins.
    package var offset = 0
    /// Whether a number was cut off, or stood outside.
    package private(set) var isDamaged = false

    /// Reads `bytes` from `offset`.
    package init(bytes: [UInt8], offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    /// Whether no number is left that can be read.
    package var isAtEnd: Bool { offset >= bytes.count || isDamaged }

    /// The next number; 0 where there is none.
    package mutating func next() -> Int {
        var value: UInt64 = 0
        for place in 0..<9 {
            guard offset >= 0, offset < bytes.count else {
                isDamaged = true
                return 0
            }
            let byte = bytes[offset]
            offset += 1
            if place == 8 { return Int(truncatingIfNeeded: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 { break }
        }
        return Int(truncatingIfNeeded: value)
    }
}
