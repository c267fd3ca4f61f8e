internal import FTS5Lists
package import Foundation
package import GRDB

/// How many terms each passage has in the keyword index, compactly: what scores are divided by.
///
/// FTS5 keeps the same in a row for each passage, which takes a quarter of a second to read for a million
/// of them. Here 4,096 consecutive passages share a blob of 16-bit numbers.
package struct KeywordLengths {
    private static let capacity: Int64 = 4096

    let db: Database

    package init(db: Database) { self.db = db }

    /// Notes the lengths of passages; 0 for one that is gone.
    package func store(_ lengths: [Int64: Int]) throws {
        let groups = Dictionary(grouping: lengths) { $0.key / Self.capacity }
        for (group, entries) in groups.sorted(by: { $0.key < $1.key }) {
            var numbers =
                try Data.fetchOne(
                    db.cachedStatement(sql: "SELECT lengths FROM keyword_length WHERE block = ?"),
                    arguments: [group]
                ).map(Self.decode) ?? []
            for (passage, length) in entries {
                let place = Int(passage % Self.capacity)
                if place >= numbers.count {
                    numbers += [UInt16](repeating: 0, count: place + 1 - numbers.count)
                }
                numbers[place] = UInt16(clamping: length)
            }
            let blob = Self.encode(numbers)
            try db.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO keyword_length(block, lengths, checksum) VALUES (?, ?, ?)
                    """
            ).execute(arguments: [group, blob, RowChecksum.of(blob)])
        }
    }

    /// The length of every passage, by its ID; 0 for those that are not there.
    ///
    /// - Throws: `StoreError.damaged` for a block that is not as it was written.
    package func all() throws -> [UInt16] {
        var lengths: [UInt16] = []
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT block, lengths, checksum FROM keyword_length ORDER BY block"
            )
        )
        while let row = try rows.next() {
            let block = row.integer(0) ?? 0
            let blob = row.bytes(1)
            // A number for each passage must stay affordable.
            guard (0..<Int64(UInt32.max) / Self.capacity).contains(block),
                RowChecksum.agrees(row.integer(2), RowChecksum.of(blob))
            else { throw RowDamage(what: "lengths of passages, block \(block)") }
            let first = Int(block * Self.capacity)
            guard first >= lengths.count else { continue }
            lengths += [UInt16](repeating: 0, count: first - lengths.count)
            lengths += Self.decode(blob)
        }
        return lengths
    }

    /// Makes all of it again from FTS5's own table.
    package func rebuild() throws {
        try db.execute(sql: "DELETE FROM keyword_length")
        var lengths: [Int64: Int] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT id, sz FROM keyword_docsize ORDER BY id")
        while let row = try rows.next() {
            let id = row[0] as Int64
            if let known = lengths.first?.key, known / Self.capacity != id / Self.capacity {
                try store(lengths)
                lengths = [:]
            }
            lengths[id] = Self.length(fromSizes: row.bytes(1))
        }
        try store(lengths)
    }

    /// How many terms a passage has by FTS5's own record of it.
    package static func length(fromSizes sizes: Data) -> Int {
        var reader = VarintReader(bytes: [UInt8](sizes))
        var length = 0
        while !reader.isAtEnd { length &+= reader.next() }
        return length
    }

    private static func encode(_ numbers: [UInt16]) -> Data {
        Data(numbers.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
    }

    private static func decode(_ data: Data) -> [UInt16] {
        let bytes = data.bytes
        return stride(from: 0, to: data.count / 2 * 2, by: 2).map { offset in
            UInt16(
                littleEndian: unsafe bytes.unsafeLoadUnaligned(
                    fromByteOffset: offset,
                    as: UInt16.self
                )
            )
        }
    }
}
