import Testing

@testable import VectorKernels

@Suite struct AlignedBytesTests {
    @Test(arguments: [0, 1, 64, 1000, 3 << 20])
    func startsAsZeros(count: Int) {
        let bytes = AlignedBytes(count: count)
        #expect(bytes.count == count)
        let sum = bytes.withElements(of: UInt8.self, at: 0, count: count) { span in
            span.indices.reduce(0) { $0 + Int(span[$1]) }
        }
        #expect(sum == 0)
    }

    @Test func keepsWhatIsWritten() {
        let bytes = AlignedBytes(count: 32)
        bytes.withMutableElements(of: UInt32.self, at: 8, count: 3) { $0[2] = 77 }
        #expect(bytes.withElements(of: UInt32.self, at: 16, count: 1) { $0[0] } == 77)
        #expect(bytes.checksum(of: 0..<16) == AlignedBytes(count: 16).checksum(of: 0..<16))
        #expect(bytes.checksum(of: 0..<32) != AlignedBytes(count: 32).checksum(of: 0..<32))
    }

    @Test func nothingOutsideIsTouched() async {
        await #expect(processExitsWith: .failure) {
            AlignedBytes(count: 16).withElements(of: UInt32.self, at: 8, count: 3) { _ in }
        }
        await #expect(processExitsWith: .failure) {
            AlignedBytes(count: 16).withElements(of: UInt32.self, at: 2, count: 1) { _ in }
        }
        await #expect(processExitsWith: .failure) {
            _ = AlignedBytes(count: 16).checksum(of: 8..<17)
        }
        await #expect(processExitsWith: .failure) {
            let rows = AlignedBytes(count: 100)
            _ = NibbleRows(
                rows,
                count: 2,
                dimensions: 128,
                layout: NibbleRows.Layout(high: 0, low: 0, a: 0, s: 0, e: 0, h: nil)
            )
        }
        await #expect(processExitsWith: .failure) {
            let nodes = GraphNodes(
                capacity: 2,
                upperCapacity: 0,
                dimensions: 4,
                baseWidth: 4,
                upperWidth: 2
            )
            nodes.setLinks(of: 0, level: 0, [2])
        }
    }
}
