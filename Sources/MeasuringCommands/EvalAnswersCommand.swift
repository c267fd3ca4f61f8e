internal import ArgumentParser
internal import CommandParts
internal import Evaluation
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino
internal import Experiments

struct EvalAnswersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answers",
        abstract: localized(
            "Measure answers and refusals: how often right, how often rightly refused."
        ),
        discussion: localized(
            """
            Each labeled question is asked twice: with all documents, and with those that answer it \
            left out, when the right thing to do is to refuse. Questions that are labeled as answered \
            by nothing are asked once. The table shows, for bounds on the risk as --max-risk of ask \
            takes them, what share is answered and how much of that is wrong.

            With -m each question is asked without a model as well, and a warning says when the model answers \
            fewer of them rightly.

            With "quotation" or "answer" in a question's line, an answer is right if its first \
            quotation has it; without one, if that is from a document that answers.

            EXAMPLES
              vecino eval answers questions.jsonl
              vecino eval answers sets/xquad --limit 200 --svg curve.svg
              vecino eval answers sets/xquad --reliability reliability.svg
              vecino eval answers questions.jsonl -m local --no-removal
            """
        )
    )

    @Argument(help: .localized("A BEIR folder or a questions.jsonl."), completion: .file())
    var set: String

    @OptionGroup var match: MatchOptions
    @OptionGroup(title: localized("Language model")) var provider: ProviderOptions

    @Option(
        name: [.customShort("k"), .long],
        help: .localized(
            "How many passages an answer may draw on. Default: 5 for a language model, else "
                + "\(AskOptions.defaultCandidates).",
            valueName: "passages"
        )
    )
    var passages: Int?

    @Option(name: .long, help: .localized("hybrid, keyword or vector."))
    var mode: ModeArgument = .hybrid

    @Option(name: .long, help: .localized("Ask only so many of the questions, evenly spread."))
    var limit: Int?

    @Flag(
        name: .customLong("no-removal"),
        help: .localized("Do not ask without the documents that answer.")
    )
    var noRemoval = false

    @Option(name: .long, help: .localized("Draw the risk-coverage curve.", valueName: "file"))
    var svg: String?

    @Option(
        name: .long,
        help: .localized("Draw the stated risks against the true ones.", valueName: "file")
    )
    var reliability: String?

    @Flag(
        name: .long,
        help: .localized("Print a line of JSON for each question asked, then the summary.")
    )
    var json = false

    @Flag(
        name: .customLong("features"),
        help: .localized(
            "With --json, add what scripts/fit-answers fits the ranking and the risk to."
        )
    )
    var features = false

    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func validate() throws {
        if let passages, !(1...50).contains(passages) {
            throw misuse("-k takes a number from 1 to 50.")
        }
        if let limit, limit < 1 { throw misuse("--limit takes a number from 1 up.") }
    }

    func run() async throws {
        try await Interruption.cancelling { try await measure() }
    }

    private func measure() async throws {
        let prepared = try await LabeledLibrary(set, library: library, model: model)
        for note in prepared.set.notes { Terminal.say("note: \(note)") }
        let opened = prepared.library
        var options = AskOptions(passages: passages ?? 5, mode: mode.searchMode)
        options.candidates = passages ?? AskOptions.defaultCandidates
        options.sampling = provider.sampling
        options.form = provider.form.form
        // Only a model that is named: a measurement asks hundreds of questions.
        if provider.name != nil || provider.baseURL != nil {
            options.model = try await provider.languageModel(settings: Settings(library: nil))
        }
        let asked = chosen(prepared.set.queries)
        var trials: [Library.AnswerTrial] = []
        var baseline: [Library.AnswerTrial] = []
        for (number, query) in asked.enumerated() {
            let relevant = Swift.Set(
                prepared.set.judgements[query.id].filter { $0.value > 0 }.map(\.key)
            )
            for isRemoved in noRemoval || relevant.isEmpty ? [false] : [false, true] {
                try Task.checkCancellation()
                let trial = try await opened.trial(
                    of: query,
                    relevant: relevant,
                    isRemoved: isRemoved,
                    matching: match.field,
                    options: options,
                    identify: prepared.identify,
                    isFitted: features
                )
                trials.append(trial)
                if options.model != nil {
                    var alone = options
                    alone.model = nil
                    baseline.append(
                        try await opened.trial(
                            of: query,
                            relevant: relevant,
                            isRemoved: isRemoved,
                            matching: match.field,
                            options: alone,
                            identify: prepared.identify
                        )
                    )
                }
                if json { Terminal.print(try JSON.text(trial, pretty: false)) }
            }
            if Terminal.showsProgress {
                ProgressLine.show("\(number + 1) of \(asked.count) questions")
            }
        }
        ProgressLine.clear()
        let report = AnswerReport(trials, baseline: baseline, modelName: options.model?.name)
        Terminal.print(json ? try JSON.text(report, pretty: false) : report.text)
        if let model = report.model, model.isWeaker {
            Terminal.say(
                "warning: \(model.name) answers fewer questions rightly (\(model.right)) than no model "
                    + "(\(model.rightWithoutModel)): ask with --no-llm, or with --form numbered."
            )
        }
        let name = prepared.set.name
        if let svg {
            let points = report.coverage.curve.filter { $0.bound <= 1 }
            try Self.write(
                RiskCoveragePlot(points, title: "Risk and coverage", subtitle: name).svg,
                to: svg
            )
        }
        if let reliability {
            let title = "Stated and true risk"
            try Self.write(
                ReliabilityPlot(report.coverage, title: title, subtitle: name).svg,
                to: reliability
            )
        }
    }

    private static func write(_ picture: String, to path: String) throws {
        try Data(picture.utf8).write(to: URL(filePath: path), options: .atomic)
    }

    private func chosen(_ queries: [LabeledQuery]) -> [LabeledQuery] {
        guard let limit, limit < queries.count else { return queries }
        return (0..<limit).map { queries[$0 * queries.count / limit] }
    }
}
