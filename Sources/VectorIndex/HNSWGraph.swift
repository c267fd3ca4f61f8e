internal import RandomNumbers
internal import VectorKernels

/// What determines the shape of a graph; the letters are those of Malkov and Yashunin.
public struct HNSWParameters: Hashable, Sendable {
    /// The links that a new node makes on each level; level 0 keeps twice as many.
    public var m: Int
    /// The width of the search for the links of a new node.
    public var efConstruction: Int
    /// What the levels of nodes are drawn from: the same seed and the same insertions give the same
    /// graph.
    public var seed: UInt64

    /// Parameters of a graph.
    public init(m: Int = 16, efConstruction: Int = 200, seed: UInt64 = 0) {
        self.m = m
        self.efConstruction = efConstruction
        self.seed = seed
    }

    /// The level of the node of a slot: geometrically distributed with mean 1/ln `m`.
    func level(of ordinal: Ordinal) -> Int {
        let state = seed &+ (UInt64(ordinal.rawValue) &+ 1) &* SplitMix64.increment
        let mixed = SplitMix64.mixed(state)
        // A level more with probability 1/m, without a logarithm: exact on every machine.
        var level = 0
        var limit = UInt64.max / UInt64(max(m, 2))
        while level < HNSWGraph.maximumLevel, mixed < limit {
            level += 1
            limit /= UInt64(max(m, 2))
        }
        return level
    }

    func check() throws(VectorIndexError) {
        guard (2...256).contains(m), (1...100_000).contains(efConstruction) else {
            throw .unsupported("A graph with m = \(m) and efConstruction = \(efConstruction)")
        }
    }
}

/// The nodes and links of a graph, with which slot each node stands for.
struct HNSWGraph: Sendable {
    static let maximumLevel = 15
    /// The level of a node that is free.
    static let free = UInt8.max

    let parameters: HNSWParameters
    var nodes: GraphNodes
    /// The level of each node; `free` for a hole.
    var levels: [UInt8] = []
    /// The slot of each node.
    var ordinals: [UInt32] = []
    /// The node that searches start from: one of the highest level.
    var entry: UInt32?

    init(
        parameters: HNSWParameters,
        dimensions: Int,
        capacity: Int,
        upper: Int,
        hasProjectedCodes: Bool,
        pager: GraphPager? = nil
    ) {
        self.parameters = parameters
        nodes = GraphNodes(
            capacity: capacity,
            upperCapacity: upper,
            dimensions: dimensions,
            baseWidth: 2 * parameters.m,
            upperWidth: parameters.m,
            hasProjectedCodes: hasProjectedCodes,
            pager: pager
        )
    }

    /// A graph without nodes, or room for any.
    init(emptyWith parameters: HNSWParameters, dimensions: Int, hasProjectedCodes: Bool) {
        self.init(
            parameters: parameters,
            dimensions: dimensions,
            capacity: 0,
            upper: 0,
            hasProjectedCodes: hasProjectedCodes
        )
    }

    /// The level of the entry point.
    var topLevel: Int { entry.map { Int(levels[Int($0)]) } ?? 0 }

    /// Leaves in `scratch` the `ef` nodes that a search for `query` finds on `level`, having come
    /// down from the top with a beam of 1; none in an empty graph, or if a node cannot be read.
    func search(for query: GraphQuery, ef: Int, level: Int, scratch: GraphScratch) {
        scratch.clear()
        guard let entry, nodes.pager?.fetch(entry) ?? true else { return }
        let kernels = DistanceKernels.current
        scratch.insert(entry, key: kernels.key(nodes, entry, for: query))
        for upper in stride(from: topLevel, to: level, by: -1) {
            kernels.search(nodes, level: upper, for: query, ef: 1, scratch: scratch)
            scratch.restart()
        }
        guard scratch.count > 0 else { return }
        kernels.search(nodes, level: level, for: query, ef: ef, scratch: scratch)
    }

    /// Whether `node` is there and not a hole.
    func isLive(_ node: UInt32) -> Bool {
        Int(node) < levels.count && levels[Int(node)] != Self.free
    }
}
