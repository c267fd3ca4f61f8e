internal import Foundation
internal import Vecino

/// What `vecino` shows when it is told nothing: what there is here, and what can be done next.
enum NextStep {
    static func show() async throws {
        let here = FileManager.default.currentDirectoryPath
        guard let path = LibraryLocation.find(from: here), LibraryLocation.isOwn(path) else {
            Terminal.print("There is no library here yet. To make one of a folder of documents:")
            Terminal.print("")
            Terminal.print("  vecino index FOLDER")
            Terminal.print("")
            return Terminal.print("`vecino --help` shows all commands.")
        }
        let status = try await Library.open(at: path, for: .searching).status()
        Terminal.print(
            "\(Terminal.styled(Terminal.path(path), .bold))  "
                + "\(Format.count(status.documents, "document")), "
                + "\(Format.count(status.passages, "passage"))"
        )
        Terminal.print("")
        for (command, what) in steps(for: status) {
            let column = command.padding(toLength: 28, withPad: " ", startingAt: 0)
            Terminal.print("  \(column)\(what)")
        }
        Terminal.print("")
        Terminal.print("`vecino --help` shows all commands.")
    }

    private static func steps(for status: LibraryStatus) -> [(String, String)] {
        if status.documents == 0 {
            return [("vecino index FOLDER", "read a folder of documents")]
        }
        var steps = [
            ("vecino search \"WORDS\"", "find passages by meaning and by words"),
            ("vecino ask \"QUESTION\"", "an answer with quotations"),
            ("vecino index", "read what has changed since"),
        ]
        let skipped = status.collections.reduce(0) { $0 + $1.skipped.count }
        if skipped > 0 {
            steps.append(("vecino status", "why \(Format.count(skipped, "file")) were not read"))
        }
        return steps
    }
}
