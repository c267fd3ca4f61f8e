internal import CCrypto

/// A cryptographic digest of bytes that come piece by piece, computed by OpenSSL.
@safe package struct Digest: ~Copyable {
    /// Which function is computed.
    package enum Function: Sendable {
        /// SHA-256 (FIPS 180-4): 32 bytes.
        case sha256
        /// SHA-1: 20 bytes; for what git and hubs of models state, not for secrets.
        case sha1
    }

    private let context: OpaquePointer

    /// Begins a digest.
    package init(_ function: Function) {
        guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        let kind = unsafe function == .sha256 ? EVP_sha256() : EVP_sha1()
        let isReady = unsafe EVP_DigestInit_ex(context, kind, nil) == 1
        precondition(isReady, "OpenSSL refuses its own digest")
        unsafe self.context = context
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Takes in more bytes.
    ///
    /// - Complexity: O(bytes).
    package mutating func update(_ bytes: [UInt8]) {
        let isTaken = unsafe bytes.withUnsafeBytes {
            unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) == 1
        }
        precondition(isTaken, "OpenSSL refuses bytes")
    }

    /// The digest of all that came.
    package consuming func finalize() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        let isDone = unsafe bytes.withUnsafeMutableBufferPointer {
            unsafe EVP_DigestFinal_ex(context, $0.baseAddress, &count) == 1
        }
        precondition(isDone, "OpenSSL gives no digest")
        return Array(bytes.prefix(Int(count)))
    }

    /// The digest of `bytes`.
    package static func of(_ bytes: [UInt8], by function: Function = .sha256) -> [UInt8] {
        var digest = Digest(function)
        digest.update(bytes)
        return digest.finalize()
    }
}

extension [UInt8] {
    /// Two lower-case hexadecimal digits for each byte.
    package var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
