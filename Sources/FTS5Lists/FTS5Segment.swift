/// A sorted run of terms with their lists, in numbered pages.
package struct FTS5Segment: Sendable {
    /// The number in the keys of its pages.
    package let id: Int
    /// The numbers of its pages.
    package let firstPage: Int
    package let lastPage: Int

    /// The row of `keyword_data` that has a page.
    package func row(_ page: Int) -> Int64 { Int64(id) << Self.pageBits &+ Int64(page) }

    /// The row that has a page of the index of a long list, which begins on `page`.
    package func skipRow(_ page: Int, height: Int) -> Int64 {
        Int64(id) << Self.pageBits &+ 1 << (Self.pageBits - 1) &+ Int64(height) << 31 &+ Int64(page)
    }

    /// Pages have 31 bits of a key, five stand for the height of another kind of page and one for its
    /// kind.
    private static let pageBits: Int64 = 37

    /// Reads the record of levels and their segments, those written last first; nil for a kind that is not
    /// known.
    package static func list(in structure: [UInt8]) -> [FTS5Segment]? {
        // Tables that delete without their text mark the record so.
        guard !structure.dropFirst(4).starts(with: [0xFF, 0, 0, 1]) else { return nil }
        var reader = VarintReader(bytes: structure, offset: 4)
        let levels = reader.next()
        _ = (reader.next(), reader.next())
        var segments: [FTS5Segment] = []
        // A level takes two bytes at least, a segment three.
        guard (0...structure.count).contains(levels) else { return nil }
        for _ in 0..<levels {
            _ = reader.next()
            let count = reader.next()
            guard (0...structure.count).contains(count) else { return nil }
            var level: [FTS5Segment] = []
            for _ in 0..<count {
                guard !reader.isDamaged else { return nil }
                level.append(
                    FTS5Segment(
                        id: reader.next(),
                        firstPage: reader.next(),
                        lastPage: reader.next()
                    )
                )
            }
            segments += level.reversed()
        }
        return reader.isDamaged ? nil : segments
    }
}
