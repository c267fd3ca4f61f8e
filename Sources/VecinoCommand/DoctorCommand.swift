internal import ArgumentParser
internal import CommandParts
internal import Localization
internal import MeasuringCommands
internal import TerminalIO
internal import Vecino
internal import Experiments

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: localized("Check whether the library is whole, and repair what can be repaired."),
        discussion: localized(
            """
            Checks SQLite's structure, that every passage has its vector, its codes and its words, and \
            that all of them can be read. --fix makes codes, words and the graph again from the passages; \
            a document whose vectors are damaged is taken out, and the next `vecino index` reads it again. \
            Your documents themselves are never touched. The exit status is 3 while something is wrong.

            --recall does something else: it searches for your own queries, one a line in --queries, or for \
            some made from your passages. It prints what share of the nearest passages the searches find, \
            and the time they save over comparing every passage.

            EXAMPLES
              vecino doctor
              vecino doctor --fix && vecino index
              vecino doctor --recall --queries questions.txt
            """
        )
    )

    @Flag(name: .long, help: .localized("Repair what can be made again from the rest."))
    var fix = false

    @Flag(
        name: .long,
        help: .localized("Measure what vector searches find, and the time they save.")
    )
    var recall = false

    @Option(
        name: .long,
        help: .localized("With --recall: a file with one query a line.", valueName: "file"),
        completion: .file()
    )
    var queries: String?

    @Option(name: .customShort("n"), help: .localized("With --recall: how many queries to make."))
    var count = 200

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func validate() throws {
        if fix, recall { throw misuse("--fix and --recall do not go together.") }
        if queries != nil, !recall { throw misuse("--queries goes with --recall.") }
        if !(1...100_000).contains(count) { throw misuse("-n takes 1 to 100000.") }
    }

    func run() async throws {
        if recall {
            try await Interruption.cancelling { try await measureRecall() }
        } else {
            try await checkIntegrity()
        }
    }

    private func measureRecall() async throws {
        let opened = try model.open(library.existingPath(), for: .serving)
        let texts = try await QueryFile.queries(in: queries, or: count, from: opened)
        guard let check = try await opened.recallCheck(of: texts) else {
            throw misuse("There is nothing to look for: the library is empty.")
        }
        let report = RecallReport(check)
        Terminal.write(json ? try JSON.text(report) + "\n" : report.text)
    }

    private func checkIntegrity() async throws {
        let path = try library.existingPath()
        let opened = try Library.open(at: path, for: fix ? .indexing : .searching)
        let health = try await opened.checkIntegrity(repairing: fix)
        if json {
            Terminal.print(try JSON.text(health))
        } else {
            for problem in health.problems {
                let isRepaired = !health.remaining.contains(problem)
                let text = Terminal.harmless(problem)
                if isRepaired {
                    Terminal.show("repaired: \(told: text)")
                } else {
                    Terminal.show("damaged: \(told: text)")
                }
            }
            for problem in health.remaining where !health.problems.contains(problem) {
                Terminal.show("damaged: \(told: Terminal.harmless(problem))")
            }
            for document in health.documentsToIndex {
                Terminal.show("to be indexed again: \(Terminal.harmless(document))")
            }
        }
        if let pending = opened.pendingLog() { Terminal.say("\(told: pending)") }
        if health.problems.isEmpty {
            Terminal.say("The library is whole.")
        } else if !health.isSound {
            if fix {
                Terminal.say(
                    "Not all could be repaired: save what `vecino answers list -n 1000000 --json` still "
                        + "prints, move \(path) away and run `vecino index` on your folders."
                )
            } else {
                Terminal.say("Run `vecino doctor --fix`.")
            }
            throw ExitStatus.library
        } else {
            Terminal.say("Repaired. Run `vecino index` to bring the library up to date.")
        }
    }
}
