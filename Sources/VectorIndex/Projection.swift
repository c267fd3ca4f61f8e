internal import RandomNumbers
internal import VectorKernels

/// A linear map to fewer dimensions that keeps most of what distinguishes the vectors it was fitted to.
///
/// Its rows are nearly orthonormal and it lengthens no vector, so for all q and x
///     |q·x − Pq·Px| ≤ √(‖q‖² − ‖Pq‖²) · √(‖x‖² − ‖Px‖²),
/// the inequality of Cauchy and Schwarz for the positive semidefinite I − PᵀP. The rows span what principal
/// component analysis finds, by subspace iteration, and are turned at random within it, so that all
/// dimensions vary alike and one step fits the codes of all.
struct Projection: Sendable {
    /// The number of dimensions of what is projected, and of the result.
    let inputDimensions: Int, dimensions: Int
    /// Tells projections apart.
    let identity: UInt64
    /// Shape `[dimensions, inputDimensions]`.
    private let matrix: [Float]

    /// Vectors of fewer dimensions, or fewer vectors, are not worth a projection.
    static let leastDimensions = 128, leastVectors = 512
    /// The greatest part of the vectors' squared norms that may be lost, unless told.
    static let greatestLoss = 0.15
    /// How many vectors it is fitted to at most.
    static let sampleSize = 2048

    /// Fits a projection to vectors of shape `[count, dimensions]`, from which a common direction has been
    /// taken away.
    ///
    /// - Returns: `nil` if there are few vectors or dimensions, or if two thirds of the dimensions would
    ///   not hold most of them.
    /// - Complexity: O(dimensions³ + dimensions² · vectors).
    init?(
        fittedTo vectors: [Float],
        dimensions input: Int,
        greatestLoss: Double = Projection.greatestLoss
    ) {
        let count = vectors.count / input
        guard input >= Self.leastDimensions, count >= Self.leastVectors else { return nil }
        let dimensions = input * 2 / 3 / 32 * 32
        let covariance = Self.covariance(of: vectors, dimensions: input)
        var total = 0.0
        for i in 0..<input { total += Double(covariance[i][i]) }
        guard let rows = Self.principalRows(of: covariance, total: total, dimensions: dimensions)
        else { return nil }

        let image = Self.product(rows, covariance)
        let kernels = DistanceKernels.current
        var kept = 0.0
        for (row, image) in zip(rows, image) { kept += Double(kernels.dot(row.span, image.span)) }
        guard total - kept <= greatestLoss * total else { return nil }

        let shrink = Float(1 - Self.defect(of: rows) - 1e-5)
        let matrix = rows.flatMap { row in row.map { $0 * shrink } }
        self.matrix = matrix
        inputDimensions = input
        self.dimensions = dimensions
        identity = unsafe AlignedBytes.checksum(of: matrix.span.bytes)
    }

    /// Returns the projections of vectors of shape `[count, inputDimensions]`: shape `[count, dimensions]`.
    func apply(_ vectors: [Float]) -> [Float] {
        DistanceKernels.current.products(of: vectors, and: matrix, inner: inputDimensions)
    }

    /// How far `apply` can be from the true projection of a vector of norm 1 in norm: sums of n products in
    /// any order err by at most (n + 2)·2⁻²⁴, in each dimension; the vector itself was rounded.
    var rounding: Double {
        Double(inputDimensions + 2) * 0x1.01p-24 * Double(dimensions).squareRoot() + 0x1p-23
    }

    // MARK: The fit

    /// Orthonormal rows that span about the leading principal components of vectors of shape
    /// `[count, inputDimensions]`, turned at random; nil for vectors that span too little.
    static func principalRows(
        of vectors: [Float],
        inputDimensions: Int,
        dimensions: Int
    ) -> [[Float]]? {
        let covariance = covariance(of: vectors, dimensions: inputDimensions)
        var total = 0.0
        for i in 0..<inputDimensions { total += Double(covariance[i][i]) }
        return principalRows(of: covariance, total: total, dimensions: dimensions)
    }

