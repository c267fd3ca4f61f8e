internal import Answering
internal import ArgumentParser
internal import Foundation
internal import Synchronization
internal import Vecino

struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Answer a question from your documents, with quotations that were checked.",
        discussion: """
            Every claim rests on a quotation that stands word for word in a document, or it is not \
            shown. What your documents do not say is answered with “not in your documents”.

            With OPENAI_API_KEY or GEMINI_API_KEY set, that provider writes the answer from the \
            passages found; without a key, or with --no-llm, the best sentences are quoted and \
            nothing leaves this machine.

            EXAMPLES
              vecino ask "¿Cuándo abre el taller?"
              vecino ask --no-llm "How do I renew the lease?"
              vecino ask -m gemini:gemini-2.5-flash "What did we decide about the roof?"
              vecino ask -m local "…"               Ollama, LM Studio, llama.cpp: whichever runs here
              vecino ask --base-url http://127.0.0.1:8080/v1 -m local-model "…"
              vecino ask --show-prompt "…"          exactly what would be sent, sending nothing
              vecino ask --no-context "…"           the model alone: what do the documents add?
            """
    )

    @Argument(help: "The question, in any language.")
    var question: [String] = []

    @OptionGroup(title: "Language model") var provider: ProviderOptions

    @Option(name: [.customShort("k"), .long], help: "How many passages the answer may draw on.")
    var passages = 5

    @Flag(name: .customLong("no-context"), help: "Ask the model alone, without your documents.")
    var noContext = false

    @Flag(name: .customLong("show-prompt"), help: "Print what would be sent, and send nothing.")
    var showPrompt = false

    @Flag(name: .customLong("no-stream"), help: "Show no claim before all are checked.")
    var noStream = false

    @Flag(name: .long, help: "Print as JSON.")
    var json = false

    @Option(name: .long, help: "hybrid, keyword or vector.")
    var mode: ModeArgument = .hybrid

    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup(title: "Library") var library: LibraryOptions
    @OptionGroup var model: ModelOptions

    func validate() throws {
        if !(1...50).contains(passages) { throw ValidationError("-k takes a number from 1 to 50.") }
    }

    func run() async throws {
        try await Interruption.cancelling { try await ask() }
    }

    private func ask() async throws {
        let text = question.joined(separator: " ")
        let path = try library.existingPath()
        let opened = try Library.open(
            at: path,
            for: .searching,
            model: model.model,
            baseURL: model.embedURL
        )
        var options = AskOptions(
            passages: passages,
            mode: mode.searchMode,
            filter: try filters.filter(),
            usesContext: !noContext,
            sampling: provider.sampling
        )
        if showPrompt {
            for message in try await opened.prompt(for: text, options: options) {
                Terminal.print("--- \(message.role.rawValue)")
                Terminal.print(Terminal.harmless(message.text))
            }
            return
        }
        options.model = try await provider.languageModel(settings: Settings(library: path))
        if noContext, options.model == nil {
            throw ValidationError("--no-context asks a language model: name one with -m.")
        }
        let printer = AnswerPrinter(json: json, streams: !noStream)
        let answer = try await opened.ask(text, options: options) { printer.handle($0) }
        try printer.finish(answer)
        if !answer.outcome.isAnswered { throw ExitStatus.nothingFound }
    }
}

/// Which language model writes, and how.
struct ProviderOptions: ParsableArguments {
    @Option(
        name: [.customShort("m"), .customLong("llm")],
        help: ArgumentHelp(
            "openai:NAME, gemini:NAME, local (a server on this machine) or local:NAME, NAME with "
                + "--base-url, or none. Default: the provider whose key is set, else none.",
            valueName: "model"
        )
    )
    var name: String?

    @Option(
        name: .customLong("base-url"),
        help: ArgumentHelp(
            "An OpenAI-compatible server, such as http://127.0.0.1:8080/v1.",
            valueName: "url"
        )
    )
    var baseURL: String?

    @Flag(name: .customLong("no-llm"), help: "Quote the best sentences; use no language model.")
    var noLLM = false

    @Option(name: .long, help: "0 for the likeliest words, up to 2.")
    var temperature = 0.0

    @Option(name: .customLong("max-tokens"), help: "Tokens of the longest reply.")
    var maximumTokens = 800

    @Option(name: .long, help: "Makes replies repeatable, where the provider can.")
    var seed: Int?

    var sampling: Sampling {
        Sampling(temperature: temperature, maximumTokens: maximumTokens, seed: seed)
    }

    func validate() throws {
        if !(0...2).contains(temperature) { throw ValidationError("--temperature takes 0 to 2.") }
        if maximumTokens < 1 { throw ValidationError("--max-tokens takes a number from 1 up.") }
    }

    /// The model that was named, or whose provider's key is set; nil for none.
    func languageModel(settings: Settings) async throws -> (any LanguageModel)? {
        if noLLM { return nil }
        let choice = try AnswerModel(name: name ?? settings.answerModel, baseURL: baseURL)
        guard let model = try await choice.languageModel() else { return nil }
        if name == nil, settings.answerModel == nil, baseURL == nil {
            Terminal.say("Asking \(model.name), because its key is set; --no-llm stays here.")
        } else if case .local = choice {
            Terminal.say("Asking \(model.name), on this machine.")
        }
        return model
    }
}
