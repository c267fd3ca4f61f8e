internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Vecino

struct TuneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Fit how words and meaning are weighed to labelled questions of your own.",
        discussion: """
            SET is what `vecino eval` takes: a questions.jsonl about your library, or a folder in BEIR \
            layout. One half of the questions chooses, the other half tells what the choice is worth. \
            Unless that is significantly more than the default's worth (p < 0.02) the default stays; \
            and nothing changes without --apply.

            EXAMPLES
              vecino tune questions.jsonl
              vecino tune questions.jsonl --metric mrr@5 --apply
              vecino tune --reset
            """
    )

    @Argument(help: "A BEIR folder or a questions.jsonl.", completion: .file())
    var set: String?

    @Option(name: .long, help: "What should be as high as can be.")
    var metric = "ndcg@10"

    @OptionGroup var match: MatchOptions

    @Flag(name: .long, help: "Let the library's searches use what was found.")
    var apply = false

    @Flag(name: .long, help: "Let the library's searches use the default again.")
    var reset = false

    @OptionGroup(title: "Library") var library: LibraryOptions
    @OptionGroup var model: ModelOptions

    func validate() throws {
        if (set == nil) != reset {
            throw ValidationError("Name a set to tune by, or give --reset alone.")
        }
    }

    func run() async throws {
        guard let set else { return try forget() }
        try await Interruption.cancelling { try await tune(by: set) }
    }

    private func forget() throws {
        let opened = try Library.open(at: library.existingPath(), for: .indexing)
        try opened.useFusion(nil)
        Terminal.say("Searches fuse as by default: \(Fusion.standard).")
    }

    private func tune(by path: String) async throws {
        let metric = try RankingMetric(parsing: metric)
        let labelled = try await LabelledLibrary(path, library: library, model: model)
        for note in labelled.set.notes { Terminal.say("note: \(note)") }
        let fusions = Fusion.choices
        let rankings = try await labelled.library.rankings(
            for: labelled.set,
            by: fusions,
            matching: match.field,
            identify: labelled.identify
        )
        let queries = labelled.set.judgedQueries.map(\.id)
        let values = rankings.map { run in
            RunEvaluation(
                run,
                judgements: labelled.set.judgements,
                queries: queries,
                metrics: [metric]
            )[metric]
        }
        let tuning = Tuning(values: values)
        show(tuning, fusions: fusions, metric: metric, queries: queries.count)
        guard tuning.isGain else { return }
        guard apply else {
            return Terminal.say("Nothing was changed: --apply makes searches use it.")
        }
        let writable = try Library.open(at: labelled.library.path, for: .indexing)
        try writable.useFusion(fusions[tuning.best])
        Terminal.say("Applied. `vecino tune --reset` takes it back.")
    }

    private func show(_ tuning: Tuning, fusions: [Fusion], metric: RankingMetric, queries: Int) {
        var table = TextTable([.leading("fusion"), .trailing(metric.description)])
        for (fusion, mean) in zip(fusions, tuning.means) {
            table.append([fusion.description, Format.fixed(mean, 4)])
        }
        Terminal.write(table.description)
        let change = tuning.heldOut.difference
        let figures =
            "\(change.mean >= 0 ? "+" : "")\(Format.fixed(change.mean, 4)) on the half that had no part "
            + "in the choice [\(Format.fixed(change.low, 4)), \(Format.fixed(change.high, 4))], p = "
            + Format.fixed(tuning.heldOut.pValue, 4)
        if tuning.isGain {
            Terminal.say(
                "\(fusions[tuning.best]) is better than the default, \(fusions[0]): \(figures)."
            )
        } else {
            Terminal.say(
                "The default, \(fusions[0]), stays: over \(Format.count(queries)) questions nothing is "
                    + "significantly better (\(figures))."
            )
        }
    }
}
