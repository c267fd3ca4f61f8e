package import ArgumentParser
internal import Localization

/// `vecino eval`: measuring rankings, unless a subcommand says what else.
package struct EvalCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract:
            localized(
                "Measure how well searches find, and answers answer, what labeled questions want."
            ),
        discussion: localized(
            """
            EXAMPLES
              vecino eval sets/cranfield                   rankings, as `eval ranking` does
              vecino eval questions.jsonl --metric hit@5
              vecino eval questions.jsonl --fail-if 'ndcg@10 < 0.85'
              vecino eval answers questions.jsonl          answers and refusals
              vecino eval gen -n 50 -m local               questions to review
            """
        ),
        subcommands: [EvalRankingCommand.self, EvalAnswersCommand.self, EvalGenCommand.self],
        defaultSubcommand: EvalRankingCommand.self
    )

    package init() {}
}
