internal import Corpus
internal import Foundation
internal import GRDB

/// A copy of a library that lies, with a log that is not brought in, where nothing can be written: the
/// log is brought into the copy, which goes when it is not needed any more.
final class SettledCopy: Sendable {
    /// Where the copy is: one file without a log.
    let path: String
    private let folder: String

    /// Copies the file at `path` and its log into a folder of this user's.
    ///
    /// - Throws: `StoreError.notPermitted` with what kept it from that.
    /// - Complexity: reads and writes the library once.
    init(of path: String) throws(StoreError) {
        let manager = FileManager.default
        let name = "vecino-\(UUID().uuidString)"
        folder = PathName.joined(manager.temporaryDirectory.path(percentEncoded: false), name)
        self.path = folder + "/library.db"
        do {
            guard unsafe mkdir(folder, 0o700) == 0 else { throw LibraryFile.refusal(of: folder) }
            for suffix in ["", "-wal"] {
                try manager.copyItem(atPath: path + suffix, toPath: self.path + suffix)
                guard unsafe chmod(self.path + suffix, 0o600) == 0 else {
                    throw LibraryFile.refusal(of: self.path)
                }
            }
            let copy = try DatabaseQueue(path: self.path)
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
        } catch {
            try? manager.removeItem(atPath: folder)
            throw .notPermitted(
                path: path,
                detail:
                    "\(path)-wal holds a part of it, which cannot be brought in where nothing can be "
                    + "written, nor in a copy below \(PathName.folder(folder)): "
                    + "\((error as NSError).localizedDescription); set TMPDIR to a folder with room, "
                    + "or run `vecino backup` where it was made"
            )
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
