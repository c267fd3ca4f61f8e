import Corpus
import Testing

@testable import Retrieval

@Suite struct KeywordConfidenceTests {
    private let confidence = KeywordConfidence(fullScore: 10)

    @Test(arguments: [(10.0, 1.0), (7, 1), (5, 0.5), (3, 0), (1, 0), (40, 1)])
    func aMatchIsBelievedForWhatItSaysOfTheQuestion(_ best: Double, _ expected: Double) {
        #expect(abs(confidence.confidence(best: best) - expected) < 1e-12)
    }

    @Test(arguments: [(9.9, 0.0), (12.5, 0.5), (15, 1)])
    func inAnotherLanguageOnlyMoreThanAllIsBelieved(_ best: Double, _ expected: Double) {
        #expect(abs(confidence.confidence(best: best, isCrossLingual: true) - expected) < 1e-12)
    }

    @Test func eachLanguageIsBelievedByItsOwnBestCandidate() {
        let candidates = [16.0, 12.5, 5, 1].enumerated().map {
            ScoredPassage(id: PassageID(rawValue: Int64($0.offset)), score: $0.element)
        }
        let languages = ["und", "en", "es", "en"]
        let words = LanguageClass.ofWords(matching: languages)
        let classes = languages.map { LanguageClass($0, words: words) }
        #expect(classes == [.own, .own, .crossLingual("es"), .own])
        #expect(
            confidence.confidence(in: candidates, classes: classes) == [
                .own: 1, .crossLingual("es"): 0,
            ]
        )
        #expect(confidence.confidence(in: [], classes: []).isEmpty)
    }

    /// Words that say nothing, such as those that every passage has, are no reason for doubt.
    @Test func withoutInformationThereIsNoDoubt() {
        #expect(KeywordConfidence(fullScore: 0).confidence(best: 1) == 1)
    }
}

@Suite struct LanguageInterleavingTests {
    private func fused(_ scores: [(PassageID, Double)]) -> [FusedCandidate] {
        scores.map { passage, score in
            var candidate = FusedCandidate(passage: passage)
            candidate.vectorShare = score
            return candidate
        }
    }

    /// Passages from 100 on are in another language than the words.
    private func language(_ passage: PassageID) -> LanguageClass {
        passage < 100 ? .own : .crossLingual("en")
    }

    @Test func languagesKeepTheVectorsPlacesAndPassagesTheirOrderAmongTheirOwn() {
        let vector = [100, 1, 101, 2].map { ScoredPassage(id: $0, score: 0) }
        let candidates = fused([(2, 0.9), (3, 0.8), (1, 0.7), (101, 0.5), (100, 0.4)])
        let ordered = LanguageInterleaving.ordered(candidates, vector: vector, language: language)
        #expect(ordered.map(\.passage) == [101, 2, 100, 3, 1])
        #expect(ordered.map { ($0.score * 10).rounded() } == [5, 5, 4, 4, 4])
    }

    @Test func withoutVectorsTheOrderStays() {
        let candidates = fused([(2, 0.9), (100, 0.8), (1, 0.7)])
        let ordered = LanguageInterleaving.ordered(candidates, vector: [], language: language)
        #expect(ordered == candidates)
    }

    /// What is found by its name comes first in its language, whatever the others hold.
    @Test func aPassageOnlyTheWordsFindTakesAPlaceOfItsLanguage() {
        let vector = [100, 1].map { ScoredPassage(id: $0, score: 0) }
        let candidates = fused([(7, 1), (100, 0.6), (1, 0.2)])
        let ordered = LanguageInterleaving.ordered(candidates, vector: vector, language: language)
        #expect(ordered.map(\.passage) == [100, 7, 1])
    }
}
