internal import VectorKernels

/// A query as the rows of one segment see it.
///
/// Bounds are on *keys*: the inner product q·x, or q·x − ‖x‖²/2 under L2, which falls as the distance
/// rises. Every bound includes the rounding of the float32 score itself, so that it also holds for
/// the number that brute force would compute.
struct PreparedQuery {
    let direction: [Float]
    private(set) var codes: NibbleQuery
    /// How the bounds of whole codes are computed from the row's factors.
    private let fineScale: Float, fineOffset: Int32
    private let restNorm: Float
    private let coarseQueryError: Double, fineQueryError: Double
    private let norm: Double
    private let dimensions: Int
    private let metric: Metric
    private var fineSlack: Float = 0

    /// Quantizes what is left of `query`, whose norm is `norm`, without its part along `direction`.
    init(
        _ query: Span<Float>,
        norm: Double,
        direction: [Float],
        metric: Metric,
        paddedDimensions: Int
    ) {
        self.direction = direction
        self.norm = norm
        self.metric = metric
        dimensions = query.count
        var along = 0.0, directionSquare = 0.0
        for i in query.indices {
            along += Double(query[i]) * Double(direction[i])
            directionSquare += Double(direction[i]) * Double(direction[i])
        }
        let share = directionSquare > 0 ? along / directionSquare : 0
        var rest = [Double](repeating: 0, count: query.count)
        var greatest = 0.0, sum = 0.0, square = 0.0
        for i in query.indices {
            let x = Double(query[i]) - share * Double(direction[i])
            rest[i] = x
            greatest = max(greatest, abs(x))
            sum += abs(x)
            square += x * x
        }
        restNorm = roundedUp(square.squareRoot())

        // Scales that are floats, so that nothing is lost when the kernel multiplies with them.
        // A scale near the denormal numbers is not to be trusted: then the codes are 0, and all of the
        // query is error.
        func scale(_ x: Double) -> Float { x > 1e-37 ? Float(x) : 0 }
        let coarse = scale(greatest / 126.9)
        let room = Double(Int32.max / 255) - Double(query.count)
        let fine = scale(max(greatest / 32_760, sum / room * 1.001))
        var bytes = [Int8](repeating: 0, count: paddedDimensions)
        var words = [Int16](repeating: 0, count: paddedDimensions)
        var coarseSquare = 0.0, fineSquare = 0.0
        var byteSum: Int32 = 0, wordSum: Int32 = 0
        let coarseInverse = coarse > 0 ? 1 / Double(coarse) : 0
        let fineInverse = fine > 0 ? 1 / Double(fine) : 0
        for i in rest.indices {
            let byte = Int8(min(max((rest[i] * coarseInverse).rounded(), -127), 127))
            let word = Int16(min(max((rest[i] * fineInverse).rounded(), -32_767), 32_767))
            bytes[i] = byte
            words[i] = word
            byteSum += Int32(byte)
            wordSum += Int32(word)
            let coarseError = rest[i] - Double(byte) * Double(coarse)
            let fineError = rest[i] - Double(word) * Double(fine)
            coarseSquare += coarseError * coarseError
            fineSquare += fineError * fineError
        }
        coarseQueryError = coarseSquare.squareRoot()
        fineQueryError = fineSquare.squareRoot()
        fineScale = fine
        fineOffset = 128 * wordSum
        codes = NibbleQuery(codes: bytes, fine: words)
        codes.alpha = Float(share)
        codes.t = 16 * coarse
        codes.z = -120.5 * coarse * Float(byteSum)
        codes.ea = restNorm
    }

    /// Fits the constants of the bounds to a segment of the same direction.
    mutating func fit(maximumNorm: Float, radius: Float) {
        // Sums of n products in any order, their terms' own rounding and that of the estimates: at
        // most (n + 32)·2⁻²⁴·‖q‖·‖x‖, taken twice for comfort. The constant is for denormal numbers.
        let n = Double(maximumNorm)
        let size = metric == .l2 ? (norm + n) * (norm + n) : norm * n
        let rounding = Double(dimensions + 32) * 0x1p-23 * size + 1e-36
        codes.c = roundedUp(coarseQueryError * Double(radius) + rounding)
        fineSlack = roundedUp(fineQueryError * Double(radius) + rounding)
    }

    /// The estimated key of a row and the most that it can be wrong, from the dot product of its
    /// whole codes and its factors.
    @inline(__always)
    func estimate(
        dot: Int32,
        along: Float,
        scale: Float,
        error: Float,
        halfSquare: Float
    ) -> (key: Float, error: Float) {
        let rest = scale * (fineScale * Float(dot - fineOffset))
        let key = codes.alpha * along + rest
        return (metric == .l2 ? key - halfSquare : key, restNorm * error + fineSlack)
    }

    /// The greatest key that every row with a score of at least `score` exceeds.
    func key(forScore score: Float) -> Float {
        guard metric == .l2 else { return score }
        let key = (Double(score) + norm * norm) / 2
        return Float(key - abs(key) * 1e-7).nextDown
    }
}
