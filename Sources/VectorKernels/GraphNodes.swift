internal import CVectorKernels

/// The nodes of a graph in memory: their codes, and their links level by level.
///
/// Node numbers are dense. Codes are bytes that stand for −128...127; the *key* of a query and a
/// node is the sum of the products of their codes, less a multiple of the node's *offset* (under L2,
/// half its squared norm), and grows with nearness.
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
    /// The number of blocks of links above level 0 that there is room for.
    package let upperCapacity: Int

    let codes: AlignedBytes, offsets: AlignedBytes
    /// Half-byte codes of what distinguishes nodes most, which a walk looks at first; empty if there are none.
    let projected: AlignedBytes
    /// The number of dimensions of projected codes.
    package static let projectedDimensions = 2 * Int(VK_PROJECTED_BYTES)
    /// The bytes of the projected codes of each node.
    package let projectedBytes: Int
    let baseLinks: AlignedBytes, upperLinks: AlignedBytes, places: AlignedBytes
    /// What brings the nodes into memory, if they come as they are needed.
    package let pager: GraphPager?

    /// Room for `capacity` nodes without links; with a pager, none of it is touched.
    package init(
        capacity: Int,
        upperCapacity: Int,
        dimensions: Int,
        baseWidth: Int,
        upperWidth: Int,
        hasProjectedCodes: Bool = false,
        pager: GraphPager? = nil
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
        stride = (dimensions + 63) / 64 * 64
        projectedBytes = hasProjectedCodes ? Int(VK_PROJECTED_BYTES) : 0
        self.pager = pager
        func block(_ count: Int) -> AlignedBytes {
            pager == nil ? AlignedBytes(count: count) : AlignedBytes(reserving: count)
        }
        codes = block(capacity * stride)
        offsets = block(capacity * 4)
        projected = block(capacity * projectedBytes)
        baseLinks = block(capacity * baseWidth * 4)
        upperLinks = block(upperCapacity * upperWidth * 4)
        places = AlignedBytes(count: capacity * 4)
        guard pager == nil else { return }
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
            hasProjectedCodes: projectedBytes > 0
        )
        for (old, new) in [
            (codes, more.codes), (offsets, more.offsets), (projected, more.projected),
            (baseLinks, more.baseLinks), (upperLinks, more.upperLinks), (places, more.places),
        ] {
            unsafe new.start.copyMemory(from: old.start, byteCount: old.count)
        }
        return more
    }

    /// The number of bytes.
    package var byteCount: Int {
        [codes, offsets, projected, baseLinks, upperLinks, places].reduce(0) { $0 + $1.count }
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

    /// What is taken from the keys of `node`.
    package func offset(of node: UInt32) -> Float {
        offsets.withElements(of: Float.self, at: Int(node) * 4, count: 1) { $0[0] }
    }

    /// Calls `body` with the projected codes of `node`: `projectedBytes` bytes.
    package func withProjectedCodes<R>(of node: UInt32, _ body: (Span<UInt8>) -> R) -> R {
        projected.withElements(
            of: UInt8.self,
            at: Int(node) * projectedBytes,
            count: projectedBytes,
            body
        )
    }

    /// Replaces the codes of `node`, what is taken from its keys, and its projected codes.
    package func setCodes(
        of node: UInt32,
        _ new: Span<UInt8>,
        offset: Float,
        projected: Span<UInt8> = Span()
    ) {
        precondition(
            new.count == stride && projected.count == projectedBytes,
            "\(new.count) codes, not \(stride), or projected codes of \(projected.count) bytes"
        )
        self.projected.withMutableElements(
            of: UInt8.self,
            at: Int(node) * projectedBytes,
            count: projectedBytes
        ) {
            for i in projected.indices { $0[i] = projected[i] }
        }
        codes.withMutableElements(of: UInt8.self, at: Int(node) * stride, count: stride) {
            for i in new.indices { $0[i] = new[i] }
        }
        offsets.withMutableElements(of: Float.self, at: Int(node) * 4, count: 1) { $0[0] = offset }
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

extension GraphNodes {
    /// The codes of `node` as a query, without projected codes.
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

    /// The nodes for the kernels; those of a query without projected codes must not see any.
    func cNodes(hasProjectedCodes: Bool = false) -> vk_graph_nodes {
        unsafe vk_graph_nodes(
            codes: codes.start.assumingMemoryBound(to: UInt8.self),
            dimensions: stride,
            stride: stride,
            count: UInt32(capacity),
            offsets: offsets.start.assumingMemoryBound(to: Float.self),
            projected: hasProjectedCodes && projectedBytes > 0
                ? projected.start.assumingMemoryBound(to: UInt8.self) : nil,
            pager: pager?.cPager
        )
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
