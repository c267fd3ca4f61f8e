internal import ArgumentParser
internal import Localization
internal import TerminalIO
internal import Vecino

struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: localized(
            "Copy a library to another file or server, without embedding anything again."
        ),
        discussion: localized(
            """
            Documents, passages, embeddings, folders, choices and answers are copied, and then both \
            libraries are compared: every document, and a hundred searches. A copy that was \
            interrupted goes on where it stopped when the command is run again. Documents and \
            answers get other numbers. A server is named by a connection string of PostgreSQL; its \
            password comes from PGPASSWORD or ~/.pgpass.

            EXAMPLES
              vecino copy notes.db postgresql://ana@db.example/notes?schema=letters
              vecino copy "host=db.example dbname=notes" notes.db
            """
        )
    )

    @Argument(
        help: .localized("The library that is copied."),
        completion: .file(extensions: ["db"])
    )
    var from: String

    @Argument(help: .localized("Where the copy goes; no library with documents may be there."))
    var to: String

    @Flag(help: .localized("Print what was copied and compared as JSON.")) var json = false

    func run() async throws {
        try await Interruption.cancelling {
            let opened = try Library.open(at: from, for: .searching)
            let report = try await opened.copy(to: to) { done, all in
                guard Terminal.showsProgress, done % 20 == 0 || done == all else { return }
                let bar = ProgressBar.text(
                    share: Double(done) / Double(max(1, all)),
                    figures: ["\(Format.count(done)) of \(Format.count(all))"],
                    width: Terminal.width
                )
                ProgressLine.show(bar)
            }
            ProgressLine.clear()
            // A copy that its user makes is trusted with what the library is.
            let known = KnownFolders(library: opened.path)
            var copied = KnownFolders(library: to)
            try? copied.add(try await opened.roots().filter(known.contains))
            if json { return Terminal.print(try JSON.text(report)) }
            Terminal.say(
                "Copied \(count: report.documents, "document"), "
                    + "\(count: report.passages, "passage") and "
                    + "\(count: report.answers, "answer"), and compared all of them."
            )
            Terminal.say(
                "Of the first ten results of \(count: report.searches, "search", "searches") "
                    + "\(fixed: report.keywordAgreement * 100, 1) % by words and "
                    + "\(fixed: report.vectorAgreement * 100, 1) % by meaning are the same."
            )
        }
    }
}
