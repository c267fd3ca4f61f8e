internal import Documents

/// The program that reads documents for a library, so that a file which crashes its reader or keeps it
/// busy for ever loses only itself.
///
/// It has to be a program whose `main` calls `serve()` when it is given `arguments`: most simply the
/// one that opens the library. `vecino` does so; a program of yours that indexes what strangers
/// wrote should do the same. Without one, documents are read in the process itself; PDF is read by
/// programs of poppler's in any case.
///
/// ```swift
/// if CommandLine.arguments.dropFirst().first == "read" { ReadingProgram.serve(); exit(0) }
/// let library = try Library.open(
///     at: "notes.db", for: .indexing, reading: .itself(arguments: ["read"]))
/// ```
public struct ReadingProgram: Hashable, Sendable {
    /// Where the program is.
    public var path: String
    /// What it is started with.
    public var arguments: [String]

    /// A program and what it is started with.
    public init(path: String, arguments: [String] = []) {
        self.path = path
        self.arguments = arguments
    }

    /// The program that runs, whatever has become of its file since.
    public static func itself(arguments: [String]) -> ReadingProgram {
        ReadingProgram(path: "/proc/self/exe", arguments: arguments)
    }

    /// Reads documents for the process that started this one, until that has no more of them.
    public static func serve() { ReaderProcess.serve() }
}
