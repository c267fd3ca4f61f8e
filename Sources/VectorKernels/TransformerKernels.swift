internal import CVectorKernels

/// The kernels of a transformer encoder's forward pass, for one instruction set.
///
/// Matrices are row-major spans that may be longer than their shape, never shorter.
package struct TransformerKernels: Sendable {
    private let table: vk_transformer_kernels

    /// The kernels of the tier that this process uses.
    package static let current: TransformerKernels =
        TransformerKernels(tier: .current) ?? TransformerKernels(scalar: ())

    /// The kernels of `tier`, or `nil` if it is not available here.
    package init?(tier: KernelTier) {
        guard let table = unsafe vk_transformer_kernels_for(tier.c) else { return nil }
        self.table = unsafe table.pointee
    }

    private init(scalar: Void) {
        guard let table = unsafe vk_transformer_kernels_for(.scalar) else {
            preconditionFailure("the scalar kernels are always there")
        }
        self.table = unsafe table.pointee
    }

    /// Applies x = norm(x + y) · gain + shift to the `rows` rows of `x` from row `first` on,
    /// with the first `rows` rows of `y`.
    package func addThenNormalize(
        _ x: inout MutableSpan<Float>,
        first: Int = 0,
        adding y: Span<Float>,
        gain: Span<Float>,
        shift: Span<Float>,
        epsilon: Float,
        rows: Int
    ) {
        let columns = gain.count
        precondition(shift.count == columns, "\(shift.count) of \(columns)")
        precondition(rows >= 0 && first >= 0 && (first + rows) * columns <= x.count)
        precondition(rows * columns <= y.count, "\(y.count) elements for \(rows) rows")
        unsafe x.withUnsafeMutableBufferPointer { x in
            unsafe y.withUnsafeBufferPointer { y in
                unsafe gain.withUnsafeBufferPointer { gain in
                    unsafe shift.withUnsafeBufferPointer { shift in
                        guard let x = x.baseAddress, let y = y.baseAddress,
                            let gain = gain.baseAddress, let shift = shift.baseAddress
                        else { return }
                        unsafe table.add_norm_f32(
                            x + first * columns,
                            y,
                            gain,
                            shift,
                            epsilon,
                            rows,
                            columns
                        )
                    }
                }
            }
        }
    }

    /// The floats of scratch that `attend` needs.
    package static func attentionScratch(tokens: Int, width: Int) -> Int {
        vk_attention_scratch(tokens, width)
    }

    /// Computes the attention of one sequence: softmax(Q · Kᵀ / √width) · V, head by head.
    ///
    /// A row of `qkv` is a token's query, key and value, `heads * width` floats each; the sequence
    /// is the `tokens` rows from `first` on. The same rows of `out` receive `heads * width` floats.
    /// `isNear` allows factors of 16 bits, which is enough beside products in 8 bits.
    package func attend(
        _ qkv: Span<Float>,
        first: Int,
        tokens: Int,
        heads: Int,
        width: Int,
        isNear: Bool = false,
        scratch: inout MutableSpan<Float>,
        into out: inout MutableSpan<Float>
    ) {
        let hidden = heads * width
        precondition(first >= 0 && tokens > 0 && heads > 0 && width > 0, "an empty sequence")
        precondition(3 * hidden * (first + tokens) <= qkv.count, "\(qkv.count) elements of Q, K, V")
        precondition(hidden * (first + tokens) <= out.count, "\(out.count) elements of output")
        precondition(scratch.count >= Self.attentionScratch(tokens: tokens, width: width))
        let scale = 1 / Float(width).squareRoot()
        let attention = unsafe isNear ? table.attention_bf16 : table.attention_f32
        unsafe qkv.withUnsafeBufferPointer { qkv in
            unsafe scratch.withUnsafeMutableBufferPointer { scratch in
                unsafe out.withUnsafeMutableBufferPointer { out in
                    guard let qkv = qkv.baseAddress, let scratch = scratch.baseAddress,
                        let out = out.baseAddress
                    else { return }
                    unsafe attention(
                        qkv + 3 * hidden * first,
                        tokens,
                        heads,
                        width,
                        scale,
                        scratch,
                        out + hidden * first
                    )
                }
            }
        }
    }

    /// Computes y = activation(x · wᵀ + bias) in floats, of the `rows` rows of `x` from row `first` on
    /// into the first rows of `y`.
    package func multiply(
        _ x: Span<Float>,
        first: Int = 0,
        rows: Int,
        by matrix: FloatMatrix,
        gelu: Bool = false,
        into y: inout MutableSpan<Float>
    ) {
        precondition(rows >= 0 && first >= 0 && (first + rows) * matrix.inner <= x.count)
        precondition(rows * matrix.columns <= y.count, "\(y.count) elements for \(rows) rows")
        unsafe x.withUnsafeBufferPointer { x in
            unsafe y.withUnsafeMutableBufferPointer { y in
                unsafe matrix.withTable { w in
                    guard let x = x.baseAddress, let y = y.baseAddress else { return }
                    unsafe table.product_f32(x + first * matrix.inner, rows, w, gelu ? 1 : 0, y)
                }
            }
        }
    }

    /// Quantizes the `rows` rows of `x` from row `first` on into 8-bit codes for `multiply` by `matrix`.
    ///
    /// `codes` needs `PackedMatrix.padded(matrix.inner)` bytes for each row. `isScaled` says that the
    /// rows have been multiplied by the matrix's factors already.
    package func quantize(
        _ x: Span<Float>,
        first: Int = 0,
        rows: Int,
        for matrix: PackedMatrix,
        isScaled: Bool = false,
        into codes: inout MutableSpan<UInt8>,
        scales: inout MutableSpan<Float>,
        shifts: inout MutableSpan<Float>
    ) {
        precondition(rows >= 0 && first >= 0 && (first + rows) * matrix.inner <= x.count)
        precondition(rows * matrix.paddedInner <= codes.count, "\(codes.count) bytes of codes")
        precondition(rows <= scales.count && rows <= shifts.count, "\(scales.count) scales")
        unsafe x.withUnsafeBufferPointer { x in
            unsafe codes.withUnsafeMutableBufferPointer { codes in
                unsafe scales.withUnsafeMutableBufferPointer { scales in
                    unsafe shifts.withUnsafeMutableBufferPointer { shifts in
                        unsafe matrix.withTable { w in
                            guard let x = x.baseAddress, let codes = codes.baseAddress,
                                let scales = scales.baseAddress, let shifts = shifts.baseAddress
                            else { return }
                            unsafe table.quantize_rows(
                                x + first * matrix.inner,
                                isScaled ? nil : w.pointee.factor,
                                rows,
                                matrix.inner,
                                codes,
                                scales,
                                shifts
                            )
                        }
                    }
                }
            }
        }
    }

    /// Computes y = activation(x · wᵀ + bias) from the 8-bit rows that `quantize` made, into the
    /// rows of `y` from row `first` on; after GELU, y is multiplied by the matrix's next factors.
    package func multiply(
        _ codes: Span<UInt8>,
        scales: Span<Float>,
        shifts: Span<Float>,
        rows: Int,
        by matrix: PackedMatrix,
        gelu: Bool = false,
        into y: inout MutableSpan<Float>,
        first: Int = 0
    ) {
        precondition(rows >= 0 && rows * matrix.paddedInner <= codes.count)
        precondition(rows <= scales.count && rows <= shifts.count, "\(scales.count) scales")
        precondition(first >= 0 && (first + rows) * matrix.columns <= y.count)
        unsafe codes.withUnsafeBufferPointer { codes in
            unsafe scales.withUnsafeBufferPointer { scales in
                unsafe shifts.withUnsafeBufferPointer { shifts in
                    unsafe y.withUnsafeMutableBufferPointer { y in
                        unsafe matrix.withTable { w in
                            guard let codes = codes.baseAddress, let scales = scales.baseAddress,
                                let shifts = shifts.baseAddress, let y = y.baseAddress
                            else { return }
                            unsafe table.product_i8(
                                codes,
                                scales,
                                shifts,
                                rows,
                                w,
                                gelu ? 1 : 0,
                                y + first * matrix.columns
                            )
                        }
                    }
                }
            }
        }
    }
}
