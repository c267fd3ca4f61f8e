internal import ArgumentParser
internal import Vecino

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look whether the library is whole, and mend what can be mended.",
        discussion: """
            Checks SQLite's structure, that every passage has its vector, its codes and its words, and \
            that all of them can be read. --fix makes codes, words and the graph again from the passages; \
            a document whose vectors are damaged is taken out, and the next `vecino index` reads it again. \
            Your documents themselves are never touched. The exit status is 3 while something is wrong.

            EXAMPLES
              vecino doctor
              vecino doctor --fix && vecino index
            """
    )

    @Flag(name: .long, help: "Mend what can be made again from the rest.")
    var fix = false

    @Flag(name: .long, help: "Print as JSON.")
    var json = false

    @OptionGroup(title: "Library") var library: LibraryOptions

    func run() throws {
        let path = try library.existingPath()
        let opened = try Library.open(at: path, for: fix ? .indexing : .searching)
        let health = try opened.examine(mending: fix)
        if json {
            Terminal.print(try JSON.text(health))
        } else {
            for problem in health.problems {
                let isMended = !health.remaining.contains(problem)
                Terminal.print("\(isMended ? "mended" : "damaged"): \(Terminal.harmless(problem))")
            }
            for problem in health.remaining where !health.problems.contains(problem) {
                Terminal.print("damaged: \(Terminal.harmless(problem))")
            }
            for document in health.documentsToIndex {
                Terminal.print("to be indexed again: \(Terminal.harmless(document))")
            }
        }
        if health.problems.isEmpty {
            Terminal.say("The library is whole.")
        } else if !health.isSound {
            Terminal.say(
                fix
                    ? "Not all could be mended: save what `vecino answers list -n 1000000 --json` still "
                        + "prints, move \(path) away and run `vecino index` on your folders."
                    : "Run `vecino doctor --fix`."
            )
            throw ExitStatus.library
        } else {
            Terminal.say("Mended. Run `vecino index` to bring the library up to date.")
        }
    }
}
