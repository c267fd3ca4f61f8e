internal import GRDB
internal import GRDBSQLite

/// A large value of one column, read into memory of one's own.
///
/// A query's result is a copy in memory that SQLite takes from the system for each row anew; this way
/// the bytes go from the file's pages to where they stay.
///
/// Not for sharing: it must not outlive the snapshot that it reads from.
@safe struct StoredBlob: ~Copyable {
    private let handle: OpaquePointer
    private let connection: OpaquePointer

    /// Opens the value of `column` in a row of `table`, which must be one with row IDs.
    ///
    /// - Throws: `DatabaseError` if there is no such row.
    init(_ db: Database, table: String, column: String, row: Int64) throws {
        guard let connection = unsafe db.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the library is closed")
        }
        var handle: OpaquePointer?
        let code = unsafe sqlite3_blob_open(connection, "main", table, column, row, 0, &handle)
        guard code == SQLITE_OK, let handle = unsafe handle else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: unsafe String(cString: sqlite3_errmsg(connection))
            )
        }
        unsafe self.handle = unsafe handle
        unsafe self.connection = unsafe connection
    }

    deinit { unsafe sqlite3_blob_close(handle) }

    /// The number of bytes.
    var count: Int { unsafe Int(sqlite3_blob_bytes(handle)) }

    /// Goes on to the same column of another row.
    func move(to row: Int64) throws {
        try check(unsafe sqlite3_blob_reopen(handle, row))
    }

    /// Copies the whole value.
    ///
    /// - Precondition: `bytes` are `count` many.
    func read(into bytes: inout MutableSpan<UInt8>) throws {
        precondition(bytes.count == count, "\(bytes.count) bytes for a value of \(count)")
        let code = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            unsafe sqlite3_blob_read(handle, buffer.baseAddress, Int32(buffer.count), 0)
        }
        try check(code)
    }

    private func check(_ code: Int32) throws {
        guard code != SQLITE_OK else { return }
        throw DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: unsafe String(cString: sqlite3_errmsg(connection))
        )
    }
}
