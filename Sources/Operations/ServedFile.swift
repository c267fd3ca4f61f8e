internal import Foundation

/// The file of a library as it was when it was opened.
///
/// Somebody may delete it, or put another one in its place, while it is served. The open file would go on
/// answering from what nobody can see any more.
struct ServedFile: Sendable {
    private let path: String
    private let number: UInt64?

    /// Remembers the file at `path`; a library that is no file is never replaced.
    init(_ path: String) {
        self.path = path
        number = Self.number(of: path)
    }

    /// Checks that the file is still there.
    ///
    /// - Throws: `ServiceError.unavailable`.
    func check() throws(ServiceError) {
        guard let number else { return }
        switch Self.number(of: path) {
        case number: return
        case nil:
            throw .unavailable("The library \(path) was deleted or moved: put it back, or stop.")
        default:
            throw .unavailable("Another library was put at \(path): start the server again.")
        }
    }

    private static func number(of path: String) -> UInt64? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.systemFileNumber] as? NSNumber)?.uint64Value
    }
}
