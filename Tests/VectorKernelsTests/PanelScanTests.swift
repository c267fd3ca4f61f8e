import RandomNumbers
import Testing

@testable import VectorKernels

@Suite struct PanelScanTests {
    /// Every tier finds the rows that the formula says, for any number of rows and queries.
    @Test(
        arguments: KernelTier.available,
        [(1, 8), (16, 64), (17, 96), (100, 24), (257, 256), (40, 512)]
    )
    func findsWhatTheFormulaSays(tier: KernelTier, shape: (count: Int, dimensions: Int)) throws {
        let kernels = try #require(DistanceKernels(tier: tier))
        let (count, dimensions) = shape
        var random = SplitMix64(seed: UInt64(count * dimensions))
        let padded = (count + 15) / 16 * 16
        let source = AlignedBytes(count: padded * 8)
        // Small integers and powers of two: every order of summation gives the same float.
        var along: [Float] = [], half: [Float] = []
        source.withMutableElements(of: Float.self, at: 0, count: padded * 2) { floats in
            for i in 0..<padded {
                along.append(Float(Int.random(in: -8...8, using: &random)))
                half.append(Float(Int.random(in: 0...8, using: &random)))
                floats[i] = along[i]
                floats[padded + i] = half[i]
            }
        }
        for hasHalf in [false, true] {
            let block = AlignedBytes(
                count: 64 + PanelRows.byteCount(count: count, dimensions: dimensions)
            )
            let rows = PanelRows(
                count: count,
                dimensions: dimensions,
                in: block,
                at: 64,
                source: source,
                along: 0,
                half: hasHalf ? padded * 4 : nil
            )
            var codes: [[UInt8]] = []
            var s: [Float] = [], e: [Float] = [], tail: [Float] = []
            for row in 0..<count {
                let extreme: UInt8? = row == 0 ? 15 : nil
                let code = (0..<dimensions).map { _ in
                    extreme ?? UInt8.random(in: 0...15, using: &random)
                }
                codes.append(code)
                s.append(Float(Int.random(in: 0...3, using: &random)))
                e.append(Float(Int.random(in: 0...3, using: &random)))
                tail.append(Float(Int.random(in: 0...3, using: &random)))
                rows.set(row, codes: code.span, s: s[row], e: e[row], tail: tail[row])
            }
            for size in 1...PanelRows.maximumQueries {
                var queries: [PanelQuery] = [], words: [[Int8]] = []
                for number in 0..<size {
                    words.append(
                        (0..<dimensions).map { _ in
                            number == 0 ? -127 : Int8.random(in: -127...127, using: &random)
                        }
                    )
                    var query = PanelQuery(codes: words[number])
                    (query.alpha, query.t, query.z) = (2, 1, Float(number))
                    (query.ea, query.et, query.c) = (3, 5, -1)
                    queries.append(query)
                }
                let hits = (0..<size).map { _ in ScanHits(capacity: count) }
                for range in [0..<count, 0..<min(count, 16), min(count / 16 * 16, 16)..<count] {
                    let thresholds = (0..<size).map { Float($0 * 40 - 60) }
                    kernels.scan(rows, range, for: queries, thresholds: thresholds, hits: hits)
                    for number in 0..<size {
                        var expected: [UInt32] = [], bounds: [Float] = []
                        for row in range {
                            let dot = zip(codes[row], words[number]).reduce(0) {
                                $0 + Int($1.0) * Int($1.1)
                            }
                            var bound = 2 * along[row] + s[row] * (Float(dot) + Float(number))
                            bound += 3 * e[row] + 5 * tail[row] - 1
                            if hasHalf { bound -= half[row] }
                            if bound >= thresholds[number] {
                                expected.append(UInt32(row))
                                bounds.append(bound)
                            }
                        }
                        hits[number].withBounds { found, limits in
                            #expect((0..<found.count).map { found[$0] } == expected)
                            #expect((0..<limits.count).map { limits[$0] } == bounds)
                        }
                    }
                }
            }
        }
    }

    /// A bound that is no number rules nothing out, at any tier.
    @Test(arguments: KernelTier.available)
    func whatIsNoNumberIsKept(tier: KernelTier) throws {
        let kernels = try #require(DistanceKernels(tier: tier))
        let source = AlignedBytes(count: 128)
        let rows = PanelRows(
            count: 20,
            dimensions: 8,
            in: AlignedBytes(count: PanelRows.byteCount(count: 20, dimensions: 8)),
            at: 0,
            source: source,
            along: 0,
            half: nil
        )
        let codes = [UInt8](repeating: 1, count: 8)
        for row in 0..<20 {
            rows.set(row, codes: codes.span, s: 0, e: row % 5 == 0 ? .infinity : 0, tail: 0)
        }
        let hits = ScanHits(capacity: 20)
        kernels.scan(
            rows,
            0..<20,
            for: [PanelQuery(codes: [Int8](repeating: 1, count: 8))],
            thresholds: [7],
            hits: [hits]
        )
        hits.withBounds { found, _ in
            #expect((0..<found.count).map { found[$0] } == [0, 5, 10, 15])
        }
    }

    @Test func hitsAreSiftedByTheirBounds() {
        let hits = ScanHits(capacity: 8)
        for (row, bound) in [Float(3), 9, .nan, 1, 5, 7].enumerated() {
            hits.append(UInt32(row), bound: bound)
        }
        let great = ScanHits(capacity: 8)
        great.take(from: hits, atLeast: 6)
        #expect(Self.rows(of: great) == [1, 2, 5])
        #expect(hits.bound(reachedByAbout: 2) == 7)
        hits.keep(atLeast: 2, below: 9)
        #expect(Self.rows(of: hits) == [0, 2, 4, 5])
        hits.keep { $0 % 2 == 0 }
        #expect(Self.rows(of: hits) == [0, 2, 4])
        hits.clear()
        #expect(hits.bound(reachedByAbout: 3) == .infinity)
    }

    static func rows(of hits: ScanHits) -> [UInt32] {
        var rows: [UInt32] = []
        hits.withBounds { found, _ in rows = (0..<found.count).map { found[$0] } }
        return rows
    }
}
