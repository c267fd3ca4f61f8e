import Corpus
import Testing

@testable import Documents

@Suite struct GzipTests {
    @Test func unpackedIsWhatWasPacked() throws {
        let packed = try fixture("taller.7.gz")
        let plain = try fixture("taller.7")
        #expect(try Gzip.unpack(packed, limit: 10_000) == plain)
        // Members that follow one another are one file.
        #expect(try Gzip.unpack(packed + packed, limit: 10_000) == plain + plain)
        #expect(try Gzip.unpack(packed + [0, 0, 0], limit: 10_000) == plain)
    }

    /// "hola" as `gzip` stores it without compressing: header, one stored block, sum, length.
    @Test func storedBlocks() throws {
        let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        let block: [UInt8] = [1, 4, 0, 0xFB, 0xFF] + Array("hola".utf8)
        let trailer: [UInt8] = [0x88, 0xF9, 0xA0, 0x6F, 4, 0, 0, 0]
        #expect(try Gzip.unpack(head + block + trailer, limit: 10) == Array("hola".utf8))
        let wrong: [UInt8] = [1, 2, 3, 4, 4, 0, 0, 0]
        #expect(throws: DocumentError.malformed(format: "gzip", reason: "its checksum is wrong")) {
            try Gzip.unpack(head + block + wrong, limit: 10)
        }
    }

    @Test func aBombIsStoppedAtTheLimit() throws {
        let packed = try fixture("taller.7.gz")
        #expect(throws: DocumentError.self) { try Gzip.unpack(packed, limit: 100) }
    }

    @Test func damagedFilesThrow() throws {
        let packed = try fixture("taller.7.gz")
        for length in 0..<packed.count {
            #expect(throws: DocumentError.self) {
                try Gzip.unpack(Array(packed[..<length]), limit: 10_000)
            }
        }
        var random = SplitMix64(seed: 5)
        for _ in 0..<2000 {
            var bytes = packed
            for _ in 0..<3 {
                let i = Int.random(in: 10..<bytes.count, using: &random)
                bytes[i] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            _ = try? Gzip.unpack(bytes, limit: 10_000)
        }
    }
}
