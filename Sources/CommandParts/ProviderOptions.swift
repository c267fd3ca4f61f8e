package import Answering
package import ArgumentParser
internal import Corpus
internal import Localization
internal import TerminalIO
package import Vecino

/// How a model is asked, as an argument.
package enum AnswerFormArgument: String, CaseIterable, ExpressibleByArgument {
    case automatic, quotations, numbered

    package var form: AnswerForm { AnswerForm(rawValue: rawValue) ?? .automatic }
}

/// Which language model writes, and how.
package struct ProviderOptions: ParsableArguments {
    @Option(
        name: [.customShort("m"), .customLong("llm")],
        help: .localized(
            "\(Provider.forms(embedding: false)), local (a server on this machine) or local:NAME, "
                + "NAME with --base-url, or none. Default: the provider whose key is set, else none.",
            valueName: "model"
        ),
        completion: .custom { _, _, start in await ProviderOptions.completions(of: start) }
    )
    package var name: String?

    @Option(
        name: .customLong("base-url"),
        help: .localized(
            "The server that has the model, such as http://127.0.0.1:8080/v1. A provider's key does not "
                + "go there.",
            valueName: "url"
        )
    )
    package var baseURL: String?

    @Option(
        name: .customLong("key-variable"),
        help: .localized(
            "The environment variable, or line of the key file, whose key goes to --base-url.",
            valueName: "variable"
        )
    )
    var keyVariable: String?

    @Flag(
        name: .customLong("no-llm"),
        help: .localized("Quote the best sentences; use no language model.")
    )
    var noLLM = false

    @Option(name: .long, help: .localized("0 for the likeliest words, up to 2."))
    var temperature = 0.0

    @Option(
        name: .customLong("top-p"),
        help: .localized("Draw from the likeliest words that together have this probability.")
    )
    var topP: Double?

    @Option(name: .customLong("top-k"), help: .localized("Draw from so many likeliest words."))
    var topK: Int?

    @Option(name: .customLong("max-tokens"), help: .localized("Tokens of the longest reply."))
    var maximumTokens = 800

    @Option(name: .long, help: .localized("Makes replies repeatable, where the provider can."))
    var seed: Int?

    @Option(
        name: .customLong("form"),
        help: .localized(
            "How the model is asked: numbered (it chooses among numbered sentences, which small models can), "
                + "quotations (it quotes), or automatic: by the size that its name tells.",
            valueName: "form"
        ),
        completion: .list(AnswerForm.allCases.map(\.rawValue))
    )
    package var form = AnswerFormArgument.automatic

    package init() {}

    package var sampling: Sampling {
        Sampling(
            temperature: temperature,
            topP: topP,
            topK: topK,
            maximumTokens: maximumTokens,
            seed: seed
        )
    }

    package func validate() throws {
        if !(0...2).contains(temperature) { throw misuse("--temperature takes 0 to 2.") }
        if let topP, !(0...1).contains(topP) || topP == 0 {
            throw misuse("--top-p takes a number above 0, up to 1.")
        }
        if let topK { try Limits.validate(topK, in: Limits.tokens, as: "--top-k") }
        try Limits.validate(maximumTokens, in: Limits.tokens, as: "--max-tokens")
    }

    /// The names of models that begin so; no server is asked for its own while the network is forbidden.
    static func completions(of start: String, embedding: Bool = false) async -> [String] {
        if NetworkOptions.forbidsNetwork(ProcessEnvironment.environment["VECINO_OFFLINE"]) {
            ProcessEnvironment.stayOffline()
        }
        return await Provider.completions(of: start, embedding: embedding)
    }

    /// The model that was named, or whose provider's key is set; nil for none.
    package func languageModel(settings: Settings) async throws -> (any LanguageModel)? {
        if noLLM { return nil }
        let isNamed = name != nil || settings.answerModel != nil || baseURL != nil
        // A key that happens to be set asks nobody then.
        if !isNamed, ProcessEnvironment.isOffline { return nil }
        let environment = try KeyFile.adding(to: ProcessEnvironment.environment)
        let choice = try AnswerModel(
            name: name ?? settings.answerModel,
            route: ModelRoute(baseURL: baseURL, keyVariable: keyVariable),
            environment: environment
        )
        let model = try await choice.languageModel(
            environment: environment,
            addresses: settings.addresses ?? [:]
        )
        guard let model else { return nil }
        if !isNamed {
            Terminal.say("Asking \(model.name), because its key is set; --no-llm stays here.")
        } else if case .local = choice {
            Terminal.say("Asking \(model.name), on this machine.")
        }
        return model
    }
}
