internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Vecino
internal import VectorIndex

/// The options of `vecino bench --vectors`.
struct VectorBenchOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Measure the index alone on these vectors: .fvecs, .bvecs or .npy. Needs no library.",
            valueName: "file"
        ),
        completion: .file(extensions: ["fvecs", "bvecs", "npy"])
    )
    var vectors: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Vectors to look for. Default: up to 1,000 of --vectors, which are then left out.",
            valueName: "file"
        ),
        completion: .file(extensions: ["fvecs", "bvecs", "npy"])
    )
    var vectorQueries: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Their nearest rows: .ivecs or .npy. Default: what the exact search finds.",
            valueName: "file"
        ),
        completion: .file(extensions: ["ivecs", "npy"])
    )
    var truth: String?

    @Option(name: .long, help: "What nearness means: ip, cosine or l2.")
    var metric = VectorMetric.ip

    @Option(name: .long, help: "Links of the graph's nodes.")
    var m = 16

    @Option(name: .long, help: "Width of the search for a new node's links.")
    var efConstruction = 200

    @Option(name: .long, help: ArgumentHelp("Widths of walks to measure.", valueName: "n,n,…"))
    var ef = "10,16,24,32,48,64,96,128,192,256,512"

    /// `ef`, as numbers.
    var widths: [Int] { ef.split(separator: ",").compactMap { Int($0) } }

    func validate() throws {
        let others = [vectorQueries, truth].compactMap { $0 }
        if vectors == nil, !others.isEmpty {
            throw ValidationError("--vector-queries and --truth go with --vectors.")
        }
        if truth != nil, vectorQueries == nil {
            throw ValidationError("--truth goes with --vector-queries.")
        }
        if widths.isEmpty || widths.count != ef.split(separator: ",").count
            || !widths.allSatisfy({ (1...100_000).contains($0) })
        {
            throw ValidationError("--ef takes numbers from 1 to 100000 with commas between them.")
        }
    }
}

/// What nearness means, as `--metric` says it.
enum VectorMetric: String, ExpressibleByArgument, CaseIterable {
    case ip, cosine, l2

    var metric: Metric { self == .l2 ? .l2 : .innerProduct }
}

/// Measures the indexes on vectors of a file, one thread, one query per call.
struct VectorBench {
    static let k = 10
    private static let queryCount = 1_000, rounds = 3

    let options: VectorBenchOptions
    private let base: [Float], queries: [[Float]]
    private let dimensions: Int
    private let truth: VectorFile<Int>?

    /// Reads the files.
    ///
    /// - Throws: `ValidationError` that names the file.
    init(_ options: VectorBenchOptions) throws {
        self.options = options
        func normalized(_ row: ArraySlice<Float>) -> [Float] {
            guard options.metric == .cosine else { return Array(row) }
            let norm = row.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
            return norm > 0 ? row.map { $0 / norm } : Array(row)
        }
        do {
            let file = try VectorFile<Float>(path: options.vectors ?? "")
            dimensions = file.dimensions
            if let path = options.vectorQueries {
                let asked = try VectorFile<Float>(path: path)
                guard asked.dimensions == dimensions else {
                    throw ValidationError(
                        "\(path) has \(asked.dimensions) dimensions, the vectors \(dimensions)."
                    )
                }
                queries = (0..<asked.count).map { normalized(asked[$0]) }
                base =
                    options.metric == .cosine
                    ? (0..<file.count).flatMap { normalized(file[$0]) } : file.elements
            } else {
                let step = max(2, file.count / Self.queryCount)
                queries = stride(from: 0, to: file.count, by: step).map { normalized(file[$0]) }
                base = (0..<file.count).filter { $0 % step != 0 }.flatMap { normalized(file[$0]) }
            }
            truth = try options.truth.map { try VectorFile<Int>(path: $0) }
        } catch let error as VectorFileError {
            throw ValidationError("\(error).")
        }
        guard !queries.isEmpty, base.count >= Self.k * dimensions else {
            throw ValidationError("There are too few vectors: \(Self.k + 1) are the least.")
        }
        if let truth {
            let count = base.count / dimensions
            guard truth.count >= queries.count, truth.dimensions >= Self.k,
                truth.elements.allSatisfy({ (0..<count).contains($0) })
            else {
                throw ValidationError(
                    "\(options.truth ?? "") does not hold \(Self.k) rows of the vectors for each query."
                )
            }
        }
    }

