internal import CVectorKernels

/// A query in the codes of a graph.
package struct GraphQuery: Sendable {
    /// The codes, one for each dimension of the nodes' stride.
    package var codes: [Int8]
    /// 128 times their sum.
    package var bias: Int32
    /// What half a node's squared norm is multiplied with, in units of the key.
    package var factor: Float

    /// A query of `codes`.
    package init(codes: [Int8], factor: Float) {
        self.codes = codes
        self.factor = factor
        bias = 128 * codes.reduce(0) { $0 + Int32($1) }
    }
}

/// What one search at a time needs besides the graph; it is used again and again.
package struct GraphScratch: Sendable {
    private(set) var pool: [vk_graph_entry] = []
    private var stamps: [UInt16] = []
    private var epoch: UInt16 = 0
    private var fresh: [UInt32] = []
    private var dots: [Int32] = []
    private var queryCodes: [Int8] = []

    /// The number of nodes in the pool, nearest first.
    package private(set) var count = 0
    /// The numbers of distances computed and of nodes whose links were followed, ever.
    package private(set) var distances: UInt64 = 0, hops: UInt64 = 0

    /// Scratch that has not been used.
    package init() {}

    /// The node at `position` in the pool, and its key.
    package subscript(position: Int) -> (node: UInt32, key: Float) {
        precondition(position < count, "entry \(position) of \(count)")
        return (pool[position].tag >> 1, pool[position].key)
    }

    /// Empties the pool.
    package mutating func clear() {
        count = 0
    }

    /// Puts a node into the pool.
    package mutating func insert(_ node: UInt32, key: Float) {
        var place = count
        while place > 0,
            pool[place - 1].key < key
                || (pool[place - 1].key == key && pool[place - 1].tag >> 1 > node)
        {
            place -= 1
        }
        let entry = vk_graph_entry(key: key, tag: node << 1)
        if count == pool.count {
            pool.insert(entry, at: place)
        } else {
            var moved = count
            while moved > place {
                pool[moved] = pool[moved - 1]
                moved -= 1
            }
            pool[place] = entry
        }
        count += 1
    }

    /// Makes the nodes of the pool the start of another search.
    package mutating func restart() {
        for i in 0..<count { pool[i].tag &= ~1 }
    }

    mutating func prepare(nodes: GraphNodes, ef: Int) {
        if stamps.count < nodes.capacity {
            stamps = Array(repeating: 0, count: nodes.capacity)
            epoch = 0
        }
        if epoch == .max {
            for i in stamps.indices { stamps[i] = 0 }
            epoch = 0
        }
        epoch += 1
        let room = max(ef, count) + 1
        if pool.count < room {
            pool += repeatElement(vk_graph_entry(key: 0, tag: 0), count: room - pool.count)
        }
        let width = max(nodes.baseWidth, nodes.upperWidth)
        if fresh.count < width {
            fresh = Array(repeating: 0, count: width)
            dots = Array(repeating: 0, count: width)
        }
        if queryCodes.count < nodes.stride { queryCodes = Array(repeating: 0, count: nodes.stride) }
    }
}

extension DistanceKernels {
    /// Searches one level with a beam of `ef`, from the nodes in the pool, and leaves the nearest
    /// nodes it met there.
    ///
    /// - Precondition: the nodes of the pool are of this graph and have links on `level`.
    package func search(
        _ nodes: GraphNodes,
        level: Int,
        for query: GraphQuery,
        ef: Int,
        scratch: inout GraphScratch
    ) {
        precondition(query.codes.count == nodes.stride && ef > 0, "a query of other dimensions")
        scratch.search(self, nodes, level: level, for: query, ef: ef)
    }

