import Testing
import VectorIndex
import VectorKernels

@Suite struct CodeSegmentTests {
    static func sample(metric: Metric = .innerProduct) throws -> CodeSegment {
        let made = Vectors.make(.crowded, count: 70, dimensions: 20, seed: 1)
        var rows: [[Float]?] = Vectors.rows(made, dimensions: 20)
        rows[3] = nil
        rows[69] = nil
        return try CodeSegment(
            firstOrdinal: Ordinal(4096),
            dimensions: 20,
            metric: metric,
            rows: rows
        )
    }

    @Test(arguments: Metric.allCases)
    func comesBackFromItsBytes(metric: Metric) throws {
        let segment = try Self.sample(metric: metric)
        let bytes = segment.encoded()
        #expect(bytes.count == segment.byteCount)
        let decoded = try CodeSegment(decoding: bytes)
        #expect(decoded.encoded() == bytes)
        #expect(decoded.metric == metric)
        #expect(decoded.dimensions == 20)
        #expect(decoded.firstOrdinal == Ordinal(4096))
        #expect(decoded.slotCount == 70)
        #expect(decoded.count == 68)
        #expect(decoded.contains(Ordinal(4096)))
        #expect(!decoded.contains(Ordinal(4099)))
        #expect(!decoded.contains(Ordinal(4166)))
        #expect(!decoded.contains(Ordinal(0)))
    }

    @Test func theSameRowsGiveTheSameBytes() throws {
        #expect(try Self.sample().encoded() == Self.sample().encoded())
    }

    @Test func everyFlippedBitIsNoticed() throws {
        let bytes = try Self.sample().encoded()
        for position in bytes.indices {
            var damaged = bytes
            damaged[position] ^= 1 << UInt8(position % 8)
            #expect(throws: VectorIndexError.self) { try CodeSegment(decoding: damaged) }
        }
    }

    @Test func everyTruncationIsNoticed() throws {
        let bytes = try Self.sample().encoded()
        for count in 0..<bytes.count {
            #expect(throws: VectorIndexError.self) {
                try CodeSegment(decoding: Array(bytes.prefix(count)))
            }
        }
        #expect(throws: VectorIndexError.self) { try CodeSegment(decoding: bytes + [0]) }
    }

    /// A header that claims anything at all, with a checksum that is right, is refused or harmless.
    @Test func forgedHeadersDoNoHarm() throws {
        let bytes = try Self.sample().encoded()
        for field in stride(from: 8, to: 64, by: 4) where field != 32 && field != 36 {
            for value: UInt32 in [0, 1, 2, 127, 4096, 4097, 65_537, .max] {
                var forged = bytes
                for i in 0..<4 { forged[field + i] = UInt8(truncatingIfNeeded: value >> (8 * i)) }
                forged = Self.resealed(forged)
                guard let segment = try? CodeSegment(decoding: forged) else { continue }
                let rows = ArrayRows(dimensions: segment.dimensions, elements: [])
                let index = try FlatIndex(segments: [segment], rows: rows)
                let query = [Float](repeating: 1, count: segment.dimensions)
                _ = try? index.neighbors(of: query, k: 3)
            }
        }
    }

    /// Factors that are no numbers, with a right checksum, are harmless too.
    @Test func forgedFactorsDoNoHarm() throws {
        let bytes = try Self.sample().encoded()
        for value in [Float.nan, .infinity, -.infinity, .greatestFiniteMagnitude] {
            var forged = bytes
            for word in stride(from: 64, to: 2048, by: 4) {
                for i in 0..<4 {
                    forged[word + i] = UInt8(truncatingIfNeeded: value.bitPattern >> (8 * i))
                }
            }
            guard let segment = try? CodeSegment(decoding: Self.resealed(forged)) else { continue }
            let rows = ArrayRows(dimensions: 20, elements: [])
            let index = try FlatIndex(segments: [segment], rows: rows)
            _ = try? index.neighbors(of: [Float](repeating: 1, count: 20), k: 3)
        }
    }

    /// A direction that is no direction, with a right checksum, is refused.
    @Test func forgedDirectionsAreRefused() throws {
        let bytes = try Self.sample().encoded()
        for value in [Float.nan, .infinity, -.infinity] {
            var forged = bytes
            for i in 0..<4 {
                forged[68 + i] = UInt8(truncatingIfNeeded: value.bitPattern >> (8 * i))
            }
            let sealed = Self.resealed(forged)
            #expect(throws: VectorIndexError.self) { try CodeSegment(decoding: sealed) }
        }
        #expect(throws: Never.self) { try CodeSegment(decoding: Self.resealed(bytes)) }
    }

    static func resealed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let block = AlignedBytes(copying: unsafe bytes.span.bytes)
        let head = block.checksum(of: 0..<32, seed: 1)
        let sum = block.checksum(of: 40..<bytes.count, seed: head)
        for i in 0..<8 { bytes[32 + i] = UInt8(truncatingIfNeeded: sum >> (8 * i)) }
        return bytes
    }

    @Test func badRowsAreRefused() {
        func make(_ rows: [[Float]?], dimensions: Int = 2, first: Int = 0) throws -> CodeSegment {
            try CodeSegment(
                firstOrdinal: Ordinal(first),
                dimensions: dimensions,
                metric: .l2,
                rows: rows
            )
        }
        #expect(throws: VectorIndexError.dimensionMismatch(expected: 2, actual: 1)) {
            try make([[1]])
        }
        #expect(throws: VectorIndexError.notFinite(Ordinal(8))) {
            try make([[1, 2], [.nan, 0]], first: 7)
        }
        #expect(throws: VectorIndexError.self) {
            try make(Array(repeating: nil, count: CodeSegment.capacity + 1))
        }
        #expect(throws: VectorIndexError.self) { try make([[1, 2]], dimensions: 70_000) }
        #expect(throws: VectorIndexError.self) {
            try make([nil, [1, 2]], first: Int(UInt32.max))
        }
    }

    @Test func segmentsMayBeEmptyOrAtTheEnd() throws {
        let empty = try CodeSegment(
            firstOrdinal: Ordinal(0),
            dimensions: 3,
            metric: .l2,
            rows: []
        )
        #expect(try CodeSegment(decoding: empty.encoded()).slotCount == 0)
        let last = try CodeSegment(
            firstOrdinal: Ordinal(UInt32.max),
            dimensions: 1,
            metric: .l2,
            rows: [[2]]
        )
        #expect(last.contains(Ordinal(UInt32.max)))
        let index = try FlatIndex(
            segments: [empty, last].filter { $0.count > 0 },
            rows: DictionaryRows([[2]], firstOrdinal: Int(UInt32.max))
        )
        #expect(try index.neighbors(of: [0], k: 1).map(\.ordinal.rawValue) == [UInt32.max])
    }
}
