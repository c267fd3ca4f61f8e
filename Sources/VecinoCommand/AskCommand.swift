internal import Answering
internal import ArgumentParser
internal import CommandParts
internal import Corpus
internal import Localization
internal import TerminalIO
internal import Vecino

struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: localized(
            "Answer a question from your documents, with quotations that were checked."
        ),
        discussion: localized(
            """
            Every claim rests on a quotation that stands word for word in a document, or it is not \
            shown. What your documents do not say is answered with “not in your documents”.

            With the key of a provider set (\(Provider.chatKeys.joined(separator: ", ")), in the environment or in the file \
            ~/.config/vecino/keys, mode 600), that provider writes the answer from the passages found; \
            without a key, or with --no-llm, the best sentences are quoted and nothing leaves this \
            machine. A key goes to its provider's own server only.

            EXAMPLES
              vecino ask "¿Cuándo abre el taller?"
              vecino ask --no-llm "How do I renew the lease?"
              vecino ask --max-risk 0.2 "…"         only an answer that is very likely right
              vecino ask -m gemini:gemini-3.8-flash "What did we decide about the roof?"
              vecino ask -m local "…"               whichever server runs on this machine
              vecino ask -m local --steps 2 "…"     the model may search again, twice
              vecino ask --continue "And who pays?" goes on from the last answer
              vecino ask --base-url http://127.0.0.1:8080/v1 -m local-model "…"
              vecino ask --show-prompt "…"          what would be sent, sending nothing
              vecino ask --dry-run "…"              whom it would go to, sending nothing
              vecino ask --no-context "…"           what the model says without documents
              vecino ask --compare -m local "…"     the model alone, documents alone, both
              vecino ask --budget 2000tokens,3s "…" no more than that; 0.02$ bounds the cost
            """
        )
    )

    @Argument(help: .localized("The question, in any language."))
    var question: [String] = []

    @OptionGroup(title: localized("Language model")) var provider: ProviderOptions
    @OptionGroup var answering: AnswerOptions

    @Flag(
        name: [.customShort("c"), .customLong("continue")],
        help: .localized("Go on from the last answer: the question may lean on it.")
    )
    var goesOn = false

    @Flag(
        name: .customLong("no-context"),
        help: .localized("Ask the model alone, without your documents.")
    )
    var noContext = false

    @Flag(
        name: .long,
        help: .localized(
            "Ask three times: the model alone, the model with your documents, your documents alone. Shows the "
                + "answers side by side, with tokens and cost, and where they differ."
        )
    )
    var compare = false

    @Flag(
        name: .customLong("show-prompt"),
        help: .localized("Print what would be sent, and send nothing.")
    )
    var showPrompt = false

    @Flag(
        name: .customLong("dry-run"),
        help: .localized("Say what would be sent to whom, and send nothing.")
    )
    var dryRun = false

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    @OptionGroup(title: localized("Filters")) var filters: FilterOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func validate() throws {
        if compare, noContext || showPrompt || dryRun {
            throw misuse(
                "--compare asks with and without documents: leave out --no-context, --show-prompt and --dry-run."
            )
        }
    }

    func run() async throws {
        try await Interruption.cancelling { try await ask() }
    }

    private func ask() async throws {
        let start = ContinuousClock.now
        let text = question.joined(separator: " ")
        let path = try library.existingPath()
        let opened = try model.open(path, for: .searching)
        var options = try answering.askOptions(filters: filters, provider: provider)
        options.usesContext = !noContext
        let before = goesOn ? try await opened.latestConversation() : []
        options.history = before.map { Turn($0.answer) }
        if showPrompt {
            // Small models are asked in another form; a key that is missing changes nothing of that.
            options.model = try? await provider.languageModel(settings: Settings(library: path))
            for message in try await opened.prompt(for: text, options: options) {
                Terminal.print("--- \(message.role.rawValue)")
                Terminal.print(Terminal.harmless(message.text))
            }
            return
        }
        let settings = try Settings(library: path)
        if dryRun { return try await rehearse(text, in: opened, options, settings) }
        try answering.setModel(
            try await provider.languageModel(settings: settings),
            in: &options,
            settings: settings
        )
        if noContext, options.model == nil {
            throw misuse("--no-context asks a language model: name one with -m.")
        }
        if compare {
            return try await compareWays(
                text,
                in: opened,
                options,
                settings,
                following: before.last?.id
            )
        }
        let printer = AnswerPrinter(
            json: json,
            streams: !answering.noStream,
            showsUnsupported: answering.care == .bestEffort
        )
        let answer = try await opened.ask(text, options: options) { printer.handle($0) }
        let number = await answering.keep(
            answer,
            in: opened,
            following: before.last?.id,
            since: start,
            settings: settings
        )
        try printer.finish(answer, number: number)
        if !answer.outcome.isAnswered { throw ExitStatus.nothingFound }
    }

    /// Asks the model alone, the model with the documents, and the documents alone.
    private func compareWays(
        _ text: String,
        in opened: Library,
        _ options: AskOptions,
        _ settings: Settings,
        following: AnswerID?
    ) async throws {
        guard let model = options.model else {
            throw misuse("--compare asks a language model: name one with -m.")
        }
        let result = try await opened.compare(
            text,
            options: options,
            price: settings.prices?[model.name]
        )
        // The answer that a later question may go on from is kept last.
        for kind in [ThreeWayAnswer.Kind.modelAlone, .documentsAlone, .modelWithDocuments] {
            guard let way = result.ways.first(where: { $0.kind == kind }), let answer = way.answer
            else { continue }
            _ = await answering.keep(
                answer,
                in: opened,
                following: following,
                since: .now - .milliseconds(way.milliseconds),
                settings: settings
            )
        }
        if json {
            Terminal.print(try JSON.text(result))
        } else {
            ComparisonPrinter(result, model: model.name).show()
        }
        let isAnswered = [ThreeWayAnswer.Kind.modelWithDocuments, .documentsAlone]
            .contains { result.answer($0)?.outcome.isAnswered == true }
        if !isAnswered { throw ExitStatus.nothingFound }
    }

    /// Says what would happen, up to the moment at which something would be sent.
    private func rehearse(
        _ text: String,
        in opened: Library,
        _ options: AskOptions,
        _ settings: Settings
    ) async throws {
        let messages = try await opened.prompt(for: text, options: options)
        let tokens = messages.reduce(0) { $0 + PromptBuilder.estimatedTokens($1.text) }
        let name = try await provider.languageModel(settings: settings)?.name
        var alone = options
        alone.usesContext = true
        let quoted = try await opened.ask(text, options: alone)
        if let name {
            Terminal.show("model: \(name)")
            Terminal.show("prompt: about \(count: tokens) tokens, --show-prompt prints it")
        } else {
            Terminal.show("model: none; the best sentences would be quoted")
        }
        if let risk = quoted.evidence?.risk {
            let bound =
                options.maximumRisk
                ?? (name == nil
                    ? ExtractiveAnswerer.defaultRisk : AskOptions.defaultRiskBeforeModel)
            let outcome = risk <= bound ? localized("answered") : localized("refused")
            Terminal.show(
                "risk that the documents do not answer: \(fixed: risk, 2), \(outcome) up to "
                    + "\(fixed: bound, 2)"
            )
        }
        for source in quoted.sources {
            Terminal.show(
                "passage: \(Terminal.path(source.path)):\(source.location.lines?.lowerBound ?? 1)"
            )
        }
    }
}
