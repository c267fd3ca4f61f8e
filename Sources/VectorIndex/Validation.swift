internal import VectorKernels

/// The greatest norm of a vector: its square, times four for an L2 distance, is still finite.
let maximumNorm = Double(sign: .plus, exponent: 60, significand: 1)

/// The most dimensions of a vector.
let maximumDimensions = 65_536

/// Checks the row of the slot `ordinal`, or a query if that is `nil`.
///
/// - Returns: the norm, in double precision.
/// - Throws: `dimensionMismatch` or `notFinite`.
func checkedNorm(
    _ vector: Span<Float>,
    dimensions: Int,
    ordinal: Ordinal?
) throws(VectorIndexError) -> Double {
    guard vector.count == dimensions else {
        throw .dimensionMismatch(expected: dimensions, actual: vector.count)
    }
    var sum = 0.0
    for i in vector.indices {
        let element = Double(vector[i])
        sum += element * element
    }
    let norm = sum.squareRoot()
    guard norm <= maximumNorm else { throw .notFinite(ordinal) }
    return norm
}

/// Checks a query as `checkedNorm` does, without its norm.
func checkQuery(_ query: Span<Float>, dimensions: Int) throws(VectorIndexError) {
    guard query.count == dimensions else {
        throw .dimensionMismatch(expected: dimensions, actual: query.count)
    }
    let square = DistanceKernels.current.dot(query, query)
    guard square <= Float(maximumNorm * maximumNorm) else { throw .notFinite(nil) }
}

/// The whole number that is nearest to `x`, of two the even one, for |x| < 2²².
///
/// It takes two additions; an instruction that rounds is not on every x86-64, and a function is called.
@inline(__always)
func nearestWhole(_ x: Float) -> Float { (x + 12_582_912) - 12_582_912 }

/// Checks a number of dimensions.
func checkDimensions(_ dimensions: Int) throws(VectorIndexError) {
    guard (1...maximumDimensions).contains(dimensions) else {
        throw .unsupported("A vector of \(dimensions) dimensions")
    }
}
