/// The best `k` of the neighbors seen so far: a binary heap with the worst of them on top.
struct TopNeighbors {
    private var heap: [Neighbor] = []
    let k: Int

    init(k: Int) {
        self.k = k
        heap.reserveCapacity(min(k, 4096))
    }

    /// Whether `k` neighbors are there.
    var isFull: Bool { heap.count == k }

    /// The least score that a newcomer must reach: that of the worst kept, or −∞ while there is
    /// room.
    var threshold: Float { isFull ? (heap.first?.score ?? .infinity) : -.infinity }

    /// Keeps `neighbor` if it is among the best.
    mutating func insert(_ neighbor: Neighbor) {
        if heap.count < k {
            heap.append(neighbor)
            var child = heap.count - 1
            while child > 0 {
                let parent = (child - 1) / 2
                guard heap[parent].precedes(heap[child]) else { break }
                heap.swapAt(parent, child)
                child = parent
            }
        } else if let worst = heap.first, neighbor.precedes(worst) {
            heap[0] = neighbor
            sink()
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var last = parent
            for child in 2 * parent + 1...2 * parent + 2
            where child < heap.count && heap[last].precedes(heap[child]) {
                last = child
            }
            guard last != parent else { return }
            heap.swapAt(parent, last)
            parent = last
        }
    }

    /// The neighbors, best first.
    func sorted() -> [Neighbor] {
        heap.sorted { $0.precedes($1) }
    }
}
