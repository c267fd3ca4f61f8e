package import Foundation
package import GRDB
internal import VectorKernels

/// A checksum over the columns of a row, kept in a column of its own.
///
/// SQLite finds a broken tree or index, not a broken number or letter. What is shown, and what scores are
/// made of, is compared with its checksum when it is read; `SQLiteStore.checkIntegrity` compares all of it.
package struct RowChecksum {
    private var bytes: [UInt8] = []

    package init() {}

    /// The checksum of one large value.
    package static func of(_ data: Data) -> Int64 {
        Int64(bitPattern: AlignedBytes.checksum(of: data.bytes))
    }

    /// What is kept.
    package var value: Int64 {
        let span = bytes.span
        return Int64(bitPattern: unsafe AlignedBytes.checksum(of: span.bytes))
    }

    package mutating func add(_ number: Int64?) {
        bytes.append(number == nil ? 0 : 1)
        var rest = UInt64(bitPattern: number ?? 0)
        for _ in 0..<8 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    package mutating func add(_ text: String?) {
        add(text.map { Int64($0.utf8.count) })
        bytes += (text ?? "").utf8
    }

    /// Whether a stored checksum is that of a value; one that is missing says nothing, because the library
    /// was written before there were any.
    package static func agrees(_ stored: Int64?, _ value: @autoclosure () -> Int64) -> Bool {
        stored.map { $0 == value() } ?? true
    }
}

/// A row that is not as it was written; `SQLiteStore` makes a `StoreError.damaged` of it.
package struct RowDamage: Error {
    package let what: String

    package init(what: String) { self.what = what }
}

/// Columns as they are, whatever a damaged file has in them: GRDB's own accessors end the program where a
/// column holds another kind of value than its table demands.
extension Row {
    /// The number in a column, or nil.
    package func integer(_ index: Int) -> Int64? { Int64.fromDatabaseValue(self[index]) }

    /// The text in a column, or nil.
    package func text(_ index: Int) -> String? { String.fromDatabaseValue(self[index]) }

    /// The bytes in a column, or none.
    package func bytes(_ index: Int) -> Data { Data.fromDatabaseValue(self[index]) ?? Data() }
}
