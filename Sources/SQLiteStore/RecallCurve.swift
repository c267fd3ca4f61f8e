internal import Corpus
internal import VectorIndex

extension SQLiteStore {
    /// Measures walks of the library's graph, or of one that is made in memory and forgotten.
    ///
    /// - Returns: nil for an empty library, or one without a graph where none is to be made.
    /// - Throws: what SQLite reports, or `CancellationError`.
    /// - Complexity: a walk for each passage to make a graph, then a walk and a comparison for each query.
    func measureRecall(_ request: RecallRequest) throws -> RecallCurve? {
        let (queries, k) = (request.queries, request.k)
        return try read { snapshot in
            let rows = StoredRows(db: snapshot.db)
            let segments = try VectorSegments(db: snapshot.db).all()
            guard !segments.isEmpty, let model = try snapshot.model() else { return nil }
            let graph = VectorGraph(db: snapshot.db)
            let isStored = try graph.exists() && graph.pending().isEmpty
            guard isStored || request.makesGraph else { return nil }
            let index =
                try isStored
                ? graph.load()
                : snapshot.graph(of: snapshot.occupiedOrdinals(), dimensions: model.dimensions)
                    .snapshot()
            guard let index = index?.with(rows: rows) else { return nil }
            let flat = try FlatIndex(segments: segments, rows: rows)
            var exactTimes: [Double] = []
            let truth = try queries.map { query in
                try Task.checkCancellation()
                return try Self.timed(&exactTimes) {
                    Set(try flat.neighbors(of: query, k: k, in: nil).map(\.ordinal))
                }
            }
            let points = try request.widths.map { ef in
                var times: [Double] = []
                var found = 0
                for (query, nearest) in zip(queries, truth) {
                    try Task.checkCancellation()
                    let neighbors = try Self.timed(&times) {
                        try index.neighbors(of: query, k: k, ef: ef)
                    }
                    found += neighbors.count { nearest.contains($0.ordinal) }
                }
                let wanted = truth.reduce(0) { $0 + $1.count }
                return RecallCurve.Point(
                    ef: ef,
                    recall: Double(found) / Double(max(1, wanted)),
                    milliseconds: times
                )
            }
            return RecallCurve(points: points, exactMilliseconds: exactTimes, isStored: isStored)
        }
    }

    /// Calls `body` and appends the milliseconds that it took.
    static func timed<R>(_ times: inout [Double], _ body: () throws -> R) rethrows -> R {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try body()
        times.append(clock.now.milliseconds(since: start))
        return result
    }
}

extension SnapshotView {
    /// A graph of these passages' vectors, made anew.
    func graph(of ordinals: [Ordinal], dimensions: Int) throws -> HNSWBuilder {
        // From all over the library: passages that came together are about the same things.
        let step = max(1, ordinals.count / Self.sampleSize)
        let sample = stride(from: 0, to: ordinals.count, by: step).map { ordinals[$0] }
        let builder = try HNSWBuilder(
            dimensions: dimensions,
            metric: .innerProduct,
            sample: try vectors(at: sample).flatMap(\.vector)
        )
        try add(ordinals, to: builder)
        return builder
    }

    /// How many vectors a graph's codes and projection are learned from, about.
    private static let sampleSize = 4_096

    /// Puts these passages' vectors into a graph.
    func add(_ ordinals: [Ordinal], to builder: HNSWBuilder) throws {
        for start in stride(from: 0, to: ordinals.count, by: 1_000) {
            try Task.checkCancellation()
            let group = Array(ordinals[start..<min(ordinals.count, start + 1_000)])
            for (ordinal, vector) in try vectors(at: group) {
                try builder.insert(vector, at: ordinal)
            }
        }
    }
}
