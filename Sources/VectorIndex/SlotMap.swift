internal import Synchronization
internal import VectorKernels

/// The node of each slot of a graph, found when it is first asked for.
final class SlotMap: Sendable {
    private enum Table: Sendable {
        /// A node, or `GraphNodes.none`, for each slot up to the last.
        case dense([UInt32])
        /// The nodes in the order of their slots.
        case sorted([UInt32])
    }

    private let slots: [UInt32]
    private let table = Mutex<Table?>(nil)

    /// The slot of each node.
    init(_ slots: [UInt32]) {
        self.slots = slots
    }

    /// The node of a slot.
    func node(of ordinal: Ordinal) -> UInt32? {
        lookUp(ordinal, in: made())
    }

    /// The nodes of those of `ordinals` that have one.
    func nodes(of ordinals: [Ordinal]) -> [UInt32] {
        let table = made()
        return ordinals.compactMap { lookUp($0, in: table) }
    }

    private func lookUp(_ ordinal: Ordinal, in table: Table) -> UInt32? {
        let slot = ordinal.rawValue
        switch table {
        case .dense(let nodes):
            guard slot < nodes.count, nodes[Int(slot)] != GraphNodes.none else { return nil }
            return nodes[Int(slot)]
        case .sorted(let nodes):
            var low = 0, high = nodes.count
            while low < high {
                let middle = (low + high) / 2
                let other = slots[Int(nodes[middle])]
                if other == slot { return nodes[middle] }
                if other < slot { low = middle + 1 } else { high = middle }
            }
            return nil
        }
    }

    private func made() -> Table {
        table.withLock { table in
            if let table { return table }
            let new = make()
            table = new
            return new
        }
    }

    private func make() -> Table {
        let last = Int(slots.max() ?? 0)
        guard last < 4 * slots.count + 1024 else {
            return .sorted(
                slots.indices.map { UInt32($0) }.sorted { slots[Int($0)] < slots[Int($1)] }
            )
        }
        var nodes = [UInt32](repeating: GraphNodes.none, count: last + 1)
        for (node, slot) in slots.enumerated() { nodes[Int(slot)] = UInt32(node) }
        return .dense(nodes)
    }
}
