public import Corpus

/// Why the library could not do what was asked of it.
@nonexhaustive public enum LibraryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A folder or file to index does not exist.
    case noSuchPath(String)
    /// A folder or file to index may not be read.
    case unreadable(String, reason: String)
    /// An argument that names a document or a passage names none.
    case noSuchReference(String)
    /// No saved answer has this number.
    case noSuchAnswer(AnswerID)
    /// An argument that names a document names several.
    case ambiguousReference(String, matches: [String])

    /// What was expected, and what to do about it.
    public var description: String {
        switch self {
        case .noSuchPath(let path):
            "There is no file or folder at \(path): check the spelling."
        case .unreadable(let path, let reason):
            "\(path) cannot be read (\(reason)): check its permissions. The library was left as it was."
        case .noSuchReference(let reference):
            "Nothing in the library is called \(reference): `vecino ls` lists its documents; a "
                + "passage is named by the number that `vecino search` shows."
        case .noSuchAnswer(let id):
            "No saved answer has the number \(id): `vecino answers` lists them."
        case .ambiguousReference(let reference, let matches):
            "\(reference) could be any of \(matches.prefix(5).joined(separator: ", "))"
                + (matches.count > 5 ? ", …" : "") + ": write more of the path."
        }
    }
}
