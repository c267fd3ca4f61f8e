internal import FTS5Index
internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// Which of FTS5's pages a transaction writes, so that their checksums follow.
///
/// FTS5 decides by itself when it writes, what it merges and which numbers it uses again; what it did is
/// not to be told from its records afterwards. SQLite reports every row that it inserts or deletes
/// (`sqlite3_update_hook`), those that FTS5 has it write included. (Triggers would do, but FTS5 answers the savepoint
/// that comes with one by writing again, without end.)
///
/// It reports nothing of `delete-all`, which empties a table at a stroke: `KeywordIndex.clear` empties
/// `keyword_sum` with it.
@safe final class KeywordChanges {
    private let db: Database
    private var connection: OpaquePointer?
    private var pages: Set<Int64> = []

    /// Begins to watch; `stop` has to be called before this goes.
    init(watching db: Database) {
        self.db = db
        unsafe connection = unsafe db.sqliteConnection
        unsafe sqlite3_update_hook(
            connection,
            { context, _, _, table, row in
                guard let context = unsafe context, let table = unsafe table,
                    unsafe strcmp(table, "keyword_data") == 0
                else { return }
                unsafe Unmanaged<KeywordChanges>.fromOpaque(context).takeUnretainedValue()
                    .pages.insert(row)
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// Ends watching.
    func stop() {
        unsafe sqlite3_update_hook(connection, nil, nil)
        unsafe connection = nil
    }

    /// Has FTS5 write what it has gathered, and notes what was written since watching began.
    ///
    /// A page that a merge has read is deleted or written anew. It is compared with its checksum as it was before, so
    /// that damage does not go into new pages, whose checksums would be right.
    ///
    /// - Parameter former: reads the library as it was before the transaction; nil compares nothing.
    /// - Throws: `RowDamage`, or what SQLite reports.
    /// - Complexity: O(bytes of the pages that were written).
    func settle(comparingWith former: ReadConnections?) throws {
        // FTS5 writes when a savepoint is made.
        try db.execute(sql: "SAVEPOINT keyword_written; RELEASE keyword_written")
        guard !pages.isEmpty else { return }
        let ids = pages.sorted()
        pages = []
        let sums = KeywordChecksums(db: db)
        if let former {
            let known = try ids.filter { try sums.isKnown($0) }
            try former.read { former in
                let statement = try former.cachedStatement(
                    sql: "SELECT block FROM keyword_data WHERE id = ?"
                )
                for id in known {
                    // A page that was missing had nothing that could have been read.
                    guard let row = try Row.fetchOne(statement, arguments: [id]) else { continue }
                    try row.withUnsafeData(atIndex: 0) { try sums.check(id, $0 ?? Data()) }
                }
            }
        }
        try sums.note(ids)
    }
}
