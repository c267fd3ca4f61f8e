internal import ArgumentParser
internal import Vecino

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the library holds, and what could not be read.",
        discussion: """
            EXAMPLES
              vecino status
              vecino status --check            also check the file itself
              vecino status --json | jq '.collections[].skipped'
            """
    )

    @Flag(name: .long, help: "Print as JSON.")
    var json = false

    @Flag(name: .long, help: "Check the file with SQLite's integrity check.")
    var check = false

    @OptionGroup(title: "Library") var library: LibraryOptions

    func run() async throws {
        let opened = try Library.open(at: library.existingPath(), for: .searching)
        let status = try await opened.status()
        if json { Terminal.print(try JSON.text(status)) } else { show(status) }
        if let advice = opened.advice { Terminal.say(advice) }
        guard check else { return }
        let problems = try await opened.integrityProblems()
        for problem in problems { Terminal.say("damaged: \(problem)") }
        if !problems.isEmpty { throw ExitStatus.library }
        Terminal.say("The file is whole.")
    }

    private func show(_ status: LibraryStatus) {
        Terminal.print(
            "\(Terminal.styled(Terminal.path(status.path), .bold))  "
                + "\(Format.count(status.documents, "document")), "
                + "\(Format.count(status.passages, "passage")), "
                + "\(Format.bytes(status.fileSize))"
        )
        if let model = status.model, let dimensions = status.dimensions {
            Terminal.print("model: \(model), \(dimensions) dimensions")
        }
        for collection in status.collections {
            Terminal.print("")
            Terminal.print(Terminal.styled(Terminal.path(collection.root), .path))
            Terminal.print(
                "    \(Format.count(collection.documents, "document")), "
                    + "\(Format.count(collection.passages, "passage")), "
                    + "\(Format.bytes(collection.bytes)) of files"
            )
            for (name, counts) in [
                ("languages", collection.languages), ("formats", collection.formats),
            ] where !counts.isEmpty {
                let list = counts.map { "\($0.name) \(Format.count($0.documents))" }
                Terminal.print("    \(name): \(list.joined(separator: ", "))")
            }
            Terminal.print(
                "    last indexed: \(collection.indexedAt ?? "never to the end; run `vecino index`")"
            )
            for (name, notes) in [
                ("repaired", collection.repaired), ("skipped", collection.skipped),
            ] where !notes.isEmpty {
                Terminal.print("    \(name): \(Format.count(notes.count))")
                for note in notes {
                    Terminal.print("        \(Terminal.path(note.path)): \(note.text)")
                }
            }
        }
    }
}
