import RandomNumbers
import Testing

@testable import VectorKernels

/// Walks through random graphs of random codes: every instruction set takes the same way.
@Suite struct GraphWalkTests {
    static let count = 600, dimensions = 100, width = 20

    /// Nodes in a ring, each with random links besides, and projected codes that have nothing to do with
    /// the codes.
    static func nodes(hasProjectedCodes: Bool, seed: UInt64) -> GraphNodes {
        var random = SplitMix64(seed: seed)
        let nodes = GraphNodes(
            capacity: count,
            upperCapacity: 0,
            dimensions: dimensions,
            baseWidth: width,
            upperWidth: 4,
            hasProjectedCodes: hasProjectedCodes
        )
        for node in 0..<count {
            var codes = (0..<dimensions).map { _ in UInt8.random(in: 1...255, using: &random) }
            codes += [UInt8](repeating: 128, count: nodes.stride - dimensions)
            let projected = (0..<nodes.projectedBytes).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            nodes.setCodes(
                of: UInt32(node),
                codes.span,
                offset: Float(Int.random(in: -500_000...500_000, using: &random)),
                projected: projected.span
            )
            let links = (0..<Int.random(in: 1..<width, using: &random)).map { _ in
                UInt32.random(in: 0..<UInt32(count), using: &random)
            }
            let next = UInt32((node + 1) % count)
            nodes.setLinks(of: UInt32(node), level: 0, Set(links + [next]).sorted())
        }
        return nodes
    }

    static func query(
        of nodes: GraphNodes,
        factor: Float,
        projectedShift: Float,
        seed: UInt64
    ) -> GraphQuery {
        var random = SplitMix64(seed: seed)
        var codes = (0..<dimensions).map { _ in Int8.random(in: -127...127, using: &random) }
        codes += [Int8](repeating: 0, count: nodes.stride - dimensions)
        var query = GraphQuery(codes: codes, factor: factor)
        if nodes.projectedBytes > 0 {
            query.projected = (0..<GraphNodes.projectedDimensions).map { _ in
                Int8.random(in: -127...127, using: &random)
            }
            query.projectedScale = 0.001
            query.projectedShift = projectedShift
        }
        return query
    }

    /// The nodes that a walk from node 0 finds, nearest first.
    static func found(
        _ kernels: DistanceKernels,
        _ nodes: GraphNodes,
        _ query: GraphQuery,
        ef: Int,
        filter: GraphFilter? = nil
    ) -> [UInt32] {
        let scratch = GraphScratch()
        // Twice: what the first walk left behind must not lead the second.
        for _ in 0..<2 {
            scratch.clear()
            scratch.insert(0, key: kernels.key(nodes, 0, for: query))
            kernels.search(nodes, level: 0, for: query, ef: ef, through: filter, scratch: scratch)
        }
        return (0..<scratch.count).map { scratch[$0].node }
    }

    @Test(arguments: KernelTier.available, [Float(0), 1])
    func aBeamForAllFindsAllInOrder(tier: KernelTier, factor: Float) throws {
        let kernels = try #require(DistanceKernels(tier: tier))
        for hasProjectedCodes in [false, true] {
            let nodes = Self.nodes(hasProjectedCodes: hasProjectedCodes, seed: 1)
            let query = Self.query(of: nodes, factor: factor, projectedShift: 1e9, seed: 2)
            let keys = (0..<Self.count).map { node in
                let codes = nodes.query(of: UInt32(node)).codes
                let sum = zip(codes, query.codes).reduce(0) { $0 + Int($1.0) * Int($1.1) }
                return Float(sum) - factor * nodes.offset(of: UInt32(node))
            }
            let order = (0..<UInt32(Self.count)).sorted {
                (-keys[Int($0)], $0) < (-keys[Int($1)], $1)
            }
            // While there is room in the beam, no projected codes are judged.
            #expect(Self.found(kernels, nodes, query, ef: Self.count) == order)
        }
    }

    @Test(arguments: KernelTier.available, [1, 2, 10, 64, 200])
    func everyTierTakesTheSameWay(tier: KernelTier, ef: Int) throws {
        let kernels = try #require(DistanceKernels(tier: tier))
        let reference = try #require(DistanceKernels(tier: .scalar))
        var random = SplitMix64(seed: 3)
        for seed in 0..<UInt64(6) {
            let nodes = Self.nodes(hasProjectedCodes: seed % 3 != 0, seed: seed)
            // Shifts that rule out nothing, about half, and everything.
            let cases: [(Float, Float)] = [(0, -1e9), (0, 0), (1, 0), (1, 400), (0, 1e9)]
            for (factor, shift) in cases {
                let query = Self.query(
                    of: nodes,
                    factor: factor,
                    projectedShift: shift,
                    seed: seed + 10
                )
                #expect(
                    Self.found(kernels, nodes, query, ef: ef)
                        == Self.found(reference, nodes, query, ef: ef)
                )
                let filter = GraphFilter(
                    slots: (0..<UInt32(Self.count)).map { $0 },
                    bits: (0..<Self.count / 64).map { _ in random.next() }
                )
                #expect(
                    Self.found(kernels, nodes, query, ef: ef, filter: filter)
                        == Self.found(reference, nodes, query, ef: ef, filter: filter)
                )
            }
        }
    }

    @Test(arguments: KernelTier.available)
    func projectedCodesThatLeaveNoHopeKeepNodesOut(tier: KernelTier) throws {
        let kernels = try #require(DistanceKernels(tier: tier))
        let nodes = Self.nodes(hasProjectedCodes: true, seed: 5)
        let hopeless = Self.query(of: nodes, factor: 0, projectedShift: 1e9, seed: 6)
        var open = hopeless
        open.projectedShift = -1e9
        let full = Self.found(kernels, nodes, open, ef: 30)
        // The beam fills with what comes first; nothing replaces it.
        let first = Self.found(kernels, nodes, hopeless, ef: 30)
        #expect(first.count == 30 && full.count == 30)
        let keys = kernels.keys(nodes, of: [first[29], full[29]], for: open)
        #expect(keys[0] < keys[1])
    }

    @Test(arguments: KernelTier.available)
    func dotsOfRowsAreExact(tier: KernelTier) throws {
        let kernels = try #require(DistanceKernels(tier: tier))
        var random = SplitMix64(seed: 8)
        for length in [1, 63, 64, 384] {
            let query = (0..<length).map { _ in Int8.random(in: -128...127, using: &random) }
            let rows = (0..<5 * length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let expected = (0..<5).map { row -> Int32 in
                let products = (0..<length).map {
                    Int32(rows[row * length + $0]) * Int32(query[$0])
                }
                return products.reduce(0, +)
            }
            #expect(kernels.dots(of: query.span, with: rows.span) == expected)
        }
    }
}
