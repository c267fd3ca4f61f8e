import Testing

@testable import Evaluation

@Suite struct RunTests {
    @Test func tiesGoByIDFallingAndDoublesThatAreOneFloatTie() {
        var run = Run(name: "r")
        run["q"] = [
            ScoredDocument(id: "a", score: 1 + 1e-12), ScoredDocument(id: "b", score: 1),
            ScoredDocument(id: "B", score: 1), ScoredDocument(id: "z", score: 0),
            ScoredDocument(id: "top", score: 9), ScoredDocument(id: "ñ", score: 1),
        ]
        #expect(run["q"].map(\.id) == ["top", "ñ", "b", "a", "B", "z"])
    }

    @Test func aDocumentCountsOnceWithItsBestScore() {
        let run = Run(
            name: "r",
            results: ["q": [("a", 1.0), ("b", 2), ("a", 3)].map(ScoredDocument.init)]
        )
        #expect(run["q"] == [("a", 3.0), ("b", 2)].map(ScoredDocument.init))
        #expect(run["unknown"].isEmpty)
    }

    @Test func aRankingKeepsItsOrder() {
        var run = Run(name: "r")
        run.setRanking(["b", "z", "a"], for: "q")
        #expect(run["q"].map(\.id) == ["b", "z", "a"])
    }

    @Test func aSavedRunComesBackTheSame() throws {
        var run = Run(name: "base “line”")
        run.setRanking(["guía/a b.md#3", "x"], for: "¿q?")
        run["empty"] = []
        run["scores"] = [ScoredDocument(id: "d", score: 0.1), ScoredDocument(id: "e", score: -2)]
        let text = try run.jsonLines()
        try Fixtures.withFolder(["run.jsonl": text]) { folder in
            let saved = try Run(contentsOf: folder + "/run.jsonl")
            #expect(saved == run)
        }
        #expect(
            run.trecLines.split(separator: "\n").contains("¿q? Q0 guía/a_b.md#3 1 2.0 base_“line”")
        )
    }

    /// In any order, with any rank; ids that the format cannot hold excepted, the run is the same.
    @Test func aRunInTrecsFormComesBackTheSame() throws {
        var run = Run(name: "hybrid")
        run.setRanking(["guía/a.md#3", "x", "y"], for: "¿q?")
        run["scores"] = [
            ScoredDocument(id: "d", score: 0.1), ScoredDocument(id: "e", score: -2e-7),
        ]
        let lines = run.trecLines.split(separator: "\n")
        for text in [run.trecLines, lines.reversed().joined(separator: "\r\n\n") + "\n"] {
            try Fixtures.withFolder(["run": text.replacing(" ", with: " \t ")]) { folder in
                let back = try Run(contentsOf: folder + "/run")
                #expect(back == run)
            }
        }
    }

    @Test(arguments: [
        ("q Q0 d 1 0.5", 1), ("q Q0 d 1 0.5 r\nq Q0 d 2 x r\n", 2),
        ("q Q0 d 1 0.5 r\n{\"run\":\"r\"}\n", 2), ("q Q0 d 1 nan r", 1),
    ])
    func damageOfATrecRunIsNamedByItsLine(text: String, line: Int) throws {
        try Fixtures.withFolder(["run": text]) { folder in
            let error = #expect(throws: EvaluationError.self) {
                try Run(contentsOf: folder + "/run")
            }
            guard case .malformed(_, line, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test(arguments: [
        ("", 1), ("{\"query\":\"q\"}\n", 1), ("{\"run\":\"r\"}\n\nnonsense\n", 3),
        ("{\"run\":\"r\"}\n{\"query\":\"q\",\"documents\":[\"a\"],\"scores\":[]}\n", 2),
        ("{\"run\":\"r\"}\n{\"query\":\"q\",\"documents\":[1],\"scores\":[1]}\n", 2),
    ])
    func damageIsNamedByItsLine(text: String, line: Int) throws {
        try Fixtures.withFolder(["run.jsonl": text]) { folder in
            let error = #expect(throws: EvaluationError.self) {
                try Run(contentsOf: folder + "/run.jsonl")
            }
            guard case .malformed(_, line, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
        #expect(throws: EvaluationError.unreadable(path: "/no/such/run")) {
            try Run(contentsOf: "/no/such/run")
        }
    }
}

@Suite struct RunEvaluationTests {
    private static let judgements = Judgements(["q1": ["a": 1], "q2": ["b": 1], "q3": ["c": 2]])

    @Test func averagesCountQueriesThatFoundNothing() {
        var run = Run(name: "half")
        run.setRanking(["a"], for: "q1")
        run.setRanking(["x", "b"], for: "q2")
        let result = RunEvaluation(
            run,
            judgements: Self.judgements,
            queries: ["q1", "q2", "q3"],
            metrics: [.reciprocalRank(at: 10), .hitRate(at: 1)]
        )
        #expect(result[.reciprocalRank(at: 10)] == [1, 0.5, 0])
        #expect(result.mean(.reciprocalRank(at: 10)) == 0.5)
        #expect(result.mean(.hitRate(at: 1)) == 1.0 / 3)
        #expect(result[.averagePrecision].isEmpty)
        let estimate = result.estimate(.reciprocalRank(at: 10))
        #expect(estimate.low <= 0.5 && estimate.high >= 0.5)
    }

    @Test func lossesComeWorstFirst() {
        var ours = Run(name: "ours")
        ours.setRanking(["x", "a"], for: "q1")
        ours.setRanking(["b"], for: "q2")
        var theirs = Run(name: "theirs")
        theirs.setRanking(["a"], for: "q1")
        theirs.setRanking(["y", "b"], for: "q2")
        theirs.setRanking(["c"], for: "q3")
        let metric = RankingMetric.reciprocalRank(at: 10)
        func evaluate(_ run: Run) -> RunEvaluation {
            RunEvaluation(
                run,
                judgements: Self.judgements,
                queries: ["q1", "q2", "q3"],
                metrics: [metric]
            )
        }
        let (left, right) = (evaluate(ours), evaluate(theirs))
        #expect(left.losses(metric: metric, against: right).map(\.query) == ["q3", "q1"])
        #expect(left.losses(metric: metric, against: right).map(\.loss) == [1, 0.5])
        #expect(left.losses(metric: metric).map(\.query) == ["q3", "q1"])
        let comparison = left.compared(to: right, metric: metric)
        #expect((comparison.wins, comparison.losses, comparison.ties) == (1, 2, 0))
    }
}
