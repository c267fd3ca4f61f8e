import Answering
import ChatModels
import Foundation
import Testing
import Vecino

/// Answers that are kept, and what becomes of them when the documents change.
@Suite(.serialized) struct SavedAnswerTests {
    private let folder: TemporaryFolder
    private let rule = "The kiln is opened only by the two people who have the blue card."
    private let hours = "The pottery is open on Tuesdays from 17:00 to 21:00."

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("# Kiln\n\n\(rule)\n", to: "notes/kiln.md")
        try folder.write("# Pottery\n\n\(hours)\n", to: "notes/pottery.md")
    }

    private func indexed() async throws -> Library {
        let library = try Library.open(at: folder.path + "/library.db", for: .indexing)
        _ = try await library.index(folder.path + "/notes")
        return library
    }

    private func answer(_ library: Library, _ question: String) async throws -> AnswerID {
        let answer = try await library.ask(question, options: AskOptions(maximumRisk: 1))
        try #require(answer.outcome.isAnswered)
        return try await library.save(answer, milliseconds: 12)
    }

    private func findings(_ library: Library) async throws -> [AnswerCheck.Finding] {
        try await library.check(await library.savedAnswers()).map(\.finding)
    }

    @Test func whatIsKeptIsWhatWasAnswered() async throws {
        let library = try await indexed()
        let given = try await library.ask("Who may open the kiln?")
        let first = try await library.save(
            given,
            milliseconds: 34.5,
            price: Price(prompt: 1, reply: 2)
        )
        let second = try await library.save(given, following: first, milliseconds: 1)
        let saved = try await library.savedAnswer(first)
        #expect(saved.answer == given)
        #expect(saved.milliseconds == 34.5)
        #expect(saved.cost == nil)  // no tokens were used
        #expect(saved.quotationHashes.count == given.claims.flatMap(\.citations).count)
        #expect(try await library.latestConversation().map(\.id) == [first, second])
        #expect(try await library.savedAnswers(newest: 1).map(\.id) == [second])
        try await library.setFeedback(-1, ofAnswer: second)
        #expect(try await library.savedAnswer(second).feedback == -1)
        #expect(try await library.removeAnswers([first, 99]) == 1)
        await #expect(throws: LibraryError.noSuchAnswer(first)) {
            try await library.savedAnswer(first)
        }
        await #expect(throws: LibraryError.noSuchAnswer(99)) {
            try await library.setFeedback(1, ofAnswer: 99)
        }
    }

    @Test func costsAreReckonedFromTokens() async throws {
        let library = try await indexed()
        var given = try await library.ask("Who may open the kiln?")
        given.usage = TokenUsage(prompt: 2_000_000, reply: 500_000)
        let id = try await library.save(
            given,
            milliseconds: 1,
            price: Price(prompt: 0.4, reply: 1.6)
        )
        #expect(abs(try #require(try await library.savedAnswer(id).cost) - 1.6) < 1e-9)
    }

    /// Keeping an answer must not make searches read everything again.
    @Test func keepingAnAnswerChangesNothingThatIsSearched() async throws {
        let library = try await indexed()
        let before = try await library.search(SearchRequest("kiln"))
        _ = try await answer(library, "Who may open the kiln?")
        let after = try await library.search(SearchRequest("kiln"))
        #expect(after.hits.map(\.id) == before.hits.map(\.id))
        let report = try await library.index(folder.path + "/notes")
        #expect(report.unchanged == 2)
    }

    @Test func unchangedDocumentsSupportTheirAnswers() async throws {
        let library = try await indexed()
        _ = try await answer(library, "Who may open the kiln?")
        #expect(try await findings(library) == [.supported])
        // Lines that move it down the page do not matter.
        try folder.write("# Kiln\n\nNew words above.\n\n## Rules\n\n\(rule)\n", to: "notes/kiln.md")
        #expect(try await findings(try await indexed()) == [.supported])
    }

    @Test func wordsThatMovedAreFoundElsewhere() async throws {
        let library = try await indexed()
        _ = try await answer(library, "Who may open the kiln?")
        try folder.remove("notes/kiln.md")
        try folder.write("# Rules of the pottery\n\n\(rule)\n", to: "notes/rules.md")
        let again = try await indexed()
        let check = try #require(try await again.check(again.savedAnswers()).first)
        #expect(check.finding == .moved)
        #expect(check.quotations.first?.movedTo?.hasSuffix("notes/rules.md") == true)
    }

    @Test func changedWordsAreTold() async throws {
        let library = try await indexed()
        _ = try await answer(library, "Who may open the kiln?")
        let other = rule.replacing("two people", with: "three people")
        try folder.write("# Kiln\n\n\(other)\n", to: "notes/kiln.md")
        #expect(try await findings(try await indexed()) == [.changed])
    }

    @Test func vanishedWordsAreTold() async throws {
        let library = try await indexed()
        _ = try await answer(library, "Who may open the kiln?")
        _ = try await answer(library, "When is the pottery open?")
        try folder.remove("notes/kiln.md")
        #expect(try await findings(try await indexed()) == [.vanished, .supported])
    }

    @Test func pricesComeFromTheUsersFileOnly() throws {
        try folder.write(
            "[prices]\n\"openai:m\" = { prompt = 1, reply = 2.5 }\n",
            to: "config/vecino/config.toml"
        )
        try folder.write(
            "[prices]\n\"openai:m\" = { prompt = 0, reply = 0 }\n",
            to: ".vecino/config.toml"
        )
        let settings = try Settings(
            library: folder.path + "/.vecino/library.db",
            environment: ["XDG_CONFIG_HOME": folder.path + "/config"]
        )
        #expect(settings.prices == ["openai:m": Price(prompt: 1, reply: 2.5)])
    }

    /// A line too short for a model's quotation may well be an answer.
    @Test func aShortQuotationIsFoundAgain() async throws {
        try folder.write("# Fees\n\nKiln: 30.\n", to: "notes/fees.md")
        let library = try await indexed()
        let passage = try #require(try await library.passages(named: "fees.md").first)
        var given = try await library.ask("What is the fee?", options: AskOptions(maximumRisk: 1))
        let citation = Citation(
            passageID: passage.id,
            quotation: "Kiln: 30.",
            range: 0..<9
        )
        given.claims = [Claim(text: "Kiln: 30.", citations: [citation], standing: .isQuoted)]
        given.sources[0].passageID = passage.id
        given.sources[0].location.path = folder.path + "/notes/fees.md"
        _ = try await library.save(given, milliseconds: 1)
        #expect(try await findings(library) == [.supported])
    }
}
