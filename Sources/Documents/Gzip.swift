/// Unpacks gzip files: RFC 1952 around the deflate format of RFC 1951.
enum Gzip {
    /// Whether a file begins as gzip files do.
    static func isGzip(_ bytes: [UInt8]) -> Bool {
        bytes.count > 2 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8
    }

    /// The content of a gzip file, all members joined.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - limit: The most bytes to unpack; a small file can stand for a huge one.
    /// - Returns: The content.
    /// - Throws: `.malformed` where the file is cut off or damaged, `.tooLarge` beyond the limit.
    static func unpack(_ bytes: [UInt8], limit: Int) throws(DocumentError) -> [UInt8] {
        var output: [UInt8] = []
        var start = 0
        repeat {
            let body = try endOfHeader(bytes, at: start)
            let first = output.count
            var inflater = Inflater(bytes, from: body, output: output, limit: limit)
            try inflater.run()
            output = inflater.output
            let trailer = inflater.nextByte
            guard trailer + 8 <= bytes.count else { throw broken("it is cut off") }
            let sum = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[trailer + $1]) << (8 * $1) }
            guard sum == checksum(output[first...]) else { throw broken("its checksum is wrong") }
            start = trailer + 8
            // What follows the last member is padding.
        } while start + 18 <= bytes.count && bytes[start] == 0x1F && bytes[start + 1] == 0x8B
        return output
    }

    private static func endOfHeader(_ bytes: [UInt8], at start: Int) throws(DocumentError) -> Int {
        guard start + 18 <= bytes.count, bytes[start + 2] == 8 else {
            throw broken("it is cut off")
        }
        let flags = bytes[start + 3]
        var i = start + 10
        if flags & 4 != 0 {
            guard i + 2 <= bytes.count else { throw broken("it is cut off") }
            i += 2 + Int(bytes[i]) + Int(bytes[i + 1]) << 8
        }
        // A name and a comment, each up to a NUL.
        for flag in [UInt8(8), 16] where flags & flag != 0 {
            while i < bytes.count, bytes[i] != 0 { i += 1 }
            i += 1
        }
        if flags & 2 != 0 { i += 2 }
        guard i < bytes.count else { throw broken("it is cut off") }
        return i
    }

    static func broken(_ reason: String) -> DocumentError {
        .malformed(format: "gzip", reason: reason)
    }

    /// The CRC-32 of IEEE 802.3.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in
            crcTable[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8
        }
    }

    private static let crcTable: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
    }
}

/// Decodes a deflate stream.
private struct Inflater {
    private(set) var output: [UInt8]

    private let bytes: [UInt8]
    private let limit: Int
    private var next: Int
    private var buffer: UInt64 = 0
    private var bits = 0

    init(_ bytes: [UInt8], from start: Int, output: [UInt8], limit: Int) {
        self.bytes = bytes
        self.output = output
        self.limit = limit
        next = start
    }

    /// The first byte that the stream did not use.
    var nextByte: Int { next - bits / 8 }

    mutating func run() throws(DocumentError) {
        var isLast = false
        while !isLast {
            isLast = try take(1) == 1
            switch try take(2) {
            case 0: try copyStored()
            case 1: try decode(Self.fixedLengths, Self.fixedDistances)
            case 2:
                let (lengths, distances) = try dynamicCodes()
                try decode(lengths, distances)
            default: throw Gzip.broken("a block of unknown kind")
            }
        }
    }

    // MARK: Bits

    private mutating func refill() {
        while bits <= 56, next < bytes.count {
            buffer |= UInt64(bytes[next]) << UInt64(bits)
            next += 1
            bits += 8
        }
    }

    private mutating func take(_ count: Int) throws(DocumentError) -> Int {
        if bits < count { refill() }
        guard bits >= count else { throw Gzip.broken("it is cut off") }
        let value = Int(buffer & (1 << UInt64(count) - 1))
        buffer >>= UInt64(count)
        bits -= count
        return value
    }

    private mutating func symbol(_ code: Code) throws(DocumentError) -> Int {
        if bits < 15 { refill() }
        let entry = code.table[Int(buffer & 0x7FFF)]
        let length = Int(entry & 15)
        guard length > 0, length <= bits else { throw Gzip.broken("a code that does not exist") }
        buffer >>= UInt64(length)
        bits -= length
        return Int(entry >> 4)
    }

    // MARK: Blocks

    private mutating func copyStored() throws(DocumentError) {
        _ = try take(bits % 8)
        let length = try take(16)
        guard try take(16) == length ^ 0xFFFF else { throw Gzip.broken("a damaged block") }
        let start = nextByte
        guard start + length <= bytes.count else { throw Gzip.broken("it is cut off") }
        try checkRoom(length)
        output += bytes[start..<(start + length)]
        next = start + length
        buffer = 0
        bits = 0
    }

