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

/// Checks a number of dimensions.
func checkDimensions(_ dimensions: Int) throws(VectorIndexError) {
    guard (1...maximumDimensions).contains(dimensions) else {
        throw .unsupported("A vector of \(dimensions) dimensions")
    }
}
