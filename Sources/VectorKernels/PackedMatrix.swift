internal import CVectorKernels

/// What a stored tensor's elements are.
package enum ElementKind: String, Sendable, CaseIterable {
    case f32, f16, bf16
    /// Blocks of 32 weights at 4 bits with an f16 scale, as GGUF has them.
    case q4_0
    /// Blocks of 32 weights at 8 bits with an f16 scale, as GGUF has them.
    case q8_0

    /// The weights that are stored together: rows hold a whole number of blocks.
    package var blockLength: Int { self == .q4_0 || self == .q8_0 ? 32 : 1 }

    /// The bytes that `count` elements take, or `nil` if blocks cannot make up `count`.
    package func bytes(_ count: Int) -> Int? {
        guard count >= 0, count % blockLength == 0, count < 1 << 48 else { return nil }
        return vk_element_bytes(c, count)
    }

    /// Decodes elements into the floats `out[at ..< at + count]`.
    ///
    /// - Precondition: `bytes` holds just these elements.
    package func decode(
        _ bytes: RawSpan,
        count: Int,
        into out: inout MutableSpan<Float>,
        at: Int = 0
    ) {
        precondition(bytes.byteCount == self.bytes(count), "\(bytes.byteCount) bytes of \(self)")
        precondition(at >= 0 && at + count <= out.count, "\(out.count) floats for \(count)")
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe out.withUnsafeMutableBufferPointer { out in
                guard let from = bytes.baseAddress, let to = out.baseAddress else { return }
                unsafe vk_decode_elements(c, from, count, to + at)
            }
        }
    }

    private var c: vk_element {
        switch self {
        case .f32: .f32
        case .f16: .f16
        case .bf16: .bf16
        case .q4_0: .q4_0
        case .q8_0: .q8_0
        }
    }
}

/// Weights `[columns, inner]` in 8 bits with one scale for each output column, packed for the 8-bit
/// product, with the bias that goes with them.
package struct PackedMatrix: Sendable {
    /// Output columns.
    package let columns: Int
    /// The length of a row of the input.
    package let inner: Int
    private let storage: MappedBytes
    private let offset: Int

    var paddedInner: Int { Self.padded(inner) }

    /// The bytes of a row of `length` codes.
    package static func padded(_ length: Int) -> Int { (length + 63) / 64 * 64 }

    /// The bytes that a packed matrix takes.
    package static func byteCount(columns: Int, inner: Int) -> Int {
        let rows = (columns + 15) / 16 * 16
        return rows * padded(inner) + 12 * rows
    }

    /// Reads a matrix that `pack` wrote at `offset`, a multiple of 64; `nil` if it cannot be there.
    package init?(columns: Int, inner: Int, in storage: MappedBytes, at offset: Int) {
        guard columns > 0, inner > 0, columns < 1 << 24, inner < 1 << 24, offset >= 0,
            offset % 64 == 0
        else { return nil }
        guard Self.byteCount(columns: columns, inner: inner) <= storage.count - offset else {
            return nil
        }
        self.columns = columns
        self.inner = inner
        self.storage = storage
        self.offset = offset
    }

    /// Quantizes float weights `[columns, inner]`.
    package static func pack(_ weights: Span<Float>, bias: Span<Float>, inner: Int) -> [UInt8] {
        let columns = bias.count, rows = (columns + 15) / 16 * 16
        precondition(weights.count == columns * inner, "\(weights.count) weights")
        let codeBytes = rows * padded(inner)
        var out = [UInt8](repeating: 0, count: byteCount(columns: columns, inner: inner))
        unsafe out.withUnsafeMutableBytes { out in
            unsafe weights.withUnsafeBufferPointer { weights in
                guard let start = out.baseAddress, let from = weights.baseAddress else { return }
                unsafe vk_pack_i8(
                    from,
                    columns,
                    inner,
                    start.assumingMemoryBound(to: Int8.self),
                    (start + codeBytes).assumingMemoryBound(to: Float.self),
                    (start + codeBytes + 4 * rows).assumingMemoryBound(to: Int32.self)
                )
                let to = unsafe (start + codeBytes + 8 * rows).assumingMemoryBound(to: Float.self)
                for column in 0..<columns { unsafe to[column] = bias[column] }
            }
        }
        return out
    }

    func withTable(_ body: (UnsafePointer<vk_matrix_i8>) -> Void) {
        let rows = (columns + 15) / 16 * 16
        let codeBytes = rows * paddedInner
        storage.withBytes(offset..<offset + codeBytes + 12 * rows) { bytes in
            unsafe bytes.withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress else { return }
                var table = unsafe vk_matrix_i8(
                    codes: start.assumingMemoryBound(to: Int8.self),
                    scale: (start + codeBytes).assumingMemoryBound(to: Float.self),
                    sum: (start + codeBytes + 4 * rows).assumingMemoryBound(to: Int32.self),
                    bias: (start + codeBytes + 8 * rows).assumingMemoryBound(to: Float.self),
                    n: columns,
                    n_padded: rows,
                    k_padded: paddedInner
                )
                unsafe body(&table)
            }
        }
    }
}
