internal import VectorKernels

extension HNSWBuilder {
    /// Takes vectors out of the graph and repairs the neighborhoods they leave.
    ///
    /// Each node that linked to a removed one chooses its links again among its others and those of
    /// the removed one, as in FreshDiskANN ([arXiv:2105.09613](https://arxiv.org/abs/2105.09613)).
    /// Slots without a vector are passed over.
    ///
    /// - Returns: how many vectors were removed.
    /// - Complexity: one pass over all links, however many are removed.
    @discardableResult
    public func remove(_ ordinals: some Sequence<Ordinal>) -> Int {
        var isRemoved = [Bool](repeating: false, count: graph.levels.count)
        var removed: [UInt32] = []
        let before = count
        for ordinal in ordinals {
            pending.removeAll { $0.ordinal == ordinal }
            guard let node = nodeOfOrdinal.removeValue(forKey: ordinal.rawValue) else { continue }
            isRemoved[Int(node)] = true
            removed.append(node)
        }
        guard !removed.isEmpty else { return before - count }

        for node in graph.levels.indices
        where graph.levels[node] != HNSWGraph.free && !isRemoved[node] {
            for level in 0...Int(graph.levels[node]) {
                repair(UInt32(node), level: level, isRemoved)
            }
        }
        for node in removed {
            let level = Int(graph.levels[Int(node)])
            if level > 0 { freeBlocks[level, default: []].append(graph.nodes.place(of: node)) }
            for current in 0...level {
                graph.nodes.setLinks(of: node, level: current, EmptyCollection<UInt32>())
            }
            graph.levels[Int(node)] = HNSWGraph.free
            freeNodes.append(node)
        }
        if let entry = graph.entry, isRemoved[Int(entry)] { chooseEntry() }
        return before - count
    }

    /// Takes one vector out of the graph.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    public func remove(_ ordinal: Ordinal) -> Bool {
        remove(CollectionOfOne(ordinal)) == 1
    }

    private func repair(_ node: UInt32, level: Int, _ isRemoved: [Bool]) {
        let links = graph.nodes.links(of: node, level: level)
        guard links.contains(where: { isRemoved[Int($0)] }) else { return }
        var candidates = links.filter { !isRemoved[Int($0)] }
        var known = Set(candidates)
        known.insert(node)
        // A removed node's links are followed through other removed ones, so that a region that
        // loses most of its nodes stays connected.
        var through = links.filter { isRemoved[Int($0)] }
        var seen = Set(through)
        while let gone = through.popLast() {
            for link in graph.nodes.links(of: gone, level: level) {
                if isRemoved[Int(link)] {
                    if candidates.count < 2 * graph.nodes.width(level), seen.insert(link).inserted {
                        through.append(link)
                    }
                } else if known.insert(link).inserted {
                    candidates.append(link)
                }
            }
        }
        relink(node, to: candidates, level: level)
    }

    /// Makes the first of the highest nodes the entry.
    private func chooseEntry() {
        var best: Int?
        for node in graph.levels.indices where graph.levels[node] != HNSWGraph.free {
            if let current = best, graph.levels[current] >= graph.levels[node] { continue }
            best = node
        }
        graph.entry = best.map { UInt32($0) }
    }
}
