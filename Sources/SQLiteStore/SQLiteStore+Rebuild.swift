package import Corpus
internal import FTS5Index
internal import Foundation
internal import GRDB
internal import Synchronization

/// A shadow rebuild: a library is built anew beside the one that is searched meanwhile, and then takes
/// its place.
extension SQLiteStore {
    package func hasUnfinishedRebuild() async -> Bool {
        FileManager.default.fileExists(atPath: shadowPath)
    }

    package func beginRebuild(model: String) async throws -> any LibraryStore {
        if await hasUnfinishedRebuild() {
            let begun = try? SQLiteStore(at: shadowPath, access: .readWrite)
            if let begun, (try? begun.isUnfinishedShadow(of: self, model: model)) == true {
                try begun.inherit(from: self)
                return begun
            }
            try? begun?.close()
            removeShadow()
        }
        let new = try SQLiteStore(at: shadowPath, access: .readWrite)
        try new.inherit(from: self)
        return new
    }

    package func finishRebuild(from shadow: any LibraryStore) async throws {
        guard let shadow = shadow as? SQLiteStore else {
            throw StoreError.unsupported("take the place of one of another kind")
        }
        try replaceContents(with: shadow)
        try shadow.close()
        removeShadow()
    }

    private var shadowPath: String { path + "-rebuild" }

    private func removeShadow() {
        for suffix in ["", "-wal", "-shm", "-journal", "-lock"] {
            try? FileManager.default.removeItem(atPath: shadowPath + suffix)
        }
    }

    /// Inherits from `former` what is no copy of documents.
    ///
    /// That is which folders it knows, what was chosen, and the answers that were kept. What was inherited
    /// before is as `former` has it now.
    ///
    /// - Throws: `StoreError`; nothing is inherited then.
    func inherit(from former: SQLiteStore) throws {
        let inheritance = try former.read { try Inheritance($0.db) }
        let collections = try former.read { snapshot in
            try Row.fetchAll(snapshot.db, sql: "SELECT root, options FROM collection ORDER BY id")
        }
        try write { transaction in
            try inheritance.store(in: transaction.db)
            for row in collections {
                try transaction.db.execute(
                    sql: "INSERT OR IGNORE INTO collection(root, options) VALUES (?, ?)",
                    arguments: [row.text(0), row.text(1)]
                )
            }
        }
    }

    /// Whether this library was begun to take the place of `former`, and has not come to it.
    ///
    /// False too for one with another model's embeddings.
    func isUnfinishedShadow(of former: SQLiteStore, model: String) throws -> Bool {
        let mark = try read { try Self.mark(in: $0.db) }
        let stored = try read { try $0.model() }
        return try (stored == nil || stored?.identifier == model)
            && (mark == nil || mark != former.read { try Self.mark(in: $0.db) })
    }

    /// Puts all that `shadow` holds in the place of what this library holds, in one transaction.
    ///
    /// Who reads meanwhile reads what was there before, and who reads later, in whichever process, the
    /// new generation. Answers that were kept, and choices that were made, until the moment of the change
    /// go along.
    ///
    /// - Throws: `StoreError`; this library is as it was then.
    /// - Complexity: O(bytes of the shadow), in the log first, then in the file.
    func replaceContents(with shadow: SQLiteStore) throws {
        try explaining {
            let (source, target) = (try shadow.writer(), try writer())
            try source.writeWithoutTransaction { db in
                let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                var isHeld = false
                try target.writeWithoutTransaction { destination in
                    // In steps, because from the first one on nobody else can write to this library:
                    // what it holds then is final. SQLite copies what changes in the source meanwhile.
                    let step = Int32(clamping: max(1, pages / 200))
                    try db.backup(to: destination, pagesPerStep: step) { _ in
                        guard !isHeld else { return }
                        isHeld = true
                        try self.bequeath(to: db)
                    }
                }
            }
            // Readers of the old generation may keep the log from being emptied; then the next writer does.
            _ = try? target.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        }
        vectorCache.withLock { $0 = nil }
        facts.withLock { $0 = nil }
    }

    /// Writes what a shadow has to have when it takes this library's place, which is now.
    private func bequeath(to db: Database) throws {
        let (inheritance, former) = try read { (try Inheritance($0.db), try $0.generation()) }
        try db.inTransaction {
            try inheritance.store(in: db)
            // Who has read the old generation has to see that this is another one, and its language groups
            // belong to it.
            let transaction = SQLiteTransaction(db: db)
            let own = try transaction.setting("vector_version") ?? "0"
            let generation = String(max(Int(own) ?? 0, (Int(former) ?? 0) + 1))
            try transaction.set("vector_version", to: generation)
            try db.execute(
                sql: "UPDATE language_group SET generation = ? WHERE generation = ?",
                arguments: [generation, own]
            )
            if try transaction.setting("language_groups") == own {
                try transaction.set("language_groups", to: generation)
            }
            try transaction.set("successor", to: UUID().uuidString)
            return .commit
        }
    }

    /// Names the change by which a library got what it holds, if it came to it so.
    private static func mark(in db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM setting WHERE key = 'successor'")
    }
}

/// What a library keeps when it is built anew, but for its folders.
private struct Inheritance {
    private let answers: [Row]
    private let preferences: [Row]

    init(_ db: Database) throws {
        answers = try Row.fetchAll(db, sql: "SELECT * FROM answer ORDER BY id")
        preferences = try Row.fetchAll(
            db,
            sql: "SELECT key, value FROM setting WHERE key LIKE 'preference.%'"
        )
    }

    /// Writes it in the place of what is there, as it is: a row's checksum goes along.
    func store(in db: Database) throws {
        try db.execute(
            sql: "DELETE FROM answer; DELETE FROM setting WHERE key LIKE 'preference.%'"
        )
        for (table, rows) in [("answer", answers), ("setting", preferences)] {
            for row in rows {
                let columns = row.columnNames.joined(separator: ", ")
                let places = row.map { _ in "?" }.joined(separator: ", ")
                try db.cachedStatement(sql: "INSERT INTO \(table)(\(columns)) VALUES (\(places))")
                    .execute(arguments: StatementArguments(Array(row.databaseValues)))
            }
        }
    }
}
