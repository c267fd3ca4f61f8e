internal import CVectorKernels

/// A query in the codes of a graph.
package struct GraphQuery: Sendable {
    /// The codes, one for each dimension of the nodes' stride.
    package var codes: [Int8]
    /// 128 times their sum.
    package var bias: Int32
    /// What half a node's squared norm is multiplied with, in units of the key.
    package var factor: Float
    /// Its codes for the projected dimensions, of which there are `GraphNodes.projectedDimensions`, or none.
    package var projected: [Int8]
    /// A node has hope of a key k if the product of its projected codes with the query's reaches
    /// `projectedScale`·(k + `factor`·offset) + `projectedShift`.
    package var projectedScale: Float = 0, projectedShift: Float = 0

    /// A query of `codes`.
    package init(codes: [Int8], factor: Float, projected: [Int8] = []) {
        precondition(
            projected.isEmpty || projected.count == GraphNodes.projectedDimensions,
            "projected codes of \(projected.count) dimensions"
        )
        self.codes = codes
        self.factor = factor
        self.projected = projected
        bias = 128 * codes.reduce(0) { $0 + Int32($1) }
    }
}

/// What a walk may answer with: the nodes whose slot has its bit set.
package struct GraphFilter: Sendable {
    /// The slot of each node.
    package var slots: [UInt32]
    /// The lowest bit of the first word is slot 0's.
    package var bits: [UInt64]

    /// A filter of a graph.
    package init(slots: [UInt32], bits: [UInt64]) {
        self.slots = slots
        self.bits = bits
    }
}

extension DistanceKernels {
    /// Searches one level with a beam of `ef`, from the nodes in the pool, and leaves the nearest
    /// nodes it met there.
    ///
    /// If there is a `filter`, the walk steps only on the nodes that it allows, besides those that it starts
    /// from, and looks past the others.
    ///
    /// - Precondition: the nodes of the pool are of this graph and have links on `level`.
    package func search(
        _ nodes: GraphNodes,
        level: Int,
        for query: GraphQuery,
        ef: Int,
        through filter: GraphFilter? = nil,
        scratch: GraphScratch
    ) {
        let walk = unsafe table.graph_search
        guard let filter else {
            return unsafe scratch.walking(nodes, level: level, for: query, ef: ef) {
                unsafe walk($0)
            }
        }
        precondition(filter.slots.count >= nodes.capacity, "a filter of another graph")
        unsafe filter.slots.withUnsafeBufferPointer { slots in
            unsafe filter.bits.withUnsafeBufferPointer { bits in
                guard let first = bits.baseAddress else { return }
                let allowed = unsafe vk_graph_filter(
                    slots: slots.baseAddress,
                    bits: first,
                    words: bits.count
                )
                unsafe scratch.walking(
                    nodes,
                    level: level,
                    for: query,
                    ef: ef,
                    through: allowed
                ) { unsafe walk($0) }
            }
        }
    }

    /// The key of `query` and `node`.
    package func key(_ nodes: GraphNodes, _ node: UInt32, for query: GraphQuery) -> Float {
        keys(nodes, of: [node], for: query)[0]
    }

    /// The keys of `query` and each of `numbers`, which must be in memory.
    ///
    /// - Complexity: O(numbers · dimensions); the codes are asked for ahead of their use.
    package func keys(_ nodes: GraphNodes, of numbers: [UInt32], for query: GraphQuery) -> [Float] {
        precondition(
            query.codes.count == nodes.stride && numbers.allSatisfy { $0 < nodes.capacity },
            "no such node, or a query of other dimensions"
        )
        return unsafe query.codes.withUnsafeBufferPointer { codes in
            unsafe withUnsafePointer(to: table) { table in
                unsafe [Float](unsafeUninitializedCapacity: numbers.count) { keys, count in
                    guard let codes = codes.baseAddress, let first = keys.baseAddress else {
                        return
                    }
                    var cNodes = unsafe nodes.cNodes()
                    var cQuery = unsafe vk_graph_query(
                        codes: codes,
                        bias: query.bias,
                        factor: query.factor,
                        projected: nil,
                        projected_scale: 0,
                        projected_shift: 0
                    )
                    unsafe vk_graph_keys(table, &cNodes, &cQuery, numbers, numbers.count, first)
                    count = numbers.count
                }
            }
        }
    }

    /// Chooses at most `m` of the pool's nodes as the links of `base`.
    ///
    /// The heuristic is algorithm 4 of Malkov and Yashunin: a node is kept if it is nearer to `base`
    /// than to any one kept before it. The nearest of the others take the places left: where many nodes are
    /// nearly the same, the heuristic alone leaves each with few links, and some are never found.
    package func select(
        _ nodes: GraphNodes,
        base: UInt32,
        m: Int,
        scratch: GraphScratch
    ) -> [UInt32] {
        precondition(base < nodes.capacity, "no node \(base)")
        return unsafe scratch.withPool(nodes) { pool, size, codes in
            unsafe [UInt32](unsafeUninitializedCapacity: m) { chosen, count in
                guard let chosen = chosen.baseAddress else { return }
                var cNodes = unsafe nodes.cNodes()
                count = unsafe withUnsafePointer(to: table) { table in
                    unsafe vk_graph_select(
                        table,
                        &cNodes,
                        base,
                        pool,
                        size,
                        m,
                        codes,
                        chosen
                    )
                }
            }
        }
    }
}
