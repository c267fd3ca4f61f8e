#if Postgres
internal import CPQ

/// What a statement returned: rows of columns, in the server's binary format.
@safe final class Rows {
    private let result: OpaquePointer?

    /// The rows of `result`, which is freed with this.
    init(_ result: OpaquePointer?) { unsafe self.result = unsafe result }

    deinit { unsafe PQclear(result) }

    /// How many rows there are.
    var count: Int { Int(unsafe PQntuples(result)) }

    /// How many rows the statement changed.
    var affected: Int {
        guard let text = unsafe PQcmdTuples(result) else { return 0 }
        return Int(unsafe String(cString: text)) ?? 0
    }

    /// What `read` makes of each row.
    func map<Value>(_ read: (Row) throws -> Value) rethrows -> [Value] {
        try (0..<count).map { try read(Row(rows: self, index: $0)) }
    }

    /// The first row, or nil.
    var first: Row? { count > 0 ? Row(rows: self, index: 0) : nil }

    /// The bytes of a value; nil for null.
    fileprivate func withValue<R>(
        _ row: Int,
        _ column: Int,
        _ body: (RawSpan) throws -> R
    ) rethrows -> R? {
        let (row, column) = (Int32(row), Int32(column))
        guard unsafe PQgetisnull(result, row, column) == 0 else { return nil }
        let length = Int(unsafe PQgetlength(result, row, column))
        let start = unsafe PQgetvalue(result, row, column)
        return try body(unsafe UnsafeRawBufferPointer(start: start, count: length).bytes)
    }
}

/// A row of a result; columns are counted from 0.
struct Row {
    fileprivate let rows: Rows
    fileprivate let index: Int

    /// The whole number in a column, or nil.
    func integer(_ column: Int) -> Int64? {
        rows.withValue(index, column) { bytes in
            var value: UInt64 = 0
            for offset in 0..<bytes.byteCount {
                value = value << 8 | UInt64(bytes.byte(at: offset))
            }
            // Shorter types keep their sign.
            let shift = UInt64(max(0, 64 - 8 * bytes.byteCount))
            return Int64(bitPattern: value << shift) >> Int64(shift)
        }
    }

    /// The number in a `float8` column, or nil.
    func real(_ column: Int) -> Double? {
        integer(column).map { Double(bitPattern: UInt64(bitPattern: $0)) }
    }

    /// The text in a column, or nil.
    func text(_ column: Int) -> String? {
        rows.withValue(index, column) { bytes in
            unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The bytes in a column, or nil.
    func bytes(_ column: Int) -> [UInt8]? {
        rows.withValue(index, column) { bytes in
            unsafe bytes.withUnsafeBytes { unsafe Array($0) }
        }
    }

    /// The truth value in a column; null is false.
    func flag(_ column: Int) -> Bool { integer(column) ?? 0 != 0 }

    /// The embedding in a `vector` column, or nil: two bytes of length, two unused ones, then the numbers.
    func vector(_ column: Int) -> [Float]? {
        rows.withValue(index, column) { bytes in
            var vector: [Float] = []
            vector.reserveCapacity(bytes.byteCount / 4)
            for offset in stride(from: 4, to: bytes.byteCount - 3, by: 4) {
                var word: UInt32 = 0
                for place in offset..<offset + 4 {
                    word = word << 8 | UInt32(bytes.byte(at: place))
                }
                vector.append(Float(bitPattern: word))
            }
            return vector
        }
    }

    /// Runs `body` on the bytes of a column; nil for null.
    func withBytes<R>(_ column: Int, _ body: (RawSpan) throws -> R) rethrows -> R? {
        try rows.withValue(index, column, body)
    }
}

extension RawSpan {
    /// The byte at an offset.
    ///
    /// - Precondition: there is one.
    func byte(at offset: Int) -> UInt8 {
        unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}
#endif
