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
///
/// Each input has a factor: inputs are multiplied by it before they are quantized, weights divided. That
/// moves large inputs' range into the weights, after Xiao et al., "SmoothQuant", arXiv:2211.10438. What
/// GELU makes of an output is multiplied by the next matrix's factor of it at once.
package struct PackedMatrix: Sendable {
    /// Output columns.
    package let columns: Int
    /// The length of a row of the input.
    package let inner: Int
    private let storage: MappedBytes
    private let layout: Layout
    private let offset: Int

    /// Where the parts are: codes, then scales, sums, biases and next factors of columns, then factors
    /// of inputs.
    private struct Layout {
        let rows, paddedInner, codeBytes, byteCount: Int

        init(columns: Int, inner: Int) {
            rows = (columns + 15) / 16 * 16
            paddedInner = PackedMatrix.padded(inner)
            codeBytes = rows * paddedInner
            byteCount = codeBytes + 16 * rows + 4 * paddedInner
        }

        var scales: Int { codeBytes }
        var sums: Int { codeBytes + 4 * rows }
        var biases: Int { codeBytes + 8 * rows }
        var nextFactors: Int { codeBytes + 12 * rows }
        var factors: Int { codeBytes + 16 * rows }
    }

    var paddedInner: Int { layout.paddedInner }

    /// The bytes of a row of `length` codes.
    package static func padded(_ length: Int) -> Int { (length + 63) / 64 * 64 }

    /// The bytes that a packed matrix takes.
    package static func byteCount(columns: Int, inner: Int) -> Int {
        Layout(columns: columns, inner: inner).byteCount
    }

    /// Reads a matrix that `pack` wrote at `offset`, a multiple of 64; `nil` if it cannot be there.
    package init?(columns: Int, inner: Int, in storage: MappedBytes, at offset: Int) {
        guard columns > 0, inner > 0, columns < 1 << 24, inner < 1 << 24, offset >= 0,
            offset % 64 == 0
        else { return nil }
        layout = Layout(columns: columns, inner: inner)
        guard offset <= storage.count, layout.byteCount <= storage.count - offset else {
            return nil
        }
        self.columns = columns
        self.inner = inner
        self.storage = storage
        self.offset = offset
    }

    /// Quantizes float weights `[columns, inner]`.
    ///
    /// `factors` are positive, one for each input, and `nextFactors` one for each output; none means 1.
    package static func pack(
        _ weights: Span<Float>,
        bias: Span<Float>,
        inner: Int,
        factors: [Float]? = nil,
        nextFactors: [Float]? = nil
    ) -> [UInt8] {
        let layout = Layout(columns: bias.count, inner: inner)
        let factors = factors ?? [Float](repeating: 1, count: inner)
        precondition(weights.count == bias.count * inner, "\(weights.count) weights")
        let nextFactors = nextFactors ?? [Float](repeating: 1, count: bias.count)
        precondition(nextFactors.count == bias.count, "\(nextFactors.count) next factors")
        precondition(factors.count == inner && factors.allSatisfy { $0 > 0 }, "factors of inputs")
        var out = [UInt8](repeating: 0, count: layout.byteCount)
        var scratch = [Float](repeating: 0, count: inner)
        unsafe out.withUnsafeMutableBytes { out in
            unsafe weights.withUnsafeBufferPointer { weights in
                guard let start = out.baseAddress, let from = weights.baseAddress else { return }
                let biases = unsafe (start + layout.biases).assumingMemoryBound(to: Float.self)
                for column in bias.indices { unsafe biases[column] = bias[column] }
                let next = unsafe (start + layout.nextFactors).assumingMemoryBound(to: Float.self)
                for column in nextFactors.indices {
                    unsafe next[column] = nextFactors[column]
                }
                let to = unsafe (start + layout.factors).assumingMemoryBound(to: Float.self)
                for input in factors.indices { unsafe to[input] = factors[input] }
                unsafe scratch.withUnsafeMutableBufferPointer { scratch in
                    guard let scratch = scratch.baseAddress else { return }
                    unsafe vk_pack_i8(
                        from,
                        to,
                        bias.count,
                        inner,
                        start.assumingMemoryBound(to: Int8.self),
                        (start + layout.scales).assumingMemoryBound(to: Float.self),
                        (start + layout.sums).assumingMemoryBound(to: Int32.self),
                        scratch
                    )
                }
            }
        }
        return out
    }

    func withTable(_ body: (UnsafePointer<vk_matrix_i8>) -> Void) {
        storage.withBytes(offset..<offset + layout.byteCount) { bytes in
            unsafe bytes.withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress else { return }
                var table = unsafe vk_matrix_i8(
                    codes: start.assumingMemoryBound(to: Int8.self),
                    scale: (start + layout.scales).assumingMemoryBound(to: Float.self),
                    sum: (start + layout.sums).assumingMemoryBound(to: Int32.self),
                    bias: (start + layout.biases).assumingMemoryBound(to: Float.self),
                    after: (start + layout.nextFactors).assumingMemoryBound(to: Float.self),
                    factor: (start + layout.factors).assumingMemoryBound(to: Float.self),
                    n: columns,
                    n_padded: layout.rows,
                    k_padded: layout.paddedInner
                )
                unsafe body(&table)
            }
        }
    }
}
