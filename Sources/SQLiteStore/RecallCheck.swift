internal import Corpus
internal import VectorIndex

extension SQLiteStore {
    /// Measures the library's own searches, as they are, against comparisons with every vector.
    ///
    /// - Parameters:
    ///   - queries: embeddings.
    ///   - k: how many of the nearest passages count.
    ///   - depth: how many a search looks for.
    /// - Returns: nil for an empty library.
    /// - Throws: what SQLite reports, or `CancellationError`.
    func measureRecall(of queries: [[Float]], k: Int, depth: Int) throws -> RecallCheck? {
        try read { snapshot in
            guard let search = try snapshot.vectorSearch() else { return nil }
            let flat = try FlatIndex(
                segments: VectorSegments(db: snapshot.db).all(),
                rows: StoredRows(db: snapshot.db)
            )
            var recalls: [Double] = [], times: [Double] = [], exactTimes: [Double] = []
            // The first search fills caches that all the others use.
            if let first = queries.first {
                _ = try search.neighbors(of: first, k: depth, in: nil)
                _ = try flat.neighbors(of: first, k: depth, in: nil)
            }
            for query in queries {
                try Task.checkCancellation()
                let nearest = try Self.timed(&exactTimes) {
                    try flat.neighbors(of: query, k: depth, in: nil)
                }.prefix(k)
                let found = try Self.timed(&times) {
                    try search.neighbors(of: query, k: depth, in: nil)
                }.prefix(k)
                // An equally near passage is as good.
                let worst = (nearest.last?.score ?? 0) - 1e-6
                let hits = found.count { $0.score >= worst }
                recalls.append(nearest.isEmpty ? 1 : Double(hits) / Double(nearest.count))
            }
            return RecallCheck(
                recalls: recalls,
                milliseconds: times,
                exactMilliseconds: exactTimes,
                isExact: search.isExact,
                choice: try snapshot.graphRemark()
            )
        }
    }
}
