import Corpus
import TextAnalysis
import Testing

@testable import Answering

/// What makes one sentence a better answer than another that has the same words.
@Suite struct SentenceRankingTests {
    private func passage(_ id: Int64, _ text: String, under headings: [String] = [])
        -> SourcePassage
    {
        SourcePassage(
            id: PassageID(rawValue: id),
            text: text,
            path: "\(id).md",
            headingPath: headings,
            language: .english
        )
    }

    private func first(
        _ question: String,
        _ passages: [SourcePassage],
        similarity: ExtractiveAnswerer.Similarity? = nil
    ) async throws -> String? {
        try await ExtractiveAnswerer(maximumRisk: 1)
            .answer(question, from: passages, language: .english, similarity: similarity).claims
            .first?.text
    }

    /// A list of changes mentions everything and explains nothing.
    @Test(arguments: ["Version 1.2.0 (2020-03-01)", "Change Log", "0.24", "Changelog"])
    func whatChangedIsNoExplanation(heading: String) async throws {
        let passages = [
            passage(1, "Check of a damaged store repairs the store.", under: [heading]),
            passage(2, "Run check to see whether a store is damaged.", under: ["Care"]),
        ]
        let answer = try await first("How do I check whether a store is damaged?", passages)
        #expect(answer == "Run check to see whether a store is damaged.")
    }

    @Test(arguments: ["4.2 Checking a store", "Changing the lock", "The history of the house"])
    func sectionsAreNoListsOfChanges(heading: String) {
        #expect(!SentenceFeatures.tellsChanges(passage(1, "Text.", under: [heading])))
    }

    /// In a list of questions and answers, the heading asks what somebody asks in other words.
    @Test func whatStandsUnderTheQuestionAnswersIt() async throws {
        let question = "Can several machines use one store?"
        let passages = [
            passage(1, "The machines of the store were bought used.", under: ["Stock"]),
            passage(
                2,
                "They must wait for each other, and that takes long.",
                under: ["May many hosts share it?"]
            ),
        ]
        let answer = try await first(question, passages) { texts in
            texts.map { $0.hasPrefix("May many") ? 0.92 : 0.84 }
        }
        #expect(answer == "They must wait for each other, and that takes long.")
    }

    /// Of many sentences only those that may answer are embedded, and of each of the first passages one.
    @Test func fewSentencesAreComparedInMeaning() async throws {
        let filler = (1...30).map { "The shed number \($0) is made of wood." }.joined(
            separator: " "
        )
        let passages = (1...10).map { passage(Int64($0), "\(filler) The boiler was mended.") }
        let answer = try await ExtractiveAnswerer(maximumRisk: 1).answer(
            "Who repaired the boiler?",
            from: passages,
            language: .english
        ) { texts in
            #expect(texts.count <= 40)
            #expect(texts.contains("The boiler was mended."))
            return texts.map { _ in 0.85 }
        }
        #expect(answer.outcome.isAnswered)
    }

    /// The embeddings say nothing here; a token of the question finds its like in one sentence.
    @Test func tokensTellWhatEmbeddingsDoNot() async throws {
        let question = "Who mended it?"
        let passages = [
            passage(1, "The boiler of the shed stands near an old wall.", under: ["Boiler"]),
            passage(2, "Ana from the workshop brought new pipes.", under: ["Boiler"]),
        ]
        let comparison = MeaningComparison(tokens: [0..<3, 4..<10, 11..<13]) { texts in
            texts.map { text in
                let near: Float = text.text.contains("Ana") ? 0.97 : 0.88
                return MeaningMatch(
                    cosine: 0.86,
                    tokens: [near, near, near],
                    ownTokens: [near, near, near],
                    answering: 0.9
                )
            }
        }
        let answer = try await ExtractiveAnswerer(maximumRisk: 1)
            .answer(question, from: passages, language: .english, comparison: comparison)
        #expect(answer.claims.first?.text == "Ana from the workshop brought new pipes.")
    }

    /// What a comparison is given is the sentence behind its heading, and where it begins.
    @Test func aHeadingIsNoPartOfTheSentence() async throws {
        let comparison = MeaningComparison(tokens: []) { texts in
            #expect(texts.map(\.text) == ["Care: Oil the chain every month.", "Care"])
            #expect(texts.map(\.start) == [6, 0])
            return texts.map { _ in MeaningMatch(cosine: 0.9) }
        }
        let answer = try await ExtractiveAnswerer(maximumRisk: 1).answer(
            "How often do I oil the chain?",
            from: [passage(1, "Oil the chain every month.", under: ["Care"])],
            language: .english,
            comparison: comparison
        )
        #expect(answer.outcome.isAnswered)
    }
}
