internal import CSQLite
package import Corpus
internal import FTS5Index
internal import FTS5Lists
internal import Foundation
internal import GRDB
internal import Synchronization
internal import VectorIndex

/// The library file: documents, passages, embeddings and what is derived from them, in SQLite.
///
/// Every committed state is whole: a document is there with all its passages, each passage with its
/// embedding, its place in a vector segment and its keyword entry, or not at all. Readers work on a
/// snapshot (write-ahead logging), so a search during an indexing run sees what was finished before
/// it began.
package final class SQLiteStore: Sendable {
    /// How a library is opened.
    package enum Access: Sendable {
        /// For searching; the file must exist.
        case readOnly
        /// For searching from many tasks at once; the file must exist.
        case shared
        /// For indexing; the file is made if it is missing.
        case readWrite
    }

    /// Where the file is: an absolute path that leads through no link at its end, so that what lies
    /// beside the file is found there, and that SQLite takes for no address (`file:…`) and no name of
    /// its own (`:memory:`).
    package let path: String

    /// What is read through, and which file that is.
    private struct Opened {
        var connections: ReadConnections
        var identity: FileIdentity?
    }

    private let opened: Mutex<Opened>
    /// What writes; opened with the first change where the library was opened for reading.
    private let openedWriter: Mutex<DatabasePool?>
    private let access: Access
    /// What is read in the place of a file whose log cannot be brought in.
    private let copy: SettledCopy?

    /// Whether the file is read as one that nobody changes, because nothing can be written beside it.
    package let isImmutable: Bool

    /// Whether many searches are to be expected, so that reading much once is worth it.
    let isLongLived: Bool

    /// What vectors are searched with as last read, with the version it belongs to.
    let vectorCache = Mutex<VectorCache?>(nil)

    /// The long lists of the words' index as last read.
    let keywordHits = KeywordHitsCache()

    /// What was found out about the library as last read.
    let facts = Mutex<LibraryFacts?>(nil)

    /// Opens the library at `path`, bringing an older file up to date when it may write.
    ///
    /// - Throws: `StoreError`; a file that is not a library is left untouched.
    package init(at path: String, access: Access) throws(StoreError) {
        let path = try LibraryFile.place(of: path)
        self.path = path
        self.access = access
        isLongLived = access == .shared
        let exists = try LibraryFile.exists(at: path)
        if access != .readWrite, !exists { throw .missing(path: path) }
        if exists, try !LibraryFile.checkHeader(of: path), access != .readWrite {
            throw .missing(path: path)
        }
        isImmutable = access != .readWrite && LibraryFile.isOnReadOnlyGround(path)
        copy = isImmutable && LibraryFile.hasLog(path) ? try SettledCopy(of: path) : nil
        var created = false
        do {
            if !exists { created = try LibraryFile.createPrivately(path) }
            if access == .readWrite {
                let pool = try SQLiteStore.openWriter(path)
                try pool.write { db in
                    try Schema.checkForeignParts(of: db, path: path)
                    try Schema.migrate(db)
                    // Where that is damaged, whoever needs it says so.
                    try? MovedRoots.settle(db, library: path)
                }
                openedWriter = Mutex(pool)
            } else {
                openedWriter = Mutex(nil)
            }
            let identity = FileIdentity(of: path)
            let source = copy?.path ?? path
            let connections = try SQLiteStore.openReaders(
                of: path,
                at: isImmutable ? LibraryFile.immutableAddress(of: source) : source
            )
            opened = Mutex(Opened(connections: connections, identity: identity))
        } catch {
            if created { try? FileManager.default.removeItem(atPath: path) }
            throw SQLiteStore.explain(error, path: path)
        }
    }

    /// What snapshots read through.
    var connections: ReadConnections { opened.withLock { $0.connections } }

    /// Reads from now on what has taken the place of the file, if that is another library.
    ///
    /// What somebody deletes or replaces stays open as it was, and a process that stays would answer from
    /// it for ever.
    ///
    /// - Throws: `StoreError`, if there is no library any more.
    /// - Complexity: one `stat`.
    func followReplacement() throws {
        guard isLongLived, !isImmutable else { return }
        let current = FileIdentity(of: path)
        guard current != opened.withLock({ $0.identity }) else { return }
        guard current != nil, try LibraryFile.checkHeader(of: path) else {
            throw StoreError.missing(path: path)
        }
        let new = try SQLiteStore.openReaders(of: path, at: path)
        let old = opened.withLock { opened in
            defer { opened = Opened(connections: new, identity: current) }
            return opened.connections
        }
        vectorCache.withLock { $0 = nil }
        facts.withLock { $0 = nil }
        keywordHits.clear()
        openedWriter.withLock { $0 = nil }
        try? old.close()
    }

    /// Refuses to write into a file that nobody can find any more.
    func checkPlace() throws {
        guard FileIdentity(of: path) == opened.withLock({ $0.identity }) else {
            throw StoreError.replaced(path: path)
        }
    }

    /// Runs `body` on a consistent snapshot of the library.
    func read<R>(_ body: (SnapshotView) throws -> R) throws -> R {
        try explaining {
            try connections.read { db in try body(SnapshotView(db: db, store: self)) }
        }
    }

    /// The connection that writes.
    ///
    /// - Throws: what SQLite reports where the file cannot be written.
    func writer() throws -> DatabasePool {
        try openedWriter.withLock { writer in
            if let writer { return writer }
            if isImmutable {
                throw StoreError.notPermitted(path: path, detail: "it cannot be written here")
            }
            let pool = try SQLiteStore.openWriter(path)
            writer = pool
            return pool
        }
    }

    /// Whether a change may be made to a library that was opened as this one was: answers can be kept
    /// in one that is searched, documents cannot.
    func checkPermission(for change: LibraryChange) throws(StoreError) {
        guard access != .readWrite else { return }
        for step in change.steps {
            switch step {
            case .keepAnswer, .rateAnswer, .removeAnswers, .setPreference: continue
            default: throw .notPermitted(path: path, detail: "opened for reading only")
            }
        }
    }

    /// Opens what reads the library at `path`, by the name or address `place`.
    private static func openReaders(of path: String, at place: String) throws -> ReadConnections {
        let plain = try ReadConnections(to: place, configuration: configuration(readOnly: true))
        let moved = try plain.read { db in
            try checkFormat(of: db, path: path)
            return try? MovedRoots(db, library: path)
        }
        guard let moved, !moved.places.isEmpty else { return plain }
        try plain.close()
        return try ReadConnections(
            to: place,
            configuration: configuration(readOnly: true, moved: moved)
        )
    }

    /// Refuses what this program cannot read.
    private static func checkFormat(of db: Database, path: String) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        guard application == Schema.applicationID else { throw StoreError.notALibrary(path: path) }
        try Schema.checkForeignParts(of: db, path: path)
        guard version >= 0 else {
            throw StoreError.damaged(path: path, detail: "its format is number \(version)")
        }
        guard version <= Schema.version else {
            throw StoreError.fromTheFuture(
                path: path,
                version: version,
                supported: Schema.version
            )
        }
        guard version == Schema.version else {
            throw StoreError.outdated(path: path, version: version, current: Schema.version)
        }
    }

    private static func openWriter(_ path: String) throws -> DatabasePool {
        try DatabasePool(path: path, configuration: configuration(readOnly: false))
    }

    /// Runs `body` in one transaction: all of it is committed, or nothing.
    func write<R>(_ body: (SQLiteTransaction) throws -> R) throws -> R {
        try explaining {
            try writer().write { db in
                let changes = KeywordChanges(watching: db)
                defer { changes.stop() }
                let transaction = SQLiteTransaction(db: db)
                let result = try body(transaction)
                try transaction.finish()
                // Another connection still reads what there was before.
                try changes.settle(comparingWith: connections)
                return result
            }
        }
    }

    /// Returns the file's unused pages to the file system.
    package func vacuum() throws {
        try explaining { try writer().vacuum() }
        bringLogIn()
    }

    /// Brings the log into the file, as far as nobody reads what was there before.
    ///
    /// SQLite does so when the last connection is closed; but a reader that goes last cannot, and what
    /// it leaves in the log is missing from a copy of the file.
    func bringLogIn() {
        let writer = openedWriter.withLock { $0 }
        // By SQL, which is an error where the library is closed already; GRDB's call is none.
        try? writer?.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
        }
    }

    deinit { bringLogIn() }

    /// Closes the file; nothing can be read or written afterwards.
    package func close() throws {
        try explaining {
            bringLogIn()
            try connections.close()
            try openedWriter.withLock { try $0?.close() }
        }
    }

    /// Runs SQLite's own check of the file; an empty list means that it is whole.
    package func integrityProblems() throws -> [String] {
        try explaining {
            try connections.read { db in
                let lines = try String.fetchAll(db, sql: "PRAGMA integrity_check")
                return lines == ["ok"] ? [] : lines
            }
        }
    }

    func explaining<R>(_ body: () throws -> R) throws -> R {
        do { return try body() } catch let error as DatabaseError {
            throw SQLiteStore.explain(error, path: path)
        } catch let damage as RowDamage {
            throw StoreError.damaged(path: path, detail: "\(damage.what) is not as it was written")
        } catch let error as FTS5ListError {
            throw StoreError.damaged(path: path, detail: "\(error)")
        } catch let error as RowDecodingError {
            throw StoreError.damaged(path: path, detail: "\(error)")
        } catch VectorIndexError.corrupt(let what) {
            throw StoreError.damaged(path: path, detail: what)
        } catch VectorIndexError.missingRow(let ordinal) {
            throw StoreError.damaged(path: path, detail: "no vector in slot \(ordinal)")
        } catch VectorIndexError.segmentsDisagree(let how) {
            throw StoreError.damaged(path: path, detail: how)
        }
    }
}

