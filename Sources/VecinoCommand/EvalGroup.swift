internal import ArgumentParser

/// `vecino eval`: measuring rankings, unless a subcommand says what else.
struct EvalGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract:
            "Measure how well searches find, and answers answer, what labelled questions want.",
        discussion: """
            EXAMPLES
              vecino eval sets/cranfield                   rankings; `vecino eval ranking --help`
              vecino eval questions.jsonl --metric hit@5
              vecino eval answers questions.jsonl          answers and refusals
            """,
        subcommands: [EvalCommand.self, EvalAnswersCommand.self],
        defaultSubcommand: EvalCommand.self
    )
}
