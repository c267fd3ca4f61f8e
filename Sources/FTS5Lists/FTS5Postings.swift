/// The passages that have one term, ascending, with where in them it stands.
package struct FTS5Postings {
    /// The passages' IDs.
    package private(set) var rows: [UInt32] = []
    /// Where each one's occurrences begin in `bytes`, and how many bytes they take.
    private var places: [(start: UInt32, size: UInt32)] = []
    private var bytes: [UInt8] = []

    /// No passage.
    package init() {}

    /// What a term's lists in the segments say together: each passage as the newest has it.
    ///
    /// - Parameter lists: newest first.
    /// - Throws: `FTS5ListError`.
    package init(_ lists: [FTS5Doclist]) throws {
        for list in lists.reversed() { try add(list) }
        let isGone = places.contains { $0.size == 0 }
        guard isGone else { return }
        let kept = rows.indices.filter { places[$0].size > 0 }
        rows = kept.map { rows[$0] }
        places = kept.map { places[$0] }
    }

    /// Adds a newer list, which overrules what is known of the same passages.
    private mutating func add(_ list: FTS5Doclist) throws {
        let base = bytes.count
        let damage = FTS5ListError(what: "a list")
        var newRows: [UInt32] = []
        var newPlaces: [(start: UInt32, size: UInt32)] = []
        newRows.reserveCapacity(list.bytes.count / 6)
        newPlaces.reserveCapacity(list.bytes.count / 6)
        let span = list.bytes.span
        let end = span.count
        var offset = 0
        var absolute = 0
        var row = 0
        while offset < end {
            let isAbsolute =
                absolute < list.absolutes.count && list.absolutes[absolute] == offset
            let value = number(in: span, at: &offset, before: end)
            if isAbsolute { absolute += 1 }
            row = isAbsolute ? value : row &+ value
            let size = number(in: span, at: &offset, before: end) >> 1
            guard row >= 0, row <= Int(UInt32.max), size >= 0, size <= end - offset else {
                throw damage
            }
            newRows.append(UInt32(row))
            newPlaces.append((UInt32(base + offset), UInt32(size)))
            offset += size
        }
        bytes += list.bytes
        guard let last = rows.last, let first = newRows.first, first <= last else {
            rows += newRows
            places += newPlaces
            return
        }
        merge(newRows, newPlaces)
    }

    private mutating func merge(
        _ newRows: [UInt32],
        _ newPlaces: [(start: UInt32, size: UInt32)]
    ) {
        var merged: [UInt32] = []
        var mergedPlaces: [(start: UInt32, size: UInt32)] = []
        var old = 0
        for (row, place) in zip(newRows, newPlaces) {
            while old < rows.count, rows[old] < row {
                merged.append(rows[old])
                mergedPlaces.append(places[old])
                old += 1
            }
            if old < rows.count, rows[old] == row { old += 1 }
            merged.append(row)
            mergedPlaces.append(place)
        }
        rows = merged + rows[old...]
        places = mergedPlaces + places[old...]
    }

    /// How often the passages have the term in some of the columns, each occurrence counted by its
    /// column's weight.
    package func frequencies(in columns: Range<Int>, weights: [Double]) -> FTS5Hits {
        var hits = FTS5Hits()
        hits.rows.reserveCapacity(rows.count)
        hits.frequencies.reserveCapacity(rows.count)
        for index in rows.indices {
            let sum = frequency(at: index, in: columns, weights: weights)
            if sum > 0 {
                hits.rows.append(rows[index])
                hits.frequencies.append(sum)
            }
        }
        return hits
    }

    @inline(__always)
    private func frequency(at index: Int, in columns: Range<Int>, weights: [Double]) -> Double {
        let span = bytes.span
        var offset = Int(places[index].start)
        let end = offset + Int(places[index].size)
        var column = 0
        var sum = 0.0
        while offset < end {
            let value = number(in: span, at: &offset, before: end)
            if value == 1 {
                column = number(in: span, at: &offset, before: end)
            } else if columns.contains(column) {
                sum += weights[column]
            }
        }
        return sum
    }

    /// How often one passage has the term in some of the columns, weighted likewise.
    ///
    /// - Complexity: O(log passages + occurrences).
    package func frequency(of row: UInt32, in columns: Range<Int>, weights: [Double]) -> Double {
        guard let index = place(of: row, in: rows) else { return 0 }
        return frequency(at: index, in: columns, weights: weights)
    }

    /// The same for this term with `other` right behind it.
    package func frequencies(
        before other: FTS5Postings,
        in columns: Range<Int>,
        weights: [Double]
    ) -> FTS5Hits {
        var hits = FTS5Hits()
        let (mine, theirs) = (bytes.span, other.bytes.span)
        var first: [Int] = []
        var second: [Int] = []
        var (i, j) = (0, 0)
        while i < rows.count, j < other.rows.count {
            if rows[i] < other.rows[j] {
                i += 1
            } else if rows[i] > other.rows[j] {
                j += 1
            } else {
                Self.positions(mine, places[i], in: columns, into: &first)
                Self.positions(theirs, other.places[j], in: columns, into: &second)
                let sum = Self.neighbors(first, second, weights: weights)
                if sum > 0 {
                    hits.rows.append(rows[i])
                    hits.frequencies.append(sum)
                }
                i += 1
                j += 1
            }
        }
        return hits
    }

    /// Columns stand this far apart, further than any passage is long.
    private static let columnDistance = 1 << 32

    private static func positions(
        _ bytes: Span<UInt8>,
        _ place: (start: UInt32, size: UInt32),
        in columns: Range<Int>,
        into positions: inout [Int]
    ) {
        positions.removeAll(keepingCapacity: true)
        var offset = Int(place.start)
        let end = offset + Int(place.size)
        var column = 0
        var position = 0
        while offset < end {
            let value = number(in: bytes, at: &offset, before: end)
            if value == 1 {
                column = number(in: bytes, at: &offset, before: end)
                position = 0
            } else {
                position &+= value &- 2
                if columns.contains(column) {
                    positions.append(column * columnDistance &+ position)
                }
            }
        }
    }

    private static func neighbors(_ a: [Int], _ b: [Int], weights: [Double]) -> Double {
        var sum = 0.0
        var j = 0
        for position in a {
            while j < b.count, b[j] <= position { j += 1 }
            if j < b.count, b[j] == position + 1 { sum += weights[position / columnDistance] }
        }
        return sum
    }
}

