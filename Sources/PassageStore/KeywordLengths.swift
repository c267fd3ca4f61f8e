internal import Foundation
internal import GRDB

/// How many terms each passage has in the keyword index, compactly: what scores are divided by.
///
/// FTS5 keeps the same in a row for each passage, which takes a quarter of a second to read for a million
/// of them. Here 4,096 consecutive passages share a blob of 16-bit numbers.
struct KeywordLengths {
    private static let capacity: Int64 = 4096

    let db: Database

    /// Notes the lengths of passages; 0 for one that is gone.
    func store(_ lengths: [Int64: Int]) throws {
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
            try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO keyword_length(block, lengths) VALUES (?, ?)"
            ).execute(arguments: [group, Self.encode(numbers)])
        }
    }

    /// The length of every passage, by its ID; 0 for those that are not there.
    func all() throws -> [UInt16] {
        var lengths: [UInt16] = []
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT block, lengths FROM keyword_length ORDER BY block")
        )
        while let row = try rows.next() {
            let first = Int((row[0] as Int64) * Self.capacity)
            guard first >= lengths.count else { continue }
            lengths += [UInt16](repeating: 0, count: first - lengths.count)
            lengths += try row.withUnsafeData(atIndex: 1) { Self.decode($0 ?? Data()) }
        }
        return lengths
    }

    /// Makes all of it again from FTS5's own table.
    func rebuild() throws {
        try db.execute(sql: "DELETE FROM keyword_length")
        var lengths: [Int64: Int] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT id, sz FROM keyword_docsize ORDER BY id")
        while let row = try rows.next() {
            let id = row[0] as Int64
            if let known = lengths.first?.key, known / Self.capacity != id / Self.capacity {
                try store(lengths)
                lengths = [:]
            }
            var reader = VarintReader(bytes: [UInt8](row[1] as Data))
            var length = 0
            while !reader.isAtEnd { length += reader.next() }
            lengths[id] = length
        }
        try store(lengths)
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
