internal import VectorKernels

// The stored form is a head and then segments of at most `nodesPerSegment` nodes each, all sealed by
// `ByteWriter`. The head holds the shape, center and scale, and the checksums of the segments, so that
// segments of different graphs are never put together. A node is its level, slot, codes, and for each
// level its links, counted.

extension HNSWIndex {
    private static let headMagic: UInt64 = 0x3148_6f6e_6963_6556
    private static let nodesMagic: UInt64 = 0x314e_6f6e_6963_6556
    private static let version: UInt32 = 1
    private static let nodesPerSegment = 4096

    /// The stored form without full-precision rows: a head, then segments that are small enough to
    /// be written and read one by one.
    public func segments() -> [[UInt8]] {
        var segments: [[UInt8]] = []
        for first in stride(from: 0, to: count, by: Self.nodesPerSegment) {
            var writer = ByteWriter(magic: Self.nodesMagic, version: Self.version)
            for number in first..<min(first + Self.nodesPerSegment, count) {
                let node = UInt32(number)
                writer.append(graph.levels[number])
                writer.append(graph.ordinals[number])
                graph.nodes.withCodes(of: node) { writer.append($0.extracting(0..<dimensions)) }
                for level in 0...Int(graph.levels[number]) {
                    let links = graph.nodes.links(of: node, level: level)
                    writer.append(UInt16(links.count))
                    for link in links { writer.append(link) }
                }
            }
            segments.append(writer.sealed())
        }

        var head = ByteWriter(magic: Self.headMagic, version: Self.version)
        head.append(UInt8(metric == .l2 ? 1 : 0))
        head.append(UInt32(dimensions))
        head.append(UInt32(parameters.m))
        head.append(UInt32(parameters.efConstruction))
        head.append(parameters.seed)
        head.append(UInt32(count))
        head.append(UInt32(graph.levels.reduce(0) { $0 + Int($1) }))
        head.append(graph.entry ?? GraphNodes.none)
        head.append(quantizer.scale)
        for element in quantizer.center { head.append(element) }
        for segment in segments { head.append(ByteReader.checksum(of: segment)) }
        return [head.sealed()] + segments
    }

    /// Reads a stored graph.
    ///
    /// - Parameters:
    ///   - segments: what `segments()` returned, in that order.
    ///   - rows: where full-precision rows are fetched to score candidates exactly.
    /// - Throws: `corrupt` if a segment is missing, changed or of another graph, `unknownVersion`.
    public init(
        decoding segments: [[UInt8]],
        rows: (any VectorRows)? = nil
    ) throws(VectorIndexError) {
        guard let first = segments.first else { throw .corrupt("there are no bytes") }
        var head = try ByteReader(first, magic: Self.headMagic, version: Self.version)
        let metric: Metric = try head.next(UInt8.self) == 1 ? .l2 : .innerProduct
        let dimensions = Int(try head.next(UInt32.self))
        try checkDimensions(dimensions)
        let parameters = HNSWParameters(
            m: Int(try head.next(UInt32.self)),
            efConstruction: Int(try head.next(UInt32.self)),
            seed: try head.next(UInt64.self)
        )
        try parameters.check()
        let count = Int(try head.next(UInt32.self)), upper = Int(try head.next(UInt32.self))
        let entry = try head.next(UInt32.self)
        let scale = try head.nextFloat()
        var center: [Float] = []
        for _ in 0..<dimensions { center.append(try head.nextFloat()) }
        _ = try checkedNorm(center.span, dimensions: dimensions, ordinal: nil)

        // Nothing is allocated for nodes that the bytes at hand could not hold.
        let bytes = segments.dropFirst().reduce(0) { $0 + $1.count }
        guard count <= bytes / (dimensions + 7), upper <= bytes / 2, scale >= 1e-30, scale.isFinite,
            entry == GraphNodes.none ? count == 0 : entry < count,
            segments.count - 1 == (count + Self.nodesPerSegment - 1) / Self.nodesPerSegment
        else { throw .corrupt("its head makes no sense") }

        var reading = HNSWGraph(
            parameters: parameters,
            dimensions: dimensions,
            capacity: count,
            upper: upper
        )
        reading.entry = entry == GraphNodes.none ? nil : entry
        let quantizer = GraphQuantizer(metric: metric, center: center, scale: scale)
        var block = 0
        for segment in segments.dropFirst() {
            var reader = try ByteReader(segment, magic: Self.nodesMagic, version: Self.version)
            guard try head.next(UInt64.self) == reader.checksum else {
                throw .corrupt("a segment of another graph")
            }
            let last = min(reading.levels.count + Self.nodesPerSegment, count)
            while reading.levels.count < last {
                try reading.readNode(&reader, block: &block, count: count, quantizer)
            }
            guard reader.isAtEnd else { throw .corrupt("bytes are left over") }
        }
        guard head.isAtEnd, block == upper else { throw .corrupt("its head makes no sense") }
        if let violation = reading.violations().first { throw .corrupt(violation) }
        guard Set(reading.ordinals).count == count else { throw .corrupt("a slot twice") }
        self.init(
            dimensions: dimensions,
            metric: metric,
            quantizer: quantizer,
            graph: reading,
            rows: rows
        )
    }
}

extension HNSWGraph {
    /// Reads the next node.
    ///
    /// - Parameters:
    ///   - reader: where it comes from.
    ///   - block: the first free block above level 0; moved on.
    ///   - count: the number of nodes of the graph.
    ///   - quantizer: what made the codes.
    /// - Throws: `corrupt`.
    fileprivate mutating func readNode(
        _ reader: inout ByteReader,
        block: inout Int,
        count: Int,
        _ quantizer: GraphQuantizer
    ) throws(VectorIndexError) {
        let node = UInt32(levels.count)
        let level = Int(try reader.next(UInt8.self))
        guard level <= Self.maximumLevel, block + level <= nodes.upperCapacity else {
            throw .corrupt("node \(node) has level \(level)")
        }
        levels.append(UInt8(level))
        ordinals.append(try reader.next(UInt32.self))
        var codes = Array(try reader.nextBytes(nodes.dimensions))
        codes += repeatElement(128, count: nodes.stride - nodes.dimensions)
        nodes.setCodes(of: node, codes.span, half: quantizer.half(codes.span))
        nodes.setPlace(of: node, block, levels: level)
        block += level
        for current in 0...level {
            let size = Int(try reader.next(UInt16.self))
            guard size <= nodes.width(current) else { throw .corrupt("too many links") }
            var links: [UInt32] = []
            for _ in 0..<size { links.append(try reader.next(UInt32.self)) }
            guard links.allSatisfy({ $0 < count }) else { throw .corrupt("a link to no node") }
            nodes.setLinks(of: node, level: current, links)
        }
    }
}
