internal import VectorKernels

/// What a process that stays scans instead of a segment's codes: half-byte codes of the rows' projection
/// to two thirds of the dimensions, in panels.
///
/// What is left of a row without its part along the segment's direction is projected and stored as y + f,
/// y being the codes times their scale and f the residual. A bound has to allow for ‖f‖ in proportion to
/// the length of the query's projection, and for the part of the row that the projection loses, in
/// proportion to the part of the query that it loses.
struct SegmentPanels: Sendable {
    let projection: Projection
    let rows: PanelRows
    /// The greatest norm of a row's y.
    let radius: Float

    /// How many bytes of a block the panels of a segment take.
    static func byteCount(_ segment: CodeSegment, _ projection: Projection) -> Int {
        let rows = PanelRows.byteCount(count: segment.slotCount, dimensions: projection.dimensions)
        return (rows + 63) / 64 * 64
    }

    /// Projects the vectors of a segment.
    ///
    /// - Parameters:
    ///   - segment: the segment.
    ///   - projection: what projects them.
    ///   - vectors: where the vectors are fetched.
    ///   - block: zeros that receive the codes.
    ///   - start: where the codes begin, a multiple of 64; `byteCount` bytes from there on are theirs.
    /// - Throws: what `vectors` throws, `missingRow` if one is not there.
    /// - Complexity: O(rows · dimensions²).
    init(
        _ segment: CodeSegment,
        _ projection: Projection,
        _ vectors: any VectorRows,
        in block: AlignedBytes,
        at start: Int
    ) throws {
        self.projection = projection
        let layout = segment.layout
        let rows = PanelRows(
            count: segment.slotCount,
            dimensions: projection.dimensions,
            in: block,
            at: start,
            source: segment.bytes,
            along: layout.along,
            half: layout.metric.subtractsHalfSquare ? layout.halfSquare : nil
        )
        let first = segment.firstOrdinal.position
        let slots = (0..<segment.slotCount).filter(segment.isLive)
        var rests = [Float](repeating: 0, count: slots.count * segment.dimensions)
        var norms = [Double](repeating: .nan, count: slots.count)
        try vectors.withRows(slots.map { Ordinal(first + $0) }) { position, row in
            guard row.count == segment.dimensions else { return }
            norms[position] = segment.rest(
                of: row,
                into: &rests,
                at: position * segment.dimensions
            )
        }
        if let position = norms.firstIndex(where: \.isNaN) {
            throw VectorIndexError.missingRow(Ordinal(first + slots[position]))
        }
        let images = projection.apply(rests)
        var codes = [UInt8](repeating: 0, count: projection.dimensions)
        var radius = 0.0
        for (position, slot) in slots.enumerated() {
            let norm = norms[position]
            let image = images[position * codes.count..<(position + 1) * codes.count]
            var greatest: Float = 0
            for x in image { greatest = max(greatest, abs(x)) }
            // Too long for floats: never ruled out.
            guard greatest.isFinite else {
                for i in codes.indices { codes[i] = 0 }
                rows.set(slot, codes: codes.span, s: 0, e: .infinity, tail: .infinity)
                continue
            }
            let scale = greatest > 1e-30 ? greatest / 7.5 : 0
            let inverse = scale > 0 ? 1 / scale : 0
            var error = 0.0, square = 0.0, coded = 0.0
            for (i, x) in image.enumerated() {
                let code = min(max((x * inverse + 7.5).rounded(), 0), 15)
                codes[i] = UInt8(code)
                let y = Double(scale) * (Double(code) - 7.5)
                error += (Double(x) - y) * (Double(x) - y)
                square += Double(x) * Double(x)
                coded += y * y
            }
            let rounding = projection.rounding * norm
            let seen = max(square.squareRoot() - rounding, 0)
            let lost = max(norm * norm - seen * seen, 0).squareRoot()
            rows.set(
                slot,
                codes: codes.span,
                s: scale,
                e: roundedUp(error.squareRoot() + rounding + 1e-40),
                tail: roundedUp(lost)
            )
            radius = max(radius, coded.squareRoot())
        }
        self.rows = rows
        self.radius = roundedUp(radius)
    }
}

