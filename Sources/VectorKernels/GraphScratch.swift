internal import CVectorKernels

/// What one walk of a graph at a time needs besides the graph; it is used again and again.
///
/// After a walk it holds the nodes that were found: its pool, nearest first.
// Unchecked because of the pointers, which are set where memory grows: whoever walks with a scratch is
// the only one to hold it, and gives it to others through a lock.
@safe package final class GraphScratch: @unchecked Sendable {
    private let walk = UnsafeMutablePointer<vk_graph_walk>.allocate(capacity: 1)
    private var pool = AlignedBytes(count: 0), poolRoom = 0
    private var stamps = AlignedBytes(count: 0), stampCount = 0
    private var lists = AlignedBytes(count: 0), width = 0
    private var codes = AlignedBytes(count: 0)
    private let projected = AlignedBytes(count: GraphNodes.projectedDimensions)
    private var epoch: UInt16 = 0

    /// The number of nodes in the pool, nearest first.
    package private(set) var count = 0
    /// The numbers of distances computed and of nodes whose links were followed, ever.
    package private(set) var distances: UInt64 = 0, hops: UInt64 = 0

    /// Scratch that has not been used.
    package init() {}

    deinit {
        unsafe walk.deallocate()
    }

    private var entries: UnsafeMutablePointer<vk_graph_entry> {
        unsafe pool.start.assumingMemoryBound(to: vk_graph_entry.self)
    }

    /// The node at `position` in the pool, and its key.
    package subscript(position: Int) -> (node: UInt32, key: Float) {
        precondition(position >= 0 && position < count, "entry \(position) of \(count)")
        let entry = unsafe entries[position]
        return (entry.tag >> 1, entry.key)
    }

    /// Empties the pool.
    package func clear() {
        count = 0
    }

    /// Puts a node into the pool.
    package func insert(_ node: UInt32, key: Float) {
        makeRoom(for: count + 1)
        var place = count
        while place > 0, precedes(node, key, place - 1) {
            unsafe entries[place] = entries[place - 1]
            place -= 1
        }
        unsafe entries[place] = vk_graph_entry(key: key, tag: node << 1)
        count += 1
    }

    private func precedes(_ node: UInt32, _ key: Float, _ place: Int) -> Bool {
        let other = self[place]
        return other.key < key || (other.key == key && other.node > node)
    }

    /// Takes the nodes that do not fulfill `condition` out of the pool.
    package func keep(where condition: (UInt32) -> Bool) {
        var kept = 0
        for place in 0..<count where condition(self[place].node) {
            unsafe entries[kept] = entries[place]
            kept += 1
        }
        count = kept
    }

    /// Makes the nodes of the pool the start of another search.
    package func restart() {
        for i in 0..<count { unsafe entries[i].tag &= ~1 }
    }

    private func makeRoom(for room: Int) {
        guard poolRoom < room else { return }
        poolRoom = max(room, 2 * poolRoom)
        let size = MemoryLayout<vk_graph_entry>.stride
        let more = AlignedBytes(count: poolRoom * size)
        unsafe more.start.copyMemory(from: pool.start, byteCount: count * size)
        pool = more
    }

    private func prepare(_ nodes: GraphNodes, ef: Int) {
        if stampCount < nodes.capacity {
            stamps = AlignedBytes(count: nodes.capacity * 2 + 2)
            stampCount = nodes.capacity
            epoch = 0
        }
        if epoch == .max {
            stamps.withMutableElements(of: UInt16.self, at: 0, count: stampCount) {
                for i in $0.indices { $0[i] = 0 }
            }
            epoch = 0
        }
        epoch += 1
        makeRoom(for: max(ef, count) + 1)
        // Kernels write up to 16 numbers at a time.
        let widest = max(nodes.baseWidth, nodes.upperWidth) + 16
        if width < widest {
            width = widest
            lists = AlignedBytes(count: 5 * width * 4)
        }
        if codes.count < nodes.stride { codes = AlignedBytes(count: nodes.stride) }
    }

    /// Calls `body` with a walk that is ready to begin, and keeps what it finds.
    ///
    /// - Precondition: `filter` lives until `body` returns.
    func walking<R>(
        _ nodes: GraphNodes,
        level: Int,
        for query: GraphQuery,
        ef: Int,
        through filter: vk_graph_filter? = nil,
        _ body: (UnsafeMutablePointer<vk_graph_walk>) throws -> R
    ) rethrows -> R {
        precondition(query.codes.count == nodes.stride && ef > 0, "a query of other dimensions")
        prepare(nodes, ef: ef)
        codes.withMutableElements(of: Int8.self, at: 0, count: nodes.stride) {
            for i in $0.indices { $0[i] = query.codes[i] }
        }
        let hasProjectedCodes = !query.projected.isEmpty
        if hasProjectedCodes {
            projected.withMutableElements(of: Int8.self, at: 0, count: projected.count) {
                for i in $0.indices { $0[i] = query.projected[i] }
            }
        }
        let numbers = unsafe lists.start.assumingMemoryBound(to: UInt32.self)
        let scratch = unsafe vk_graph_scratch(
            fresh: numbers,
            late: numbers + width,
            blocked: numbers + 2 * width,
            dots: (lists.start + 12 * width).assumingMemoryBound(to: Int32.self),
            keys: (lists.start + 16 * width).assumingMemoryBound(to: Float.self),
            stamps: stamps.start.assumingMemoryBound(to: UInt16.self),
            epoch: epoch,
            distances: distances,
            hops: hops
        )
        unsafe walk.initialize(
            to: vk_graph_walk(
                nodes: nodes.cNodes(hasProjectedCodes: hasProjectedCodes),
                level: nodes.cLevel(level),
                query: vk_graph_query(
                    codes: codes.start.assumingMemoryBound(to: Int8.self),
                    bias: query.bias,
                    factor: query.factor,
                    projected: projected.start.assumingMemoryBound(to: Int8.self),
                    projected_scale: query.projectedScale,
                    projected_shift: query.projectedShift
                ),
                filter: filter ?? vk_graph_filter(),
                scratch: scratch,
                pool: entries,
                size: count,
                ef: ef
            )
        )
        defer {
            count = unsafe walk.pointee.size
            distances = unsafe walk.pointee.scratch.distances
            hops = unsafe walk.pointee.scratch.hops
        }
        return try unsafe body(walk)
    }

    /// Calls `body` with the pool, its size, and room for the codes of a query.
    func withPool<R>(
        _ nodes: GraphNodes,
        _ body: (UnsafePointer<vk_graph_entry>, Int, UnsafeMutablePointer<Int8>) -> R
    ) -> R {
        if codes.count < nodes.stride { codes = AlignedBytes(count: nodes.stride) }
        return unsafe body(entries, count, codes.start.assumingMemoryBound(to: Int8.self))
    }
}
