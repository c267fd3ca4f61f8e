internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Vecino

struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ranking",
        abstract: "Measure how well searches find what labelled questions want.",
        discussion: """
            SET is a folder in BEIR layout (corpus.jsonl, queries.jsonl, qrels.tsv or \
            qrels/test.tsv), whose corpus is indexed into a library of its own and kept for the next \
            time, or a questions.jsonl with lines like {"question": "…", "relevant": ["notes/a.md"]} \
            about the documents of your library.

            EXAMPLES
              vecino eval sets/cranfield
              vecino eval questions.jsonl --metric hit@5 --metric mrr@5
              vecino eval sets/faq --match-field course --save before.jsonl
              vecino eval sets/faq --match-field course --baseline before.jsonl
              vecino eval questions.jsonl --fail-if 'ndcg@10<0.85'
            """
    )

    @Argument(help: "A BEIR folder or a questions.jsonl.", completion: .file())
    var set: String

    @Option(
        name: .long,
        help: "ndcg@10, mrr@10, hit@5, recall@100, precision@5, map; may be repeated."
    )
    var metric: [String] = []

    @Option(name: .long, help: "Only this mode: hybrid, keyword or vector; may be repeated.")
    var mode: [ModeArgument] = []

    @OptionGroup var match: MatchOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How hybrid fuses: convex:WEIGHT or dbsf:WEIGHT of the words, or rrf:K. Default: as "
                + "searches do.",
            valueName: "fusion"
        )
    )
    var fusion: String?

    @Option(name: .long, help: ArgumentHelp("Save the last mode's run.", valueName: "file"))
    var save: String?

    @Option(name: .long, help: ArgumentHelp("Compare with a saved run.", valueName: "file"))
    var baseline: String?

    @Option(
        name: .customLong("fail-if"),
        help: ArgumentHelp(
            "Exit 1 when this holds of the last mode, such as ndcg@10<0.85.",
            valueName: "bound"
        )
    )
    var failIf: String?

    @Option(name: .long, help: ArgumentHelp("List the worst queries.", valueName: "n"))
    var losses = 0

    @Flag(name: .long, help: "Print as JSON.")
    var json = false

    @OptionGroup(title: "Library") var library: LibraryOptions
    @OptionGroup var model: ModelOptions

    func run() async throws {
        try await Interruption.cancelling { try await measure() }
    }

    private func measure() async throws {
        let metrics =
            try metric.isEmpty
            ? RunEvaluation.defaultMetrics : metric.map { try RankingMetric(parsing: $0) }
        let bound = try failIf.map(Bound.init)
        let fusion = try fusion.map(Self.parse)
        let prepared = try await LabelledLibrary(set, library: library, model: model)
        let (labelled, opened) = (prepared.set, prepared.library)
        for note in labelled.notes { Terminal.say("note: \(note)") }
        let queries = labelled.judgedQueries.map(\.id)
        let embeddings = try await opened.embeddings(of: labelled)
        let modes =
            mode.isEmpty ? SearchMode.allCases.sorted(by: Self.order) : mode.map(\.searchMode)
        let identify = prepared.identify
        var rows: [Row] = []
        for mode in modes {
            let result = try opened.run(
                labelled,
                mode: mode,
                fusion: fusion,
                matching: match.field,
                embeddings: embeddings,
                identify: identify
            )
            let evaluation = RunEvaluation(
                result.run,
                judgements: labelled.judgements,
                queries: queries,
                metrics: metrics + (bound.map { [$0.metric] } ?? [])
            )
            rows.append(
                Row(
                    mode: mode,
                    run: result.run,
                    evaluation: evaluation,
                    latency: LatencySummary(milliseconds: result.milliseconds)
                )
            )
        }
        try show(rows, metrics: metrics, queries: queries.count)
        guard let last = rows.last else { return }
        if let save {
            try Data(last.run.jsonLines().utf8).write(to: URL(filePath: save), options: .atomic)
        }
        if let baseline { try compare(last, with: baseline, metrics: metrics, labelled: labelled) }
        if losses > 0, let first = metrics.first {
            let texts = Dictionary(
                labelled.queries.map { ($0.id, $0.text) },
                uniquingKeysWith: { a, _ in a }
            )
            for loss in last.evaluation.losses(metric: first).prefix(losses) {
                Terminal.say(
                    "\(Format.fixed(loss.value, 3))  \(loss.query)  \(texts[loss.query] ?? "")"
                )
            }
        }
        if let bound, bound.holds(for: last.evaluation.mean(bound.metric)) {
            Terminal.say(
                "\(bound.text) holds: \(Format.fixed(last.evaluation.mean(bound.metric), 4))"
            )
            throw ExitStatus.nothingFound
        }
    }

    private struct Row {
        let mode: SearchMode
        let run: Run
        let evaluation: RunEvaluation
        let latency: LatencySummary
    }

    /// The halves first, so that hybrid stands last and is what is saved and compared.
    private static func order(_ a: SearchMode, _ b: SearchMode) -> Bool {
        let places: [SearchMode] = [.keyword, .vector, .hybrid]
        return (places.firstIndex(of: a) ?? 0) < (places.firstIndex(of: b) ?? 0)
    }

    private static func parse(_ text: String) throws -> Fusion {
        guard let fusion = Fusion(text) else {
            throw ValidationError(
                "--fusion takes convex:WEIGHT or dbsf:WEIGHT, a weight from 0 to 1, or rrf:K."
            )
        }
        return fusion
    }

    // MARK: Output

    private func show(_ rows: [Row], metrics: [RankingMetric], queries: Int) throws {
        if json {
            let reports = rows.map { row in
                Report(
                    mode: row.mode,
                    queries: queries,
                    metrics: Dictionary(
                        metrics.map { ($0.description, row.evaluation.estimate($0)) },
                        uniquingKeysWith: { a, _ in a }
                    ),
                    latency: row.latency
                )
            }
            Terminal.print(try JSON.text(reports))
            return
        }
        var table = TextTable(
            [.leading("mode")] + metrics.map { .trailing($0.description) }
                + [.trailing("p50 ms"), .trailing("p95 ms")]
        )
        for row in rows {
            let cells = metrics.map { metric in
                let estimate = row.evaluation.estimate(metric)
                let half = (estimate.high - estimate.low) / 2
                return "\(Format.fixed(estimate.mean, 4)) ±\(Format.fixed(half, 3))"
            }
            table.append(
                [row.mode.rawValue] + cells
                    + [Format.fixed(row.latency.p50, 1), Format.fixed(row.latency.p95, 1)]
            )
        }
        Terminal.write(table.description)
        Terminal.say(
            "\(Format.count(queries)) judged queries; ± is half a 95 % bootstrap interval; times "
                + "until the ranking stands, without the query's embedding."
        )
    }

    private struct Report: Encodable {
        let mode: SearchMode
        let queries: Int
        let metrics: [String: Estimate]
        let latency: LatencySummary
    }

    private func compare(
        _ row: Row,
        with file: String,
        metrics: [RankingMetric],
        labelled: RetrievalSet
    ) throws {
        let before = RunEvaluation(
            try Run(contentsOf: file),
            judgements: labelled.judgements,
            queries: row.evaluation.queries,
            metrics: metrics
        )
        for metric in metrics {
            let change = row.evaluation.compared(to: before, metric: metric)
            let sign = change.difference.mean >= 0 ? "+" : ""
            Terminal.say(
                "\(metric) against \(file): \(sign)\(Format.fixed(change.difference.mean, 4)) "
                    + "[\(Format.fixed(change.difference.low, 4)), "
                    + "\(Format.fixed(change.difference.high, 4))], p = "
                    + "\(Format.fixed(change.pValue, 4)), \(change.wins) better, "
                    + "\(change.losses) worse"
            )
        }
    }

    /// `ndcg@10<0.85`.
    private struct Bound {
        let text: String
        let metric: RankingMetric
        private let isBelow: Bool
        private let value: Double

        init(_ text: String) throws {
            guard let sign = text.firstIndex(where: { $0 == "<" || $0 == ">" }),
                let value = Double(text[text.index(after: sign)...])
            else { throw ValidationError("--fail-if takes METRIC<NUMBER or METRIC>NUMBER.") }
            self.text = text
            metric = try RankingMetric(parsing: String(text[..<sign]))
            isBelow = text[sign] == "<"
            self.value = value
        }

        func holds(for mean: Double) -> Bool { isBelow ? mean < value : mean > value }
    }
}