/// A query as the panels of one projection see it.
struct ProjectedQuery {
    let identity: UInt64
    private(set) var panel: PanelQuery
    private let error: Double

    /// Projects and quantizes what is left of a query without its part along the common direction.
    ///
    /// - Parameters:
    ///   - rest: what is left.
    ///   - alpha: the factor of the rows' components along the direction.
    ///   - projection: what projects the rows.
    init(_ rest: [Double], alpha: Float, _ projection: Projection) {
        identity = projection.identity
        var square = 0.0
        let vector = rest.map { x in
            square += x * x
            return Float(x)
        }
        let norm = square.squareRoot()
        let image = projection.apply(vector)
        var greatest: Float = 0
        for x in image { greatest = max(greatest, abs(x)) }
        guard greatest.isFinite else {
            // Too long for floats: nothing is ruled out.
            panel = PanelQuery(codes: [Int8](repeating: 0, count: image.count))
            (panel.ea, panel.et) = (.infinity, .infinity)
            error = .infinity
            return
        }
        let step = greatest > 1e-30 ? greatest / 126.9 : 0
        let inverse = step > 0 ? 1 / step : 0
        var codes = [Int8](repeating: 0, count: image.count)
        var seen = 0.0, error = 0.0
        var sum: Int32 = 0
        for i in image.indices {
            let code = Int8(min(max((image[i] * inverse).rounded(), -127), 127))
            codes[i] = code
            sum += Int32(code)
            let left = Double(image[i]) - Double(code) * Double(step)
            error += left * left
            seen += Double(image[i]) * Double(image[i])
        }
        let rounding = projection.rounding * norm
        let least = max(seen.squareRoot() - rounding, 0)
        self.error = error.squareRoot() + rounding
        panel = PanelQuery(codes: codes)
        panel.alpha = alpha
        panel.t = step
        panel.z = -7.5 * step * Float(sum)
        panel.ea = roundedUp(seen.squareRoot() + rounding)
        panel.et = roundedUp(max(norm * norm - least * least, 0).squareRoot())
    }

    /// Fits the constant of the bounds to the panels of a segment.
    mutating func fit(radius: Float, rounding: Double) {
        panel.c = roundedUp(error * Double(radius) + rounding)
    }
}

extension CodeSegment {
    /// Writes what is left of a vector without its part along the direction, and returns its norm.
    fileprivate func rest(
        of row: Span<Float>,
        into rest: inout [Float],
        at start: Int = 0
    ) -> Double {
        let direction = quantizer.direction
        var along = 0.0, directionSquare = 0.0
        for i in row.indices {
            along += Double(row[i]) * Double(direction[i])
            directionSquare += Double(direction[i]) * Double(direction[i])
        }
        let share = directionSquare > 0 ? along / directionSquare : 0
        var square = 0.0
        for i in row.indices {
            let x = Double(row[i]) - share * Double(direction[i])
            rest[start + i] = Float(x)
            square += x * x
        }
        return square.squareRoot()
    }

    /// About `count` of what is left of the segment's vectors: shape `[vectors, dimensions]`.
    func sample(_ count: Int, of vectors: any VectorRows) throws -> [Float] {
        let every = max(1, slotCount / max(count, 1))
        let slots = stride(from: 0, to: slotCount, by: every).filter(isLive)
        var sample: [Float] = []
        var vector = [Float](repeating: 0, count: dimensions)
        let ordinals = slots.map { Ordinal(firstOrdinal.position + $0) }
        try vectors.withRows(ordinals) { _, row in
            guard row.count == dimensions else { return }
            _ = rest(of: row, into: &vector)
            sample += vector
        }
        return sample
    }
}
