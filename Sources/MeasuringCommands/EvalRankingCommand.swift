internal import ArgumentParser
internal import CommandParts
internal import Corpus
internal import Evaluation
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino
internal import Experiments

struct EvalRankingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ranking",
        abstract: localized("Measure how well searches find what labeled questions want."),
        discussion: localized(
            """
            SET is a folder in BEIR layout (corpus.jsonl, queries.jsonl, qrels.tsv or \
            qrels/test.tsv), whose corpus is indexed into a library of its own and kept for the next \
            time, or a questions.jsonl with lines like {"question": "…", "relevant": ["notes/a.md"]} \
            about the documents of your library. Questions that say "reviewed": false were made by a \
            language model and read by nobody: they are left out unless --unreviewed takes them along.

            EXAMPLES
              vecino eval sets/cranfield
              vecino eval sets/faq --match-field course --baseline before.jsonl
              vecino eval sets/faq --mode hybrid --trec hybrid.run
              vecino eval questions.jsonl --fail-if 'keyword: hit@5 < 0.7'
            """
        )
    )

    @Argument(help: .localized("A BEIR folder or a questions.jsonl."), completion: .file())
    var set: String

    @Option(
        name: .long,
        help: .localized("ndcg@10, mrr@10, hit@5, recall@100, precision@5, map; may be repeated.")
    )
    var metric: [String] = []

    @Option(
        name: .long,
        help: .localized("Only this mode: hybrid, keyword or vector; may be repeated.")
    )
    var mode: [ModeArgument] = []

    @OptionGroup var match: MatchOptions

    @Option(
        name: .long,
        help: .localized(
            "How hybrid fuses: convex:WEIGHT or dbsf:WEIGHT of the words, or rrf:K. Default: as "
                + "searches do.",
            valueName: "fusion"
        )
    )
    var fusion: String?

    @OptionGroup var rerank: RerankOptions

    @Option(name: .long, help: .localized("Save the last mode's run.", valueName: "file"))
    var save: String?

    @Option(
        name: .customLong("trec"),
        help: .localized("Save it for trec_eval and ir_measures.", valueName: "file")
    )
    var trec: String?

    @Option(
        name: .long,
        help: .localized("Compare with a saved run, ours or TREC's.", valueName: "file")
    )
    var baseline: String?

    @Option(
        name: .long,
        help: .localized("Judgements instead of the set's, ours or TREC's.", valueName: "file")
    )
    var qrels: String?

    @Option(
        name: .customLong("fail-if"),
        help: .localized(
            "Exit 1 when this holds, such as 'ndcg@10 < 0.85' of the last mode or "
                + "'keyword: mrr@10 <= 0.7'; may be repeated.",
            valueName: "bound"
        )
    )
    var failIf: [String] = []

    @Option(
        name: .long,
        help: .localized("How many of the worst queries to list.", valueName: "n")
    )
    var losses = 5

    @Flag(name: .long, help: .localized("Score questions, too, that no person has reviewed."))
    var unreviewed = false

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func validate() throws {
        try Limits.validate(losses, in: 0...1_000_000, as: "--losses")
    }

    func run() async throws {
        try await Interruption.cancelling { try await measure() }
    }

    private func measure() async throws {
        let metrics =
            try metric.isEmpty
            ? RunEvaluation.defaultMetrics : metric.map { try RankingMetric(parsing: $0) }
        let bars = try failIf.map { try QualityBar(parsing: $0) }
        let fusion = try fusion.map(Self.parse)
        let modes =
            mode.isEmpty ? SearchMode.allCases.sorted(by: Self.order) : mode.map(\.searchMode)
        for bar in bars {
            guard let run = bar.run, !modes.contains(where: { $0.rawValue == run }) else {
                continue
            }
            throw misuse("--fail-if '\(bar)' names a mode that is not measured.")
        }
        let prepared = try await LabeledLibrary(
            set,
            library: library,
            model: model,
            unreviewed: unreviewed,
            qrels: qrels
        )
        let labeled = prepared.set
        let queries = labeled.judgedQueries.map(\.id)
        guard !queries.isEmpty else {
            throw misuse("\(set) has no question that names a relevant document.")
        }
        let embeddings = try await prepared.library.embeddings(of: labeled)
        var runs: [Run] = []
        var latencies: [String: LatencySummary] = [:]
        for mode in modes {
            let result = try await prepared.library.run(
                labeled,
                mode: mode,
                fusion: fusion,
                reranking: rerank.reranking,
                matching: match.field,
                embeddings: embeddings,
                identify: prepared.identify
            )
            runs.append(result.run)
            latencies[result.run.name] = LatencySummary(milliseconds: result.milliseconds)
        }
        func evaluate(_ run: Run) -> RunEvaluation {
            RunEvaluation(
                run,
                judgements: labeled.judgements,
                queries: queries,
                metrics: metrics + bars.map(\.metric)
            )
        }
        let report = EvaluationReport(
            runs: runs.map(evaluate),
            baseline: try baseline.map { try evaluate(Self.saved($0)) },
            latencies: latencies,
            metrics: metrics
        )
        let worst = QueryLosses(
            report,
            metric: metrics[0],
            texts: Dictionary(
                labeled.queries.map { ($0.id, $0.text) },
                uniquingKeysWith: { first, _ in first }
            ),
            limit: losses
        )
        try show(report, worst)
        if let save, let last = runs.last {
            try Data(last.jsonLines().utf8).write(to: URL(filePath: save), options: .atomic)
        }
        if let trec, let last = runs.last {
            try Data(last.trecLines.utf8).write(to: URL(filePath: trec), options: .atomic)
        }
        try fail(if: bars, of: report)
    }

    /// A bar that names no mode is about the last, which is hybrid unless --mode says otherwise.
    private func fail(if bars: [QualityBar], of report: EvaluationReport) throws {
        let failures = bars.compactMap { bar -> String? in
            let name = bar.run ?? report.runs.last?.name
            guard let run = report.runs.first(where: { $0.name == name }), bar.fails(run) else {
                return nil
            }
            return "\(run.name): \(bar.metric) is \(Format.fixed(run.mean(bar.metric), 4)), which "
                + "--fail-if '\(bar)' refuses."
        }
        for failure in failures { Terminal.say(Message(verbatim: failure)) }
        if !failures.isEmpty { throw ExitStatus.nothingFound }
    }

    /// A saved run, named after its file so that it stands apart from the mode it was made with.
    private static func saved(_ file: String) throws -> Run {
        var run = try Run(contentsOf: file)
        run.name = URL(filePath: file).lastPathComponent
        return run
    }

    /// The halves first, so that hybrid stands last and is what is saved and compared.
    private static func order(_ a: SearchMode, _ b: SearchMode) -> Bool {
        let places: [SearchMode] = [.keyword, .vector, .hybrid]
        return (places.firstIndex(of: a) ?? 0) < (places.firstIndex(of: b) ?? 0)
    }

    private static func parse(_ text: String) throws -> Fusion {
        guard let fusion = Fusion(text) else {
            throw misuse(
                "--fusion takes convex:WEIGHT or dbsf:WEIGHT, a weight from 0 to 1, or rrf:K."
            )
        }
        return fusion
    }

    // MARK: Output

    private struct Output: Encodable {
        let queries: Int
        let runs: [EvaluationReport.Summary.Row]
        let losses: [QueryLosses.Loss]
    }

    private func show(_ report: EvaluationReport, _ worst: QueryLosses) throws {
        let summary = report.summary
        if json {
            let output = Output(
                queries: summary.queries,
                runs: summary.runs,
                losses: worst.losses
            )
            return Terminal.print(try JSON.text(output))
        }
        Terminal.write(report.table.description)
        if report.baseline != nil {
            Terminal.print("")
            Terminal.write(report.comparisons.description)
        } else if report.runs.count > 1 {
            Terminal.print("")
            Terminal.write(report.gains.description)
        }
        if !worst.losses.isEmpty {
            Terminal.print("")
            Terminal.write(Terminal.harmless(worst.table.description))
        }
        Terminal.say(
            "\(count: summary.queries) judged queries; ± is half a 95 % bootstrap interval, p "
                + "of a paired permutation test; times until the ranking stands, without the query's "
                + "embedding."
        )
    }
}
