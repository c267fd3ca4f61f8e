import Benchmark
import BenchmarkSupport

@testable import Evaluation

/// A run of 1,000 queries with 100 results each, one of them relevant.
private func labeledRun() -> (run: Run, judgements: Judgements, queries: [String]) {
    var random = SeededRandom(seed: 7)
    var run = Run(name: "random")
    var judgements = Judgements()
    let queries = (0..<1000).map { "q\($0)" }
    for query in queries {
        run[query] = (0..<100).map {
            ScoredDocument(id: "d\($0)", score: Double.random(in: 0...1, using: &random))
        }
        let relevant = Int.random(in: 0..<100, using: &random)
        judgements.judge(query: query, document: "d\(relevant)", gain: 1)
    }
    return (run, judgements, queries)
}

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .standard

    Benchmark("metrics of 1000 queries") { benchmark in
        let set = labeledRun()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            blackHole(
                RunEvaluation(set.run, judgements: set.judgements, queries: set.queries)
            )
        }
    }
    Benchmark("bootstrap interval of 1000 queries") { benchmark in
        let set = labeledRun()
        let evaluation = RunEvaluation(
            set.run,
            judgements: set.judgements,
            queries: set.queries
        )
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(evaluation.estimate(.ndcg(at: 10))) }
    }
}
