internal import ArgumentParser
internal import CommandParts
internal import Corpus
internal import Localization
internal import Retrieval
internal import TerminalIO
internal import Vecino

struct WhyNotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why-not",
        abstract: localized(
            "Say why a passage or document was not quoted for a question, or not found."
        ),
        discussion: localized(
            """
            Follows what you expected through every stage: whether the library holds it, the filters, the \
            words, the vectors, both together, languages, duplicates, the room for passages, the risk, and \
            the weighing of sentences. Then it tries what would bring it up, and says what did. No language \
            model is asked. The exit status is 0 when it is found or quoted, 1 when it is not.

            EXAMPLES
              vecino why-not notes/lease.md "when is the lease renewed?"
              vecino why-not 42 "when is the lease renewed?"    passage 42
              vecino why-not notes/lease.md:20 "…"              what stands at line 20
              vecino why-not "renewed every year in March" "…"  the passage with these words
              vecino why-not --search notes/lease.md "lease"    why a search misses it
              vecino why-not --search --where language=es notes/lease.md "lease"
              vecino why-not --json notes/lease.md "…"
            """
        )
    )

    @Argument(
        help: .localized("A passage's number, a document's path, PATH:LINE, or words of a passage.")
    )
    var target: String

    @Argument(help: .localized("The question, or what was searched for."))
    var question: [String]

    @Flag(name: .long, help: .localized("Follow a search rather than an answer."))
    var search = false

    @Option(
        name: [.customShort("n"), .long],
        help: .localized("How many hits the search shows. Default: 10.")
    )
    var limit: Int?

    @Option(
        name: .long,
        help: .localized("At most this many hits of one document.", valueName: "n")
    )
    var perDoc: Int?

    @Flag(
        name: .long,
        help: .localized("Show passages that say nearly the same as hits of their own.")
    )
    var duplicates = false

    @Option(
        name: [.customShort("k"), .long],
        help: .localized("How many passages the answer may draw on.")
    )
    var passages = AskOptions.defaultCandidates

    @Option(
        name: .customLong("max-risk"),
        help: .localized(
            "The risk above which the question is refused, 0 to 1.",
            valueName: "risk"
        )
    )
    var maximumRisk: Double?

    @Option(name: .long, help: .localized("hybrid, keyword or vector."))
    var mode: ModeArgument = .hybrid

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    @OptionGroup(title: localized("Filters")) var filters: FilterOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func validate() throws {
        if let limit { try Limits.validate(limit, in: Limits.results, as: "-n") }
        if let perDoc { try Limits.validate(perDoc, in: Limits.results, as: "--per-doc") }
        if !(1...50).contains(passages) { throw misuse("-k takes a number from 1 to 50.") }
        if let maximumRisk, !(0...1).contains(maximumRisk) {
            throw misuse("--max-risk takes a number from 0 to 1.")
        }
        if !search, limit != nil || perDoc != nil || duplicates {
            throw misuse("-n, --per-doc and --duplicates go with --search.")
        }
    }

    func run() async throws {
        try await Interruption.cancelling { try await explain() }
    }

    private func explain() async throws {
        let path = try library.existingPath()
        let opened = try model.open(path, for: .searching)
        let (name, lines) = try LineReference.parse(target)
        let text = question.joined(separator: " ")
        let filter = try filters.filter()
        let hits = try limit ?? Settings(library: path).results ?? 10
        let request = SearchRequest(
            text,
            mode: mode.searchMode,
            limit: search ? hits : passages,
            filter: filter,
            perDocument: search ? perDoc : nil,
            showsDuplicates: duplicates
        )
        var asked = AskOptions(
            mode: mode.searchMode,
            filter: filter,
            maximumRisk: maximumRisk
        )
        asked.candidates = passages
        let report = try await opened.whyNot(
            WhyNotRequest(
                target: name,
                lines: lines,
                search: request,
                asked: search ? nil : asked
            )
        )
        if json { Terminal.print(try JSON.text(WhyNotReport(report))) } else { show(report) }
        if report.lostAt != nil { throw ExitStatus.nothingFound }
    }

    private func show(_ report: WhyNot) {
        if let passage = report.passage, let place = report.place {
            let number = Terminal.styled("#\(passage)", .mark)
            let of =
                report.passages > 1
                ? localized("  (the nearest of \(count: report.passages, "passage"))") : ""
            Terminal.print("\(number)  \(Terminal.path(place))\(of)")
        }
        for step in report.steps {
            let mark = step.isPassed ? "✓" : "✗"
            let text = Terminal.harmless(localized("\(told: step.text)"))
            Terminal.print("  \(mark) \(step.stage.rawValue)\t\(text)")
        }
        guard let stage = report.lostAt else {
            Terminal.show(search ? "It is found." : "It is quoted.")
            return
        }
        Terminal.show("Lost at: \(Terminal.styled(stage.rawValue, .bold))")
        guard !report.remedies.isEmpty else {
            Terminal.show("Nothing that was tried brings it up.")
            return
        }
        Terminal.show("What brings it up:")
        for remedy in report.remedies {
            var line = "  " + Terminal.harmless(localized("\(told: remedy.text)"))
            if let change = remedy.change { line += "  " + WhyNotReport.option(change) }
            if let rank = remedy.rank {
                line += localized(search ? "  → rank \(rank)" : "  → statement \(rank)")
            }
            Terminal.print(line)
        }
    }
}
