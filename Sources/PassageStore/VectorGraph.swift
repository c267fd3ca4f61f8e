internal import Foundation
internal import GRDB
package import VectorIndex

/// The graph over the vectors of a large library, in segments beside the codes.
///
/// The graph is derived, and made where the whole library is at rest: at the end of an indexing run.
/// Slots that change afterwards are noted in `graph_pending`, and until the graph has caught up with
/// them searches compare every vector instead.
struct VectorGraph {
    let db: Database

    /// Whether a graph is stored.
    func exists() throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT 1 FROM graph_segment LIMIT 1") != nil
    }

    /// The slots that changed since the graph was made, in order.
    func pending() throws -> [Ordinal] {
        try UInt32.fetchAll(db, sql: "SELECT slot FROM graph_pending ORDER BY slot")
            .map(Ordinal.init(rawValue:))
    }

    /// The stored graph, as it was when it was made.
    func load() throws -> HNSWIndex? {
        let segments = try Data.fetchAll(
            db,
            sql: "SELECT bytes FROM graph_segment ORDER BY number"
        ).map { [UInt8]($0) }
        return segments.isEmpty ? nil : try HNSWIndex(decoding: segments)
    }

    /// Puts `index` in the place of the stored graph, or nothing.
    func replace(with index: HNSWIndex?) throws {
        try db.execute(sql: "DELETE FROM graph_segment; DELETE FROM graph_pending;")
        for (number, segment) in (index?.segments() ?? []).enumerated() {
            try db.execute(
                sql: "INSERT INTO graph_segment(number, bytes) VALUES (?, ?)",
                arguments: [number, Data(segment)]
            )
        }
    }
}

/// What a library's vectors are searched with.
package enum VectorSearch: Sendable {
    /// Compares every vector; nothing is missed.
    case exact(FlatIndex)
    /// Walks a graph; nearly nothing is missed.
    case graph(HNSWIndex)

    /// Whether nothing is missed.
    package var isExact: Bool {
        if case .exact = self { true } else { false }
    }

    /// The `k` nearest vectors, best first, among those that `filter` allows.
    package func neighbors(of query: [Float], k: Int, in filter: OrdinalSet?) throws -> [Neighbor] {
        switch self {
        case .exact(let index): try index.neighbors(of: query, k: k, in: filter)
        case .graph(let index):
            try index.neighbors(of: query, k: k, ef: max(200, 2 * k), in: filter)
        }
    }
}

extension PassageStore {
    /// Passages from which a graph is made and, in a process that stays, searched.
    ///
    /// The number is reckoned from the bytes that a comparison of all codes reads, not measured on a
    /// library of that size. A process that answers one query compares at any size: it would have to
    /// read the whole graph for a single walk.
    package static let graphThreshold = 200_000

    /// Brings the graph up to date with the passages, or drops it from a library that is small.
    ///
    /// It is made outside any transaction, from a snapshot; if the library changed meanwhile the old
    /// state stands, and the next run catches up.
    ///
    /// - Complexity: O(changed slots) walks; a first graph takes one for every passage.
    package func refreshGraph(threshold: Int = PassageStore.graphThreshold) throws {
        let (generation, index) = try read { snapshot -> (String, HNSWIndex?) in
            let graph = VectorGraph(db: snapshot.db)
            let generation = try snapshot.generation()
            guard try snapshot.passageCount() >= threshold, let model = try snapshot.model() else {
                return (generation, nil)
            }
            guard let stored = try graph.load() else {
                let ordinals = try snapshot.occupiedOrdinals()
                let builder = try snapshot.graph(of: ordinals, dimensions: model.dimensions)
                return (generation, builder.snapshot())
            }
            let changed = try graph.pending()
            if changed.isEmpty { return (generation, stored) }
            let builder = HNSWBuilder(continuing: stored)
            _ = builder.remove(changed.filter(builder.contains))
            try snapshot.add(changed, to: builder)
            return (generation, builder.snapshot())
        }
        try write { transaction in
            guard try transaction.snapshot(of: self).generation() == generation else { return }
            let graph = VectorGraph(db: transaction.db)
            let isUpToDate = try graph.exists() == (index != nil) && graph.pending().isEmpty
            if !isUpToDate { try graph.replace(with: index) }
        }
    }
}

extension StoreSnapshot {
    /// The slots that hold a passage, in order.
    func occupiedOrdinals() throws -> [Ordinal] {
        try UInt32.fetchAll(db, sql: "SELECT slot FROM passage ORDER BY slot")
            .map(Ordinal.init(rawValue:))
    }

    /// The vectors of those of `ordinals` that hold a passage.
    func vectors(at ordinals: [Ordinal]) throws -> [(ordinal: Ordinal, vector: [Float])] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT e.vector, e.checksum FROM passage p JOIN embedding e ON e.id = p.embedding_id
                WHERE p.slot = ?
                """
        )
        return try ordinals.compactMap { ordinal in
            try Row.fetchOne(statement, arguments: [Int64(ordinal.rawValue)])
                .map { (ordinal, try VectorBlob.vector(in: $0, at: 0)) }
        }
    }
}
