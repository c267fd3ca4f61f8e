internal import Digests

/// SHA-256 digests of contents, cut to 16 bytes: room enough that two different contents do not
/// meet, small enough to be a key.
package enum TextHash {
    package static func of(_ bytes: [UInt8]) -> [UInt8] {
        Array(Digest.of(bytes).prefix(16))
    }

    package static func of(_ text: String) -> [UInt8] { of(Array(text.utf8)) }
}
