package import ArgumentParser
internal import CommandParts
internal import Evaluation
internal import Experiments
internal import Foundation
internal import Corpus
internal import Localization
internal import TerminalIO
internal import Vecino

package struct BenchCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: localized("Measure how fast searches answer on your own library."),
        discussion: localized(
            """
            Queries come from --queries, one a line, or are made from the library's own passages. \
            Every mode answers all of them, after a warm-up of 10; the query's embedding is part of \
            the time. Cold figures are those of whole new processes, from start to exit, the file \
            being in the system's cache. --html adds what wider walks of the vectors' graph find and \
            cost; a library without a graph gets one in memory if it is small, or with --recall.

            EXAMPLES
              vecino bench
              vecino bench --queries questions.txt --html report.html
              vecino bench --cold 20
              vecino bench --mode hybrid -n 500 --concurrency 2 --json

            With --vectors the index alone is measured, on vectors of a file, without a library:
              vecino bench --vectors a.fvecs --vector-queries b.fvecs --svg recall.svg
              vecino bench --vectors embeddings.npy --metric cosine --ef 32,64,128
            """
        )
    )

    @Option(name: .long, help: .localized("A file with one query a line.", valueName: "file"))
    var queries: String?

    @Option(
        name: [.customShort("n"), .long],
        help: .localized("How many queries to make from the library.")
    )
    var count = 100

    @Option(
        name: .long,
        help: .localized("Only this mode: hybrid, keyword or vector; may be repeated.")
    )
    var mode: [ModeArgument] = []

    @Option(name: .long, help: .localized("Searches at the same time."))
    var concurrency = 1

    @Option(name: .long, help: .localized("New processes to time in each mode.", valueName: "n"))
    var cold = 5

    @Flag(name: .long, help: .localized("Measure recall and time over ef, too."))
    var recall = false

    @Option(name: .long, help: .localized("Write a report with plots.", valueName: "file"))
    var html: String?

    @Option(name: .long, help: .localized("Write the plot.", valueName: "file"))
    var svg: String?

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    @OptionGroup(title: localized("Vectors")) var vectors: VectorBenchOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    package init() {}

    package func validate() throws {
        if !(1...100_000).contains(count) { throw misuse("-n takes 1 to 100000.") }
        if !(0...1_000).contains(cold) { throw misuse("--cold takes 0 to 1000.") }
        if !(1...256).contains(concurrency) {
            throw misuse("--concurrency takes 1 to 256.")
        }
    }

    package func run() async throws {
        try await Interruption.cancelling {
            if vectors.vectors == nil { try await measure() } else { try measureVectors() }
        }
    }

    private func measureVectors() throws {
        let report: VectorBenchReport
        do {
            let bench = try VectorBench(vectors.configuration)
            Terminal.say(
                "Measuring \(count: bench.count) vectors of \(bench.dimensions) dimensions."
            )
            report = try bench.measure { share in
                guard share < 1 else { return ProgressLine.clear() }
                ProgressLine.show(localized("Building the graph: \(Int(100 * share)) %"))
            }
        } catch let error as VectorBench.InputError {
            throw misuse("\(error: error)")
        }
        Terminal.write(json ? try report.json() : report.text)
        if let svg { try Data(report.plot.utf8).write(to: URL(filePath: svg)) }
        if let html { try Data(report.html.utf8).write(to: URL(filePath: html)) }
    }

    private func measure() async throws {
        let opened = try model.open(library.existingPath(), for: .serving)
        let texts = try await QueryFile.queries(in: queries, or: count, from: opened)
        let status = try await opened.status()
        var results: [SearchBench] = []
        for mode in mode.isEmpty ? SearchMode.allCases : mode.map(\.searchMode) {
            var result = try await SearchBench(
                of: opened,
                mode: mode,
                queries: texts,
                concurrency: concurrency
            )
            result.cold = try await coldRuns(mode, texts, library: opened.path)
            results.append(result)
        }
        let curve = try await recallCurve(of: texts, on: opened, passages: status.passages)
        let facts = [
            ("machine", Machine.description), ("kernels", Library.kernels),
            ("library", "\(Format.count(status.passages)) passages"),
            ("model", status.model ?? "none"),
            ("queries", "\(texts.count), after a warm-up of \(min(10, texts.count))"),
            ("concurrency", String(concurrency)),
        ]
        let report = BenchReport(facts: facts, results: results, curve: curve)
        Terminal.write(json ? try report.json() : report.text)
        if let svg { try Data(report.latencyPlot.utf8).write(to: URL(filePath: svg)) }
        if let html { try Data(report.html.utf8).write(to: URL(filePath: html)) }
    }

    /// Libraries up to this size get a graph in memory for a report.
    private static let smallLibrary = 50_000

    private func recallCurve(
        of texts: [String],
        on library: Library,
        passages: Int
    ) async throws -> RecallCurve? {
        guard recall || html != nil else { return nil }
        return try await library.recallCurve(
            of: Array(texts.prefix(200)),
            makesGraph: recall || passages <= Self.smallLibrary
        )
    }

    /// Times whole processes, each of which answers one query.
    private func coldRuns(
        _ mode: SearchMode,
        _ texts: [String],
        library: String
    ) async throws -> LatencySummary? {
        guard cold > 0 else { return nil }
        var times: [Double] = []
        for run in 0..<cold {
            try Task.checkCancellation()
            let process = Process()
            process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            process.arguments =
                ["search", "--db", library, "--mode", mode.rawValue]
                + (model.model.map { ["--model", $0] } ?? [])
                + (model.embedURL.map { ["--embed-url", $0] } ?? [])
                + ["--", texts[run % texts.count]]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            let clock = ContinuousClock()
            let start = clock.now
            try process.run()
            process.waitUntilExit()
            times.append(clock.now.milliseconds(since: start))
            guard [0, 1].contains(process.terminationStatus) else {
                throw misuse(
                    "A new process could not search: `vecino search --mode \(mode.rawValue)` shows why."
                )
            }
        }
        return LatencySummary(milliseconds: times)
    }
}
