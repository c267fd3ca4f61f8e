import Testing

@testable import Retrieval

@Suite struct KeywordTrustTests {
    private let trust = KeywordTrust(fullScore: 10)

    @Test(arguments: [(10.0, 1.0), (7, 1), (5, 0.5), (3, 0), (1, 0), (40, 1)])
    func aMatchIsBelievedForWhatItSaysOfTheQuestion(_ best: Double, _ expected: Double) {
        #expect(abs(trust.trust(best: best, agrees: true) - expected) < 1e-12)
    }

    @Test func inAnotherLanguageThanTheVectorsOnlyNearlyAllIsBelieved() {
        #expect(trust.trust(best: 6.9, agrees: false) == 0)
        #expect(trust.trust(best: 12, agrees: false) == 1)
    }

    @Test func eachLanguageIsBelievedByItsOwnBestCandidate() {
        let candidates = [9.0, 6, 5.5, 1, 0.5].enumerated().map {
            Candidate(passage: Int64($0.offset), score: $0.element)
        }
        let found = trust.trust(
            in: candidates,
            languages: ["es", "es", "en", "en", "und"],
            vectorLanguage: "en"
        )
        #expect(found.map { ($0 * 100).rounded() } == [40, 40, 63, 63, 0])
    }

    @Test func withoutLanguagesAllAreBelievedAlike() {
        let candidates = [8.0, 1].map { Candidate(passage: Int64($0), score: $0) }
        #expect(trust.trust(in: candidates, languages: nil, vectorLanguage: "en") == [1, 1])
        #expect(trust.trust(in: [], languages: nil, vectorLanguage: nil).isEmpty)
    }

    /// Words that say nothing, such as those that every passage has, are no reason for doubt.
    @Test func withoutInformationThereIsNoDoubt() {
        #expect(KeywordTrust(fullScore: 0).trust(best: 1, agrees: true) == 1)
    }
}
