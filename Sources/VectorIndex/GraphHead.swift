internal import VectorKernels

// The stored form is a head and then segments of `nodesPerSegment` nodes each, all sealed by `ByteWriter`.
// The head holds the shape, center and scale, each node's level and slot, and the checksums of the
// segments, so that segments of different graphs are never put together. A segment is its nodes'
// codes, offsets, projected codes and links on level 0, and then their blocks of links above it.

/// What must be known of a stored graph before any of its nodes.
struct GraphHead: Sendable {
    private static let magic: UInt64 = 0x3148_6f6e_6963_6556
    private static let segmentMagic: UInt64 = 0x314e_6f6e_6963_6556
    private static let version: UInt32 = 3
    /// A segment and what SQLite adds to it fill one page of the library.
    private static let segmentBytes = 7_900

    let metric: Metric
    let dimensions: Int
    let parameters: HNSWParameters
    let entry: UInt32?
    let quantizer: GraphQuantizer
    let nodesPerSegment: Int
    let levels: [UInt8]
    let ordinals: [UInt32]
    /// The first block above level 0 of each segment, and at the end the number of all.
    private let blocks: [Int]
    private let checksums: [UInt64]

    var count: Int { levels.count }
    var segmentCount: Int { blocks.count - 1 }
    private var projectedBytes: Int {
        quantizer.projected == nil ? 0 : ProjectedCodes.dimensions / 2
    }
    /// The bytes of all nodes as they are stored.
    var nodeBytes: Int {
        count * (dimensions + 4 + projectedBytes + 8 * parameters.m)
            + 4 * parameters.m * (blocks.last ?? 0)
    }

    /// The head of `index`, without checksums.
    init(of index: HNSWIndex) {
        metric = index.metric
        dimensions = index.dimensions
        parameters = index.parameters
        entry = index.graph.entry
        quantizer = index.quantizer
        levels = index.graph.levels
        ordinals = index.graph.ordinals
        // A node in m is on level 1.
        let projectedBytes = index.graph.nodes.projectedBytes
        let node = dimensions + 4 + projectedBytes + 8 * parameters.m + 4 + 1
        nodesPerSegment = min(max(Self.segmentBytes / node, 1), 4096)
        blocks = Self.blocks(of: levels, nodesPerSegment)
        checksums = []
    }

    private static func blocks(of levels: [UInt8], _ nodesPerSegment: Int) -> [Int] {
        var blocks = [0]
        var sum = 0
        for (node, level) in levels.enumerated() {
            sum += Int(level)
            if (node + 1) % nodesPerSegment == 0 || node + 1 == levels.count { blocks.append(sum) }
        }
        return blocks
    }

    /// The nodes of a segment.
    private func nodes(of segment: Int) -> Range<Int> {
        segment * nodesPerSegment..<min((segment + 1) * nodesPerSegment, count)
    }

    /// The stored form.
    func encoded(checksums: [UInt64]) -> [UInt8] {
        var head = ByteWriter(magic: Self.magic, version: Self.version)
        head.append(metric.storageCode)
        head.append(UInt32(dimensions))
        head.append(UInt32(parameters.m))
        head.append(UInt32(parameters.efConstruction))
        head.append(parameters.seed)
        head.append(UInt32(count))
        head.append(entry ?? GraphNodes.none)
        head.append(UInt32(nodesPerSegment))
        head.append(quantizer.scale)
        for element in quantizer.center { head.append(element) }
        head.append(UInt8(quantizer.projected == nil ? 0 : 1))
        if let projected = quantizer.projected { projected.append(to: &head) }
        for level in levels { head.append(level) }
        for ordinal in ordinals { head.append(ordinal) }
        for checksum in checksums { head.append(checksum) }
        return head.sealed()
    }

