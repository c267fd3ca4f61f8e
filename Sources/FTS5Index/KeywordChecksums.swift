internal import FTS5Lists
package import Foundation
package import GRDB
internal import VectorKernels

/// A checksum of every page of FTS5's lists, kept beside them in `keyword_sum`.
///
/// FTS5 keeps its lists, the record of its segments and its averages as rows of one table, `keyword_data`,
/// and has no checksums of its own. Here 1,024 consecutive row numbers share a blob of 32-bit numbers, one for
/// each row: nil for none, else thirty bits of the row's checksum, a bit that is always set, and one that
/// tells whether a term begins on the page. So a row that is gone, one that is not as it was written and one
/// that belongs elsewhere are all noticed, and it is known which pages have terms without reading them. Number 0,
/// which FTS5 does not use, is for its settings.
///
/// FTS5's other table, `keyword_idx`, names the page to begin at for a term. It has no checksum because
/// it need not be believed: the page itself and its neighbors show whether it is the right one
/// (`KeywordSegments`).
///
/// Not for sharing: what it has read belongs to one state of the library.
package final class KeywordChecksums {
    private static let bits: Int64 = 10
    private static let capacity = 1 << bits

    private let db: Database
    /// The blobs that were read, by their numbers.
    private var groups: [Int64: Group] = [:]
    /// The one that was asked for last: pages stand side by side.
    private var last: (number: Int64, group: Group)?

    package init(db: Database) { self.db = db }

    // MARK: Comparing

    /// Compares a row with what was noted of it.
    ///
    /// - Throws: `RowDamage` for one that is not as it was written, or was not written by us.
    package func check(_ id: Int64, _ data: Data) throws {
        guard try sum(of: id) == Self.sum(of: data, at: id) else { throw Self.damage(of: id) }
    }

    /// Whether a term begins on a page.
    ///
    /// - Throws: `RowDamage` if nothing is known of such a page.
    func hasTerms(_ id: Int64) throws -> Bool {
        let sum = try sum(of: id)
        guard sum != 0 else { throw Self.damage(of: id) }
        return sum & 1 != 0
    }

    /// Whether there has to be a row of this number.
    package func isKnown(_ id: Int64) throws -> Bool { try sum(of: id) != 0 }

    /// Compares all rows with numbers in a range with what was noted of them; none may be missing.
    ///
    /// - Returns: how many there are.
    /// - Throws: `RowDamage`, or what SQLite reports.
    /// - Complexity: O(bytes of the rows).
    @discardableResult
    func check(all ids: ClosedRange<Int64>) throws -> Int {
        var expected = 0
        let known = try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT number FROM keyword_sum WHERE number BETWEEN ? AND ?"),
            arguments: [ids.lowerBound >> Self.bits, ids.upperBound >> Self.bits]
        )
        for number in known {
            let first = number << Self.bits
            let group = try group(number)
            for place in 0..<group.count where group[place] != 0 {
                if ids.contains(first + Int64(place)) { expected += 1 }
            }
        }
        var count = 0
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT id, block FROM keyword_data WHERE id BETWEEN ? AND ? ORDER BY id"
            ),
            arguments: [ids.lowerBound, ids.upperBound]
        )
        while let row = try rows.next() {
            let id = row.integer(0) ?? -1
            try row.withUnsafeData(atIndex: 1) { try check(id, $0 ?? Data()) }
            count += 1
        }
        guard count == expected else { throw RowDamage(what: "the list of the words' pages") }
        return count
    }

    /// Compares everything: FTS5's settings and all rows.
    ///
    /// - Throws: `RowDamage`, or what SQLite reports.
    package func checkEverything() throws {
        try checkSettings()
        try check(all: 1...Int64.max)
    }

    /// Compares FTS5's settings with what was noted of them.
    package func checkSettings() throws {
        guard try sum(of: 0) == settings() else {
            throw RowDamage(what: "the settings of the words' index")
        }
    }

    private static func damage(of id: Int64) -> RowDamage {
        RowDamage(what: "page \(id) of the words' index")
    }

    // MARK: Noting

    /// Notes rows as they are now, or that they are gone.
    package func note(_ ids: some Sequence<Int64>) throws {
        let statement = try db.cachedStatement(sql: "SELECT block FROM keyword_data WHERE id = ?")
        var changed: Set<Int64> = []
        for id in ids {
            let row = try Row.fetchOne(statement, arguments: [id])
            let sum = try row?.withUnsafeData(atIndex: 0) { Self.sum(of: $0 ?? Data(), at: id) }
            try set(id, to: sum ?? 0)
            changed.insert(id >> Self.bits)
        }
        // What was noted of the settings holds; nothing here changes them.
        if changed.contains(0), try sum(of: 0) == 0 { try set(0, to: settings()) }
        try store(changed)
    }

    /// Notes everything as it is.
    ///
    /// - Complexity: O(bytes of FTS5's lists).
    package static func rebuild(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM keyword_sum")
        let sums = KeywordChecksums(db: db)
        let rows = try Row.fetchCursor(db, sql: "SELECT id, block FROM keyword_data ORDER BY id")
        var last: Int64 = 0
        try sums.set(0, to: sums.settings())
        while let row = try rows.next() {
            let id = row.integer(0) ?? 0
            if id >> bits != last >> bits { try sums.store([last >> bits]) }
            try sums.set(id, to: row.withUnsafeData(atIndex: 1) { sum(of: $0 ?? Data(), at: id) })
            last = id
        }
        try sums.store([last >> bits])
    }

    private func set(_ id: Int64, to sum: UInt32) throws {
        let number = id >> Self.bits
        var group = try group(number)
        last = nil
        groups[number] = nil
        group.set(Int(id & Int64(Self.capacity - 1)), to: sum)
        groups[number] = group
    }

    private func store(_ numbers: Set<Int64>) throws {
        for number in numbers.sorted() {
            let group = try group(number)
            guard (0..<group.count).contains(where: { group[$0] != 0 }) else {
                try db.cachedStatement(sql: "DELETE FROM keyword_sum WHERE number = ?")
                    .execute(arguments: [number])
                continue
            }
            let blob = Data(group.bytes)
            try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO keyword_sum(number, sums, checksum) VALUES (?, ?, ?)"
            ).execute(arguments: [number, blob, Self.checksum(of: blob, number)])
        }
    }

    // MARK: Numbers

    /// The sums of 1,024 numbers, or fewer where the last have none, as they are stored.
    private struct Group {
        var bytes: [UInt8] = []

        var count: Int { bytes.count / 4 }

        subscript(place: Int) -> UInt32 {
            guard place < count else { return 0 }
            return (0..<4).reduce(0) { $0 | UInt32(bytes[4 * place + $1]) << (8 * UInt32($1)) }
        }

        mutating func set(_ place: Int, to sum: UInt32) {
            if place >= count {
                bytes += [UInt8](repeating: 0, count: 4 * (place + 1) - bytes.count)
            }
            for byte in 0..<4 {
                bytes[4 * place + byte] = UInt8(truncatingIfNeeded: sum >> (8 * UInt32(byte)))
            }
        }
    }

    private func sum(of id: Int64) throws -> UInt32 {
        try group(id >> Self.bits)[Int(id & Int64(Self.capacity - 1))]
    }

    private func group(_ number: Int64) throws -> Group {
        if let last, last.number == number { return last.group }
        let group = try groups[number] ?? read(number)
        groups[number] = group
        last = (number, group)
        return group
    }

    private func read(_ number: Int64) throws -> Group {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT sums, checksum FROM keyword_sum WHERE number = ?"),
            arguments: [number]
        )
        guard let row else { return Group() }
        let blob = row.bytes(0)
        guard blob.count <= 4 * Self.capacity, row.integer(1) == Self.checksum(of: blob, number)
        else { throw RowDamage(what: "block \(number) of the words' checksums") }
        return Group(bytes: [UInt8](blob))
    }

    private static func checksum(of blob: Data, _ number: Int64) -> Int64 {
        let seed = UInt64(bitPattern: number)
        return Int64(bitPattern: AlignedBytes.checksum(of: blob.bytes, seed: seed))
    }

    /// What is noted of a row.
    private static func sum(of data: Data, at id: Int64) -> UInt32 {
        let checksum = AlignedBytes.checksum(of: data.bytes, seed: UInt64(bitPattern: id))
        // The product's upper half depends on every bit.
        let upper = UInt32((checksum &* 0x9E37_79B9_7F4A_7C15) >> 32)
        return upper & ~3 | 2 | (FTS5Page.hasTerms(data) ? 1 : 0)
    }

    /// What is noted of FTS5's settings.
    private func settings() throws -> UInt32 {
        var sum = RowChecksum()
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT k, v, typeof(v) FROM keyword_config ORDER BY k")
        )
        for row in rows {
            for column in 0..<3 {
                sum.add(row.text(column))
                sum.add(row.integer(column))
            }
        }
        return UInt32(truncatingIfNeeded: sum.value >> 32) & ~3 | 2
    }
}
