internal import VectorKernels

/// Builds and changes a hierarchical navigable small-world graph.
///
/// Insertion is algorithm 1 of Malkov and Yashunin ([arXiv:1603.09320](https://arxiv.org/abs/1603.09320))
/// with the neighbor selection of algorithm 4; distances are those of 8-bit codes. Removal unlinks a
/// node and repairs the neighborhoods that linked to it, so a graph that changes for years stays as
/// good as a new one. The same seed and the same calls give the same graph.
///
/// A builder belongs to one task at a time; `snapshot(rows:)` makes the value that searches share.
public final class HNSWBuilder {
    /// The number of dimensions of a vector.
    public let dimensions: Int
    /// The metric.
    public let metric: Metric
    /// The parameters of the graph.
    public var parameters: HNSWParameters { graph.parameters }

    /// The vectors that wait until there are enough to learn center and scale from.
    var pending: [(ordinal: Ordinal, vector: [Float])] = []
    var quantizer: GraphQuantizer?
    var graph: HNSWGraph
    /// The node of each slot.
    var nodeOfOrdinal: [UInt32: UInt32] = [:]
    /// Holes in the graph, and blocks above level 0 without an owner, by how many go together.
    var freeNodes: [UInt32] = []
    var freeBlocks: [Int: [Int]] = [:]
    var usedBlocks = 0
    let scratch = GraphScratch(), linkScratch = GraphScratch()

    /// How many vectors are waited for before the first is coded.
    static let sampleSize = ProjectedCodes.leastVectors

    /// An empty graph.
    ///
    /// - Parameters:
    ///   - dimensions: the number of elements of each vector.
    ///   - metric: what nearness means. Under the inner product, vectors should be of like length.
    ///   - parameters: the shape of the graph.
    ///   - sample: vectors, one after the other, like those that will be inserted, to learn the
    ///     codes from; without one, the first few hundred vectors serve.
    /// - Throws: `unsupported` or `dimensionMismatch`.
    public init(
        dimensions: Int,
        metric: Metric,
        parameters: HNSWParameters = HNSWParameters(),
        sample: [Float] = []
    ) throws(VectorIndexError) {
        try checkDimensions(dimensions)
        try parameters.check()
        guard sample.count.isMultiple(of: dimensions) else {
            throw .dimensionMismatch(expected: dimensions, actual: sample.count % dimensions)
        }
        self.dimensions = dimensions
        self.metric = metric
        graph = HNSWGraph(emptyWith: parameters, dimensions: dimensions, hasProjectedCodes: false)
        if !sample.isEmpty { learn(from: sample) }
    }

    /// Learns how vectors are coded; no node has been yet.
    private func learn(from sample: [Float]) {
        let quantizer = GraphQuantizer(
            metric: metric,
            dimensions: dimensions,
            learningFrom: sample.span
        )
        self.quantizer = quantizer
        graph = HNSWGraph(
            emptyWith: parameters,
            dimensions: dimensions,
            hasProjectedCodes: quantizer.projected != nil
        )
    }

    /// A builder that goes on where `index` stands.
    ///
    /// - Precondition: `index` was not opened to be read as it is walked.
    public init(continuing index: HNSWIndex) {
        precondition(index.stored == nil, "a graph that is not in memory cannot be changed")
        dimensions = index.dimensions
        metric = index.metric
        quantizer = index.quantizer
        graph = index.graph
        // The snapshot keeps its own blocks: a builder changes in place.
        graph.nodes = graph.nodes.grown(capacity: 0, upperCapacity: 0)
        usedBlocks = graph.nodes.upperCapacity
        for (node, ordinal) in graph.ordinals.enumerated() {
            nodeOfOrdinal[ordinal] = UInt32(node)
        }
    }

    /// The codes of a node as a query.
    func query(of node: UInt32) -> GraphQuery {
        quantizer?.query(of: node, in: graph.nodes) ?? graph.nodes.query(of: node)
    }

    /// The number of vectors.
    public var count: Int { nodeOfOrdinal.count + pending.count }

    /// Whether the slot holds a vector.
    public func contains(_ ordinal: Ordinal) -> Bool {
        nodeOfOrdinal[ordinal.rawValue] != nil || pending.contains { $0.ordinal == ordinal }
    }

    /// Codes the vectors that were waiting and puts them into the graph.
    func flush() {
        guard !pending.isEmpty else { return }
        let waiting = pending
        pending = []
        if quantizer == nil { learn(from: waiting.flatMap(\.vector)) }
        for (ordinal, vector) in waiting { link(vector, at: ordinal) }
    }
}
