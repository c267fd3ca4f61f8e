internal import ArgumentParser
internal import Foundation
internal import Localization
internal import TerminalIO
package import Vecino

/// The folders that a command reads: those that were named to it, else those that the library knows.
///
/// A library may be a stranger's, and what it says of folders is no reason to read them: see
/// `KnownFolders`.
package struct TrustedRoots {
    /// Absolute paths.
    package let roots: [String]
    /// What only the library names; it was said.
    package let leftOut: [String]

    /// Decides which folders are read, and notes those that were named, if they are to be.
    ///
    /// - Throws: `ValidationError` if there is none at all.
    package init(of library: Library, named: [String], noting isNoted: Bool) async throws {
        var known = KnownFolders(library: library.path)
        guard named.isEmpty else {
            roots = named
            leftOut = []
            guard isNoted else { return }
            do { try known.add(named) } catch {
                Terminal.say(
                    "These folders could not be noted as yours (\(error: error)): "
                        + "name them again next time."
                )
            }
            return
        }
        let all = try await library.roots()
        guard !all.isEmpty else {
            throw misuse("Name a folder to index: the library knows none yet.")
        }
        roots = all.filter(known.contains)
        leftOut = all.filter { !known.contains($0) }
        guard !leftOut.isEmpty else { return }
        Terminal.say(
            "Left out, because you have not had this library index them from here yet; name each "
                + "that you trust it with, once:"
        )
        let here = FileManager.default.currentDirectoryPath
        let isFound = LibraryLocation.find(from: here) == library.path
        let database = isFound ? "" : " --db \(Terminal.shellWord(library.path))"
        for root in leftOut {
            let command = "  vecino index \(Terminal.shellWord(root))\(database)"
            Terminal.say(Message(verbatim: command))
        }
    }
}
