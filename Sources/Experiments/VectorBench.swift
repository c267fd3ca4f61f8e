internal import Evaluation
package import VectorIndex
internal import Vecino

/// Measures the vector indexes on vectors of a file, one thread, one query a call.
package struct VectorBench {
    /// What is to be measured.
    package struct Configuration: Sendable {
        /// The file of the vectors: `.fvecs`, `.bvecs` or `.npy`.
        package var vectors: String
        /// The file of the queries; nil for up to 1,000 of the vectors, which are then left out.
        package var queries: String?
        /// The file of the nearest rows of each query; nil for what the exact search finds.
        package var truth: String?
        /// What nearness means.
        package var metric: Similarity
        /// How the graph is built.
        package var graph: HNSWParameters
        /// The widths of walks to measure.
        package var widths: [Int]

        /// Describes what is to be measured.
        package init(
            vectors: String,
            queries: String? = nil,
            truth: String? = nil,
            metric: Similarity = .ip,
            graph: HNSWParameters = HNSWParameters(),
            widths: [Int]
        ) {
            self.vectors = vectors
            self.queries = queries
            self.truth = truth
            self.metric = metric
            self.graph = graph
            self.widths = widths
        }
    }

    /// What nearness means: inner product, cosine, or distance.
    package enum Similarity: String, Sendable, CaseIterable {
        case ip, cosine, l2

        var metric: Metric { self == .l2 ? .l2 : .innerProduct }
    }

    /// Files that cannot be measured, in words.
    package struct InputError: Error, CustomStringConvertible {
        /// What is wrong.
        package let description: String
    }

    /// How many neighbors are looked for.
    package static let k = 10
    private static let queryCount = 1_000, rounds = 3

    private let configuration: Configuration
    private let base: [Float], queries: [[Float]]
    /// Numbers of a vector.
    package let dimensions: Int
    /// How many vectors are measured, without those that are looked for.
    package var count: Int { base.count / dimensions }
    private let truth: VectorFile<Int>?

    /// Reads the files.
    ///
    /// - Throws: `InputError` that names the file.
    package init(_ configuration: Configuration) throws {
        self.configuration = configuration
        func normalized(_ row: ArraySlice<Float>) -> [Float] {
            guard configuration.metric == .cosine else { return Array(row) }
            let norm = row.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
            return norm > 0 ? row.map { $0 / norm } : Array(row)
        }
        do {
            let file = try VectorFile<Float>(path: configuration.vectors)
            dimensions = file.dimensions
            if let path = configuration.queries {
                let asked = try VectorFile<Float>(path: path)
                guard asked.dimensions == dimensions else {
                    throw InputError(
                        description:
                            "\(path) has \(asked.dimensions) dimensions, the vectors \(dimensions)."
                    )
                }
                queries = (0..<asked.count).map { normalized(asked[$0]) }
                base =
                    configuration.metric == .cosine
                    ? (0..<file.count).flatMap { normalized(file[$0]) } : file.elements
            } else {
                let step = max(2, file.count / Self.queryCount)
                queries = stride(from: 0, to: file.count, by: step).map { normalized(file[$0]) }
                base = (0..<file.count).filter { $0 % step != 0 }.flatMap { normalized(file[$0]) }
            }
            truth = try configuration.truth.map { try VectorFile<Int>(path: $0) }
        } catch let error as VectorFileError {
            throw InputError(description: "\(error).")
        }
        guard !queries.isEmpty, base.count >= Self.k * dimensions else {
            throw InputError(description: "There are too few vectors: \(Self.k + 1) are the least.")
        }
        if let truth {
            let count = base.count / dimensions
            guard truth.count >= queries.count, truth.dimensions >= Self.k,
                truth.elements.allSatisfy({ (0..<count).contains($0) })
            else {
                throw InputError(
                    description:
                        "\(configuration.truth ?? "") does not hold \(Self.k) rows of the vectors for each query."
                )
            }
        }
    }

    /// Builds both indexes and measures them; `progress` is told how much of the graph is built, of 1.
    package func measure(progress: (Double) -> Void = { _ in }) throws -> VectorBenchReport {
        let clock = ContinuousClock()
        let count = base.count / dimensions, metric = configuration.metric.metric
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
        let graph = try build(progress)
        let graphBuild = clock.now - start
        for ef in configuration.widths {
            let (answers, times) = try time { try graph.neighbors(of: $0, k: Self.k, ef: ef) }
            rows.append(.init(name: "graph", ef: ef, recall: recall(answers), latency: times))
        }
        return VectorBenchReport(
            machine: Machine.description,
            kernels: Library.kernels,
            vectors: count,
            dimensions: dimensions,
            metric: configuration.metric.rawValue,
            queries: queries.count,
            threads: 1,
            m: configuration.graph.m,
            efConstruction: configuration.graph.efConstruction,
            exactBuildSeconds: flatBuild / .seconds(1),
            graphBuildSeconds: graphBuild / .seconds(1),
            exactBytesPerVector: flat.byteCount / count + 4 * dimensions,
            graphBytesPerVector: graph.byteCount / count + 4 * dimensions,
            batchQueriesPerSecond: Double(queries.count) / (batch / .seconds(1)),
            rows: rows
        )
    }

    private func build(_ progress: (Double) -> Void) throws -> HNSWIndex {
        let count = base.count / dimensions
        let builder = try HNSWBuilder(
            dimensions: dimensions,
            metric: configuration.metric.metric,
            parameters: configuration.graph,
            sample: Array(base.prefix(10_000 * dimensions))
        )
        for row in 0..<count {
            if row % 1_000 == 0 {
                try Task.checkCancellation()
                progress(Double(row) / Double(count))
            }
            let start = row * dimensions
            try builder.insert(Array(base[start..<start + dimensions]), at: Ordinal(row))
        }
        progress(1)
        return builder.snapshot(rows: ArrayRows(dimensions: dimensions, elements: base))
    }

    private func score(_ query: [Float], _ row: Int) -> Float {
        let vector = base[row * dimensions..<(row + 1) * dimensions]
        return configuration.metric == .l2
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
