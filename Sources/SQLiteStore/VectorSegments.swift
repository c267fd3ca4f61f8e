internal import Foundation
internal import GRDB
internal import VectorIndex

/// The vectors' compact codes, in segments of consecutive slots.
///
/// A segment is derived: it can be made again from the passages' embeddings at any time.
struct VectorSegments {
    let db: Database

    static func firstSlot(ofSegmentHolding slot: Int) -> Int {
        slot / CodeSegment.capacity * CodeSegment.capacity
    }

    /// Encodes the segment that begins at `firstSlot` from what its slots now hold.
    func rewrite(firstSlot: Int) throws {
        guard let model = try SnapshotView.model(db) else { return }
        var rows = [[Float]?](repeating: nil, count: CodeSegment.capacity)
        var used = 0
        let cursor = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT p.slot, e.vector, e.checksum
                    FROM passage p JOIN embedding e ON e.id = p.embedding_id
                    WHERE p.slot >= ? AND p.slot < ?
                    """
            ),
            arguments: [firstSlot, firstSlot + CodeSegment.capacity]
        )
        while let row = try cursor.next() {
            let position = (row[0] as Int) - firstSlot
            rows[position] = try VectorBlob.vector(in: row, at: 1)
            used = max(used, position + 1)
        }
        guard used > 0 else {
            try db.execute(
                sql: "DELETE FROM vector_segment WHERE first_slot = ?",
                arguments: [firstSlot]
            )
            return
        }
        let segment = try CodeSegment(
            firstOrdinal: Ordinal(rawValue: UInt32(firstSlot)),
            dimensions: model.dimensions,
            metric: .innerProduct,
            rows: Array(rows[..<used])
        )
        try db.execute(
            sql: "INSERT OR REPLACE INTO vector_segment(first_slot, codes) VALUES (?, ?)",
            arguments: [firstSlot, Data(segment.encoded())]
        )
    }

    /// Every segment, in the order of its slots.
    func all() throws -> [CodeSegment] {
        let slots = try Int64.fetchAll(
            db,
            sql: "SELECT first_slot FROM vector_segment ORDER BY first_slot"
        )
        guard let first = slots.first else { return [] }
        let blob = try StoredBlob(
            db,
            table: "vector_segment",
            column: "codes",
            row: first
        )
        return try slots.map { slot in
            try blob.move(to: slot)
            return try CodeSegment(byteCount: blob.count) { try blob.read(into: &$0) }
        }
    }
}

/// What the vectors of one state of the library are searched with, kept between searches.
struct VectorCache: Sendable {
    /// The generation of the library that it was read from.
    let version: String
    /// The generation that the language groups were found in.
    let groupsVersion: String?
    var segments: [CodeSegment] = []
    var graph: HNSWIndex?
    /// The slots that the graph does not know as they are.
    var pending = OrdinalSet()
    var languageGroups: [StoredLanguageGroup]
}

/// The full-precision rows behind the codes, read from the library as they are asked for.
///
/// `@unchecked Sendable`: it holds a database connection and is made, used and dropped inside one
/// `SQLiteStore.read`, on the thread that owns the connection; `FlatIndex` calls it there.
struct StoredRows: VectorRows, @unchecked Sendable {
    let db: Database

    func withRows(_ ordinals: [Ordinal], _ body: (Int, Span<Float>) -> Void) throws {
        let statement = try db.cachedStatement(
            sql: """
                SELECT e.vector, e.checksum FROM passage p JOIN embedding e ON e.id = p.embedding_id
                WHERE p.slot = ?
                """
        )
        for (position, ordinal) in ordinals.enumerated() {
            let row = try Row.fetchOne(statement, arguments: [Int64(ordinal.rawValue)])
            guard let row else { continue }
            let vector = try VectorBlob.vector(in: row, at: 0)
            body(position, vector.span)
        }
    }
}
