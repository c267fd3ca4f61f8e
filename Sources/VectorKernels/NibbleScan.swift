internal import CVectorKernels

/// Rows of 8-bit codes in two planes of half bytes, with what is known of each row, in one block.
///
/// The scan reads only the plane of the high halves; the few rows that it cannot rule out are then
/// looked at with both.
package struct NibbleRows: Sendable {
    /// Where the parts of the rows lie in the block, in bytes.
    package struct Layout: Sendable {
        /// The plane of high halves, `dimensions / 2` bytes a row.
        package var high: Int
        /// The plane of low halves, likewise.
        package var low: Int
        /// What the four factors of `NibbleQuery` are multiplied with: a `Float` a row each.
        package var a: Int, s: Int, e: Int
        /// What is taken from each bound, a `Float` a row, or `nil` for nothing.
        package var h: Int?

        /// Makes a layout.
        package init(high: Int, low: Int, a: Int, s: Int, e: Int, h: Int?) {
            (self.high, self.low, self.a, self.s, self.e, self.h) = (high, low, a, s, e, h)
        }
    }

    let bytes: AlignedBytes
    let layout: Layout

    /// The number of rows.
    package let count: Int
    /// The number of dimensions, rounded up to a multiple of 128.
    package let dimensions: Int

    /// Views a part of a block as rows.
    ///
    /// - Precondition: the parts lie inside the block, the floats are aligned, and `dimensions` is
    ///   a multiple of 128 of at most `DistanceKernels.maximumDimensions`.
    package init(_ bytes: AlignedBytes, count: Int, dimensions: Int, layout: Layout) {
        precondition(
            dimensions % 128 == 0 && dimensions <= DistanceKernels.maximumDimensions
                && count >= 0 && count <= Int(UInt32.max),
            "\(count) rows of \(dimensions)"
        )
        for offset in [layout.high, layout.low] {
            precondition(
                offset >= 0 && offset + count * dimensions / 2 <= bytes.count,
                "codes outside the block"
            )
        }
        for offset in [layout.a, layout.s, layout.e, layout.h ?? layout.a] {
            precondition(
                offset >= 0 && offset % 4 == 0 && offset + count * 4 <= bytes.count,
                "factors outside the block"
            )
        }
        self.bytes = bytes
        self.layout = layout
        self.count = count
        self.dimensions = dimensions
    }
}

/// A query in the codes that rows are compared with.
///
/// The upper bound of a row's score is `alpha·a + s·(t·Σ high·codes + z) + ea·e − h + c`.
package struct NibbleQuery: Sendable {
    /// The query in signed bytes, one for each of the rows' dimensions.
    package var codes: [Int8]
    /// The factors of the bound.
    package var alpha: Float = 0, t: Float = 0, z: Float = 0, ea: Float = 0, c: Float = 0

    /// Makes a query with factors of 0.
    package init(codes: [Int8]) {
        self.codes = codes
    }
}

extension ScanHits {
    func scan(
        _ table: vk_distance_kernels,
        _ rows: NibbleRows,
        _ range: Range<Int>,
        _ query: NibbleQuery,
        _ threshold: Float
    ) {
        let start = unsafe rows.bytes.start
        let layout = rows.layout
        count = unsafe query.codes.withUnsafeBufferPointer { codes in
            guard let codes = codes.baseAddress else { return 0 }
            var cQuery = unsafe vk_scan_query(
                query: codes,
                dimensions: rows.dimensions,
                alpha: query.alpha,
                t: query.t,
                z: query.z,
                ea: query.ea,
                c: query.c
            )
            var cRows = unsafe vk_scan_rows(
                planes: (start + layout.high).assumingMemoryBound(to: UInt8.self),
                stride: rows.dimensions / 2,
                a: (start + layout.a).assumingMemoryBound(to: Float.self),
                s: (start + layout.s).assumingMemoryBound(to: Float.self),
                e: (start + layout.e).assumingMemoryBound(to: Float.self),
                h: layout.h.map { unsafe (start + $0).assumingMemoryBound(to: Float.self) }
            )
            return unsafe table.scan_u4(
                &cQuery,
                &cRows,
                UInt32(range.lowerBound),
                UInt32(range.count),
                threshold,
                cRowNumbers,
                cBounds
            )
        }
    }

    func multiply(
        _ table: vk_distance_kernels,
        _ rows: NibbleRows,
        _ query: NibbleQuery
    ) {
        let start = unsafe rows.bytes.start
        let count = count
        unsafe query.codes.withUnsafeBufferPointer { codes in
            guard let codes = codes.baseAddress else { return }
            unsafe table.gather_planes(
                codes,
                (start + rows.layout.high).assumingMemoryBound(to: UInt8.self),
                (start + rows.layout.low).assumingMemoryBound(to: UInt8.self),
                rows.dimensions,
                cRowNumbers,
                count,
                cDots
            )
        }
    }
}

extension DistanceKernels {
    /// Leaves in `hits` the rows of `range` whose upper bound is at least `threshold`, in order.
    ///
    /// - Precondition: `hits` has room for the range, and the query has the rows' dimensions.
    /// - Complexity: O(range · dimensions); allocates nothing.
    package func scan(
        _ rows: NibbleRows,
        _ range: Range<Int>,
        for query: NibbleQuery,
        threshold: Float,
        hits: ScanHits
    ) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= rows.count
                && hits.capacity >= range.count,
            "rows \(range) of \(rows.count), with room for \(hits.capacity)"
        )
        precondition(query.codes.count == rows.dimensions, "a query of other dimensions")
        hits.scan(table, rows, range, query, threshold)
    }

    /// Computes Σ code·query over the whole codes of the rows in `hits`.
    ///
    /// - Precondition: the rows exist and the query has the rows' dimensions.
    package func multiply(_ rows: NibbleRows, with query: NibbleQuery, hits: ScanHits) {
        precondition(query.codes.count == rows.dimensions, "a query of other dimensions")
        hits.withProducts { numbers, _ in
            for i in numbers.indices {
                precondition(numbers[i] < rows.count, "row \(numbers[i]) of \(rows.count)")
            }
        }
        hits.multiply(table, rows, query)
    }
}
