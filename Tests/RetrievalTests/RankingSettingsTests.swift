import Corpus
import Testing

@testable import Retrieval

@Suite struct RankingSettingsTests {
    @Test(arguments: RankingSettings.choices.flatMap(\.self))
    func settingsAreReadBack(_ settings: RankingSettings) {
        #expect(RankingSettings(settings.description) == settings)
    }

    @Test(arguments: [
        "", "dbsf:0.5", "dbsf:0.5 title:1 heading:1", "dbsf:0.5 title:1 heading:1 depth:0",
        "dbsf:0.5 title:-1 heading:1 depth:100", "dbsf:0.5 heading:1 title:1 depth:100",
        "dbsf:0.5 title:nan heading:1 depth:100",
    ])
    func whatSearchesCouldNotWorkWithIsRefused(_ text: String) {
        #expect(RankingSettings(text) == nil)
    }

    @Test func settingsOfSeveralKindsAddUp() {
        let both = RankingSettings(title: 2).combined(with: RankingSettings(depth: 200))
        #expect(both == RankingSettings(title: 2, depth: 200))
        #expect(both.combined(with: RankingSettings()) == both)
    }

    @Test func fieldWeightsScaleWordsAndStemsAlike() {
        let weights = RankingSettings(title: 2, heading: 0.5).fieldWeights
        #expect(weights == FieldWeights(surface: [2.4, 0.45, 0.6], stem: [4, 0.75, 1]))
    }
}
