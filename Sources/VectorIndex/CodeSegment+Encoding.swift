internal import VectorKernels

extension CodeSegment {
    /// Quantizes the rows of consecutive slots.
    ///
    /// - Parameters:
    ///   - firstOrdinal: the slot of the first row.
    ///   - dimensions: the number of elements of each row.
    ///   - metric: the metric of the index.
    ///   - rows: the rows in the order of their slots; `nil` for a free slot.
    /// - Throws: `dimensionMismatch` or `notFinite` for a bad row, `unsupported` for more than
    ///   `capacity` rows or too many dimensions.
    public init(
        firstOrdinal: Ordinal,
        dimensions: Int,
        metric: Metric,
        rows: [[Float]?]
    ) throws(VectorIndexError) {
        var elements: [Float] = []
        elements.reserveCapacity(rows.count * dimensions)
        for row in rows {
            if let row, row.count != dimensions {
                throw .dimensionMismatch(expected: dimensions, actual: row.count)
            }
            if let row {
                elements += row
            } else {
                elements += repeatElement(0, count: dimensions)
            }
        }
        try self.init(
            firstOrdinal: firstOrdinal,
            dimensions: dimensions,
            metric: metric,
            elements: elements.span,
            isLive: { rows[$0] != nil }
        )
    }

    /// Quantizes the rows of consecutive slots that lie one after the other.
    ///
    /// `elements` has shape `[slots, dimensions]`, and `isLive` says of a slot, counted from 0, whether
    /// it holds a vector. `direction` is what to keep apart, if not the direction of the rows' mean:
    /// segments that share one are searched a little faster.
    ///
    /// - Throws: as the public initializer.
    init(
        firstOrdinal: Ordinal,
        dimensions: Int,
        metric: Metric,
        elements: Span<Float>,
        isLive: (Int) -> Bool = { _ in true },
        direction: [Float]? = nil
    ) throws(VectorIndexError) {
        try checkDimensions(dimensions)
        let slots = elements.count / dimensions
        guard elements.count == slots * dimensions, slots <= Self.capacity else {
            throw .unsupported("A segment of \(elements.count) elements")
        }
        guard firstOrdinal.position + slots <= Int(UInt32.max) + 1 else {
            throw .unsupported("A segment of \(slots) slots from slot \(firstOrdinal) on")
        }
        let layout = CodeSegmentLayout(
            firstOrdinal: firstOrdinal,
            slotCount: slots,
            dimensions: dimensions,
            metric: metric
        )
        let bytes = AlignedBytes(count: layout.byteCount)

        var live = [UInt64](repeating: 0, count: layout.liveWords)
        for slot in 0..<slots where isLive(slot) { live[slot >> 6] |= 1 << UInt64(slot & 63) }
        let axis = direction ?? meanDirection(elements, dimensions: dimensions, live: live)

        var quantizer = RowQuantizer(direction: axis, paddedDimensions: layout.paddedDimensions)
        var maximumNorm: Float = 0, radius: Float = 0
        for slot in 0..<slots where live[slot >> 6] >> UInt64(slot & 63) & 1 == 1 {
            let row = elements.extracting(slot * dimensions..<(slot + 1) * dimensions)
            let norm = try checkedNorm(
                row,
                dimensions: dimensions,
                ordinal: Ordinal(firstOrdinal.position + slot)
            )
            let factors = quantizer.quantize(row)
            maximumNorm = max(maximumNorm, roundedUp(norm))
            radius = max(radius, roundedUp(factors.radius))
            for (offset, value) in [
                (layout.along, Float(factors.along)), (layout.scale, factors.scale),
                (layout.coarseError, roundedUp(factors.coarseError)),
                (layout.fineError, roundedUp(factors.fineError)),
                (layout.halfSquare, Float(norm * norm / 2)),
            ] {
                bytes.withMutableElements(of: Float.self, at: offset, count: slots) {
                    $0[slot] = value
                }
            }
            quantizer.store(
                in: bytes,
                high: layout.high + slot * layout.paddedDimensions / 2,
                low: layout.low + slot * layout.paddedDimensions / 2
            )
        }
        bytes.withMutableElements(of: Float.self, at: layout.direction, count: dimensions) {
            for i in 0..<dimensions { $0[i] = axis[i] }
        }
        bytes.withMutableElements(of: UInt64.self, at: layout.live, count: live.count) {
            for i in live.indices { $0[i] = live[i] }
        }
        layout.seal(bytes, maximumNorm: maximumNorm, radius: radius)
        self.init(layout: layout, bytes: bytes)
    }
}

