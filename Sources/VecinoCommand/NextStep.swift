internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino

/// What `vecino` shows when it is told nothing: what there is here, and what can be done next.
enum NextStep {
    static func show() async throws {
        let here = FileManager.default.currentDirectoryPath
        guard let path = LibraryLocation.find(from: here), LibraryLocation.isOwn(path) else {
            Terminal.show("There is no library here yet. To make one of a folder of documents:")
            Terminal.print("")
            Terminal.show("  vecino index FOLDER")
            Terminal.print("")
            return Terminal.show("`vecino --help` shows all commands.")
        }
        let status = try await Library.open(at: path, for: .searching).status()
        Terminal.show(
            "\(Terminal.styled(Terminal.path(path), .bold))  "
                + "\(count: status.documents, "document"), \(count: status.passages, "passage")"
        )
        Terminal.print("")
        for (command, what) in steps(for: status) {
            let column = command.padding(toLength: 28, withPad: " ", startingAt: 0)
            Terminal.print("  \(column)\(what)")
        }
        Terminal.print("")
        Terminal.show("`vecino --help` shows all commands.")
    }

    private static func steps(for status: LibraryStatus) -> [(String, String)] {
        if status.documents == 0 {
            return [(localized("vecino index FOLDER"), localized("read a folder of documents"))]
        }
        var steps = [
            (localized("vecino search WORDS"), localized("find passages by meaning and by words")),
            (localized("vecino ask \"QUESTION\""), localized("an answer with quotations")),
            ("vecino index", localized("read what has changed since")),
        ]
        let skipped = status.collections.reduce(0) { $0 + $1.skipped.count }
        if skipped > 0 {
            let why = localized(
                "why \(count: skipped, "file") \(word: skipped, "was", "were") not read"
            )
            steps.append(("vecino status", why))
        }
        return steps
    }
}