// MARK: - Opening

extension SQLiteStore {
    private static func configuration(
        readOnly: Bool,
        moved: MovedRoots? = nil
    ) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        // A snapshot's transaction stays open from one access to the next.
        configuration.allowsUnsafeTransactions = readOnly
        configuration.label = "vecino"
        configuration.prepareDatabase { db in
            // A library may be a stranger's: nothing in its schema may do more than hold data.
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            if let connection = unsafe db.sqliteConnection, unsafe vs_defend(connection, 1) != 0 {
                throw DatabaseError(message: "SQLite refuses its defensive mode")
            }
            try db.execute(sql: "PRAGMA cell_size_check = ON")
            try db.execute(sql: "PRAGMA mmap_size = 1099511627776")
            try db.execute(sql: "PRAGMA cache_size = -16384")
            try moved?.show(to: db)
            if !readOnly {
                // Larger pages hold more vectors each; only a new file takes the setting.
                try db.execute(sql: "PRAGMA page_size = 8192")
                try db.execute(sql: "PRAGMA synchronous = NORMAL")
            }
        }
        return configuration
    }

    /// Turns what SQLite or the file system reports into the sentence a person can act on.
    static func explain(_ error: any Error, path: String) -> StoreError {
        if let error = error as? StoreError { return error }
        guard let error = error as? DatabaseError else {
            let detail = (error as NSError).localizedDescription
            return .notPermitted(path: path, detail: detail)
        }
        let detail = error.message ?? "\(error.resultCode)"
        return switch error.resultCode.primaryResultCode {
        case .SQLITE_NOTADB: .notALibrary(path: path)
        case .SQLITE_CORRUPT: .damaged(path: path, detail: detail)
        case .SQLITE_FULL: .diskFull(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            .notPermitted(path: path, detail: detail)
        case .SQLITE_IOERR:
            .database(path: path, detail: "\(detail) (an error of the disk or file system)")
        default: .database(path: path, detail: detail)
        }
    }
}

extension SQLiteStore {
    /// The version of SQLite that this program runs with.
    package static var sqliteVersion: String {
        let version = try? DatabaseQueue().read { db in
            try String.fetchOne(db, sql: "SELECT sqlite_version()")
        }
        return version ?? "unknown"
    }
}
