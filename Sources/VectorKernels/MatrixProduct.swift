internal import COpenBLAS

/// Computes y = x · wᵀ with OpenBLAS, on the calling thread.
///
/// `x` is `[rows, inner]` from row `first` on, `weights` is `[columns, inner]`; row `r` of the result goes to
/// `y[r * stride + offset ..< r * stride + offset + columns]`, the rest of `y` stays.
///
/// - Precondition: `OpenBLAS.isInstalled`, and the spans have the sizes that the shapes ask for.
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
    guard let product = unsafe OpenBLAS.product else {
        preconditionFailure("OpenBLAS is not installed")
    }
    unsafe x.withUnsafeBufferPointer { x in
        unsafe weights.withUnsafeBufferPointer { weights in
            unsafe y.withUnsafeMutableBufferPointer { y in
                guard let start = y.baseAddress, let x = x.baseAddress else { return }
                unsafe product(
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
