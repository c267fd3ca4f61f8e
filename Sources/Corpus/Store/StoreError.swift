/// Why the library file refused a request.
@nonexhaustive public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no library at the path.
    case missing(path: String)
    /// The file is not a library of ours.
    case notALibrary(path: String)
    /// The file was written by a newer program.
    case fromTheFuture(path: String, version: Int, supported: Int)
    /// The file was written by an older program, and may not be changed now.
    case outdated(path: String, version: Int, current: Int)
    /// The file is damaged.
    case damaged(path: String, detail: String)
    /// The disk has no room, or a quota is reached.
    case diskFull(path: String)
    /// The file or its folder may not be written or read.
    case notPermitted(path: String, detail: String)
    /// The file was deleted, or another took its place, while it was open.
    case replaced(path: String)
    /// Another process held the file for too long.
    case busy(path: String)
    /// The library was built with another embedding model.
    case modelMismatch(stored: String, requested: String)
    /// Another process indexes into the library.
    case locked(path: String)
    /// Embeddings or documents came before any model was adopted.
    case noModel
    /// The store cannot do what was asked of it.
    case unsupported(String)
    /// A PostgreSQL server that cannot be used as it is; `detail` says why and what to do.
    case server(address: String, detail: String)
    /// Anything else that SQLite reports.
    case database(path: String, detail: String)

    /// What went wrong and what to do about it.
    public var description: String {
        switch self {
        case .missing(let path):
            "There is no library at \(path): build one with `vecino index FOLDER`."
        case .notALibrary(let path):
            "\(path) is not a Vecino library; it was left as it is. Name another file."
        case .fromTheFuture(let path, let version, let supported):
            "\(path) has format \(version) and this program reads up to \(supported): update vecino."
        case .outdated(let path, let version, let current):
            "\(path) has format \(version) of an earlier version, not \(current): run `vecino index` "
                + "once, and it is brought up to date; nothing is embedded again."
        case .damaged(let path, let detail):
            "\(path) is damaged (\(detail)): repair it, then index again; if that does not help, move "
                + "the file away and index your folders again. Your documents themselves are not "
                + "affected."
        case .diskFull(let path):
            "No room left on the disk of \(path): free some and run the command again; what was "
                + "finished is kept."
        case .notPermitted(let path, let detail):
            "\(path) cannot be opened (\(detail)): check the permissions of it and of its folder."
        case .replaced(let path):
            "\(path) was deleted, or another file took its place, while it was open: nothing more was "
                + "written. Start again."
        case .busy(let path):
            "Another process is writing to \(path): try again when it has finished."
        case .modelMismatch(let stored, let requested):
            "This library was built with the model \(stored), and \(requested) cannot read it: name "
                + "the first, or build the library anew."
        case .locked(let path):
            "Another vecino is indexing into \(path): wait for it to finish, then try again."
        case .noModel:
            "The library has no embedding model yet: index a folder first."
        case .unsupported(let what):
            "This kind of library cannot \(what)."
        case .server(let address, let detail):
            "The server of \(address) cannot be used: \(detail)."
        case .database(let path, let detail):
            "SQLite could not use \(path): \(detail)"
        }
    }
}
