internal import CVectorKernels

/// Rows that a scan found, and room for what comes of them; used again and again by one task at a time.
// Unchecked because of the blocks, which only the one task that holds the hits writes.
package final class ScanHits: @unchecked Sendable {
    /// How many rows there is room for.
    package let capacity: Int
    /// How many rows there are.
    package internal(set) var count = 0

    private let rows: AlignedBytes, bounds: AlignedBytes, dots: AlignedBytes

    /// Room for a block of `capacity` rows.
    package init(capacity: Int) {
        self.capacity = capacity
        rows = AlignedBytes(count: capacity * 4)
        bounds = AlignedBytes(count: capacity * 4)
        dots = AlignedBytes(count: capacity * 4)
    }

    /// Empties it.
    package func clear() {
        count = 0
    }

    /// Adds a row.
    ///
    /// - Precondition: there is room.
    package func append(_ row: UInt32, bound: Float) {
        precondition(count < capacity, "more than \(capacity) rows")
        unsafe cRowNumbers[count] = row
        unsafe cBounds[count] = bound
        count += 1
    }

    /// Calls `body` with the numbers of the rows and the products of their whole codes with the query, once
    /// asked for.
    @inline(__always)
    package func withProducts(_ body: (Span<UInt32>, Span<Int32>) -> Void) {
        let count = count
        rows.withElements(of: UInt32.self, at: 0, count: count) { rows in
            dots.withElements(of: Int32.self, at: 0, count: count) { body(rows, $0) }
        }
    }

    /// Keeps only the rows whose bounds lie in a range, in order.
    ///
    /// They are at least `least` and, if there is a `limit`, below it. Bounds that are no numbers count as infinite.
    package func keep(atLeast least: Float, below limit: Float = .nan) {
        let bounds = unsafe cBounds, numbers = unsafe cRowNumbers
        var kept = 0
        for i in 0..<count {
            let bound = unsafe bounds[i]
            unsafe numbers[kept] = numbers[i]
            unsafe bounds[kept] = bound
            kept += !(bound < least) && !(bound >= limit) ? 1 : 0
        }
        count = kept
    }

    /// Keeps only the rows for which `isWanted`, in order.
    package func keep(where isWanted: (UInt32) -> Bool) {
        var kept = 0
        for i in 0..<count where isWanted(unsafe cRowNumbers[i]) {
            unsafe cRowNumbers[kept] = cRowNumbers[i]
            unsafe cBounds[kept] = cBounds[i]
            kept += 1
        }
        count = kept
    }

    /// Replaces the rows by those of `hits` whose bounds are at least `least`.
    ///
    /// - Precondition: there is room.
    package func take(from hits: ScanHits, atLeast least: Float) {
        precondition(hits.count <= capacity, "\(hits.count) rows, with room for \(capacity)")
        let bounds = unsafe hits.cBounds, numbers = unsafe hits.cRowNumbers
        let ours = unsafe cBounds, ourNumbers = unsafe cRowNumbers
        var kept = 0
        for i in 0..<hits.count {
            let bound = unsafe bounds[i]
            unsafe ourNumbers[kept] = numbers[i]
            unsafe ours[kept] = bound
            kept += bound < least ? 0 : 1
        }
        count = kept
    }

    /// Calls `body` with the numbers of the rows and their bounds.
    @inline(__always)
    package func withBounds(_ body: (Span<UInt32>, Span<Float>) -> Void) {
        let count = count
        rows.withElements(of: UInt32.self, at: 0, count: count) { rows in
            bounds.withElements(of: Float.self, at: 0, count: count) { body(rows, $0) }
        }
    }

    /// A bound that about `wanted` of the rows reach: the least of the greatest of as many strips of them.
    package func bound(reachedByAbout wanted: Int) -> Float {
        let bounds = unsafe cBounds
        let count = count, strips = min(wanted, count)
        guard strips > 0 else { return .infinity }
        var least = Float.infinity
        var start = 0
        for strip in 1...strips {
            let end = count * strip / strips
            var greatest = -Float.infinity
            for i in start..<end { unsafe greatest = max(greatest, bounds[i]) }
            least = min(least, greatest)
            start = end
        }
        return least
    }

    var cRowNumbers: UnsafeMutablePointer<UInt32> {
        unsafe rows.start.assumingMemoryBound(to: UInt32.self)
    }

    var cBounds: UnsafeMutablePointer<Float> {
        unsafe bounds.start.assumingMemoryBound(to: Float.self)
    }

    var cDots: UnsafeMutablePointer<Int32> {
        unsafe dots.start.assumingMemoryBound(to: Int32.self)
    }
}
