internal import CZlib

/// Unpacks gzip files with zlib.
enum Gzip {
    /// What is unpacked at a time.
    private static let pieceSize = 256 << 10

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
        var bytes = bytes
        let result = unsafe bytes.withUnsafeMutableBufferPointer {
            input -> Result<[UInt8], DocumentError> in
            Result { () throws(DocumentError) in unsafe try unpack(input, limit: limit) }
        }
        return try result.get()
    }

    private static func unpack(
        _ input: UnsafeMutableBufferPointer<UInt8>,
        limit: Int
    ) throws(DocumentError) -> [UInt8] {
        var stream = unsafe z_stream()
        guard unsafe vz_inflate_init(&stream) == Z_OK else {
            throw broken("zlib has no memory for it")
        }
        defer { _ = unsafe inflateEnd(&stream) }
        unsafe stream.next_in = input.baseAddress
        unsafe stream.avail_in = UInt32(clamping: input.count)
        var output: [UInt8] = []
        while true {
            var status = Z_OK
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, count in
                unsafe stream.next_out = buffer.baseAddress
                unsafe stream.avail_out = UInt32(buffer.count)
                status = unsafe inflate(&stream, Z_NO_FLUSH)
                count = unsafe buffer.count - Int(stream.avail_out)
            }
            guard output.count + piece.count <= limit else {
                throw .tooLarge(bytes: output.count + piece.count, limit: limit)
            }
            output += piece
            switch status {
            case Z_STREAM_END:
                // What follows the last member is padding.
                let used = unsafe input.count - Int(stream.avail_in)
                guard unsafe isMember(input, at: used) else { return output }
                _ = unsafe inflateReset(&stream)
            case Z_OK where unsafe stream.avail_in > 0 || stream.avail_out == 0: continue
            case Z_OK, Z_BUF_ERROR: throw broken("it is cut off")
            default:
                let isSum = unsafe stream.msg.map { unsafe String(cString: $0) }?.contains("check")
                throw broken(isSum ?? false ? "its checksum is wrong" : "its content is damaged")
            }
        }
    }

    private static func isMember(
        _ input: UnsafeMutableBufferPointer<UInt8>,
        at start: Int
    ) -> Bool {
        unsafe start + 18 <= input.count && input[start] == 0x1F && input[start + 1] == 0x8B
    }

    private static func broken(_ reason: String) -> DocumentError {
        .malformed(format: "gzip", reason: reason)
    }
}
