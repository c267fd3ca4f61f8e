internal import ArgumentParser
internal import CommandParts
internal import Localization
internal import TerminalIO
internal import Vecino

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: localized("Show what the library holds, and what could not be read."),
        discussion: localized(
            """
            EXAMPLES
              vecino status
              vecino status --check            also check the file itself
              vecino status --json | jq '.collections[].skipped'
            """
        )
    )

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    @Flag(name: .long, help: .localized("Check the file with SQLite's integrity check."))
    var check = false

    @OptionGroup(title: localized("Library")) var library: LibraryOptions

    func run() async throws {
        let opened = try Library.open(at: library.existingPath(), for: .searching)
        let status = try await opened.status()
        if json { Terminal.print(try JSON.text(status)) } else { show(status) }
        if let advice = opened.advice { Terminal.say("\(told: advice)") }
        guard check else { return }
        let problems = try await opened.integrityProblems()
        for problem in problems { Terminal.say("damaged: \(told: problem)") }
        if !problems.isEmpty { throw ExitStatus.library }
        Terminal.say("The file is whole.")
    }

    private func show(_ status: LibraryStatus) {
        Terminal.show(
            "\(Terminal.styled(Terminal.path(status.path), .bold))  "
                + "\(count: status.documents, "document"), \(count: status.passages, "passage"), "
                + "\(bytes: status.fileSize)"
        )
        if let model = status.model, let dimensions = status.dimensions {
            Terminal.show("model: \(model), \(count: dimensions) dimensions")
        }
        for collection in status.collections {
            Terminal.print("")
            Terminal.print(Terminal.styled(Terminal.path(collection.root), .path))
            Terminal.show(
                "    \(count: collection.documents, "document"), "
                    + "\(count: collection.passages, "passage"), "
                    + "\(bytes: collection.bytes) of files"
            )
            for (name, counts) in [
                (localized("languages"), collection.languages),
                (localized("formats"), collection.formats),
            ] where !counts.isEmpty {
                let list = counts.map { localized("\($0.name) \(count: $0.documents)") }
                Terminal.show("    \(name): \(list.joined(separator: ", "))")
            }
            if let time = collection.indexedAt {
                Terminal.show("    last indexed: \(moment: time)")
            } else {
                Terminal.show("    last indexed: never to the end; run `vecino index`")
            }
            for (name, notes) in [
                (localized("repaired"), collection.repaired),
                (localized("skipped"), collection.skipped),
            ] where !notes.isEmpty {
                Terminal.show("    \(name): \(count: notes.count)")
                for note in notes {
                    let text = Terminal.harmless(note.text)
                    Terminal.show("        \(Terminal.path(note.path)): \(told: text)")
                }
            }
            // The library's sentence is recognized, as it is where it is translated.
            if (collection.repaired + collection.skipped).contains(where: {
                $0.text.contains("text recognition (OCR)")
            }) {
                Terminal.show("    `vecino index --ocr` reads the text of pictures.")
            }
        }
    }
}
