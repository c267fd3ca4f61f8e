import Testing

@testable import Retrieval

@Suite struct FusionTests {
    private func candidates(_ pairs: [(Int64, Double)]) -> [Candidate] {
        pairs.map { Candidate(passage: $0.0, score: $0.1) }
    }

    @Test func reciprocalRanksAddUp() {
        let fused = Fusion.reciprocalRank(k: 60).fuse(
            keyword: candidates([(1, 9), (2, 8)]),
            vector: candidates([(2, 0.9), (3, 0.8)])
        )
        #expect(fused.map(\.passage) == [2, 1, 3])
        #expect(fused[0].score == 1.0 / 62 + 1.0 / 61)
    }

    @Test func convexSharesGoFromTheWeakestToTheBest() {
        let fused = Fusion.convex(keywordWeight: 0.5).fuse(
            keyword: candidates([(1, 10), (2, 5)]),
            vector: candidates([(3, 0.9), (1, 0.8), (4, 0.7)])
        )
        let byPassage = Dictionary(uniqueKeysWithValues: fused.map { ($0.passage, $0) })
        #expect(byPassage[1]?.keywordShare == 0.5)
        #expect(byPassage[2]?.keywordShare == 0.25)
        #expect(byPassage[3]?.vectorShare == 0.5)
        #expect(byPassage[4]?.vectorShare == 0)
        #expect(abs((byPassage[1]?.vectorShare ?? 0) - 0.25) < 1e-12)
        #expect(fused.first?.passage == 1)
    }

    @Test func wordsThatAreNotTrustedHaveNoShare() {
        let fused = Fusion.convex(keywordWeight: 0.5).fuse(
            keyword: candidates([(1, 10)]),
            vector: candidates([(2, 0.9), (1, 0.1)]),
            trust: 0
        )
        #expect(fused.map(\.passage) == [2, 1])
        #expect(fused[0].score == 1)
    }

    @Test func equalScoresStandInTheOrderOfTheirPassages() {
        let same = candidates([(7, 1), (3, 1), (5, 1)])
        for fusion in [Fusion.convex(keywordWeight: 0.3), .convex(keywordWeight: 1)] {
            #expect(fusion.fuse(keyword: same, vector: []).map(\.passage) == [3, 5, 7])
        }
    }

    @Test func oneSideAloneKeepsItsOrder() {
        let list = candidates([(4, 3), (2, 2), (9, 1)])
        for fusion in [Fusion.standard, .reciprocalRank(k: 60)] {
            #expect(fusion.fuse(keyword: list, vector: []).map(\.passage) == [4, 2, 9])
            #expect(fusion.fuse(keyword: [], vector: list).map(\.passage) == [4, 2, 9])
        }
        #expect(Fusion.standard.fuse(keyword: [], vector: []).isEmpty)
    }
}
