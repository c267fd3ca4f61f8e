internal import Answering
internal import ArgumentParser
internal import CommandParts
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino
internal import Experiments

struct EvalGenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gen",
        abstract: localized(
            "Let a language model propose questions about your documents, for review."
        ),
        discussion: localized(
            """
            Passages are drawn evenly from the library, and the model writes for each one a question \
            that it answers. The lines go to stdout as questions.jsonl, marked "reviewed": false. Read \
            them: throw out what nobody would ask, what the passage does not answer, and what another \
            document answers as well; then set "reviewed" to true. `vecino eval` does not score the \
            others.

            EXAMPLES
              vecino eval gen -n 50 -m local > questions.jsonl
              vecino eval gen -n 100 -m openai:gpt-4.1-mini > questions.jsonl
            """
        )
    )

    @Option(name: [.customShort("n"), .long], help: .localized("How many passages to ask about."))
    var count = 20

    @OptionGroup(title: localized("Language model")) var provider: ProviderOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func validate() throws {
        if !(1...10_000).contains(count) { throw misuse("-n takes 1 to 10000.") }
    }

    func run() async throws {
        try await Interruption.cancelling { try await generate() }
    }

    private func generate() async throws {
        let path = try library.existingPath()
        guard let model = try await provider.languageModel(settings: Settings(library: path)) else {
            throw misuse(
                "A language model has to write the questions: name one with -m, such as -m local."
            )
        }
        let opened = try Library.open(at: path, for: .searching)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var made = 0
        let asked = try await opened.proposeQuestions(
            about: count,
            model: model,
            sampling: provider.sampling
        ) { question in
            made += 1
            Terminal.print(String(decoding: try encoder.encode(question), as: UTF8.self))
        }
        Terminal.say(
            "\(made) questions by \(model.name) about \(asked) passages, none of them reviewed: read "
                + "them and set \"reviewed\" to true before `vecino eval` scores them."
        )
        if made == 0 { throw ExitStatus.nothingFound }
    }
}
