internal import CVectorKernels

/// The nodes of a graph in memory: their codes, and their links level by level.
///
/// Node numbers are dense. Codes are bytes that stand for −128...127; the *key* of two nodes is the
/// sum of the products of their codes, less half a squared norm under L2, and grows with nearness.
/// Links are kept in blocks of a fixed width, so that a walk knows where they are without reading
/// anything first.
///
/// Whoever fills a value is its only owner; then it may be shared.
package struct GraphNodes: Sendable {
    /// The number that stands for no node.
    package static let none = UInt32(VK_NO_NODE)

    /// The number of nodes there is room for.
    package let capacity: Int
    /// The number of dimensions, and the same rounded up to whole cache lines.
    package let dimensions: Int, stride: Int
    /// The links of a node on level 0 at most, and on each higher level.
    package let baseWidth: Int, upperWidth: Int
    /// Whether halves of squared norms are kept.
    package let hasHalves: Bool
    /// The number of blocks of links above level 0 that there is room for.
    package let upperCapacity: Int

    let codes: AlignedBytes, halves: AlignedBytes
    let baseLinks: AlignedBytes, upperLinks: AlignedBytes, places: AlignedBytes

    /// Room for `capacity` nodes without links.
    package init(
        capacity: Int,
        upperCapacity: Int,
        dimensions: Int,
        baseWidth: Int,
        upperWidth: Int,
        hasHalves: Bool
    ) {
        precondition(
            capacity >= 0 && capacity < Int(Int32.max) && upperCapacity >= 0
                && upperCapacity < Int(Int32.max) && dimensions > 0
                && dimensions <= DistanceKernels.maximumDimensions && baseWidth > 0
                && upperWidth > 0,
            "a graph of \(capacity) nodes of \(dimensions) dimensions"
        )
        self.capacity = capacity
        self.upperCapacity = upperCapacity
        self.dimensions = dimensions
        self.baseWidth = baseWidth
        self.upperWidth = upperWidth
        self.hasHalves = hasHalves
        stride = (dimensions + 63) / 64 * 64
        codes = AlignedBytes(count: capacity * stride)
        halves = AlignedBytes(count: hasHalves ? capacity * 4 : 0)
        baseLinks = AlignedBytes(count: capacity * baseWidth * 4)
        upperLinks = AlignedBytes(count: upperCapacity * upperWidth * 4)
        places = AlignedBytes(count: capacity * 4)
        for bytes in [baseLinks, upperLinks] {
            bytes.withMutableElements(of: UInt32.self, at: 0, count: bytes.count / 4) { links in
                for i in links.indices { links[i] = Self.none }
            }
        }
    }

    /// The same nodes with more room.
    package func grown(capacity: Int, upperCapacity: Int) -> GraphNodes {
        let more = GraphNodes(
            capacity: max(capacity, self.capacity),
            upperCapacity: max(upperCapacity, self.upperCapacity),
            dimensions: dimensions,
            baseWidth: baseWidth,
            upperWidth: upperWidth,
            hasHalves: hasHalves
        )
        for (old, new) in [
            (codes, more.codes), (halves, more.halves), (baseLinks, more.baseLinks),
            (upperLinks, more.upperLinks), (places, more.places),
        ] {
            unsafe new.start.copyMemory(from: old.start, byteCount: old.count)
        }
        return more
    }

    /// The number of bytes.
    package var byteCount: Int {
        [codes, halves, baseLinks, upperLinks, places].reduce(0) { $0 + $1.count }
    }
}

