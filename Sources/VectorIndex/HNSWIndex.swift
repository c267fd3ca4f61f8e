internal import VectorKernels

/// An approximate nearest-neighbor index: a hierarchical navigable small-world graph.
///
/// A value is an immutable snapshot that any number of tasks may search at once; `HNSWBuilder`
/// makes it and makes the next one from it. Scores are similarities under every metric: larger is
/// nearer. With rows, the best candidates are scored again in full precision, so that their scores
/// and their order are exact; which vectors are found is what is approximate.
///
/// `m`, `efConstruction` and `ef` mean what they mean in Malkov and Yashunin,
/// [arXiv:1603.09320](https://arxiv.org/abs/1603.09320); searching is its algorithm 5, on 8-bit
/// codes.
public struct HNSWIndex: Sendable {
    /// The number of dimensions of a vector.
    public let dimensions: Int
    /// The metric.
    public let metric: Metric
    let quantizer: GraphQuantizer
    let graph: HNSWGraph
    let rows: (any VectorRows)?
    /// What brings the nodes into memory, if they come as they are needed.
    var stored: StoredGraph?
    let slots: SlotMap
    let scratches: ScratchPool<GraphScratch>

    /// The number of vectors.
    public var count: Int { graph.levels.count }
    /// The parameters of the graph.
    public var parameters: HNSWParameters { graph.parameters }
    /// The number of bytes of codes and links.
    public var byteCount: Int { graph.nodes.byteCount + 9 * count }

    init(
        dimensions: Int,
        metric: Metric,
        quantizer: GraphQuantizer,
        graph: HNSWGraph,
        rows: (any VectorRows)?,
        stored: StoredGraph? = nil
    ) {
        self.dimensions = dimensions
        self.metric = metric
        self.quantizer = quantizer
        self.graph = graph
        self.rows = rows
        self.stored = stored
        slots = SlotMap(graph.ordinals)
        scratches = ScratchPool()
    }

    private init(_ other: HNSWIndex, rows: (any VectorRows)?) {
        dimensions = other.dimensions
        metric = other.metric
        quantizer = other.quantizer
        graph = other.graph
        self.rows = rows
        stored = other.stored
        slots = other.slots
        scratches = other.scratches
    }

    /// Builds an index in memory of vectors that lie one after the other: the first is slot 0.
    ///
    /// - Parameters:
    ///   - dimensions: the number of elements of each vector.
    ///   - metric: what nearness means.
    ///   - vectors: shape `[count, dimensions]`.
    ///   - parameters: the shape of the graph.
    /// - Throws: `dimensionMismatch`, `notFinite` or `unsupported`.
    public init(
        dimensions: Int,
        metric: Metric,
        vectors: [Float],
        parameters: HNSWParameters = HNSWParameters()
    ) throws(VectorIndexError) {
        let builder = try HNSWBuilder(
            dimensions: dimensions,
            metric: metric,
            parameters: parameters,
            sample: vectors
        )
        for (slot, start) in stride(from: 0, to: vectors.count, by: dimensions).enumerated() {
            try builder.insert(Array(vectors[start..<start + dimensions]), at: Ordinal(slot))
        }
        self = builder.snapshot(rows: ArrayRows(dimensions: dimensions, elements: vectors))
    }

    /// The same index with other full-precision rows, or with none.
    public func with(rows: (any VectorRows)?) -> HNSWIndex { HNSWIndex(self, rows: rows) }

    /// Whether the slot holds a vector.
    public func contains(_ ordinal: Ordinal) -> Bool { slots.node(of: ordinal) != nil }
}

extension HNSWBuilder {
    /// The graph as a value that can be searched; the builder may go on.
    ///
    /// Nodes are renumbered in the order in which a walk from the entry meets them, so that
    /// neighbors lie near each other in memory.
    ///
    /// - Parameter rows: where full-precision rows are fetched to score candidates exactly.
    /// - Returns: an index of what the builder holds now.
    public func snapshot(rows: (any VectorRows)? = nil) -> HNSWIndex {
        flush()
        measureProjectedCodes()
        let order = connectedOrder()
        var number = [UInt32](repeating: GraphNodes.none, count: graph.levels.count)
        for (new, old) in order.enumerated() { number[Int(old)] = UInt32(new) }
        let upper = order.reduce(0) { $0 + Int(graph.levels[Int($1)]) }
        var copy = HNSWGraph(
            parameters: parameters,
            dimensions: dimensions,
            capacity: order.count,
            upper: upper,
            hasProjectedCodes: graph.nodes.projectedBytes > 0
        )
        copy.levels = order.map { graph.levels[Int($0)] }
        copy.ordinals = order.map { graph.ordinals[Int($0)] }
        copy.entry = graph.entry.map { number[Int($0)] }
        var block = 0
        for (new, old) in order.enumerated() {
            let level = Int(graph.levels[Int(old)])
            graph.nodes.withCodes(of: old) { codes in
                graph.nodes.withProjectedCodes(of: old) {
                    copy.nodes.setCodes(
                        of: UInt32(new),
                        codes,
                        offset: graph.nodes.offset(of: old),
                        projected: $0
                    )
                }
            }
            copy.nodes.setPlace(of: UInt32(new), block, levels: level)
            block += level
            for current in 0...level {
                copy.nodes.setLinks(
                    of: UInt32(new),
                    level: current,
                    graph.nodes.links(of: old, level: current).map { number[Int($0)] }
                )
            }
        }
        let quantizer =
            quantizer
            ?? GraphQuantizer(
                metric: metric,
                center: [Float](repeating: 0, count: dimensions),
                scale: 1
            )
        return HNSWIndex(
            dimensions: dimensions,
            metric: metric,
            quantizer: quantizer,
            graph: copy,
            rows: rows
        )
    }

    /// The live nodes, breadth first from the entry on level 0, after linking in those that no walk
    /// reached: choosing links again can leave a node to which nobody links any more.
    private func connectedOrder() -> [UInt32] {
        var isSeen = graph.levels.map { $0 == HNSWGraph.free }
        var order: [UInt32] = []
        order.reserveCapacity(count)
        func walk(from start: UInt32) {
            isSeen[Int(start)] = true
            var next = order.count
            order.append(start)
            while next < order.count {
                for link in graph.nodes.links(of: order[next], level: 0) where !isSeen[Int(link)] {
                    isSeen[Int(link)] = true
                    order.append(link)
                }
                next += 1
            }
        }
        guard let entry = graph.entry else { return [] }
        walk(from: entry)
        for number in graph.levels.indices where !isSeen[number] {
            let node = UInt32(number)
            graph.search(
                for: query(of: node),
                ef: parameters.efConstruction,
                level: 0,
                scratch: scratch
            )
            // Taking a link away could cut off another node, so the nearest with room gets the link,
            // and only if all are full the nearest gives one up.
            let found = (0..<scratch.count).map { scratch[$0].node }.filter { isSeen[Int($0)] }
            let width = graph.nodes.baseWidth
            let host = found.first { graph.nodes.links(of: $0, level: 0).count < width }
            if let host {
                graph.nodes.setLinks(
                    of: host,
                    level: 0,
                    graph.nodes.links(of: host, level: 0) + [node]
                )
            } else if let nearest = found.first {
                graph.nodes.setLinks(
                    of: nearest,
                    level: 0,
                    graph.nodes.links(of: nearest, level: 0).dropLast() + [node]
                )
            }
            walk(from: node)
        }
        return order
    }
}
