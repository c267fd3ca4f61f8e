internal import VectorKernels

/// Little-endian numbers one after the other, sealed with a checksum.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    /// Starts a stored form: its magic, its version, and room for the checksum.
    init(magic: UInt64, version: UInt32) {
        append(magic)
        append(UInt64(0))
        append(version)
    }

    mutating func append(_ number: some FixedWidthInteger) {
        var rest = number
        for _ in 0..<number.bitWidth / 8 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    mutating func append(_ number: Float) {
        append(number.bitPattern)
    }

    mutating func append(_ span: RawSpan) {
        unsafe span.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }

    /// The bytes with their checksum in its place.
    mutating func sealed() -> [UInt8] {
        var sum = ByteReader.checksum(of: bytes)
        for i in 8..<16 {
            bytes[i] = UInt8(truncatingIfNeeded: sum)
            sum >>= 8
        }
        return bytes
    }
}

/// Reads what `ByteWriter` wrote, and throws `corrupt` rather than read past the end.
struct ByteReader {
    let bytes: [UInt8]
    private var position = 20

    /// The checksum in the head.
    let checksum: UInt64

    /// Checks magic, version and checksum.
    init(_ bytes: [UInt8], magic: UInt64, version: UInt32) throws(VectorIndexError) {
        guard bytes.count >= 20 else { throw .corrupt("no room for a header") }
        self.bytes = bytes
        func number(at start: Int, bytes count: Int) -> UInt64 {
            (0..<count).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
        }
        checksum = number(at: 8, bytes: 8)
        guard number(at: 0, bytes: 8) == magic else { throw .corrupt("another kind of segment") }
        let written = UInt32(truncatingIfNeeded: number(at: 16, bytes: 4))
        guard written == version else { throw .unknownVersion(written) }
        guard checksum == Self.checksum(of: bytes) else { throw .corrupt("its checksum is wrong") }
    }

    /// The checksum of all but the eight bytes where it is kept.
    static func checksum(of bytes: [UInt8]) -> UInt64 {
        let span = bytes.span
        let head = unsafe AlignedBytes.checksum(of: span.extracting(0..<8).bytes)
        return unsafe AlignedBytes.checksum(of: span.extracting(16..<bytes.count).bytes, seed: head)
    }

    /// Whether everything has been read.
    var isAtEnd: Bool { position == bytes.count }

    mutating func next<T: FixedWidthInteger & UnsignedInteger>(
        _ type: T.Type
    ) throws(VectorIndexError) -> T {
        let size = T.bitWidth / 8
        guard bytes.count - position >= size else { throw .corrupt("it ends too early") }
        var number: T = 0
        for i in 0..<size { number |= T(bytes[position + i]) << T(8 * i) }
        position += size
        return number
    }

    mutating func nextFloat() throws(VectorIndexError) -> Float {
        Float(bitPattern: try next(UInt32.self))
    }

    /// The place of the next `count` bytes, which are passed over.
    mutating func nextRange(_ count: Int) throws(VectorIndexError) -> Range<Int> {
        guard count >= 0, bytes.count - position >= count else {
            throw .corrupt("it ends too early")
        }
        defer { position += count }
        return position..<position + count
    }

    /// The next `count` numbers.
    mutating func nextArray<T: FixedWidthInteger & BitwiseCopyable>(
        of type: T.Type,
        _ count: Int
    ) throws(VectorIndexError) -> [T] {
        let (size, overflows) = count.multipliedReportingOverflow(by: MemoryLayout<T>.size)
        guard !overflows else { throw .corrupt("it ends too early") }
        let range = try nextRange(size)
        return unsafe bytes.withUnsafeBytes { bytes in
            unsafe [T](unsafeUninitializedCapacity: count) { numbers, initialized in
                unsafe UnsafeMutableRawBufferPointer(numbers).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes[range])
                )
                for i in 0..<count { unsafe numbers[i] = T(littleEndian: numbers[i]) }
                initialized = count
            }
        }
    }
}