extension GraphNodes {
    /// Calls `body` with the codes of `node`: `stride` bytes, 128 after the last dimension.
    package func withCodes<R, E: Error>(
        of node: UInt32,
        _ body: (Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try codes.withElements(of: UInt8.self, at: Int(node) * stride, count: stride, body)
    }

    /// Replaces the codes of `node`, and half its squared norm in units of codes.
    package func setCodes(of node: UInt32, _ new: Span<UInt8>) {
        precondition(new.count == stride, "\(new.count) codes, not \(stride)")
        codes.withMutableElements(of: UInt8.self, at: Int(node) * stride, count: stride) {
            for i in new.indices { $0[i] = new[i] }
        }
        guard hasHalves else { return }
        var square = 0
        for i in new.indices { square += (Int(new[i]) - 128) * (Int(new[i]) - 128) }
        halves.withMutableElements(of: Float.self, at: Int(node) * 4, count: 1) {
            $0[0] = Float(Double(square) / 2)
        }
    }

    /// The first block of links above level 0 of `node`.
    package func place(of node: UInt32) -> Int {
        places.withElements(of: UInt32.self, at: Int(node) * 4, count: 1) { Int($0[0]) }
    }

    /// Says where the links above level 0 of `node`, which has `levels` such levels, begin.
    package func setPlace(of node: UInt32, _ block: Int, levels: Int) {
        precondition(
            block >= 0 && levels >= 0 && block + levels <= upperCapacity,
            "blocks \(block)..<\(block + levels) of \(upperCapacity)"
        )
        places.withMutableElements(of: UInt32.self, at: Int(node) * 4, count: 1) {
            $0[0] = UInt32(block)
        }
    }

    /// The number of links that a node may have on `level`.
    package func width(_ level: Int) -> Int { level == 0 ? baseWidth : upperWidth }

    /// The links of `node` on `level`, which must be one of its levels.
    package func links(of node: UInt32, level: Int) -> [UInt32] {
        let (bytes, block) = block(of: node, level: level)
        let width = width(level)
        return bytes.withElements(of: UInt32.self, at: block * width * 4, count: width) { links in
            var count = 0
            while count < width, links[count] != Self.none { count += 1 }
            return Array(capacity: count) { for i in 0..<count { $0.append(links[i]) } }
        }
    }

    /// Replaces the links of `node` on `level`.
    ///
    /// - Precondition: they fit, and every one is the number of a node there is room for.
    package func setLinks(of node: UInt32, level: Int, _ new: some Collection<UInt32>) {
        let (bytes, block) = block(of: node, level: level)
        let width = width(level)
        precondition(
            new.count <= width && new.allSatisfy { $0 < capacity },
            "\(new.count) links where \(width) fit, or a link to no node"
        )
        bytes.withMutableElements(of: UInt32.self, at: block * width * 4, count: width) { links in
            var i = 0
            for link in new {
                links[i] = link
                i += 1
            }
            while i < width {
                links[i] = Self.none
                i += 1
            }
        }
    }

    private func block(of node: UInt32, level: Int) -> (AlignedBytes, Int) {
        level == 0 ? (baseLinks, Int(node)) : (upperLinks, place(of: node) + level - 1)
    }
}

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

    /// Chooses at most `m` of the pool's nodes as the links of `base`, by the heuristic of Malkov and
    /// Yashunin (their algorithm 4): those that are nearer to `base` than to any one kept before.
    ///
    /// - Parameter fill: whether the nearest of the others take the places that remain.
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

extension GraphNodes {
    /// The codes of `node` as a query.
    package func query(of node: UInt32) -> GraphQuery {
        withCodes(of: node) { row in
            GraphQuery(
                codes: Array(capacity: row.count) { codes in
                    for i in row.indices {
                        codes.append(Int8(truncatingIfNeeded: Int(row[i]) - 128))
                    }
                },
                factor: 1
            )
        }
    }

    func withC<R>(_ body: (inout vk_graph_nodes) -> R) -> R {
        var nodes = unsafe vk_graph_nodes(
            codes: codes.start.assumingMemoryBound(to: UInt8.self),
            dimensions: stride,
            stride: stride,
            count: UInt32(capacity),
            halves: hasHalves ? halves.start.assumingMemoryBound(to: Float.self) : nil
        )
        return unsafe body(&nodes)
    }

    func cLevel(_ level: Int) -> vk_graph_level {
        if level == 0 {
            return unsafe vk_graph_level(
                links: baseLinks.start.assumingMemoryBound(to: UInt32.self),
                width: baseWidth,
                place: nil,
                shift: 0
            )
        }
        return unsafe vk_graph_level(
            links: upperLinks.start.assumingMemoryBound(to: UInt32.self),
            width: upperWidth,
            place: places.start.assumingMemoryBound(to: UInt32.self),
            shift: UInt32(level - 1)
        )
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
