import Corpus
import Foundation
import Testing
import TextAnalysis

@testable import Answering

@Suite struct ExtractiveAnswererTests {
    /// The fixture's passages; each question below is answered by the one that it names.
    private let passages: [SourcePassage] = {
        guard
            let url = Bundle.module.url(
                forResource: "passages",
                withExtension: "txt",
                subdirectory: "Fixtures"
            ),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { return [] }
        return text.components(separatedBy: "\n\n").enumerated().map { number, text in
            SourcePassage(
                id: PassageID(rawValue: Int64(number + 1)),
                text: text,
                path: "\(number + 1).md",
                language: LanguageDetector().language(of: text)
            )
        }
    }()

    @Test(
        arguments: [
            ("When does the workshop close on Saturdays?", 1, "14:00"),
            ("¿Cuántos módulos tiene la cubierta solar?", 2, "48 módulos"),
            ("¿Cuánto dura un préstamo?", 4, "21 días"),
            ("How long must I hold the SET button to reset the door controller?", 7, "7 seconds"),
            ("¿Cuándo se plantan las tomateras?", 8, "15 de mayo"),
            ("How many times has the reading group met?", 9, "164 times"),
            ("¿A cuántas rpm puede girar el plato del torno?", 10, "1.800 rpm"),
            ("What was the surplus of the year?", 11, "3,322.65"),
            ("¿Qué puerto usa el servidor de la biblioteca?", 12, "8443"),
            ("When is the varroa treatment due?", 13, "3 mites"),
        ] as [(String, PassageID, String)]
    )
    func quotesTheSentenceThatAnswers(question: String, id: PassageID, wanted: String) async throws
    {
        try #require(passages.count == 14)
        let nearest = passages.filter { $0.id == id || ($0.id.rawValue + id.rawValue) % 4 == 0 }
        // Which sentence is quoted is one thing, whether the risk is taken another.
        let answer = try await ExtractiveAnswerer(maximumRisk: 1).answer(question, from: nearest)
        #expect(answer.outcome == .answered)
        #expect((1...3).contains(answer.claims.count))
        #expect(answer.claims.contains { $0.text.contains(wanted) }, "\(answer.claims)")
        for citation in answer.claims.flatMap(\.citations) {
            let text = try #require(passages.first { $0.id == citation.passageID }).text
            #expect(Array(text.utf8)[citation.range].elementsEqual(citation.quotation.utf8))
            #expect(answer.mark(of: citation.passageID) != nil)
        }
    }

    @Test(arguments: [
        ("What does code E-075 mean?", false), ("What does code E-047 mean?", true),
        ("What was made in 2023?", false), ("What was made in 2025?", true),
        ("Which year did the roof yield 1.450 kWh?", true), ("What are the 2 rules?", true),
    ])
    func whatIsNamedExactlyMustBeMentioned(question: String, isMentioned: Bool) {
        let passages = [
            SourcePassage(
                id: 1,
                text: "Code E-047 means that the inverter is too hot. It made 1450 kWh.",
                path: "energy/2025.md",
                language: .english
            )
        ]
        #expect(ExactNames(in: question).passages(among: passages).isEmpty == !isMentioned)
    }

    @Test func anotherYearIsNoAnswer() async throws {
        let answer = try await ExtractiveAnswerer(maximumRisk: 1).answer(
            "How many modules did the solar roof have in 1987?",
            from: passages
        )
        #expect(answer.outcome == .abstained(.notMentioned))
        #expect(answer.claims.isEmpty)
    }

    @Test(arguments: [
        "Who won the world chess championship?", "¿Cuál es la capital de Mongolia?",
        "How do I renew my driving license?", "¿Qué vitaminas contiene el kiwi?", "???",
    ])
    func abstainsFromWhatTheDocumentsDoNotSay(question: String) async throws {
        let answer = try await ExtractiveAnswerer().answer(question, from: passages)
        #expect(answer.outcome == .abstained(.weakSupport))
        #expect(answer.claims.isEmpty)
        #expect(answer.sources.count == 3)
    }

    @Test func abstainsWithoutPassages() async throws {
        let answer = try await ExtractiveAnswerer().answer("What?", from: [])
        #expect(answer.outcome == .abstained(.noPassages))
    }

    @Test func theDialAnswersEverythingOrNothing() async throws {
        let question = "Who won the world chess championship?"
        let bold = try await ExtractiveAnswerer(maximumRisk: 1).answer(question, from: passages)
        #expect(bold.outcome.isAnswered)
        let shy = try await ExtractiveAnswerer(maximumRisk: 0).answer(
            "When does the workshop close on Saturdays?",
            from: passages
        )
        #expect(!shy.outcome.isAnswered)
    }

    /// Nothing but meaning joins a Spanish question to an English sentence.
    @Test func answersAcrossLanguagesBySimilarity() async throws {
        let kiln = passages.filter { $0.id == 5 || $0.id == 13 }
        let question = "¿A qué temperatura no hay que abrir nunca el horno?"
        let similarity: ExtractiveAnswerer.Similarity = { sentences in
            sentences.map { $0.contains("Never open the lid") ? 0.89 : 0.79 }
        }
        let answer = try await ExtractiveAnswerer().answer(
            question,
            from: kiln,
            similarity: similarity
        )
        #expect(answer.outcome == .answered)
        #expect(answer.claims.first?.text == "Never open the lid above 95 °C.")
        #expect(answer.language == "es")
        let unlike: ExtractiveAnswerer.Similarity = { $0.map { _ in 0.79 } }
        let refusal = try await ExtractiveAnswerer().answer(
            question,
            from: kiln,
            similarity: unlike
        )
        #expect(refusal.outcome == .abstained(.weakSupport))
    }

    /// In a list of questions and answers, the question that is most alike is not the answer.
    @Test func quotesTheAnswerUnderAQuestion() async throws {
        let passage = SourcePassage(
            id: 1,
            text: "### Can I bring my dog?\n\nOn a lead, and not into the kitchen.",
            path: "faq.md",
            language: .english
        )
        let answer = try await ExtractiveAnswerer(maximumRisk: 1).answer(
            "¿Puedo entrar con mi perro?",
            from: [passage]
        ) { $0.map { $0.contains("dog") ? 0.89 : 0.8 } }
        #expect(answer.claims.map(\.text) == ["On a lead, and not into the kitchen."])
    }

    @Test func saysTheSameEveryTime() async throws {
        let answerer = ExtractiveAnswerer()
        let first = try await answerer.answer("¿Cuánto dura un préstamo?", from: passages)
        for _ in 0..<5 {
            #expect(
                try await answerer.answer("¿Cuánto dura un préstamo?", from: passages) == first
            )
        }
    }
}
