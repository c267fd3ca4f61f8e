import Foundation
import Testing

@testable import Evaluation

/// Judgements, results and what pytrec_eval measured: `Fixtures/trec_golden.py` made them.
private struct GoldenSet: Decodable {
    var qrels: [String: [String: Int]]
    var run: [String: [String: Double]]
    var expected: [String: [String: Double]]
}

@Suite struct RankingMetricTests {
    /// Random runs with ties of every kind: equal scores, scores equal as 32-bit floats only, ids
    /// whose bytes decide.
    @Test func agreesWithPytrecEval() throws {
        let data = try Data(contentsOf: URL(filePath: Fixtures.path("trec_golden.json")))
        let sets = try JSONDecoder().decode([GoldenSet].self, from: data)
        var compared = 0
        for set in sets {
            let run = Run(
                name: "golden",
                results: set.run.mapValues { scores in
                    // From a dictionary, whose order is not the scores' nor the same twice.
                    scores.map { ScoredDocument(id: $0.key, score: $0.value) }
                }
            )
            for (query, expected) in set.expected {
                let ranking = run[query].map(\.id)
                let gains = try #require(set.qrels[query])
                for (name, value) in expected {
                    let metric =
                        name == "recip_rank"
                        ? .reciprocalRank(at: 1_000) : try RankingMetric(parsing: name)
                    let ours = metric.value(ranking: ranking, gains: gains)
                    #expect(abs(ours - value) < 1e-9, "\(name) of \(query)")
                    compared += 1
                }
            }
        }
        #expect(compared == 4 * 12 * 22)
    }

    /// One relevant document in third place, one not found: figures that a person can check.
    @Test func handComputedFigures() {
        let gains = ["c": 1, "x": 2, "b": 0]
        func value(_ metric: RankingMetric) -> Double {
            metric.value(ranking: ["a", "b", "c", "d"], gains: gains)
        }
        #expect(value(.reciprocalRank(at: 10)) == 1.0 / 3)
        #expect(value(.reciprocalRank(at: 2)) == 0)
        #expect(value(.hitRate(at: 2)) == 0)
        #expect(value(.hitRate(at: 3)) == 1)
        #expect(value(.recall(at: 4)) == 0.5)
        #expect(value(.precision(at: 4)) == 0.25)
        #expect(value(.averagePrecision) == 1.0 / 6)
        // 1/log₂4 over 2/log₂2 + 1/log₂3.
        #expect(abs(value(.ndcg(at: 10)) - 0.5 / (2 + 0.6309297535714574)) < 1e-15)
    }

    @Test func nothingRelevantIsZero() {
        for metric in RunEvaluation.defaultMetrics + [.averagePrecision, .precision(at: 3)] {
            #expect(metric.value(ranking: ["a"], gains: [:]) == 0)
            #expect(metric.value(ranking: ["a"], gains: ["a": 0]) == 0)
            #expect(metric.value(ranking: [], gains: ["a": 1]) == 0)
        }
    }

    @Test(arguments: [
        ("nDCG@10", RankingMetric.ndcg(at: 10)), ("ndcg_cut_10", .ndcg(at: 10)),
        ("mrr@5", .reciprocalRank(at: 5)), ("Hit@5", .hitRate(at: 5)),
        ("hit_rate@3", .hitRate(at: 3)), ("success_5", .hitRate(at: 5)),
        ("recall@100", .recall(at: 100)), ("P@5", .precision(at: 5)), ("map", .averagePrecision),
    ])
    func namesAreRead(name: String, metric: RankingMetric) throws {
        #expect(try RankingMetric(parsing: name) == metric)
        #expect(try RankingMetric(parsing: metric.description) == metric)
    }

    @Test(arguments: ["", "ndcg", "ndcg@", "ndcg@0", "ndcg@-3", "bpref@10", "@10"])
    func otherNamesAreErrors(name: String) {
        #expect(throws: EvaluationError.unknownMetric(name)) { try RankingMetric(parsing: name) }
    }
}
