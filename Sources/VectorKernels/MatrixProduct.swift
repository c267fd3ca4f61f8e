internal import COpenBLAS

/// Computes y = x · wᵀ with OpenBLAS, on the calling thread.
///
/// `x` is `[rows, inner]` from row `first` on, `weights` is `[columns, inner]`; row `r` of the result goes to
/// `y[r * stride + offset ..< r * stride + offset + columns]`, the rest of `y` stays.
///
/// - Precondition: the spans have the sizes that the shapes ask for.
package func multiply(
    _ x: Span<Float>,
    first: Int = 0,
    rows: Int,
    inner: Int,
    byTransposeOf weights: Span<Float>,
    columns: Int,
    into y: inout MutableSpan<Float>,
    at offset: Int = 0,
    stride: Int
) {
    guard rows > 0, columns > 0, inner > 0 else { return }
    precondition(first >= 0 && (first + rows) * inner <= x.count, "\(x.count) elements for x")
    precondition(weights.count == columns * inner, "\(weights.count) elements for the weights")
    precondition(
        offset >= 0 && offset + columns <= stride
            && (rows - 1) * stride + offset + columns <= y.count,
        "\(y.count) elements for \(rows) rows of \(stride)"
    )
    SingleThreadedBLAS.prepare()
    unsafe x.withUnsafeBufferPointer { x in
        unsafe weights.withUnsafeBufferPointer { weights in
            unsafe y.withUnsafeMutableBufferPointer { y in
                guard let start = y.baseAddress, let x = x.baseAddress else { return }
                unsafe cblas_sgemm(
                    CblasRowMajor,
                    CblasNoTrans,
                    CblasTrans,
                    Int32(rows),
                    Int32(columns),
                    Int32(inner),
                    1,
                    x + first * inner,
                    Int32(inner),
                    weights.baseAddress,
                    Int32(inner),
                    0,
                    start + offset,
                    Int32(stride)
                )
            }
        }
    }
}

/// Keeps OpenBLAS on the thread that calls it: the encoder and the index divide work themselves, and
/// two layers of threads would fight for the cores.
package enum SingleThreadedBLAS {
    private static let once: Void = openblas_set_num_threads(1)

    /// Makes sure of it, once per process.
    package static func prepare() { once }
}
