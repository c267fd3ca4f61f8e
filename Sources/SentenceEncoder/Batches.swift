internal import Dispatch
internal import Synchronization

/// Division of the work on many sequences among threads.
extension EncoderModel {
    /// Computes something of sequences of these lengths, in batches of similar ones on up to `threads`
    /// threads, the calling one included.
    ///
    /// - Parameters:
    ///   - lengths: the tokens of each sequence.
    ///   - threads: at least 1.
    ///   - body: is given a thread's workspace and the indices of a batch; returns a result for each of
    ///     them.
    /// - Returns: the results in the order of `lengths`.
    func inBatches<Element: Sendable>(
        of lengths: [Int],
        threads: Int,
        _ body: @Sendable (inout ForwardPass, [Int]) -> [Element]
    ) -> [Element] {
        let batches = Self.batches(of: lengths, threads: threads)
        let workers = max(1, min(threads, batches.count))
        let results = Mutex([Element?](repeating: nil, count: lengths.count))
        let next = Atomic(0)
        @Sendable func work() {
            var pass = ForwardPass(self)
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < batches.count else { return }
                let found = body(&pass, batches[index])
                results.withLock { results in
                    for (sequence, result) in zip(batches[index], found) {
                        results[sequence] = result
                    }
                }
            }
        }
        if workers == 1 {
            work()
        } else {
            DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
        }
        return results.withLock { $0.compactMap(\.self) }
    }

    /// Divides sequences of these lengths into batches, longest first: large enough to use a matrix
    /// product well, small enough to stay in the cache and to keep every thread busy to the end.
    static func batches(of lengths: [Int], threads: Int) -> [[Int]] {
        let total = lengths.reduce(0, +)
        let target = min(256, max(64, total / (4 * max(1, threads))))
        let order = lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
        var batches: [[Int]] = []
        var filled = Int.max / 2
        for index in order {
            if filled + lengths[index] > target {
                batches.append([])
                filled = 0
            }
            batches[batches.count - 1].append(index)
            filled += lengths[index]
        }
        return batches
    }
}
