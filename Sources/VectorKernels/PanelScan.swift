internal import CVectorKernels

/// Rows of half-byte codes in panels of 16, with what is known of each row.
///
/// Byte 4r + j of the 64 bytes of a panel's group g belongs to row r: its low half is the code of
/// dimension 8g + j, its high half that of dimension 8g + 4 + j. So every lane of a register is a row, and
/// nothing is summed across lanes.
package struct PanelRows: Sendable {
    /// The number of rows in a panel.
    package static let height = 16
    /// The most queries that are scanned for at once.
    package static let maximumQueries = Int(VK_PANEL_QUERIES)

    /// The number of rows.
    package let count: Int
    /// The number of dimensions, a multiple of 8.
    package let dimensions: Int

    /// From `start` on the factors s, e and tail, one after the other, each for whole panels, then the codes.
    private let block: AlignedBytes
    private let start: Int
    /// Where the factors a and h come from.
    private let source: AlignedBytes
    private let along: Int, half: Int?

    private var paddedCount: Int { Self.padded(count) }
    private var codes: Int { start + 12 * paddedCount }

    private static func padded(_ count: Int) -> Int { (count + height - 1) / height * height }

    /// How many bytes of a block rows take.
    package static func byteCount(count: Int, dimensions: Int) -> Int {
        padded(count) * (12 + dimensions / 2)
    }

    /// Rows of zeros, to be filled by their only owner.
    ///
    /// - Parameters:
    ///   - count: the number of rows.
    ///   - dimensions: a multiple of 8.
    ///   - block: zeros, with room for the rows. A scan is faster if those of other rows follow.
    ///   - start: where the rows begin, a multiple of 64.
    ///   - source: a block with factors.
    ///   - along: the offset in `source` of the factor a, a `Float` a row for whole panels.
    ///   - half: the offset of what is taken from each bound, likewise, or `nil` for nothing.
    /// - Precondition: the rows lie inside `block`, and the factors inside `source`.
    package init(
        count: Int,
        dimensions: Int,
        in block: AlignedBytes,
        at start: Int,
        source: AlignedBytes,
        along: Int,
        half: Int?
    ) {
        precondition(
            count >= 0 && dimensions > 0 && dimensions % 8 == 0
                && dimensions <= DistanceKernels.maximumDimensions && start >= 0 && start % 64 == 0
                && start + Self.byteCount(count: count, dimensions: dimensions) <= block.count,
            "\(count) rows of \(dimensions) at \(start) of \(block.count)"
        )
        self.count = count
        self.dimensions = dimensions
        self.block = block
        self.start = start
        self.source = source
        self.along = along
        self.half = half
        for offset in [along, half ?? along] {
            precondition(
                offset >= 0 && offset % 4 == 0 && offset + Self.padded(count) * 4 <= source.count,
                "factors outside the block"
            )
        }
    }

    /// The number of bytes that this adds to the source.
    package var byteCount: Int { Self.byteCount(count: count, dimensions: dimensions) }

    /// Sets what is known of a row.
    ///
    /// - Precondition: there is one code, 0...15, for each dimension.
    package func set(_ row: Int, codes new: Span<UInt8>, s: Float, e: Float, tail: Float) {
        precondition(row >= 0 && row < count && new.count == dimensions, "row \(row) of \(count)")
        let panel = row / Self.height, lane = row % Self.height
        block.withMutableElements(
            of: UInt8.self,
            at: codes + panel * dimensions * 8,
            count: dimensions * 8
        ) { panel in
            for group in 0..<dimensions / 8 {
                for j in 0..<4 {
                    panel[64 * group + 4 * lane + j] =
                        new[8 * group + j] & 15 | new[8 * group + 4 + j] << 4
                }
            }
        }
        let padded = paddedCount
        block.withMutableElements(of: Float.self, at: start, count: 3 * padded) {
            $0[row] = s
            $0[padded + row] = e
            $0[2 * padded + row] = tail
        }
    }

    var cRows: vk_panel_rows {
        let padded = paddedCount
        let known = unsafe (block.start + start).assumingMemoryBound(to: Float.self)
        return unsafe vk_panel_rows(
            panels: (block.start + codes).assumingMemoryBound(to: UInt8.self),
            dimensions: dimensions,
            a: (source.start + along).assumingMemoryBound(to: Float.self),
            s: known,
            e: known + padded,
            tail: known + 2 * padded,
            h: half.map { unsafe (source.start + $0).assumingMemoryBound(to: Float.self) }
        )
    }
}

