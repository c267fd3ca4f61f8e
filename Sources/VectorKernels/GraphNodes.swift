internal import CVectorKernels

/// The nodes of a graph in memory: their codes, and their links level by level.
///
/// Node numbers are dense. Codes are bytes that stand for −128...127; the *key* of a query and a
/// node is the sum of the products of their codes, less a multiple of the node's *half* (under L2,
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

    let codes: AlignedBytes, halves: AlignedBytes
    /// Half-byte codes of what distinguishes nodes most, which a walk looks at first; empty if there are none.
    let outlines: AlignedBytes
    /// The number of dimensions of an outline.
    package static let outlineDimensions = 2 * Int(VK_OUTLINE_BYTES)
    /// The bytes of the outline of each node.
    package let outlineBytes: Int
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
        hasOutlines: Bool = false,
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
        outlineBytes = hasOutlines ? Int(VK_OUTLINE_BYTES) : 0
        self.pager = pager
        func block(_ count: Int) -> AlignedBytes {
            pager == nil ? AlignedBytes(count: count) : AlignedBytes(reserving: count)
        }
        codes = block(capacity * stride)
        halves = block(capacity * 4)
        outlines = block(capacity * outlineBytes)
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
            hasOutlines: outlineBytes > 0
        )
        for (old, new) in [
            (codes, more.codes), (halves, more.halves), (outlines, more.outlines),
            (baseLinks, more.baseLinks), (upperLinks, more.upperLinks), (places, more.places),
        ] {
            unsafe new.start.copyMemory(from: old.start, byteCount: old.count)
        }
        return more
    }

    /// The number of bytes.
    package var byteCount: Int {
        [codes, halves, outlines, baseLinks, upperLinks, places].reduce(0) { $0 + $1.count }
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
    package func half(of node: UInt32) -> Float {
        halves.withElements(of: Float.self, at: Int(node) * 4, count: 1) { $0[0] }
    }

    /// Calls `body` with the outline of `node`: `outlineBytes` bytes.
    package func withOutline<R>(of node: UInt32, _ body: (Span<UInt8>) -> R) -> R {
        outlines.withElements(
            of: UInt8.self,
            at: Int(node) * outlineBytes,
            count: outlineBytes,
            body
        )
    }

    /// Replaces the codes of `node`, what is taken from its keys, and its outline.
    package func setCodes(
        of node: UInt32,
        _ new: Span<UInt8>,
        half: Float,
        outline: Span<UInt8> = Span()
    ) {
        precondition(
            new.count == stride && outline.count == outlineBytes,
            "\(new.count) codes, not \(stride), or an outline of \(outline.count) bytes"
        )
        outlines.withMutableElements(
            of: UInt8.self,
            at: Int(node) * outlineBytes,
            count: outlineBytes
        ) {
            for i in outline.indices { $0[i] = outline[i] }
        }
        codes.withMutableElements(of: UInt8.self, at: Int(node) * stride, count: stride) {
            for i in new.indices { $0[i] = new[i] }
        }
        halves.withMutableElements(of: Float.self, at: Int(node) * 4, count: 1) { $0[0] = half }
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
    /// The codes of `node` as a query, without an outline.
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

    /// The nodes for the kernels; those of a query without an outline must not see any.
    func cNodes(hasOutlines: Bool = false) -> vk_graph_nodes {
        unsafe vk_graph_nodes(
            codes: codes.start.assumingMemoryBound(to: UInt8.self),
            dimensions: stride,
            stride: stride,
            count: UInt32(capacity),
            halves: halves.start.assumingMemoryBound(to: Float.self),
            outlines: hasOutlines && outlineBytes > 0
                ? outlines.start.assumingMemoryBound(to: UInt8.self) : nil,
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
