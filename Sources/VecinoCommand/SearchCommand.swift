internal import ArgumentParser
internal import CommandParts
internal import Corpus
internal import Localization
internal import Retrieval
internal import TerminalIO
internal import Vecino

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: localized("Find passages by meaning and by words."),
        discussion: localized(
            """
            EXAMPLES
              vecino search "how do I renew the lease"
              vecino search -n 3 --per-doc 1 "tarifa de socios"
              vecino search --mode keyword CVE-2024-3094
              vecino search '"annual general meeting" minut* -draft'
              vecino search --where language=es --since 2024 "acta de la asamblea"
              vecino search --rerank late "who has to pay for a broken boiler"
              vecino search --format files "solar" | xargs -d '\\n' ls -l
              vecino search --json "battery" | jq -r '.hits[].path'

            Words "in quotes" have to stand in the passage in that order (within a sentence they only \
            count more), a word or phrase after a minus must not, and an asterisk stands for any \
            ending. title:word, heading:, author:, tag:, path: and since: name where; OR, AND and \
            parentheses join.

            The first column of the text output is the number that `vecino get` and `vecino similar` \
            take.
            """
        )
    )

    @Argument(help: .localized("What to look for, in any language."))
    var query: [String] = []

    @Option(name: [.customShort("n"), .long], help: .localized("How many hits to show."))
    var limit: Int?

    @Option(name: .long, help: .localized("hybrid, keyword or vector."))
    var mode: ModeArgument = .hybrid

    @Option(
        name: .long,
        help: .localized("At most this many hits of one document.", valueName: "n")
    )
    var perDoc: Int?

    @Option(
        name: .long,
        help: .localized(
            "How much hits should differ from each other: 0 (not at all) to 1.",
            valueName: "share"
        )
    )
    var diversity: Double?

    @Flag(
        name: .long,
        help: .localized(
            "Show passages that say nearly the same as hits of their own, not only their number."
        )
    )
    var duplicates = false

    @OptionGroup var rerank: RerankOptions

    @Flag(
        name: .long,
        help: .localized("Show each side's rank and score, and the time of each stage.")
    )
    var explain = false

    @Option(name: .long, help: .localized("text, json, jsonl, csv, md or files."))
    var format: SearchFormat?

    @Flag(name: .long, help: .localized("The same as --format json."))
    var json = false

    @OptionGroup(title: localized("Filters")) var filters: FilterOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func validate() throws {
        if let limit { try Limits.validate(limit, in: Limits.results, as: "-n") }
        if let diversity, !(0...1).contains(diversity) {
            throw misuse("--diversity takes a number from 0 to 1.")
        }
        if let perDoc { try Limits.validate(perDoc, in: Limits.results, as: "--per-doc") }
    }

    func run() async throws {
        let text = query.joined(separator: " ")
        let path = try library.existingPath()
        let limit = try limit ?? Settings(library: path).results ?? 10
        let opened = try model.open(path, for: .searching)
        let request = SearchRequest(
            text,
            mode: mode.searchMode,
            limit: limit,
            filter: try filters.filter(),
            perDocument: perDoc,
            diversity: diversity,
            showsDuplicates: duplicates,
            explain: explain,
            reranking: rerank.reranking
        )
        let results = try await opened.search(request)
        try SearchPrinter(format: format ?? (json ? .json : .text), explain: explain).print(results)
        if results.hits.isEmpty { throw ExitStatus.nothingFound }
    }
}
