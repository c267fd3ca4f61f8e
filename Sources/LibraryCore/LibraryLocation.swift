public import Corpus
internal import Foundation

/// Where a library is looked for and made.
public enum LibraryLocation {
    /// The file's place below the folder it belongs to.
    public static let relativePath = ".vecino/library.db"

    /// The library that a command started in `folder` means: the nearest `.vecino/library.db` in it
    /// or above it, as git finds its folder; nil when there is none.
    public static func find(from folder: String) -> String? {
        var folder = URL(filePath: folder).standardizedFileURL
        while true {
            let candidate = folder.appending(path: relativePath).path(percentEncoded: false)
            if FileManager.default.fileExists(atPath: candidate) { return candidate }
            let parent = folder.deletingLastPathComponent().standardizedFileURL
            if parent.path == folder.path { return nil }
            folder = parent
        }
    }

    /// Whether `location` is the connection string of a PostgreSQL server, such as
    /// `postgresql://ana@db.example/notes?schema=letters` or `host=db.example dbname=notes`, rather
    /// than the path of a file.
    public static func isServer(_ location: String) -> Bool { LibraryAddress.isServer(location) }

    /// Whether there is something at `location`, a file or a library on a server.
    ///
    /// - Throws: `StoreError` for a server that cannot be used.
    public static func exists(_ location: String) throws(StoreError) -> Bool {
        try LibraryStores.exists(at: location)
    }

    /// Whether `location` names a file, and there is none.
    package static func isMissingFile(_ location: String) -> Bool {
        !LibraryAddress.isServer(location) && !FileManager.default.fileExists(atPath: location)
    }

    /// The SQL that lets a role of a server search the library at `location`, or write to it as well.
    ///
    /// - Throws: `StoreError` for a library in a file, whose permissions are the file's.
    public static func grants(
        at location: String,
        to role: String,
        mayWrite: Bool
    ) throws(StoreError) -> String {
        try LibraryStores.grants(at: location, to: role, mayWrite: mayWrite)
    }

    /// Whether the file at `path` belongs to this user, or to root.
    public static func isOwn(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let owner = (attributes?[.ownerAccountID] as? NSNumber)?.uint32Value else {
            return false
        }
        return owner == geteuid() || owner == 0
    }

    /// Where a new library for `folder` goes.
    public static func standard(in folder: String) -> String {
        URL(filePath: folder).standardizedFileURL.appending(path: relativePath)
            .path(percentEncoded: false)
    }
}
