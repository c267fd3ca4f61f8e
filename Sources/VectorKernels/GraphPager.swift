internal import CVectorKernels
internal import Synchronization

/// Which segments of a stored graph's nodes are in memory, and what brings the others.
///
/// Walks take turns, because what one brings changes the memory that all read.
// Unchecked because of the pointers, set once; what they point to changes only inside `taking`.
@safe package final class GraphPager: @unchecked Sendable {
    /// The number of nodes in a segment; the last may have fewer.
    package let nodesPerSegment: Int

    private let turn = Mutex<Void>(())
    private let present: AlignedBytes
    private var bring: ((Int) throws -> Void)?
    private var failure: (any Error)?
    let cPager = UnsafeMutablePointer<vk_graph_pager>.allocate(capacity: 1)

    /// No node of `count` is in memory.
    package init(count: Int, nodesPerSegment: Int) {
        precondition(count >= 0 && nodesPerSegment > 0, "segments of \(nodesPerSegment) nodes")
        self.nodesPerSegment = nodesPerSegment
        present = AlignedBytes(count: (count + nodesPerSegment - 1) / nodesPerSegment)
        unsafe cPager.initialize(
            to: vk_graph_pager(
                present: present.start.assumingMemoryBound(to: UInt8.self),
                nodes: UInt32(nodesPerSegment),
                context: nil,
                fetch: { context, node in
                    guard let context = unsafe context else { return 0 }
                    let pager = unsafe Unmanaged<GraphPager>.fromOpaque(context)
                        .takeUnretainedValue()
                    return pager.fetch(node) ? 1 : 0
                }
            )
        )
        unsafe cPager.pointee.context = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        unsafe cPager.deallocate()
    }

    /// The number of segments that are in memory.
    package var presentCount: Int {
        turn.withLock { _ in
            present.withElements(of: UInt8.self, at: 0, count: present.count) { span in
                span.indices.reduce(0) { $0 + Int(span[$1]) }
            }
        }
    }

    /// Calls `body`, whose walks may use `bring` to put the nodes of a segment into memory.
    ///
    /// - Throws: what `bring` or `body` throws. A walk that misses a node ends without a result.
    package func taking<R: Sendable>(
        _ bring: @escaping (Int) throws -> Void,
        _ body: () throws -> R
    ) throws -> R {
        try turn.withLock { _ in
            self.bring = bring
            failure = nil
            defer { self.bring = nil }
            let result = try body()
            if let failure { throw failure }
            return result
        }
    }

    /// Brings the segment of `node` unless it is in memory; false if it cannot be brought.
    ///
    /// - Precondition: this is inside `taking`.
    package func fetch(_ node: UInt32) -> Bool {
        let segment = Int(node) / nodesPerSegment
        precondition(segment < present.count, "no node \(node)")
        let isPresent = present.withElements(of: UInt8.self, at: segment, count: 1) { $0[0] != 0 }
        if isPresent { return true }
        guard failure == nil, let bring else { return false }
        do {
            try bring(segment)
        } catch {
            failure = error
            return false
        }
        present.withMutableElements(of: UInt8.self, at: segment, count: 1) { $0[0] = 1 }
        return true
    }
}
