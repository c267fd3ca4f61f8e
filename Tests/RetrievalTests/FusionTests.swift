import Corpus
import Testing

@testable import Retrieval

@Suite struct FusionTests {
    private func candidates(_ pairs: [(PassageID, Double)]) -> [ScoredPassage] {
        pairs.map { ScoredPassage(id: $0.0, score: $0.1) }
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
            confidence: [0]
        )
        #expect(fused.map(\.passage) == [2, 1])
        #expect(fused[0].score == 1)
    }

    /// A word that stands in one passage only says more than a hundred near misses in meaning.
    @Test func aLoneMatchOfTheWordsStandsOut() {
        let near = candidates(
            (0..<100).map { (PassageID(rawValue: 100 + $0), 0.86 - 0.0005 * Double($0)) }
        )
        let fused = Fusion.standard.fuse(keyword: candidates([(7, 4)]), vector: near)
        #expect(fused.first?.passage == 7)
        #expect(fused.first?.keywordShare == 0.55)
    }

    @Test func distributionSharesGoFromThreeDeviationsBelowToTheBest() {
        let scores = (0..<100).map { Double($0 % 2) }.sorted(by: >)
        let list = candidates(
            scores.enumerated().map { (PassageID(rawValue: Int64($0.offset)), $0.element) }
        )
        let fused = Fusion.distribution(keywordWeight: 0.5).fuse(keyword: [], vector: list)
        // Mean ½, deviation ½: from −1 to 2.
        #expect(abs((fused.first?.score ?? 0) - 0.5 * 2 / 3) < 1e-12)
        #expect(abs((fused.last?.score ?? 0) - 0.5 * 1 / 3) < 1e-12)
    }

    /// Whoever asks for more hits gets the same first ones.
    @Test func moreCandidatesDoNotChangeTheFirst() {
        let words = (0..<300).map { (place: Int) in
            ScoredPassage(
                id: PassageID(rawValue: Int64(place)),
                score: 20 / (1 + Double(place) / 10)
            )
        }
        let vectors = (0..<300).map { (place: Int) in
            ScoredPassage(
                id: PassageID(rawValue: Int64(place * 7 % 400)),
                score: 0.9 - Double(place) / 1_000
            )
        }
        let few = Fusion.standard.fuse(
            keyword: Array(words.prefix(100)),
            vector: Array(vectors.prefix(100))
        )
        let many = Fusion.standard.fuse(keyword: words, vector: vectors)
        let known = Set(words.prefix(100).map(\.id))
            .intersection(vectors.prefix(100).map(\.id))
        let before = few.map(\.passage).filter(known.contains)
        let after = many.map(\.passage).filter(known.contains)
        #expect(before == after)
    }

    /// Where words are believed of some candidates only, the others' matches count for nothing.
    @Test func trustIsTakenCandidateByCandidate() {
        let fused = Fusion.convex(keywordWeight: 0.5).fuse(
            keyword: candidates([(1, 10), (2, 9)]),
            vector: [],
            confidence: [0, 1]
        )
        #expect(fused.map(\.passage) == [2, 1])
        #expect(fused.map(\.score) == [0.45, 0])
    }

    @Test(arguments: Fusion.choices) func aFusionIsReadBack(_ fusion: Fusion) {
        #expect(Fusion(fusion.description) == fusion)
    }

    @Test(arguments: ["", "rrf", "rrf:0", "dbsf:1.5", "dbsf:nan", "convex:-1", "convex:", "x:1"])
    func whatIsNoFusionIsNotRead(_ text: String) {
        #expect(Fusion(text) == nil)
    }

    @Test func equalScoresStandInTheOrderOfTheirPassages() {
        let same = candidates([(7, 1), (3, 1), (5, 1)])
        for fusion in [
            Fusion.convex(keywordWeight: 0.3), .convex(keywordWeight: 1), .standard,
        ] {
            #expect(fusion.fuse(keyword: same, vector: []).map(\.passage) == [3, 5, 7])
        }
    }

    @Test func oneSideAloneKeepsItsOrder() {
        let list = candidates([(4, 3), (2, 2), (9, 1)])
        for fusion in [
            Fusion.standard, .convex(keywordWeight: 0.5), .reciprocalRank(k: 60),
        ] {
            #expect(fusion.fuse(keyword: list, vector: []).map(\.passage) == [4, 2, 9])
            #expect(fusion.fuse(keyword: [], vector: list).map(\.passage) == [4, 2, 9])
        }
        #expect(Fusion.standard.fuse(keyword: [], vector: []).isEmpty)
    }
}