    /// The key of `query` and `node`.
    package func key(_ nodes: GraphNodes, _ node: UInt32, for query: GraphQuery) -> Float {
        precondition(
            query.codes.count == nodes.stride && node < nodes.capacity,
            "no node \(node)"
        )
        return unsafe query.codes.withUnsafeBufferPointer { codes in
            guard let codes = codes.baseAddress else { return 0 }
            return unsafe nodes.withC { cNodes in
                unsafe withUnsafePointer(to: table) { table in
                    var cQuery = unsafe vk_graph_query(
                        codes: codes,
                        bias: query.bias,
                        factor: query.factor
                    )
                    return unsafe vk_graph_key(table, &cNodes, &cQuery, node)
                }
            }
        }
    }

    /// Chooses at most `m` of the pool's nodes as the links of `base`.
    ///
    /// The heuristic is algorithm 4 of Malkov and Yashunin: a node is kept if it is nearer to `base`
    /// than to any one kept before it. If `fill`, the nearest of the others take the places left.
    package func select(
        _ nodes: GraphNodes,
        base: UInt32,
        m: Int,
        fill: Bool,
        scratch: inout GraphScratch
    ) -> [UInt32] {
        precondition(base < nodes.capacity, "no node \(base)")
        return scratch.select(self, nodes, base: base, m: m, fill: fill)
    }
}

extension GraphScratch {
    mutating func search(
        _ kernels: DistanceKernels,
        _ nodes: GraphNodes,
        level: Int,
        for query: GraphQuery,
        ef: Int
    ) {
        prepare(nodes: nodes, ef: ef)
        let before = count
        let epoch = epoch
        var distances = distances, hops = hops
        let found = unsafe pool.withUnsafeMutableBufferPointer { pool in
            unsafe stamps.withUnsafeMutableBufferPointer { stamps in
                unsafe fresh.withUnsafeMutableBufferPointer { fresh in
                    unsafe dots.withUnsafeMutableBufferPointer { dots in
                        unsafe query.codes.withUnsafeBufferPointer { codes -> Int in
                            guard let pool = pool.baseAddress, let stamps = stamps.baseAddress,
                                let fresh = fresh.baseAddress, let dots = dots.baseAddress,
                                let codes = codes.baseAddress
                            else { return 0 }
                            var cQuery = unsafe vk_graph_query(
                                codes: codes,
                                bias: query.bias,
                                factor: query.factor
                            )
                            var cLevel = unsafe nodes.cLevel(level)
                            var cScratch = unsafe vk_graph_scratch(
                                fresh: fresh,
                                dots: dots,
                                stamps: stamps,
                                epoch: epoch,
                                distances: distances,
                                hops: hops
                            )
                            let found = unsafe nodes.withC { cNodes in
                                unsafe withUnsafePointer(to: kernels.table) { table in
                                    unsafe vk_graph_search(
                                        table,
                                        &cNodes,
                                        &cLevel,
                                        &cQuery,
                                        &cScratch,
                                        pool,
                                        before,
                                        ef
                                    )
                                }
                            }
                            distances = unsafe cScratch.distances
                            hops = unsafe cScratch.hops
                            return found
                        }
                    }
                }
            }
        }
        (self.distances, self.hops) = (distances, hops)
        count = found
    }

    mutating func select(
        _ kernels: DistanceKernels,
        _ nodes: GraphNodes,
        base: UInt32,
        m: Int,
        fill: Bool
    ) -> [UInt32] {
        prepare(nodes: nodes, ef: m)
        let size = count
        return unsafe pool.withUnsafeBufferPointer { pool in
            unsafe queryCodes.withUnsafeMutableBufferPointer { codes in
                guard let pool = pool.baseAddress, let codes = codes.baseAddress else { return [] }
                return unsafe [UInt32](unsafeUninitializedCapacity: m) { chosen, count in
                    guard let chosen = chosen.baseAddress else { return }
                    count = unsafe nodes.withC { cNodes in
                        unsafe withUnsafePointer(to: kernels.table) { table in
                            unsafe vk_graph_select(
                                table,
                                &cNodes,
                                base,
                                pool,
                                size,
                                m,
                                fill ? 1 : 0,
                                codes,
                                chosen
                            )
                        }
                    }
                }
            }
        }
    }
}
