internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// All occurrences of words in the full-text index, as FTS5 lists them.
enum KeywordOccurrences {
    /// The columns of `keyword`, in their order.
    private static let columns = [
        "title", "heading", "body", "title_stem", "heading_stem", "body_stem",
    ].map { Array($0.utf8) }

    /// Calls `body` with each word, its passage, the number of the column and the place in it.
    ///
    /// There are about a hundred for each passage. They come straight from SQLite's row, because making
    /// values of its columns took four fifths of the time.
    ///
    /// - Complexity: O(occurrences).
    static func forEach(
        in db: Database,
        _ body: (_ term: Span<UInt8>, _ passage: Int64, _ column: Int, _ place: Int) -> Void
    ) throws {
        try db.execute(
            sql: """
                CREATE VIRTUAL TABLE IF NOT EXISTS temp.keyword_place
                USING fts5vocab(main, keyword, instance)
                """
        )
        guard let connection = unsafe db.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the library is closed")
        }
        func check(_ code: Int32, _ expected: Int32) throws {
            guard code != expected else { return }
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: unsafe String(cString: sqlite3_errmsg(connection))
            )
        }
        var statement: OpaquePointer?
        let sql = "SELECT term, doc, col, offset FROM temp.keyword_place"
        try check(unsafe sqlite3_prepare_v2(connection, sql, -1, &statement, nil), SQLITE_OK)
        defer { unsafe sqlite3_finalize(statement) }
        var code = unsafe sqlite3_step(statement)
        while code == SQLITE_ROW {
            let name = unsafe bytes(statement, 2)
            let column = columns.firstIndex { unsafe name.elementsEqual($0) }
            unsafe body(
                bytes(statement, 0).span,
                sqlite3_column_int64(statement, 1),
                column ?? -1,
                Int(sqlite3_column_int64(statement, 3))
            )
            code = unsafe sqlite3_step(statement)
        }
        try check(code, SQLITE_DONE)
    }

    /// The bytes of a column, which stay until the next step.
    private static func bytes(
        _ statement: OpaquePointer?,
        _ index: Int32
    ) -> UnsafeBufferPointer<UInt8> {
        // The bytes come first: asking for their number must not move them.
        let start = unsafe sqlite3_column_blob(statement, index)
        let count = unsafe Int(sqlite3_column_bytes(statement, index))
        return unsafe UnsafeBufferPointer(
            start: start?.assumingMemoryBound(to: UInt8.self),
            count: start == nil ? 0 : count
        )
    }
}
