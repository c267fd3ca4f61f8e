internal import VectorKernels

extension HNSWBuilder {
    /// Puts a vector into a slot; what was there is replaced.
    ///
    /// - Throws: `dimensionMismatch` or `notFinite`.
    /// - Complexity: about `efConstruction` · `m` distances.
    public func insert(_ vector: [Float], at ordinal: Ordinal) throws(VectorIndexError) {
        _ = try checkedNorm(vector.span, dimensions: dimensions, ordinal: ordinal)
        if contains(ordinal) { remove([ordinal]) }
        pending.append((ordinal, vector))
        if quantizer != nil || pending.count >= Self.sampleSize { flush() }
    }

    /// Links the node of a new vector into the graph.
    func link(_ vector: [Float], at ordinal: Ordinal) {
        guard let quantizer else { return }
        let level = parameters.level(of: ordinal)
        let node = makeNode(for: ordinal, level: level)
        quantizer.place(vector.span, of: node, in: graph.nodes)

        guard let entry = graph.entry else {
            graph.entry = node
            return
        }
        let kernels = DistanceKernels.current
        let query = query(of: node)
        let top = graph.topLevel
        scratch.clear()
        scratch.insert(entry, key: kernels.key(graph.nodes, entry, for: query))
        for current in Swift.stride(from: top, through: 0, by: -1) {
            let isLinked = current <= level
            kernels.search(
                graph.nodes,
                level: current,
                for: query,
                ef: isLinked ? parameters.efConstruction : 1,
                scratch: scratch
            )
            if isLinked {
                let chosen = kernels.select(
                    graph.nodes,
                    base: node,
                    m: parameters.m,
                    scratch: scratch
                )
                graph.nodes.setLinks(of: node, level: current, chosen)
                for neighbor in chosen { link(neighbor, to: node, level: current) }
            }
            scratch.restart()
        }
        if level > top { graph.entry = node }
        if count >= ProjectedCodes.leastVectors, count & (count - 1) == 0 {
            measureProjectedCodes()
        }
    }

    /// Fits the margin of the projected codes to the graph as it is now.
    func measureProjectedCodes() {
        guard let quantizer else { return }
        self.quantizer?.projected?.measure(graph, quantizer)
    }

    /// Adds a link, and gives one up if there are too many.
    private func link(_ base: UInt32, to node: UInt32, level: Int) {
        let links = graph.nodes.links(of: base, level: level)
        if links.count < graph.nodes.width(level) {
            graph.nodes.setLinks(of: base, level: level, links + [node])
        } else {
            relink(base, to: links + [node], level: level)
        }
    }

    /// Replaces the links of `base` by the best of `candidates`.
    func relink(_ base: UInt32, to candidates: [UInt32], level: Int) {
        let kernels = DistanceKernels.current
        let query = graph.nodes.query(of: base)
        linkScratch.clear()
        let keys = kernels.keys(graph.nodes, of: candidates, for: query)
        for (candidate, key) in zip(candidates, keys) { linkScratch.insert(candidate, key: key) }
        graph.nodes.setLinks(
            of: base,
            level: level,
            kernels.select(
                graph.nodes,
                base: base,
                m: graph.nodes.width(level),
                scratch: linkScratch
            )
        )
    }

    /// Finds a hole or makes room for a node with `level` levels above level 0.
    private func makeNode(for ordinal: Ordinal, level: Int) -> UInt32 {
        var block = 0
        if level > 0 {
            if let used = freeBlocks[level]?.popLast() {
                block = used
            } else {
                block = usedBlocks
                usedBlocks += level
            }
        }
        let node = freeNodes.popLast() ?? UInt32(graph.levels.count)
        let needed = Int(node) + 1
        if needed > graph.nodes.capacity || usedBlocks > graph.nodes.upperCapacity {
            graph.nodes = graph.nodes.grown(
                capacity: needed > graph.nodes.capacity ? max(1024, needed * 2) : 0,
                upperCapacity: usedBlocks > graph.nodes.upperCapacity
                    ? max(256, usedBlocks * 2) : 0
            )
        }
        if needed > graph.levels.count {
            graph.levels.append(UInt8(level))
            graph.ordinals.append(ordinal.rawValue)
        } else {
            graph.levels[Int(node)] = UInt8(level)
            graph.ordinals[Int(node)] = ordinal.rawValue
        }
        nodeOfOrdinal[ordinal.rawValue] = node
        graph.nodes.setPlace(of: node, block, levels: level)
        for current in 0...level {
            graph.nodes.setLinks(of: node, level: current, EmptyCollection<UInt32>())
        }
        return node
    }
}
