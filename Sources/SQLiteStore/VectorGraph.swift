internal import Foundation
internal import GRDB
internal import VectorIndex

/// The graph over the vectors of a large library, in segments beside the codes.
///
/// The graph is derived, and made where the whole library is at rest: at the end of an indexing run.
/// Slots that change afterwards are noted in `graph_pending`. A few of them a search compares besides
/// walking the graph; of more, the graph has to learn first, and until then searches compare every vector.
struct VectorGraph {
    let db: Database

    /// How many slots may have changed before the graph is made again.
    ///
    /// Each costs a search a read of its row; making the graph again writes all of it.
    static let mostPending = 500

    /// Whether a graph is stored.
    func exists() throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT 1 FROM graph_segment LIMIT 1") != nil
    }

    /// The slots that changed since the graph was made, in order.
    func pending() throws -> [Ordinal] {
        try UInt32.fetchAll(db, sql: "SELECT slot FROM graph_pending ORDER BY slot")
            .map(Ordinal.init(rawValue:))
    }

    /// The stored graph, as it was when it was made, whole in memory; nil if there is none, or one that
    /// an earlier version stored in another form.
    func load() throws -> HNSWIndex? {
        let segments = try Data.fetchAll(
            db,
            sql: "SELECT bytes FROM graph_segment ORDER BY number"
        ).map { [UInt8]($0) }
        return segments.isEmpty ? nil : try unlessOutdated { try HNSWIndex(decoding: segments) }
    }

    /// The stored graph, of which a search reads what it walks over; nil as for `load`.
    ///
    /// It must be given the segments of a snapshot, `StoredSegments`, to be searched.
    func open() throws -> HNSWIndex? {
        guard try exists() else { return nil }
        return try unlessOutdated { try HNSWIndex(opening: StoredSegments(db: db)) }?
            .with(rows: nil, segments: NoSegments())
    }

    private func unlessOutdated(_ read: () throws -> HNSWIndex) throws -> HNSWIndex? {
        do {
            return try read()
        } catch VectorIndexError.unknownVersion(let version) where version < 3 {
            return nil
        }
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

/// The graph's segments, read through one snapshot.
///
/// `@unchecked Sendable`: it holds a database connection and is made, used and dropped inside one
/// `SQLiteStore.read`, on the thread that owns the connection; a walk calls it there.
final class StoredSegments: GraphSegments, @unchecked Sendable {
    private let db: Database
    private var blob: StoredBlob?

    init(db: Database) {
        self.db = db
    }

    func segment(_ number: Int) throws -> [UInt8] {
        if blob == nil {
            blob = try StoredBlob(
                db,
                table: "graph_segment",
                column: "bytes",
                row: Int64(number)
            )
        } else {
            try blob?.move(to: Int64(number))
        }
        guard let count = blob?.count else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        var span = bytes.mutableSpan
        try blob?.read(into: &span)
        return bytes
    }
}

/// What a graph that is kept between searches reads from: nothing, until a snapshot gives it its own.
private struct NoSegments: GraphSegments {
    func segment(_ number: Int) throws -> [UInt8] {
        throw VectorIndexError.corrupt("a graph without a library")
    }
}

extension SnapshotView {
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
