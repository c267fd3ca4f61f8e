internal import COpenBLAS

extension DistanceKernels {
    /// Multiplies x with the transpose of w, on the calling thread.
    ///
    /// Sums of `inner` products come in any order: with OpenBLAS in its own, without it in the kernels'.
    ///
    /// - Parameters:
    ///   - x: shape `[rows, inner]`.
    ///   - weights: shape `[columns, inner]`.
    ///   - inner: the length of a row of either.
    ///   - library: whether OpenBLAS multiplies, where it is installed.
    /// - Returns: x · wᵀ, shape `[rows, columns]`.
    /// - Precondition: both are a whole number of rows.
    package func products(
        of x: [Float],
        and weights: [Float],
        inner: Int,
        with library: Bool = OpenBLAS.isInstalled
    ) -> [Float] {
        precondition(
            inner > 0 && x.count % inner == 0 && weights.count % inner == 0,
            "\(x.count) and \(weights.count) elements are no rows of \(inner)"
        )
        let rows = x.count / inner, columns = weights.count / inner
        guard rows > 0, columns > 0 else { return [] }
        guard library, let product = unsafe OpenBLAS.product else {
            return Array(capacity: rows * columns) { result in
                let x = x.span, weights = weights.span
                for row in 0..<rows {
                    let left = x.extracting(row * inner..<(row + 1) * inner)
                    for column in 0..<columns {
                        let start = column * inner
                        result.append(dot(left, weights.extracting(start..<start + inner)))
                    }
                }
            }
        }
        return unsafe [Float](unsafeUninitializedCapacity: rows * columns) { result, count in
            unsafe x.withUnsafeBufferPointer { x in
                unsafe weights.withUnsafeBufferPointer { weights in
                    unsafe product(
                        CblasRowMajor,
                        CblasNoTrans,
                        CblasTrans,
                        Int32(rows),
                        Int32(columns),
                        Int32(inner),
                        1,
                        x.baseAddress,
                        Int32(inner),
                        weights.baseAddress,
                        Int32(inner),
                        0,
                        result.baseAddress,
                        Int32(columns)
                    )
                }
            }
            count = rows * columns
        }
    }
}
