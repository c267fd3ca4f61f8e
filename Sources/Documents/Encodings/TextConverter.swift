#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The fence around the platform's `iconv`: from one encoding to UTF-8.
@safe final class TextConverter {
    private let converter: iconv_t

    /// A converter from an encoding, under a name that the platform knows; nil if it knows it not.
    init?(_ name: String) {
        let opened = unsafe iconv_open("UTF-8", name)
        guard unsafe opened != iconv_t(bitPattern: -1), let opened = unsafe opened else {
            return nil
        }
        unsafe converter = opened
    }

    deinit { unsafe iconv_close(converter) }

    /// What one byte is.
    enum Single {
        case scalar(UInt32)
        /// No character.
        case none
        /// The beginning of one.
        case more
    }

    /// What a byte is when nothing comes before or after it.
    func scalar(of byte: UInt8) -> Single {
        reset()
        var output: [UInt8] = []
        switch convert([byte], from: 0, room: 16, into: &output).end {
        case .done:
            // Some keep a letter back until they know whether an accent follows.
            flush(into: &output)
            guard let scalar = String(decoding: output, as: UTF8.self).unicodeScalars.first else {
                return .more
            }
            return .scalar(scalar.value)
        case .invalid, .full: return .none
        case .incomplete: return .more
        }
    }

    /// The scalars of a few bytes; nil if some are none.
    func scalars(of bytes: [UInt8]) -> [UInt32]? {
        reset()
        var output: [UInt8] = []
        guard convert(bytes, from: 0, room: 64, into: &output).end == .done else { return nil }
        return String(decoding: output, as: UTF8.self).unicodeScalars.map(\.value)
    }

    /// Decodes text, each character with the way back to its bytes.
    ///
    /// - Parameters:
    ///   - bytes: Text in the converter's encoding.
    ///   - isASCIIBased: Whether a byte below 0x80 that begins a character is that character.
    /// - Returns: The text, and how many bytes are none; each of those became U+FFFD.
    /// - Complexity: O(`bytes.count`), a call of `iconv` for each character that is not ASCII.
    func decode(_ bytes: [UInt8], isASCIIBased: Bool) -> (step: TextDecoder.Step, invalid: Int) {
        reset()
        var step = TextDecoder.Step()
        step.utf8.reserveCapacity(bytes.count + bytes.count / 2)
        var invalid = 0
        var isPending = false
        var i = 0
        while i < bytes.count {
            if isASCIIBased, bytes[i] < 0x80 {
                if isPending { flush(into: &step.utf8) }
                isPending = false
                step.utf8.append(bytes[i])
                i += 1
                continue
            }
            isPending = true
            // Room for one character: what is converted at once is what one place maps to.
            let (consumed, end) = convert(bytes, from: i, room: 4, into: &step.utf8)
            i += consumed
            switch end {
            case .done, .full: break
            case .invalid, .incomplete:
                step.utf8 += [0xEF, 0xBF, 0xBD]
                invalid += 1
                i += 1
            }
            step.map.add(changed: step.utf8.count, original: min(i, bytes.count))
        }
        flush(into: &step.utf8)
        return (step, invalid)
    }

    /// The text of bytes in an encoding by its name; in a name that nobody knows, as UTF-8.
    static func text(of bytes: [UInt8], charset: String) -> String {
        let decoded = bytes.isEmpty ? nil : try? TextDecoder.decode(bytes, declared: charset)
        return decoded.map { $0.source.string(0..<$0.source.utf8.count) }
            ?? String(decoding: bytes, as: UTF8.self)
    }

    private enum End { case done, full, invalid, incomplete }

    private func reset() { _ = unsafe iconv(converter, nil, nil, nil, nil) }

    /// Converts from `start` on as much as fits into `room` bytes.
    ///
    /// `.full`, `.invalid` and `.incomplete` are about what comes next, where something was consumed.
    private func convert(
        _ bytes: [UInt8],
        from start: Int,
        room: Int,
        into output: inout [UInt8]
    ) -> (consumed: Int, end: End) {
        var consumed = 0
        var end = End.done
        var piece = [CChar](repeating: 0, count: room)
        var written = 0
        unsafe bytes[start...].withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            // More than any character takes with the escapes before it.
            let length = min(source.count, 2 * room)
            var input: UnsafeMutablePointer<CChar>? = unsafe UnsafeMutableRawPointer(mutating: base)
                .assumingMemoryBound(to: CChar.self)
            var left = length
            var result = 0
            var reason: Int32 = 0
            unsafe piece.withUnsafeMutableBufferPointer { buffer in
                var target = buffer.baseAddress
                var space = room
                result = unsafe Int(iconv(converter, &input, &left, &target, &space))
                reason = errno
                written = room - space
            }
            consumed = length - left
            if result == -1, consumed == 0 {
                end = reason == EINVAL ? .incomplete : .invalid
            } else if left > 0 || result == -1 {
                end = .full
            }
        }
        output += piece[..<written].lazy.map { UInt8(bitPattern: $0) }
        return (consumed, end)
    }

    /// Appends what the converter keeps back until it knows what follows.
    private func flush(into output: inout [UInt8]) {
        var piece = [CChar](repeating: 0, count: 16)
        var written = 0
        unsafe piece.withUnsafeMutableBufferPointer { buffer in
            var target = buffer.baseAddress
            var space = 16
            _ = unsafe iconv(converter, nil, nil, &target, &space)
            written = 16 - space
        }
        output += piece[..<written].lazy.map { UInt8(bitPattern: $0) }
    }
}