    private func checkRoom(_ count: Int) throws(DocumentError) {
        guard output.count + count <= limit else {
            throw .tooLarge(bytes: output.count + count, limit: limit)
        }
    }

    private mutating func decode(_ lengths: Code, _ distances: Code) throws(DocumentError) {
        while true {
            let symbol = try symbol(lengths)
            if symbol < 256 {
                try checkRoom(1)
                output.append(UInt8(symbol))
                continue
            }
            if symbol == 256 { return }
            guard symbol < 286 else { throw Gzip.broken("a length that does not exist") }
            let (base, extra) = Self.lengthBases[symbol - 257]
            let length = base + (try take(extra))
            let code = try self.symbol(distances)
            guard code < 30 else { throw Gzip.broken("a distance that does not exist") }
            let distance =
                Self.distanceBases[code].base + (try take(Self.distanceBases[code].extra))
            guard distance <= output.count else {
                throw Gzip.broken("a reference before its start")
            }
            try checkRoom(length)
            let from = output.count - distance
            // Byte by byte: the two may overlap, and a slice of the output would make it copied.
            for i in from..<(from + length) { output.append(output[i]) }
        }
    }

    /// The two codes that a block brings along, themselves coded: RFC 1951, 3.2.7.
    private mutating func dynamicCodes() throws(DocumentError) -> (Code, Code) {
        let lengthCount = 257 + (try take(5))
        let distanceCount = 1 + (try take(5))
        let orderCount = 4 + (try take(4))
        var orderLengths = [UInt8](repeating: 0, count: 19)
        for i in 0..<orderCount { orderLengths[Self.order[i]] = UInt8(try take(3)) }
        let order = try Code(orderLengths)
        var lengths: [UInt8] = []
        while lengths.count < lengthCount + distanceCount {
            switch try symbol(order) {
            case let length where length < 16: lengths.append(UInt8(length))
            case 16:
                guard let last = lengths.last else { throw Gzip.broken("a damaged code") }
                lengths += [UInt8](repeating: last, count: 3 + (try take(2)))
            case 17: lengths += [UInt8](repeating: 0, count: 3 + (try take(3)))
            default: lengths += [UInt8](repeating: 0, count: 11 + (try take(7)))
            }
        }
        guard lengths.count == lengthCount + distanceCount else {
            throw Gzip.broken("a damaged code")
        }
        return (try Code(Array(lengths[..<lengthCount])), try Code(Array(lengths[lengthCount...])))
    }

    /// A prefix code as a table over the next fifteen bits: symbol × 16 + length.
    private struct Code {
        var table = [UInt16](repeating: 0, count: 1 << 15)

        init(_ lengths: [UInt8]) throws(DocumentError) {
            var counts = [Int](repeating: 0, count: 16)
            for length in lengths { counts[Int(length)] += 1 }
            var code = 0
            var firsts = [Int](repeating: 0, count: 16)
            counts[0] = 0
            for length in 1..<16 {
                code = (code + counts[length - 1]) << 1
                firsts[length] = code
                guard code + counts[length] <= 1 << length else {
                    throw Gzip.broken("a damaged code")
                }
            }
            for (symbol, length) in lengths.enumerated() where length > 0 {
                let length = Int(length)
                var reversed = 0
                for bit in 0..<length where firsts[length] >> bit & 1 == 1 {
                    reversed |= 1 << (length - 1 - bit)
                }
                firsts[length] += 1
                let entry = UInt16(symbol << 4 | length)
                for index in stride(from: reversed, to: 1 << 15, by: 1 << length) {
                    table[index] = entry
                }
            }
        }
    }

    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    private static let fixedLengths = code(
        [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
            + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8)
    )
    private static let fixedDistances = code([UInt8](repeating: 5, count: 30))

    private static func code(_ lengths: [UInt8]) -> Code {
        do {
            return try Code(lengths)
        } catch {
            preconditionFailure("the fixed codes of deflate are whole")
        }
    }

    /// The shortest length of each code from 257 on, and how many bits follow it.
    private static let lengthBases: [(base: Int, extra: Int)] = {
        var bases = [(base: Int, extra: Int)]()
        var base = 3
        for code in 0..<28 {
            let extra = code < 8 ? 0 : code / 4 - 1
            bases.append((base, extra))
            base += 1 << extra
        }
        return bases + [(258, 0)]
    }()

    private static let distanceBases: [(base: Int, extra: Int)] = {
        var bases = [(base: Int, extra: Int)]()
        var base = 1
        for code in 0..<30 {
            let extra = code < 4 ? 0 : code / 2 - 1
            bases.append((base, extra))
            base += 1 << extra
        }
        return bases
    }()
}
