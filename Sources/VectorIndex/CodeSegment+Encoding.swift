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

        let quantizer = RowQuantizer(metric: metric, direction: axis)
        var maximumNorm: Float = 0, radius: Float = 0
        for slot in 0..<slots where live[slot >> 6] >> UInt64(slot & 63) & 1 == 1 {
            let row = elements.extracting(slot * dimensions..<(slot + 1) * dimensions)
            let norm = try checkedNorm(
                row,
                dimensions: dimensions,
                ordinal: Ordinal(firstOrdinal.position + slot)
            )
            let code = quantizer.encode(row)
            maximumNorm = max(maximumNorm, roundedUp(norm))
            radius = max(radius, roundedUp(code.radius))
            for (offset, value) in [
                (layout.along, Float(code.along)), (layout.scale, code.scale),
                (layout.coarseError, roundedUp(code.coarseError)),
                (layout.fineError, roundedUp(code.fineError)),
                (layout.halfSquare, Float(norm * norm / 2)),
            ] {
                bytes.withMutableElements(of: Float.self, at: offset, count: slots) {
                    $0[slot] = value
                }
            }
            code.store(
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
