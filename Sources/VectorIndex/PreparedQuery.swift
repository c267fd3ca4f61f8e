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
    private let step: Float, offset: Int32
    private let rest: [Double]
    private let restNorm: Float
    private let queryError: Double
    private let norm: Double
    private let dimensions: Int
    private let metric: Metric
    private var slack: Float = 0
    /// The query as panels see it, once a segment with panels was met.
    private(set) var projected: ProjectedQuery?

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
        var greatest = 0.0, square = 0.0
        for i in query.indices {
            let x = Double(query[i]) - share * Double(direction[i])
            rest[i] = x
            greatest = max(greatest, abs(x))
            square += x * x
        }
        self.rest = rest
        restNorm = roundedUp(square.squareRoot())

        // A scale that is a float, so that nothing is lost when the kernel multiplies with it. One near the
        // denormal numbers is not to be trusted: then the codes are 0, and all of the query is error.
        let step = greatest > 126.9e-37 ? Float(greatest / 126.9) : 0
        let inverse = step > 0 ? 1 / Double(step) : 0
        var bytes = [Int8](repeating: 0, count: paddedDimensions)
        var errorSquare = 0.0
        var byteSum: Int32 = 0
        for i in rest.indices {
            let byte = Int8(min(max((rest[i] * inverse).rounded(), -127), 127))
            bytes[i] = byte
            byteSum += Int32(byte)
            let error = rest[i] - Double(byte) * Double(step)
            errorSquare += error * error
        }
        queryError = errorSquare.squareRoot()
        self.step = step
        offset = 128 * byteSum
        codes = NibbleQuery(codes: bytes)
        codes.alpha = Float(share)
        codes.t = 16 * step
        codes.z = -120.5 * step * Float(byteSum)
        codes.ea = restNorm
    }

    /// Fits the constants of the bounds to a segment of the same direction, and to its panels.
    mutating func fit(maximumNorm: Float, radius: Float, _ panels: SegmentPanels?) {
        // Sums of n products in any order, their terms' own rounding and that of the estimates: at
        // most (n + 32)·2⁻²⁴·‖q‖·‖x‖, taken twice for comfort. The constant is for denormal numbers.
        let n = Double(maximumNorm)
        let size = metric.magnitude(queryNorm: norm, rowNorm: n)
        let rounding = Double(dimensions + 32) * 0x1p-23 * size + 1e-36
        slack = roundedUp(queryError * Double(radius) + rounding)
        codes.c = slack
        guard let panels else { return }
        if projected?.identity != panels.projection.identity {
            projected = ProjectedQuery(rest, alpha: codes.alpha, panels.projection)
        }
        projected?.fit(radius: panels.radius, rounding: rounding)
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
        let rest = scale * (step * Float(dot - offset))
        let key = codes.alpha * along + rest
        return (metric.subtractsHalfSquare ? key - halfSquare : key, restNorm * error + slack)
    }

    /// The score that a key stands for.
    func score(ofKey key: Float) -> Float { metric.score(ofKey: key, queryNorm: norm) }

    /// The greatest key that every row with a score of at least `score` exceeds.
    func key(forScore score: Float) -> Float {
        metric.key(forScore: score, queryNorm: norm)
    }
}