/// `x`, which is not negative, as a `Float` that is not smaller, with room for the rounding of the
/// double-precision sum that made it.
func roundedUp(_ x: Double) -> Float {
    Float(x * (1 + 1e-7)).nextUp
}

/// The direction of the mean of the live rows, or zeros if the mean is next to nothing.
func meanDirection(_ elements: Span<Float>, dimensions: Int, live: [UInt64]) -> [Float] {
    var mean = [Double](repeating: 0, count: dimensions)
    for slot in 0..<elements.count / dimensions
    where live[slot >> 6] >> UInt64(slot & 63) & 1 == 1 {
        let start = slot * dimensions
        for i in 0..<dimensions { mean[i] += Double(elements[start + i]) }
    }
    let norm = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard norm.isFinite, norm > 1e-30 else { return [Float](repeating: 0, count: dimensions) }
    return mean.map { Float($0 / norm) }
}

/// Turns rows into codes, one at a time.
struct RowQuantizer {
    struct Factors {
        var along = 0.0
        var scale: Float = 0
        var coarseError = 0.0, fineError = 0.0
        /// The greater norm of the row's two reconstructions, without the part along the direction.
        var radius = 0.0
    }

    private let direction: [Double]
    private let directionSquare: Double
    /// Codes 0...255 that stand for −128...127; padding is 128.
    private var codes: [UInt8]

    init(direction: [Float], paddedDimensions: Int) {
        self.direction = direction.map(Double.init)
        directionSquare = self.direction.reduce(0) { $0 + $1 * $1 }
        codes = Array(repeating: 128, count: paddedDimensions)
    }

    /// Chooses the codes of `row` and says what they leave out.
    mutating func quantize(_ row: Span<Float>) -> Factors {
        var factors = Factors()
        for i in row.indices { factors.along += direction[i] * Double(row[i]) }
        let share = directionSquare > 0 ? factors.along / directionSquare : 0
        var greatest = 0.0
        for i in row.indices {
            greatest = max(greatest, abs(Double(row[i]) - share * direction[i]))
        }
        factors.scale = Float(greatest / 127)
        let scale = Double(factors.scale)
        let inverse = scale > 0 ? 1 / scale : 0

        // Sums for the residual x − s·c of whole codes and of their high halves, which stand for the
        // middle of the 16 codes that share them.
        var fine = ResidualSums(), coarse = ResidualSums()
        for i in row.indices {
            let x = Double(row[i])
            let code = ((x - share * direction[i]) * inverse).rounded()
            let byte = UInt8(min(max(code, -128), 127) + 128)
            codes[i] = byte
            fine.add(x, scale * (Double(byte) - 128), direction[i])
            coarse.add(x, scale * (Double(byte & 0xf0) - 120.5), direction[i])
        }
        factors.fineError = fine.norm(directionSquare)
        factors.coarseError = coarse.norm(directionSquare)
        factors.radius = max(fine.square, coarse.square).squareRoot()
        return factors
    }

    /// Writes the codes of the last row as two planes of halves at byte offsets.
    func store(in bytes: AlignedBytes, high: Int, low: Int) {
        for (offset, shift) in [(high, UInt8(4)), (low, 0)] {
            bytes.withMutableElements(of: UInt8.self, at: offset, count: codes.count / 2) { plane in
                for group in stride(from: 0, to: codes.count, by: 128) {
                    for j in 0..<64 {
                        let first = codes[group + j] >> shift & 15
                        let second = codes[group + 64 + j] >> shift & 15
                        plane[group / 2 + j] = first | second << 4
                    }
                }
            }
        }
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