/// The passages that have a word or a pair of words, and how often.
package struct FTS5Hits: Hashable, Sendable {
    /// The passages' IDs, ascending.
    package var rows: [UInt32] = []
    /// As many numbers, each more than 0.
    package var frequencies: [Double] = []
    /// How many passages have the word, or the first of the pair, in any column.
    package var listed = 0

    /// The number of a passage; 0 for one that has not the phrase.
    ///
    /// - Complexity: O(log passages).
    package func frequency(of row: UInt32) -> Double {
        place(of: row, in: rows).map { frequencies[$0] } ?? 0
    }
}

/// Where a passage stands among ascending IDs; nil for nowhere.
private func place(of row: UInt32, in rows: [UInt32]) -> Int? {
    var (low, high) = (0, rows.count)
    while low < high {
        let middle = (low + high) / 2
        if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low] == row ? low : nil
}

/// The number at `offset`, which moves behind it; most have one byte.
///
/// Outside the bytes it is 0, so that a damaged list gives wrong figures and no more.
@inline(__always)
private func number(in bytes: Span<UInt8>, at offset: inout Int, before end: Int) -> Int {
    guard offset < end else { return 0 }
    let byte = bytes[offset]
    offset += 1
    if byte < 0x80 { return Int(byte) }
    return longNumber(beginningWith: byte, in: bytes, at: &offset, before: end)
}

/// The rest of a number of several bytes: seven bits of each, all eight of a ninth.
private func longNumber(
    beginningWith byte: UInt8,
    in bytes: Span<UInt8>,
    at offset: inout Int,
    before end: Int
) -> Int {
    var value = UInt64(byte & 0x7F)
    for place in 1..<9 {
        guard offset < end else { return 0 }
        let byte = bytes[offset]
        offset += 1
        if place == 8 { return Int(truncatingIfNeeded: value << 8 | UInt64(byte)) }
        value = value << 7 | UInt64(byte & 0x7F)
        if byte < 0x80 { break }
    }
    return Int(truncatingIfNeeded: value)
}
