import FTS5Lists
import Testing

@Suite struct FTS5SegmentTests {
    /// Numbers of levels and segments that no record could hold end neither the program nor in a loop.
    @Test(
        arguments: [
            [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1],
            [0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1],
            [0, 0, 0, 0, 0xBF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1],
            [0, 0, 0, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        ] as [[UInt8]]
    )
    func aDamagedStructureIsRefused(_ record: [UInt8]) {
        #expect(FTS5Segment.list(in: record)?.isEmpty ?? true)
    }

    /// The record that FTS5 writes for two levels: the newest segment comes first.
    @Test func segmentsComeNewestFirst() throws {
        let record: [UInt8] = [0, 0, 0, 0, 2, 3, 9, 0, 2, 4, 1, 5, 6, 1, 2, 0, 1, 1, 1, 7]
        let segments = try #require(FTS5Segment.list(in: record))
        #expect(segments.map(\.id) == [6, 4, 1])
        #expect(segments.map(\.lastPage) == [2, 5, 7])
    }
}