    /// Builds both indexes and measures them.
    func measure() throws -> VectorBenchReport {
        let clock = ContinuousClock()
        let count = base.count / dimensions, metric = options.metric.metric
        Terminal.say("Measuring \(Format.count(count)) vectors of \(dimensions) dimensions.")
        var start = clock.now
        let flat = try FlatIndex(dimensions: dimensions, metric: metric, vectors: base)
        let flatBuild = clock.now - start
        let (exact, exactTimes) = try time { try flat.neighbors(of: $0, k: Self.k) }
        let batch =
            try (0...Self.rounds).map { _ in
                try clock.measure { _ = try flat.neighbors(ofBatch: queries, k: Self.k) }
            }.min() ?? .zero
        let worst = zip(queries.indices, exact).map { number, found in
            truth.map { score(queries[number], Array($0[number].prefix(Self.k)).last ?? 0) }
                ?? found.last?.score ?? 0
        }
        func recall(_ answers: [[Neighbor]]) -> Double {
            // An equally near vector is as good.
            let found = zip(answers, worst).reduce(0) { sum, pair in
                sum + pair.0.count { $0.score >= pair.1 - max(1e-6, abs(pair.1) * 1e-6) }
            }
            return Double(found) / Double(answers.reduce(0) { max($0, $1.count) } * answers.count)
        }
        var rows = [
            VectorBenchReport.Row(
                name: "exact",
                ef: nil,
                recall: recall(exact),
                latency: exactTimes
            )
        ]
        start = clock.now
        let graph = try build()
        let graphBuild = clock.now - start
        for ef in options.widths {
            let (answers, times) = try time { try graph.neighbors(of: $0, k: Self.k, ef: ef) }
            rows.append(.init(name: "graph", ef: ef, recall: recall(answers), latency: times))
        }
        return VectorBenchReport(
            machine: Machine.description,
            kernels: Version.kernels,
            vectors: count,
            dimensions: dimensions,
            metric: options.metric.rawValue,
            queries: queries.count,
            threads: 1,
            m: options.m,
            efConstruction: options.efConstruction,
            exactBuildSeconds: flatBuild / .seconds(1),
            graphBuildSeconds: graphBuild / .seconds(1),
            exactBytesPerVector: flat.byteCount / count + 4 * dimensions,
            graphBytesPerVector: graph.byteCount / count + 4 * dimensions,
            batchQueriesPerSecond: Double(queries.count) / (batch / .seconds(1)),
            rows: rows
        )
    }

    private func build() throws -> HNSWIndex {
        let count = base.count / dimensions
        let builder = try HNSWBuilder(
            dimensions: dimensions,
            metric: options.metric.metric,
            parameters: HNSWParameters(m: options.m, efConstruction: options.efConstruction),
            sample: Array(base.prefix(10_000 * dimensions))
        )
        for row in 0..<count {
            if row % 1_000 == 0 {
                try Task.checkCancellation()
                if Terminal.showsProgress {
                    Terminal.sayRaw("\r\u{1B}[KBuilding the graph: \(100 * row / count) %")
                }
            }
            let start = row * dimensions
            try builder.insert(Array(base[start..<start + dimensions]), at: Ordinal(row))
        }
        if Terminal.showsProgress { Terminal.sayRaw("\r\u{1B}[K") }
        return builder.snapshot(rows: ArrayRows(dimensions: dimensions, elements: base))
    }

    private func score(_ query: [Float], _ row: Int) -> Float {
        let vector = base[row * dimensions..<(row + 1) * dimensions]
        return options.metric == .l2
            ? -zip(query, vector).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            : zip(query, vector).reduce(Float(0)) { $0 + $1.0 * $1.1 }
    }

    /// The answers, and each query's least time over a few rounds.
    private func time(
        _ search: ([Float]) throws -> [Neighbor]
    ) throws -> ([[Neighbor]], LatencySummary) {
        let clock = ContinuousClock()
        var best = [Double](repeating: .infinity, count: queries.count)
        var answers: [[Neighbor]] = []
        for _ in 0..<Self.rounds {
            try Task.checkCancellation()
            answers = []
            for (number, query) in queries.enumerated() {
                let start = clock.now
                answers.append(try search(query))
                best[number] = min(best[number], (clock.now - start) / .milliseconds(1))
            }
        }
        return (answers, LatencySummary(milliseconds: best))
    }
}
