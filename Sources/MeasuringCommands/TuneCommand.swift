package import ArgumentParser
internal import CommandParts
internal import Evaluation
internal import Experiments
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino

package struct TuneCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: localized("Fit ranking to labeled questions of your own."),
        discussion: localized(
            """
            SET is what `vecino eval` takes: a questions.jsonl about your library, or a folder in BEIR \
            layout. Tried are the ways and weights of bringing words and meaning together, the weights of \
            titles and headings, how many candidates each side brings up, and with --rerank a second look, \
            each by itself and the best of each together. One half of the questions chooses, the other half tells what the choice is worth. \
            Unless that is significantly more than the default's worth (p < 0.02) the default stays; \
            and nothing changes without --apply.

            EXAMPLES
              vecino tune questions.jsonl
              vecino tune questions.jsonl --metric mrr@5 --apply
              vecino tune questions.jsonl --rerank late
              vecino tune --reset
            """
        )
    )

    @Argument(help: .localized("A BEIR folder or a questions.jsonl."), completion: .file())
    var set: String?

    @Option(name: .long, help: .localized("What should be as high as can be."))
    var metric = "ndcg@10"

    @OptionGroup var match: MatchOptions

    @Option(
        name: .long,
        help: .localized(
            "Try a second look at the first 20 passages as well: late, or a cross-encoder's name or folder.",
            valueName: "how"
        )
    )
    var rerank: String?

    @Flag(name: .long, help: .localized("Let the library's searches use what was found."))
    var apply = false

    @Flag(name: .long, help: .localized("Let the library's searches use the default again."))
    var reset = false

    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    package init() {}

    package func validate() throws {
        if (set == nil) != reset {
            throw misuse("Name a set to tune by, or give --reset alone.")
        }
    }

    package func run() async throws {
        guard let set else { return try await forget() }
        try await Interruption.cancelling { try await tune(by: set) }
    }

    private func forget() async throws {
        let opened = try Library.open(at: library.existingPath(), for: .indexing)
        try await opened.useRanking(nil)
        Terminal.say("Searches rank as by default: \(RankingSettings()).")
    }

    private func tune(by path: String) async throws {
        let metric = try RankingMetric(parsing: metric)
        let labeled = try await LabeledLibrary(path, library: library, model: model)
        let tuned = try await RankingTuning(
            of: labeled.library,
            on: labeled.set,
            metric: metric,
            reranking: rerank.flatMap(Reranking.init).flatMap { $0 == .off ? nil : $0 },
            matching: match.field,
            identify: labeled.identify
        )
        show(tuned, metric: metric, queries: labeled.set.judgedQueries.count)
        guard tuned.tuning.isGain else { return }
        guard apply else {
            return Terminal.say("Nothing was changed: --apply makes searches use it.")
        }
        let writable = try Library.open(at: labeled.library.path, for: .indexing)
        try await writable.useRanking(tuned.best)
        Terminal.say("Applied. `vecino tune --reset` takes it back.")
    }

    private func show(_ tuned: RankingTuning, metric: RankingMetric, queries: Int) {
        let plain = tuned.finalists[0]
        var table = TextTable([.leading("settings"), .trailing(metric.description)])
        let means = tuned.figures.mapValues { $0.reduce(0, +) / Double(max(1, $0.count)) }
        let order = means.sorted {
            ($1.value, $0.key.description) < ($0.value, $1.key.description)
        }
        for (settings, mean) in order {
            let mark = settings == plain ? "  (default)" : ""
            table.append([settings.description + mark, Format.fixed(mean, 4)])
        }
        Terminal.write(table.description)
        let change = tuned.tuning.heldOut.difference
        let gain =
            "\(change.mean >= 0 ? "+" : "")\(Format.fixed(change.mean, 4)) on the half that had no part "
            + "in the choice [\(Format.fixed(change.low, 4)), \(Format.fixed(change.high, 4))], p = "
            + Format.fixed(tuned.tuning.heldOut.pValue, 4)
        if tuned.tuning.isGain {
            Terminal.say(
                "\(tuned.best) is better than the default, \(plain): \(gain)."
            )
            if let cost = tuned.cost, tuned.best.reranking != .off {
                Terminal.say(
                    "The second look takes \(fixed: cost, 0) ms more for each question, less for "
                        + "passages that it has seen."
                )
            }
        } else {
            Terminal.say(
                "The default, \(plain), stays: over \(count: queries) questions nothing "
                    + "is significantly better (\(gain))."
            )
        }
    }
}
