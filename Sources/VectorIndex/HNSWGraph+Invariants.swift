internal import VectorKernels

extension HNSWGraph {
    /// What is wrong with the graph, or nothing; for tests, and for graphs that were read.
    ///
    /// - Every link leads from a live node to another live one that has the level, and none twice.
    /// - The entry is a live node of the highest level, and there is one unless the graph is empty.
    func violations() -> [String] {
        var violations: [String] = []
        var highest = -1
        for node in levels.indices where levels[node] != Self.free {
            highest = max(highest, Int(levels[node]))
            for level in 0...Int(levels[node]) {
                let links = nodes.links(of: UInt32(node), level: level)
                if Set(links).count != links.count {
                    violations.append("node \(node) has a link twice on level \(level)")
                }
                for link in links {
                    if link == UInt32(node) {
                        violations.append("node \(node) links to itself")
                    } else if !isLive(link) {
                        violations.append("node \(node) links to \(link), which is not there")
                    } else if Int(levels[Int(link)]) < level {
                        violations.append("node \(link) has no level \(level)")
                    }
                }
            }
        }
        if let entry {
            if !isLive(entry) {
                violations.append("the entry \(entry) is not there")
            } else if Int(levels[Int(entry)]) != highest {
                violations.append("the entry is not on the highest level")
            }
        } else if highest >= 0 {
            violations.append("there are nodes but no entry")
        }
        return violations
    }

    /// The number of live nodes that a walk from the entry reaches on level 0.
    func reachableCount() -> Int {
        guard let entry else { return 0 }
        var isSeen = [Bool](repeating: false, count: levels.count)
        isSeen[Int(entry)] = true
        var queue = [entry]
        var next = 0
        while next < queue.count {
            for link in nodes.links(of: queue[next], level: 0) where !isSeen[Int(link)] {
                isSeen[Int(link)] = true
                queue.append(link)
            }
            next += 1
        }
        return queue.count
    }
}

extension HNSWBuilder {
    /// What is wrong with the builder's state, or nothing.
    package func violations() -> [String] {
        var violations = graph.violations()
        for (ordinal, node) in nodeOfOrdinal
        where !graph.isLive(node) || graph.ordinals[Int(node)] != ordinal {
            violations.append("slot \(ordinal) is not that of node \(node)")
        }
        let live = graph.levels.count { $0 != HNSWGraph.free }
        if live != nodeOfOrdinal.count || live + freeNodes.count != graph.levels.count {
            violations.append("\(live) nodes for \(nodeOfOrdinal.count) slots")
        }
        return violations
    }
}

extension HNSWIndex {
    /// What is wrong with the graph, or nothing.
    package func violations() -> [String] {
        graph.violations()
    }

    /// The number of vectors that a walk from the entry reaches.
    package func reachableCount() -> Int {
        graph.reachableCount()
    }
}