    /// Reads a stored head.
    init(decoding bytes: [UInt8]) throws(VectorIndexError) {
        var reader = try ByteReader(bytes, magic: Self.magic, version: Self.version)
        guard let metric = Metric(storageCode: UInt32(try reader.next(UInt8.self))) else {
            throw .corrupt("a graph of a metric that is not known")
        }
        self.metric = metric
        dimensions = Int(try reader.next(UInt32.self))
        try checkDimensions(dimensions)
        parameters = HNSWParameters(
            m: Int(try reader.next(UInt32.self)),
            efConstruction: Int(try reader.next(UInt32.self)),
            seed: try reader.next(UInt64.self)
        )
        try parameters.check()
        let count = Int(try reader.next(UInt32.self)), first = try reader.next(UInt32.self)
        nodesPerSegment = Int(try reader.next(UInt32.self))
        let scale = try reader.nextFloat()
        var center: [Float] = []
        for _ in 0..<dimensions { center.append(try reader.nextFloat()) }
        _ = try checkedNorm(center.span, dimensions: dimensions, ordinal: nil)
        guard scale >= 1e-30, scale.isFinite else { throw .corrupt("its head makes no sense") }
        var quantizer = GraphQuantizer(metric: metric, center: center, scale: scale)
        if try reader.next(UInt8.self) == 1 {
            quantizer.projected = try ProjectedCodes(from: &reader, for: quantizer)
        }
        self.quantizer = quantizer
        levels = try reader.nextArray(of: UInt8.self, count)
        ordinals = try reader.nextArray(of: UInt32.self, count)
        let highest = levels.max() ?? 0
        entry = first == GraphNodes.none ? nil : first
        guard (1...4096).contains(nodesPerSegment), highest <= HNSWGraph.maximumLevel,
            entry == nil ? count == 0 : first < count && levels[Int(first)] == highest
        else { throw .corrupt("its head makes no sense") }
        blocks = Self.blocks(of: levels, nodesPerSegment)
        checksums = try reader.nextArray(of: UInt64.self, blocks.count - 1)
        guard reader.isAtEnd else { throw .corrupt("bytes are left over") }
    }

    /// A graph of as many nodes, none of them in place.
    ///
    /// - Throws: `corrupt` for a graph that no machine holds.
    func graph(pager: GraphPager?) throws(VectorIndexError) -> HNSWGraph {
        guard nodeBytes < 1 << 38 else { throw .corrupt("its head makes no sense") }
        var graph = HNSWGraph(
            parameters: parameters,
            dimensions: dimensions,
            capacity: count,
            upper: blocks.last ?? 0,
            hasProjectedCodes: quantizer.projected != nil,
            pager: pager
        )
        graph.levels = levels
        graph.ordinals = ordinals
        graph.entry = entry
        return graph
    }

    /// The stored form of a segment of `graph`.
    func encode(segment: Int, of graph: HNSWGraph) -> [UInt8] {
        var writer = ByteWriter(magic: Self.segmentMagic, version: Self.version)
        let nodes = nodes(of: segment)
        graph.nodes.withStored(nodes) { codes, offsets, projected, links in
            writer.append(codes)
            writer.append(offsets)
            writer.append(projected)
            writer.append(links)
        }
        for node in nodes where levels[node] > 0 {
            for level in 1...Int(levels[node]) {
                let links = graph.nodes.links(of: UInt32(node), level: level)
                for i in 0..<parameters.m {
                    writer.append(i < links.count ? links[i] : GraphNodes.none)
                }
            }
        }
        return writer.sealed()
    }

    /// Puts the nodes of a stored segment into `graph`.
    ///
    /// - Throws: `corrupt` if it is not the segment that was stored.
    func place(_ bytes: [UInt8], segment: Int, in graph: HNSWGraph) throws(VectorIndexError) {
        var reader = try ByteReader(bytes, magic: Self.segmentMagic, version: Self.version)
        guard reader.checksum == checksums[segment] else {
            throw .corrupt("a segment of another graph")
        }
        let nodes = nodes(of: segment), block = blocks[segment]
        let codes = try reader.nextRange(nodes.count * dimensions)
        let offsets = try reader.nextRange(nodes.count * 4)
        let projected = try reader.nextRange(nodes.count * projectedBytes)
        let links = try reader.nextRange(nodes.count * graph.nodes.baseWidth * 4)
        let upper = try reader.nextRange(
            (blocks[segment + 1] - block) * graph.nodes.upperWidth * 4
        )
        guard reader.isAtEnd else { throw .corrupt("bytes are left over") }
        let all = unsafe bytes.span.bytes
        let isSound = graph.nodes.place(
            from: nodes.lowerBound,
            codes: all.extracting(codes),
            offsets: all.extracting(offsets),
            projected: all.extracting(projected),
            links: all.extracting(links),
            block: block,
            upperLinks: all.extracting(upper)
        )
        guard isSound else { throw .corrupt("a link to no node") }
        var next = block
        for node in nodes {
            let level = Int(levels[node])
            graph.nodes.setPlace(of: UInt32(node), next, levels: level)
            next += level
            guard graph.nodes.offset(of: UInt32(node)).isFinite else {
                throw .corrupt("an offset that is no number")
            }
            // A walk above level 0 finds the links of a node where its level says that they are.
            for current in stride(from: 1, through: level, by: 1) {
                for link in graph.nodes.links(of: UInt32(node), level: current)
                where Int(levels[Int(link)]) < current {
                    throw .corrupt("node \(link) has no level \(current)")
                }
            }
        }
    }
}
