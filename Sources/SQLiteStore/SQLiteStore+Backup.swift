internal import Corpus
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Copies the library as it is now into a new file, its log included, and checks the copy.
    ///
    /// Others may read and write meanwhile. The file is there as a whole or not at all.
    ///
    /// - Throws: `StoreError` if there is something at the path already, if there is no room, or if the
    ///   copy is not what it should be.
    package func backUp(to destination: String) throws {
        let place = try LibraryFile.place(of: destination)
        guard try !LibraryFile.exists(at: place) else {
            throw StoreError.notPermitted(path: place, detail: "there is a file already")
        }
        let draft = place + ".new-\(getpid())"
        guard try LibraryFile.createPrivately(draft) else {
            throw StoreError.notPermitted(path: draft, detail: "there is a file already")
        }
        defer {
            for suffix in ["", "-wal", "-shm", "-journal"] { unsafe unlink(draft + suffix) }
        }
        do {
            try copy(to: draft)
            try Self.settle(draft, at: place)
        } catch {
            throw SQLiteStore.explain(error, path: place)
        }
    }

    private func copy(to draft: String) throws {
        let copy = try DatabaseQueue(path: draft)
        defer { try? copy.close() }
        try connections.read { source in
            try copy.writeWithoutTransaction { target in try source.backup(to: target) }
        }
        // One file: its log is brought in, and there is none from now on until it is opened again.
        try copy.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = DELETE")
            let lines = try String.fetchAll(db, sql: "PRAGMA integrity_check")
            guard lines == ["ok"] else {
                throw StoreError.damaged(path: path, detail: lines.first ?? "no reason given")
            }
            guard try Int.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
                throw StoreError.notALibrary(path: path)
            }
        }
    }

    /// Gives the finished copy its name, which nothing may have taken meanwhile.
    private static func settle(_ draft: String, at place: String) throws {
        try sync(draft, for: place)
        if unsafe link(draft, place) != 0 {
            // Not every file system has links.
            guard errno != EEXIST, unsafe rename(draft, place) == 0 else {
                throw LibraryFile.refusal(of: place)
            }
        }
        // Some file systems do not sync folders; those have nothing to lose there.
        try? sync(PathName.folder(place), for: place)
    }

    private static func sync(_ path: String, for place: String) throws {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LibraryFile.refusal(of: place) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        defer { try? file.close() }
        guard fsync(descriptor) == 0 else { throw LibraryFile.refusal(of: place) }
    }

    /// Bytes of the library that are in its log and not in its file yet, so that a copy of the file alone
    /// would lack them.
    ///
    /// What can be brought in is brought in first, where this library was opened for writing.
    package var pendingLogBytes: Int {
        bringLogIn()
        return LibraryFile.pendingLogBytes(beside: path)
    }
}
