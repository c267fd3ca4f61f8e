internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Vecino

struct TuneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Fit ranking to labeled questions of your own.",
        discussion: """
            SET is what `vecino eval` takes: a questions.jsonl about your library, or a folder in BEIR \
            layout. Tried are the ways and weights of bringing words and meaning together, the weights of \
            titles and headings, and how many candidates each side brings up, each by itself and the \
            best of each together. One half of the questions chooses, the other half tells what the choice is worth. \
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
    @OptionGroup(title: "Network") var network: NetworkOptions

    func validate() throws {
        if (set == nil) != reset {
            throw ValidationError("Name a set to tune by, or give --reset alone.")
        }
    }

    func run() async throws {
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
        let queries = labeled.set.judgedQueries.map(\.id)
        func measure(_ settings: [RankingSettings]) async throws -> [RankingSettings: [Double]] {
            let runs = try await labeled.library.rankings(
                for: labeled.set,
                by: settings,
                matching: match.field,
                identify: labeled.identify
            )
            let figures = runs.map { run in
                RunEvaluation(
                    run,
                    judgements: labeled.set.judgements,
                    queries: queries,
                    metrics: [metric]
                )[metric]
            }
            return Dictionary(zip(settings, figures), uniquingKeysWith: { first, _ in first })
        }
        // First each kind of setting by itself, then the best of each kind together. All choices look
        // at the same half of the questions.
        let plain = RankingSettings()
        var figures = try await measure([plain] + RankingSettings.choices.joined())
        let best = RankingSettings.choices.map { kind in
            let settings = [plain] + kind.filter { $0 != plain }
            return settings[Tuning(values: settings.compactMap { figures[$0] }).best]
        }
        let combinations = best.reduce([plain]) { known, more in
            known + known.map { $0.combined(with: more) }
        }
        let unknown = Set(combinations).subtracting(figures.keys)
        if !unknown.isEmpty { try await figures.merge(measure(Array(unknown))) { $1 } }
        let finalists =
            [plain]
            + Set(combinations).subtracting([plain]).sorted {
                $0.description < $1.description
            }
        let tuning = Tuning(values: finalists.compactMap { figures[$0] })
        show(tuning, finalists, all: figures, metric: metric, queries: queries.count)
        guard tuning.isGain else { return }
        guard apply else {
            return Terminal.say("Nothing was changed: --apply makes searches use it.")
        }
        let writable = try Library.open(at: labeled.library.path, for: .indexing)
        try await writable.useRanking(finalists[tuning.best])
        Terminal.say("Applied. `vecino tune --reset` takes it back.")
    }

    private func show(
        _ tuning: Tuning,
        _ finalists: [RankingSettings],
        all figures: [RankingSettings: [Double]],
        metric: RankingMetric,
        queries: Int
    ) {
        var table = TextTable([.leading("settings"), .trailing(metric.description)])
        let means = figures.mapValues { $0.reduce(0, +) / Double(max(1, $0.count)) }
        let order = means.sorted {
            ($1.value, $0.key.description) < ($0.value, $1.key.description)
        }
        for (settings, mean) in order {
            let mark = settings == finalists[0] ? "  (default)" : ""
            table.append([settings.description + mark, Format.fixed(mean, 4)])
        }
        Terminal.write(table.description)
        let change = tuning.heldOut.difference
        let gain =
            "\(change.mean >= 0 ? "+" : "")\(Format.fixed(change.mean, 4)) on the half that had no part "
            + "in the choice [\(Format.fixed(change.low, 4)), \(Format.fixed(change.high, 4))], p = "
            + Format.fixed(tuning.heldOut.pValue, 4)
        if tuning.isGain {
            Terminal.say(
                "\(finalists[tuning.best]) is better than the default, \(finalists[0]): \(gain)."
            )
        } else {
            Terminal.say(
                "The default, \(finalists[0]), stays: over \(Format.count(queries)) questions nothing "
                    + "is significantly better (\(gain))."
            )
        }
    }
}