    private static func principalRows(
        of covariance: [[Float]],
        total: Double,
        dimensions: Int
    ) -> [[Float]]? {
        guard total.isFinite, total > 1e-30 else { return nil }
        let input = covariance.count
        var random = Signs()
        var rows = (0..<dimensions).map { _ in (0..<input).map { _ in random.next() } }
        for _ in 0..<3 {
            rows = product(product(rows, covariance), covariance)
            guard orthonormalize(&rows) else { return nil }
        }
        let columns = (0..<input).map { i in rows.map { $0[i] } }
        let turn = (0..<dimensions).map { _ in (0..<dimensions).map { _ in random.next() } }
        rows = product(turn, columns)
        return orthonormalize(&rows) ? rows : nil
    }

    private static func covariance(of vectors: [Float], dimensions: Int) -> [[Float]] {
        let count = vectors.count / dimensions
        var columns: [Float] = []
        columns.reserveCapacity(vectors.count)
        for i in 0..<dimensions {
            for row in 0..<count { columns.append(vectors[row * dimensions + i]) }
        }
        let sums = DistanceKernels.current.products(of: columns, and: columns, inner: count)
        return (0..<dimensions).map { i in
            sums[i * dimensions..<(i + 1) * dimensions].map { $0 / Float(count) }
        }
    }

    /// x · wᵀ.
    private static func product(_ x: [[Float]], _ w: [[Float]]) -> [[Float]] {
        guard let inner = x.first?.count else { return [] }
        let products = DistanceKernels.current.products(
            of: x.flatMap { $0 },
            and: w.flatMap { $0 },
            inner: inner
        )
        return x.indices.map { Array(products[$0 * w.count..<($0 + 1) * w.count]) }
    }

    /// Makes the rows orthonormal by Gram and Schmidt, going over each twice; false if they are dependent.
    private static func orthonormalize(_ rows: inout [[Float]]) -> Bool {
        let kernels = DistanceKernels.current
        for i in rows.indices {
            var row = rows[i]
            for _ in 0..<2 {
                // Made long 1 first: products with a covariance can be very small.
                guard normalize(&row) else { return false }
                for j in 0..<i {
                    let other = rows[j]
                    let along = kernels.dot(row.span, other.span)
                    subtract(along, times: other, from: &row)
                }
            }
            guard normalize(&row) else { return false }
            rows[i] = row
        }
        return true
    }

    private static func subtract(_ factor: Float, times other: [Float], from row: inout [Float]) {
        let other = other.span
        var span = row.mutableSpan
        for i in 0..<other.count { span[i] -= factor * other[i] }
    }

    private static func normalize(_ row: inout [Float]) -> Bool {
        let square = row.reduce(0.0) { $0 + Double($1) * Double($1) }
        guard square.isFinite, square > 1e-60 else { return false }
        let inverse = 1 / square.squareRoot()
        for i in row.indices { row[i] = Float(Double(row[i]) * inverse) }
        return true
    }

    /// The Frobenius norm of R·Rᵀ − I, which no squared length exceeds 1 by more than.
    private static func defect(of rows: [[Float]]) -> Double {
        var sum = 0.0
        for i in rows.indices {
            for j in 0...i {
                var product = i == j ? -1.0 : 0
                let left = rows[i], right = rows[j]
                let a = left.span, b = right.span
                for k in 0..<a.count { product += Double(a[k]) * Double(b[k]) }
                sum += (i == j ? 1 : 2) * product * product
            }
        }
        return sum.squareRoot()
    }

    /// Signs that look random, the same every time.
    private struct Signs {
        var random = SplitMix64(seed: 1)

        mutating func next() -> Float { random.next() >> 63 == 0 ? -1 : 1 }
    }
}
