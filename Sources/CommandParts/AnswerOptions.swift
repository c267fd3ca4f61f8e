package import Answering
package import ArgumentParser
internal import Foundation
internal import Localization
internal import TerminalIO
package import Vecino

/// How questions are answered, for the commands that answer them.
package struct AnswerOptions: ParsableArguments {
    @Option(
        name: [.customShort("k"), .long],
        help: .localized(
            "How many passages the answer may draw on. Default: 5 for a language model, else "
                + "\(AskOptions.defaultCandidates).",
            valueName: "passages"
        )
    )
    package var passages: Int?

    @Option(name: .long, help: .localized("hybrid, keyword or vector."))
    package var mode: ModeArgument = .hybrid

    @OptionGroup var rerank: RerankOptions

    @Option(
        name: .customLong("max-risk"),
        help: .localized(
            "Refuse when the risk that the documents do not answer is seen as larger, 0 to 1: small "
                + "for few and sure answers. Default: "
                + "\(ExtractiveAnswerer.defaultRisk); \(AskOptions.defaultRiskBeforeModel) before a "
                + "language model is asked, which judges for itself.",
            valueName: "risk"
        )
    )
    package var maximumRisk: Double?

    @Option(
        name: .long,
        help: .localized("How often the model may search again.", valueName: "n")
    )
    package var steps = 0

    @Option(
        name: .customLong("context-tokens"),
        help: .localized("Tokens of all passages that are sent together.", valueName: "n")
    )
    var contextTokens = 2_500

    @Option(
        name: .long,
        help: .localized(
            "What a question may take: tokens, money and time, such as 2000tokens,0.02$,1500ms. Money needs "
                + "the model's price in your settings.",
            valueName: "amounts"
        )
    )
    package var budget: String?

    @Flag(
        exclusivity: .exclusive,
        help: .localized(
            "Drop what has no passing quotation, or show it last and marked as unsupported."
        )
    )
    package var care = Care.strict

    @Flag(name: .customLong("no-save"), help: .localized("Do not keep the answer in the library."))
    var noSave = false

    @Flag(name: .customLong("no-stream"), help: .localized("Show no claim before all are checked."))
    package var noStream = false

    /// What happens to claims whose quotations did not pass.
    package enum Care: EnumerableFlag {
        case strict, bestEffort

        package static func name(for value: Care) -> NameSpecification {
            value == .strict ? .customLong("strict") : .customLong("best-effort")
        }
    }

    package init() {}

    package func validate() throws {
        if let passages, !(1...50).contains(passages) {
            throw misuse("-k takes a number from 1 to 50.")
        }
        if let maximumRisk, !(0...1).contains(maximumRisk) {
            throw misuse("--max-risk takes a number from 0 to 1.")
        }
        if !(0...10).contains(steps) { throw misuse("--steps takes a number up to 10.") }
        if let budget, AnswerBudget(budget) == nil {
            throw misuse(
                "--budget takes amounts with their units, such as 2000tokens, 0.02$ or 1500ms, divided by "
                    + "commas."
            )
        }
        if !(200...1_000_000).contains(contextTokens) {
            throw misuse("--context-tokens takes a number from 200 up.")
        }
    }

    package func askOptions(filters: FilterOptions, provider: ProviderOptions) throws -> AskOptions
    {
        var options = AskOptions(
            passages: passages ?? 5,
            tokenBudget: contextTokens,
            mode: mode.searchMode,
            filter: try filters.filter(),
            sampling: provider.sampling,
            maximumRisk: maximumRisk
        )
        options.candidates = passages ?? AskOptions.defaultCandidates
        options.reranking = rerank.reranking
        options.steps = steps
        options.form = provider.form.form
        return options
    }

    /// Sets the model that answers, and what it may take.
    ///
    /// - Throws: `ValidationError` for a budget of money without the model's price.
    package func setModel(
        _ model: (any LanguageModel)?,
        in options: inout AskOptions,
        settings: Settings
    ) throws {
        options.model = model
        options.budget = budget.flatMap(AnswerBudget.init)
        guard let model else { return }
        let price = settings.prices?[model.name]
        options.rates = price.map {
            AnswerBudget.Rates(prompt: $0.prompt / 1_000_000, reply: $0.reply / 1_000_000)
        }
        if options.budget?.cost != nil, price == nil {
            throw misuse(
                "A budget of money needs the price of \(model.name) in \(Settings.userFile()): under "
                    + "[prices], \"\(model.name)\" = { prompt = 0.40, reply = 1.60 } for a million tokens."
            )
        }
    }

    /// Keeps `answer` in the library, unless that is not wanted; returns its number.
    ///
    /// An answer is worth showing even where it cannot be kept.
    package func keep(
        _ answer: Answer,
        in library: Library,
        following: AnswerID?,
        since start: ContinuousClock.Instant,
        settings: Settings
    ) async -> AnswerID? {
        guard !noSave else { return nil }
        let elapsed = start.duration(to: .now) / .milliseconds(1)
        do {
            return try await library.save(
                answer,
                following: following,
                milliseconds: elapsed,
                price: settings.prices?[answer.model]
            )
        } catch {
            Terminal.say("The answer was not kept: \(error: error)")
            return nil
        }
    }
}
