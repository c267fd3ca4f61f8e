internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Vecino

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure how fast searches answer on your own library.",
        discussion: """
            Queries come from --queries, one a line, or are made from the library's own passages. \
            Every mode answers all of them, after a warm-up of 10; the query's embedding is part of \
            the time.

            EXAMPLES
              vecino bench
              vecino bench --queries questions.txt --html report.html
              vecino bench --mode hybrid -n 500 --concurrency 2 --json
            """
    )

    @Option(name: .long, help: ArgumentHelp("A file with one query a line.", valueName: "file"))
    var queries: String?

    @Option(name: [.customShort("n"), .long], help: "How many queries to make from the library.")
    var count = 100

    @Option(name: .long, help: "Only this mode: hybrid, keyword or vector; may be repeated.")
    var mode: [ModeArgument] = []

    @Option(name: .long, help: "Searches at the same time.")
    var concurrency = 1

    @Option(name: .long, help: ArgumentHelp("Write a report with plots.", valueName: "file"))
    var html: String?

    @Option(name: .long, help: ArgumentHelp("Write the latency plot.", valueName: "file"))
    var svg: String?

    @Flag(name: .long, help: "Print as JSON.")
    var json = false

    @OptionGroup(title: "Library") var library: LibraryOptions
    @OptionGroup var model: ModelOptions

    func validate() throws {
        if !(1...100_000).contains(count) { throw ValidationError("-n takes 1 to 100000.") }
        if !(1...256).contains(concurrency) {
            throw ValidationError("--concurrency takes 1 to 256.")
        }
    }

    func run() async throws {
        try await Interruption.cancelling { try await measure() }
    }

    private func measure() async throws {
        let opened = try Library.open(
            at: library.existingPath(),
            for: .serving,
            model: model.model,
            baseURL: model.embedURL
        )
        let texts = try queries.map(Self.lines) ?? opened.sampleQueries(count)
        guard !texts.isEmpty else {
            throw ValidationError("There is nothing to ask: the library or the file is empty.")
        }
        let status = try opened.status()
        var results: [ModeResult] = []
        for mode in mode.isEmpty ? SearchMode.allCases : mode.map(\.searchMode) {
            results.append(try await measure(mode, texts, on: opened))
        }
        let facts = [
            ("machine", Machine.description), ("kernels", Version.kernels),
            ("library", "\(Format.count(status.passages)) passages"),
            ("model", status.model ?? "none"),
            ("queries", "\(texts.count), after a warm-up of \(min(10, texts.count))"),
            ("concurrency", String(concurrency)),
        ]
        if json {
            Terminal.print(
                try JSON.text(
                    Report(
                        facts: Dictionary(facts, uniquingKeysWith: { a, _ in a }),
                        modes: results
                    )
                )
            )
        } else {
            for (name, value) in facts { Terminal.print("\(name): \(value)") }
            Terminal.print("")
            Terminal.write(Self.table(results).description)
            Terminal.print("")
            Terminal.write(Self.stageTable(results).description)
        }
        try writeReports(results, facts: facts)
    }

    struct ModeResult: Encodable {
        let mode: SearchMode
        let latency: LatencySummary
        /// The median of each stage, in milliseconds.
        let stages: [String: Double]
        let milliseconds: [Double]
    }

    private struct Report: Encodable {
        let facts: [String: String]
        let modes: [ModeResult]
    }

    private func measure(
        _ mode: SearchMode,
        _ texts: [String],
        on library: Library
    ) async throws -> ModeResult {
        for text in texts.prefix(10) {
            _ = try await library.search(SearchRequest(text, mode: mode))
        }
        let clock = ContinuousClock()
        let start = clock.now
        let timings = try await withThrowingTaskGroup(of: [SearchTimings].self) { group in
            for worker in 0..<concurrency {
                group.addTask {
                    var timings: [SearchTimings] = []
                    for index in stride(from: worker, to: texts.count, by: concurrency) {
                        try Task.checkCancellation()
                        let request = SearchRequest(texts[index], mode: mode)
                        timings.append(try await library.search(request).timings)
                    }
                    return timings
                }
            }
            return try await group.reduce(into: [SearchTimings]()) { $0 += $1 }
        }
        let elapsed = clock.now - start
        let names = SearchTimings().stages.map(\.name)
        let stages = names.enumerated().map { index, name in
            let values = timings.map { $0.stages[index].milliseconds }.sorted()
            return (name, LatencySummary.percentile(50, of: values))
        }
        let totals = timings.map(\.total)
        return ModeResult(
            mode: mode,
            latency: LatencySummary(milliseconds: totals, elapsed: elapsed),
            stages: Dictionary(stages, uniquingKeysWith: { a, _ in a }),
            milliseconds: totals
        )
    }

    private static func table(_ results: [ModeResult]) -> TextTable {
        var table = TextTable([
            .leading("mode"), .trailing("p50 ms"), .trailing("p90"), .trailing("p95"),
            .trailing("p99"), .trailing("max"), .trailing("queries/s"),
        ])
        for result in results {
            let figures = result.latency
            table.append(
                [result.mode.rawValue]
                    + [figures.p50, figures.p90, figures.p95, figures.p99, figures.maximum]
                    .map { Format.fixed($0, 2) } + [Format.fixed(figures.queriesPerSecond, 0)]
            )
        }
        return table
    }

    private static func stageTable(_ results: [ModeResult]) -> TextTable {
        let names = SearchTimings().stages.map(\.name)
        let columns = names.map { TextTable.Column.trailing($0) }
        var table = TextTable([.leading("median ms")] + columns)
        for result in results {
            table.append(
                [result.mode.rawValue] + names.map { Format.fixed(result.stages[$0] ?? 0, 2) }
            )
        }
        return table
    }

    private func writeReports(_ results: [ModeResult], facts: [(String, String)]) throws {
        guard svg != nil || html != nil else { return }
        let plot = LatencyPlot(
            title: "Search latency",
            subtitle: facts.prefix(3).map(\.1).joined(separator: " · "),
            series: results.map { .init(name: $0.mode.rawValue, milliseconds: $0.milliseconds) }
        )
        if let svg {
            try Data(plot.svg.utf8).write(to: URL(filePath: svg), options: .atomic)
        }
        guard let html else { return }
        var report = HTMLReport(title: "Vecino: search latency")
        report.add(facts: facts.map { (name: $0.0, value: $0.1) })
        report.add(svg: plot.svg)
        report.add(heading: "Whole searches")
        report.add(table: Self.table(results))
        report.add(heading: "Where the time goes")
        report.add(table: Self.stageTable(results))
        try Data(report.html.utf8).write(to: URL(filePath: html), options: .atomic)
    }

    private static func lines(of file: String) throws -> [String] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ValidationError("\(file) cannot be read: check the path and its permissions.")
        }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { $0.contains { !$0.isWhitespace } }
    }
}