/// A query in the codes that panels are compared with.
///
/// The upper bound of a row's score is `alpha·a + s·(t·Σ code·query + z) + ea·e + et·tail − h + c`.
package struct PanelQuery: Sendable {
    let codes: AlignedBytes
    /// The factors of the bound.
    package var alpha: Float = 0, t: Float = 0, z: Float = 0
    package var ea: Float = 0, et: Float = 0, c: Float = 0

    /// The number of dimensions.
    package var dimensions: Int { codes.count }

    /// Makes a query with factors of 0 of one code for each dimension.
    package init(codes: [Int8]) {
        let copy = AlignedBytes(count: codes.count)
        copy.withMutableElements(of: Int8.self, at: 0, count: codes.count) {
            for i in codes.indices { $0[i] = codes[i] }
        }
        self.codes = copy
    }
}

extension DistanceKernels {
    /// Leaves in each of `hits` the rows of `range` whose upper bound for the query of the same position is not below
    /// that query's threshold, in order.
    ///
    /// - Precondition: the range starts with a panel; there are 1 to `PanelRows.maximumQueries` queries of the
    ///   rows' dimensions, as many thresholds, and as many hits, different ones, with room for the range.
    /// - Complexity: O(rows · dimensions · queries); the rows' codes are read and unpacked once.
    package func scan(
        _ rows: PanelRows,
        _ range: Range<Int>,
        for queries: [PanelQuery],
        thresholds: [Float],
        hits: [ScanHits]
    ) {
        let size = queries.count
        precondition(
            (1...PanelRows.maximumQueries).contains(size) && thresholds.count == size
                && hits.count >= size,
            "\(size) queries, \(thresholds.count) thresholds, \(hits.count) hits"
        )
        precondition(
            range.lowerBound >= 0 && range.lowerBound % PanelRows.height == 0
                && range.upperBound <= rows.count,
            "rows \(range) of \(rows.count)"
        )
        for i in 0..<size {
            precondition(
                queries[i].dimensions == rows.dimensions && hits[i].capacity >= range.count,
                "a query of \(queries[i].dimensions) dimensions, not \(rows.dimensions)"
            )
        }
        unsafe withUnsafeTemporaryAllocation(of: vk_panel_query.self, capacity: size) { cQueries in
            for i in 0..<size {
                let query = queries[i]
                unsafe cQueries.initializeElement(
                    at: i,
                    to: vk_panel_query(
                        query: query.codes.start.assumingMemoryBound(to: Int8.self),
                        alpha: query.alpha,
                        t: query.t,
                        z: query.z,
                        ea: query.ea,
                        et: query.et,
                        c: query.c,
                        threshold: thresholds[i],
                        hits: hits[i].cRowNumbers,
                        bounds: hits[i].cBounds,
                        found: 0
                    )
                )
            }
            var cRows = unsafe rows.cRows
            guard let start = cQueries.baseAddress else { return }
            unsafe table.scan_panels(
                start,
                size,
                &cRows,
                UInt32(range.lowerBound / PanelRows.height),
                UInt32(range.count)
            )
            for i in 0..<size { unsafe hits[i].count = cQueries[i].found }
        }
        // The queries' codes must outlive the scan.
        withExtendedLifetime(queries) {}
    }
}
