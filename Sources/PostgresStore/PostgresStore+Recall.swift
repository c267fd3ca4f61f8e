#if Postgres
package import Corpus
internal import Foundation

/// What walks of pgvector's graph find of what a comparison with every vector finds.
extension PostgresStore {
    package func recallCurve(_ request: RecallRequest) async throws -> RecallCurve? {
        try await read { snapshot -> RecallCurve? in
            guard let snapshot = snapshot as? PostgresSnapshot, snapshot.state.hasVectorIndex else {
                return nil
            }
            var exact: [Set<PassageID>] = []
            var exactTimes: [Double] = []
            for query in request.queries {
                let (found, time) = try await Self.timed {
                    try await snapshot.compared(Self.all(query, request.k))
                }
                exact.append(Set(found.map(\.id)))
                exactTimes.append(time)
            }
            var points: [RecallCurve.Point] = []
            for width in request.widths {
                // pgvector walks no wider.
                try await snapshot.set("hnsw.ef_search", to: "\(min(width, 1_000))")
                var hits = 0
                var times: [Double] = []
                for (query, best) in zip(request.queries, exact) {
                    let (found, time) = try await Self.timed {
                        try await snapshot.walked(Self.all(query, request.k), limit: request.k)
                    }
                    hits += found.count { best.contains($0.id) }
                    times.append(time)
                }
                let wanted = exact.reduce(0) { $0 + $1.count }
                points.append(
                    RecallCurve.Point(
                        ef: width,
                        recall: Double(hits) / Double(max(1, wanted)),
                        milliseconds: times
                    )
                )
            }
            return RecallCurve(points: points, exactMilliseconds: exactTimes, isStored: true)
        }
    }

    package func recallCheck(
        of queries: [[Float]],
        k: Int,
        depth: Int
    ) async throws -> RecallCheck? {
        try await read { snapshot -> RecallCheck? in
            guard let snapshot = snapshot as? PostgresSnapshot else { return nil }
            var (recalls, times, exactTimes) = ([Double](), [Double](), [Double]())
            var isExact = true
            for query in queries {
                let (best, exactTime) = try await Self.timed {
                    try await snapshot.compared(Self.all(query, k))
                }
                let (found, time) = try await Self.timed {
                    try await snapshot.nearest(to: query, in: CandidateScope(), limit: depth)
                }
                isExact = isExact && found.isExact
                let ids = Set(found.passages.prefix(k).map(\.id))
                let hits = best.count { ids.contains($0.id) }
                recalls.append(Double(hits) / Double(max(1, best.count)))
                times.append(time)
                exactTimes.append(exactTime)
            }
            return RecallCheck(
                recalls: recalls,
                milliseconds: times,
                exactMilliseconds: exactTimes,
                isExact: isExact,
                choice: isExact
                    ? "few enough passages to compare all" : "pgvector's graph (HNSW, m = 16)"
            )
        }
    }

    private static func all(_ embedding: [Float], _ limit: Int) -> PassageCondition {
        PassageCondition(parameters: [.vector(embedding), .integer(Int64(limit))])
    }

    private static func timed<R>(
        _ body: () async throws -> R
    ) async rethrows -> (R, Double) {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try await body()
        let seconds = (clock.now - start) / .seconds(1)
        return (result, seconds * 1_000)
    }
}

extension PostgresSnapshot {
    /// Chooses a setting until the end of the snapshot.
    func set(_ name: String, to value: String) async throws {
        try await store.explaining {
            try await connection.run { session in
                _ = try session.execute("SET LOCAL \(name) = \(SQL.literal(value))")
            }
        }
    }
}
#endif
