internal import VectorKernels

/// How an exact search codes rows: in whole numbers with a scale for each row.
///
/// The part along a common direction is kept apart. `CodeSegment` says why.
struct RowQuantizer: Quantizer {
    let metric: Metric
    /// The direction that is kept apart: as long as a row; all 0 if the rows have no mean.
    let direction: [Float]
    private let directionSquare: Double

    /// The number of codes of a row.
    var stride: Int { (direction.count + 127) / 128 * 128 }

    init(metric: Metric, direction: [Float]) {
        self.metric = metric
        self.direction = direction
        directionSquare = direction.reduce(0) { $0 + Double($1) * Double($1) }
    }

    /// Chooses the codes of `row` and says what they leave out.
    func encode(_ row: Span<Float>) -> RowCode {
        var code = RowCode(codes: Array(repeating: 128, count: stride))
        for i in row.indices {
            let x = Double(row[i])
            code.along += Double(direction[i]) * x
            code.square += x * x
        }
        let share = directionSquare > 0 ? code.along / directionSquare : 0
        var greatest = 0.0
        for i in row.indices {
            greatest = max(greatest, abs(Double(row[i]) - share * Double(direction[i])))
        }
        code.scale = Float(greatest / 127)
        let scale = Double(code.scale)
        let inverse = scale > 0 ? 1 / scale : 0

        // Sums for the residual x − s·c of whole codes and of their high halves, which stand for the
        // middle of the 16 codes that share them.
        var fine = ResidualSums(), coarse = ResidualSums()
        for i in row.indices {
            let x = Double(row[i]), axis = Double(direction[i])
            let number = ((x - share * axis) * inverse).rounded()
            let byte = UInt8(min(max(number, -128), 127) + 128)
            code.codes[i] = byte
            fine.add(x, scale * (Double(byte) - 128), axis)
            coarse.add(x, scale * (Double(byte & 0xf0) - 120.5), axis)
        }
        code.fineError = fine.norm(directionSquare)
        code.coarseError = coarse.norm(directionSquare)
        code.radius = max(fine.square, coarse.square).squareRoot()
        return code
    }

    func prepare(_ query: Span<Float>) -> PreparedQuery {
        var square = 0.0
        for i in query.indices { square += Double(query[i]) * Double(query[i]) }
        return prepare(query, norm: square.squareRoot())
    }

    /// Makes a query ready whose norm is known.
    func prepare(_ query: Span<Float>, norm: Double) -> PreparedQuery {
        PreparedQuery(
            query,
            norm: norm,
            direction: direction,
            metric: metric,
            paddedDimensions: stride
        )
    }

    func score(of code: RowCode, for query: PreparedQuery) -> Float {
        query.score(ofKey: estimate(code, query).key)
    }

    func bound(of code: RowCode, for query: PreparedQuery) -> Float {
        metric.slope * estimate(code, query).error
    }

    private func estimate(_ code: RowCode, _ query: PreparedQuery) -> (key: Float, error: Float) {
        var query = query
        query.fit(
            maximumNorm: roundedUp(code.square.squareRoot()),
            radius: roundedUp(code.radius),
            nil
        )
        return query.estimate(
            dot: DistanceKernels.current.dot(code.codes.span, query.codes.codes.span),
            along: Float(code.along),
            scale: code.scale,
            error: roundedUp(code.fineError),
            halfSquare: Float(code.square / 2)
        )
    }

    /// Sums that give the norm of a residual without its part along the direction.
    private struct ResidualSums {
        var residualSquare = 0.0, along = 0.0, square = 0.0

        mutating func add(_ x: Double, _ code: Double, _ direction: Double) {
            let residual = x - code
            residualSquare += residual * residual
            along += residual * direction
            square += code * code
        }

        func norm(_ directionSquare: Double) -> Double {
            guard directionSquare > 0 else { return residualSquare.squareRoot() }
            // The difference cancels when nearly all of the residual is along the direction: what
            // rounding may have taken is added back.
            let difference = residualSquare - along * along / directionSquare
            return (max(difference, 0) + residualSquare * 1e-13).squareRoot()
        }
    }
}

/// The codes of a row, and what they leave out.
struct RowCode: Sendable {
    /// Codes 0...255 that stand for −128...127; padding is 128.
    fileprivate(set) var codes: [UInt8]
    /// The row's product with the direction, and its squared norm.
    fileprivate(set) var along = 0.0, square = 0.0
    fileprivate(set) var scale: Float = 0
    /// The norms of what the high halves of the codes leave out, and the whole codes.
    fileprivate(set) var coarseError = 0.0, fineError = 0.0
    /// The greater norm of the row's two reconstructions, without the part along the direction.
    fileprivate(set) var radius = 0.0

    /// Writes the codes as two planes of halves at byte offsets.
    func store(in bytes: AlignedBytes, high: Int, low: Int) {
        for (offset, shift) in [(high, UInt8(4)), (low, 0)] {
            bytes.withMutableElements(of: UInt8.self, at: offset, count: codes.count / 2) { plane in
                for group in Swift.stride(from: 0, to: codes.count, by: 128) {
                    for j in 0..<64 {
                        let first = codes[group + j] >> shift & 15
                        let second = codes[group + 64 + j] >> shift & 15
                        plane[group / 2 + j] = first | second << 4
                    }
                }
            }
        }
    }
}
