import Corpus
import Testing

@testable import Retrieval

@Suite struct RelevanceFeedbackTests {
    private func fused(_ scores: [Double]) -> [FusedCandidate] {
        scores.enumerated().map { index, score in
            var candidate = FusedCandidate(passage: PassageID(rawValue: Int64(index)))
            candidate.vectorShare = score
            return candidate
        }
    }

    /// The fourth of five hits is like the first three, the fifth of six is not.
    @Test func whatIsLikeTheFirstHitsRises() async {
        let embeddings: [[Float]] = [[1, 0], [1, 0], [1, 0], [0, 1], [1, 0]]
        let found = await RelevanceFeedback.apply(to: fused([0.9, 0.8, 0.7, 0.5, 0.49]), worth: 1) {
            $0.map { embeddings[Int($0.rawValue)] }
        }
        #expect(found.map(\.passage) == [0, 1, 2, 4, 3])
        // The nearest keep their scores.
        #expect(found.map { ($0.score * 1e6).rounded() / 1e6 } == [0.9, 0.8, 0.7, 0.49, 0.3])
    }

    @Test func withoutConfidenceNothingMoves() async {
        let list = fused([0.9, 0.8, 0.7, 0.5, 0.49])
        #expect(await RelevanceFeedback.apply(to: list, worth: 0) { $0.map { _ in [1] } } == list)
        #expect(await RelevanceFeedback.apply(to: [], worth: 1) { $0.map { _ in [1] } }.isEmpty)
        #expect(await RelevanceFeedback.apply(to: list, worth: 1) { $0.map { _ in nil } } == list)
    }
}

@Suite struct MarginalRelevanceTests {
    private let relevance = [1.0, 0.9, 0.5]

    /// The first two are twins; the third is unlike them.
    private func similarity(_ a: Int, _ b: Int) -> Double { a + b == 1 ? 1 : 0 }

    @Test func relevanceAloneKeepsTheOrder() {
        let order = MarginalRelevance(lambda: 1).order(
            relevance: relevance,
            count: 3,
            similarity: similarity
        )
        #expect(order == [0, 1, 2])
    }

    @Test func aTwinGivesWayToWhatDiffers() {
        let order = MarginalRelevance(lambda: 0.5).order(
            relevance: relevance,
            count: 3,
            similarity: similarity
        )
        #expect(order == [0, 2, 1])
    }

    @Test func noMoreAreChosenThanAskedFor() {
        let choice = MarginalRelevance(lambda: 0.5)
        #expect(choice.order(relevance: relevance, count: 1) { _, _ in 0 } == [0])
        #expect(choice.order(relevance: [], count: 3) { _, _ in 0 }.isEmpty)
    }
}
