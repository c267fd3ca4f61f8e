internal import Digests
internal import Foundation

/// What a file's bytes must hash to, in one of the two ways that a hub states it.
enum FileChecksum: Hashable, Sendable {
    /// SHA-256 of the bytes, in hexadecimal digits: files that the hub keeps outside of git.
    case sha256(String)
    /// SHA-1 as git hashes a blob: all others.
    case blob(String)

    init?(sha256 digits: String) {
        guard Self.isHexadecimal(digits, 64) else { return nil }
        self = .sha256(digits.lowercased())
    }

    init?(blob digits: String) {
        guard Self.isHexadecimal(digits, 40) else { return nil }
        self = .blob(digits.lowercased())
    }

    /// Reads an `ETag` of the hub, in quotes or not; nil if it is no checksum.
    init?(tag: String) {
        var text = tag[...]
        if text.hasPrefix("W/") { text = text.dropFirst(2) }
        let digits = text.filter { $0 != "\"" }
        guard let checksum = FileChecksum(sha256: digits) ?? FileChecksum(blob: digits) else {
            return nil
        }
        self = checksum
    }

    private static func isHexadecimal(_ text: String, _ count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    }

    /// Whether the file at `path` has this checksum.
    ///
    /// - Complexity: O(bytes), in constant memory.
    func matches(_ path: String) throws -> Bool {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        func hexadecimal(_ function: Digest.Function, after head: String = "") throws -> String {
            var digest = Digest(function)
            digest.update(Array(head.utf8))
            while let bytes = try file.read(upToCount: 1 << 20), !bytes.isEmpty {
                digest.update(Array(bytes))
            }
            return digest.finalize().hexadecimal
        }
        switch self {
        case .sha256(let digits):
            return try hexadecimal(.sha256) == digits
        case .blob(let digits):
            let size = try file.seekToEnd()
            try file.seek(toOffset: 0)
            return try hexadecimal(.sha1, after: "blob \(size)\0") == digits
        }
    }
}
