internal import Corpus
internal import Documents
internal import Foundation

/// The folders that this user had indexed, each with the library it went into.
///
/// A library says of itself which folders it holds, and a library may be a stranger's: what it names
/// is read again only if the user has named it too, or if it lies in the folder that the library came
/// with. `$XDG_CONFIG_HOME/vecino/folders` has a line for each, a JSON array of library and folder.
public struct KnownFolders: Sendable {
    private let file: String
    private let library: String
    private var lines: Set<[String]>

    /// What the user has named for the library at `path`.
    ///
    /// A file that cannot be read or understood counts as empty: then folders have to be named again.
    public init(
        library path: String,
        environment: [String: String] = ProcessEnvironment.environment
    ) {
        file = PathName.folder(Settings.userFile(environment)) + "/folders"
        library = Self.realPath(path)
        lines = Self.lines(of: file)
    }

    /// Whether `folder`, an absolute path, may be read because the library names it.
    public func contains(_ folder: String) -> Bool {
        if lines.contains([library, folder]) { return true }
        // A project's library may name what lies in the project, wherever that is moved.
        let home = PathName.folder(library)
        guard PathName.last(home) == ".vecino" else { return false }
        let project = PathName.folder(home)
        let isInside = folder == project || folder.hasPrefix(project == "/" ? "/" : project + "/")
        return isInside && !folder.split(separator: "/").contains("..")
            && (try? FileSystem.realPath(folder)) == folder
    }

    /// Notes folders, absolute paths, that the user names.
    ///
    /// - Throws: `CocoaError` or `POSIXError` if that cannot be kept.
    public mutating func add(_ folders: [String]) throws {
        let new = folders.filter { !contains($0) }
        guard !new.isEmpty else { return }
        lines = Self.lines(of: file).union(new.map { [library, $0] })
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let text = try lines.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
        try PrivateFile.write(Array(text.sorted().joined().utf8), to: file)
    }

    private static func lines(of file: String) -> Set<[String]> {
        guard let bytes = try? FileSystem.contents(of: file, limit: 64 << 20) else { return [] }
        let decoder = JSONDecoder()
        return Set(
            bytes.split(separator: UInt8(ascii: "\n")).compactMap {
                try? decoder.decode([String].self, from: Data($0))
            }
        )
    }

    private static func realPath(_ path: String) -> String {
        if LibraryAddress.isServer(path) { return path }
        let absolute = PathName.absolute(path, in: ProcessEnvironment.workingFolder)
        if let real = try? FileSystem.realPath(absolute) { return real }
        let folder = PathName.folder(absolute)
        return ((try? FileSystem.realPath(folder)) ?? folder) + "/" + PathName.last(absolute)
    }
}
