internal import Corpus
internal import FTS5Index
internal import Foundation
internal import GRDB
internal import TextAnalysis
internal import VectorIndex

/// A language group with the ordinals of its passages.
struct StoredLanguageGroup: Sendable {
    let group: LanguageGroup
    let ordinals: OrdinalSet
}

extension SQLiteStore {
    /// Finds the language groups of the library again; at the end of an indexing run.
    ///
    /// A library in one language has none. A change to the passages afterwards makes them void.
    ///
    /// - Complexity: O(passages), and a read of at most 500 embeddings a group.
    func refreshLanguageGroups() throws {
        try write { transaction in
            let db = transaction.db
            let generation = try transaction.snapshot(of: self).generation()
            guard try transaction.setting("language_groups") != generation else { return }
            try transaction.set("language_groups", to: generation)
            try db.execute(sql: "DELETE FROM language_group")
            var slots: [String: [UInt32]] = [:]
            let cursor = try Row.fetchCursor(
                db,
                sql: """
                    SELECT d.language, p.slot FROM passage p
                    JOIN document d ON d.id = p.document_id ORDER BY p.slot
                    """
            )
            var total = 0
            while let row = try cursor.next() {
                guard let slot = row.integer(1).flatMap(UInt32.init(exactly:)) else { continue }
                slots[row.text(0) ?? "", default: []].append(slot)
                total += 1
            }
            let least = LanguageGroup.leastPassages(of: total)
            let undetermined = Language.undetermined.rawValue
            let large = slots.filter { $0.key != undetermined && $0.value.count >= least }
            guard large.count > 1 else { return }
            let rest = slots.filter { large[$0.key] == nil }.values.joined().sorted()
            var groups = large
            if !rest.isEmpty { groups[""] = rest }
            let snapshot = transaction.snapshot(of: self)
            for (language, slots) in groups {
                let step = max(1, slots.count / LanguageGroup.sampleSize)
                let sample = stride(from: 0, to: slots.count, by: step)
                    .map { Ordinal(rawValue: slots[$0]) }
                let vectors = try snapshot.vectors(at: sample).map(\.vector)
                let bitmap = BitmapBlob.encode(
                    OrdinalSet(slots.map(Ordinal.init(rawValue:))).bitmap
                )
                let mean = VectorBlob.encode(Self.mean(of: vectors))
                try db.execute(
                    sql: """
                        INSERT INTO language_group(language, slots, mean, generation, checksum)
                        VALUES (?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        language, bitmap, mean, generation, RowChecksum.of(bitmap + mean),
                    ]
                )
            }
        }
    }

    private static func mean(of vectors: [[Float]]) -> [Float] {
        guard let dimensions = vectors.first?.count else { return [] }
        var sum = [Float](repeating: 0, count: dimensions)
        for vector in vectors { for index in sum.indices { sum[index] += vector[index] } }
        return sum.map { $0 / Float(vectors.count) }
    }
}

extension SnapshotView {
    /// The generation that language groups were last found in.
    func languageGroupsVersion() throws -> String? {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT value FROM setting WHERE key = 'language_groups'")
        )
    }

    /// The language groups that were found in this generation.
    ///
    /// - Throws: `StoreError.damaged` for one that is not as it was written.
    func storedLanguageGroups(of generation: String) throws -> [StoredLanguageGroup] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT language, slots, mean, checksum FROM language_group WHERE generation = ?
                    ORDER BY language
                    """
            ),
            arguments: [generation]
        ).map { row in
            let (slots, mean) = (row.bytes(1), row.bytes(2))
            guard RowChecksum.agrees(row.integer(3), RowChecksum.of(slots + mean)) else {
                throw RowDamage(what: "a group of languages")
            }
            return StoredLanguageGroup(
                group: LanguageGroup(
                    language: row.text(0) ?? "",
                    mean: VectorBlob.decode(mean)
                ),
                ordinals: OrdinalSet(bitmap: BitmapBlob.decode(slots))
            )
        }
    }
}

/// Bitmaps as the library stores them: 64-bit words, little-endian.
private enum BitmapBlob {
    static func encode(_ words: [UInt64]) -> Data {
        Data(words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
    }

    static func decode(_ data: Data) -> [UInt64] {
        stride(from: 0, to: data.count / 8 * 8, by: 8).map { offset in
            UInt64(
                littleEndian: unsafe data.bytes.unsafeLoadUnaligned(
                    fromByteOffset: offset,
                    as: UInt64.self
                )
            )
        }
    }
}
