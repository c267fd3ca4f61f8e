/// Packs the parts of an office document, so that what is mutated is their XML and not a checksum.
///
/// An input is a list of parts: a byte FF, a name, a line feed, the content.
enum StoredZip {
    /// The zip archive of the parts, nothing compressed.
    static func archive(of input: [UInt8]) -> [UInt8] {
        var files: [UInt8] = []
        var directory: [UInt8] = []
        var count = 0
        for part in input.split(separator: 0xFF).prefix(64) {
            let end = part.firstIndex(of: 0x0A) ?? part.endIndex
            let name = part[..<end].prefix(200)
            let content = part[end...].dropFirst()
            let offset = files.count
            var about: [UInt8] = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]
            about += bytes(checksum(content), 4)
            about += bytes(UInt32(content.count), 4) + bytes(UInt32(content.count), 4)
            about += bytes(UInt32(name.count), 2) + [0, 0]
            files += [0x50, 0x4B, 3, 4] + about + name + content
            directory += [0x50, 0x4B, 1, 2, 20, 0] + about + [UInt8](repeating: 0, count: 10)
            directory += bytes(UInt32(offset), 4) + name
            count += 1
        }
        var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        end += bytes(UInt32(count), 2) + bytes(UInt32(count), 2)
        end += bytes(UInt32(directory.count), 4) + bytes(UInt32(files.count), 4) + [0, 0]
        return files + directory + end
    }

    private static func bytes(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { crc, _ in
            crc & 1 == 0 ? crc >> 1 : 0xEDB8_8320 ^ (crc >> 1)
        }
    }

    private static func checksum(_ content: ArraySlice<UInt8>) -> UInt32 {
        ~content.reduce(~UInt32(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }
}
