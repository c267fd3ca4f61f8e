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
