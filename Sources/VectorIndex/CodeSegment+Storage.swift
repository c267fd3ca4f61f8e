internal import VectorKernels

// The stored form, little-endian:
//
//      0  magic "VecinoQ8"       8  version (1), UInt32      12  metric (0 inner product, 1 l2)
//     16  dimensions, UInt32    20  slots, UInt32            24  first ordinal, UInt32
//     28  zero                  32  checksum of all but these eight bytes, UInt64
//     40  greatest norm, Float  44  radius, Float            48  zeros
//     64  the parts of `CodeSegmentLayout`, each on a multiple of 64

extension CodeSegmentLayout {
    static let magic: UInt64 = 0x3851_6f6e_6963_6556
    static let version: UInt32 = 1

    /// Writes the header of a filled block.
    func seal(_ bytes: AlignedBytes, maximumNorm: Float, radius: Float) {
        bytes.withMutableElements(of: UInt64.self, at: 0, count: 1) {
            $0[0] = Self.magic.littleEndian
        }
        bytes.withMutableElements(of: UInt32.self, at: 8, count: 5) {
            $0[0] = Self.version.littleEndian
            $0[1] = UInt32(metric.storageCode).littleEndian
            $0[2] = UInt32(dimensions).littleEndian
            $0[3] = UInt32(slotCount).littleEndian
            $0[4] = firstOrdinal.rawValue.littleEndian
        }
        bytes.withMutableElements(of: Float.self, at: Self.extremesOffset, count: 2) {
            $0[0] = maximumNorm
            $0[1] = radius
        }
        let sum = Self.checksum(of: bytes)
        bytes.withMutableElements(of: UInt64.self, at: 32, count: 1) { $0[0] = sum.littleEndian }
    }

    static func checksum(of bytes: AlignedBytes) -> UInt64 {
        bytes.checksum(
            of: headerSize - 24..<bytes.count,
            seed: bytes.checksum(of: 0..<32, seed: version64)
        )
    }

    private static var version64: UInt64 { UInt64(version) }

    /// Reads the header of a stored segment and checks that the bytes are what was written.
    init(checking bytes: AlignedBytes) throws(VectorIndexError) {
        guard bytes.count >= Self.headerSize else { throw .corrupt("no room for a header") }
        let (magic, sum) = bytes.withElements(of: UInt64.self, at: 0, count: 5) {
            (UInt64(littleEndian: $0[0]), UInt64(littleEndian: $0[4]))
        }
        guard magic == Self.magic else { throw .corrupt("not a segment of codes") }
        let fields = bytes.withElements(of: UInt32.self, at: 8, count: 6) { span in
            (0..<6).map { UInt32(littleEndian: span[$0]) }
        }
        guard fields[0] == Self.version else { throw .unknownVersion(fields[0]) }
        guard sum == Self.checksum(of: bytes) else { throw .corrupt("its checksum is wrong") }
        // From here on only a deliberate forgery fails, which must not harm either.
        let dimensions = Int(fields[2]), slots = Int(fields[3])
        guard let metric = Metric(storageCode: fields[1]), fields[5] == 0,
            (1...maximumDimensions).contains(dimensions),
            slots <= CodeSegment.capacity, Int(fields[4]) + slots <= Int(UInt32.max) + 1
        else { throw .corrupt("its header makes no sense") }
        self.init(
            firstOrdinal: Ordinal(fields[4]),
            slotCount: slots,
            dimensions: dimensions,
            metric: metric
        )
        guard byteCount == bytes.count else { throw .corrupt("\(bytes.count) bytes long") }
        let isTidy = bytes.withElements(of: UInt64.self, at: live, count: liveWords) { words in
            slots % 64 == 0 || words[liveWords - 1] >> UInt64(slots % 64) == 0
        }
        guard isTidy else { throw .corrupt("slots beyond its last") }
        let isFinite = bytes.withElements(of: Float.self, at: direction, count: dimensions) {
            span in
            (0..<dimensions).allSatisfy { span[$0].isFinite }
        }
        guard isFinite else { throw .corrupt("a direction that is none") }
    }
}

extension CodeSegment {
    /// The stored form: versioned, checksummed, the same on every machine.
    public func encoded() -> [UInt8] {
        bytes.withElements(of: UInt8.self, at: 0, count: bytes.count) { span in
            Array(capacity: span.count) { for i in span.indices { $0.append(span[i]) } }
        }
    }

    /// Reads a stored segment of `byteCount` bytes from wherever `read` takes them.
    ///
    /// - Parameters:
    ///   - byteCount: how many bytes were stored.
    ///   - read: fills the memory that it is given; the segment keeps it.
    /// - Throws: what `read` throws; `corrupt` if the bytes are not whole and unchanged,
    ///   `unknownVersion` if they are from another time.
    /// - Complexity: one pass over the bytes, none of them copied.
    public init(byteCount: Int, read: (inout MutableSpan<UInt8>) throws -> Void) throws {
        guard byteCount >= 0 else { throw VectorIndexError.corrupt("\(byteCount) bytes long") }
        let bytes = AlignedBytes(count: byteCount)
        try bytes.withMutableElements(of: UInt8.self, at: 0, count: byteCount) { try read(&$0) }
        try self.init(layout: CodeSegmentLayout(checking: bytes), bytes: bytes)
    }

    /// Reads a stored segment.
    ///
    /// - Throws: `corrupt` if the bytes are not whole and unchanged, `unknownVersion` if they are
    ///   from another time.
    /// - Complexity: one pass over the bytes and one copy.
    public init(decoding bytes: RawSpan) throws(VectorIndexError) {
        let copy = AlignedBytes(copying: bytes)
        try self.init(layout: CodeSegmentLayout(checking: copy), bytes: copy)
    }

    /// Reads a stored segment.
    ///
    /// - Throws: `corrupt` if the bytes are not whole and unchanged, `unknownVersion` if they are
    ///   from another time.
    public init(decoding bytes: [UInt8]) throws(VectorIndexError) {
        try unsafe self.init(decoding: bytes.span.bytes)
    }
}
