import Answering
import Foundation
import Testing

@Suite struct OutcomeTests {
    @Test func readsWhatItWrites() throws {
        let outcomes = [Outcome.answered] + Abstention.allCases.map(Outcome.abstained)
        for outcome in outcomes {
            let data = try JSONEncoder().encode(outcome)
            #expect(try JSONDecoder().decode(Outcome.self, from: data) == outcome)
        }
        let text = String(decoding: try JSONEncoder().encode(Outcome.answered), as: UTF8.self)
        #expect(text == #"{"status":"answered"}"#)
    }

    @Test func anAnswerReadsWhatItWrites() throws {
        let answer = Answer(
            question: "¿Qué?",
            outcome: .answered,
            claims: [
                Claim(
                    text: "Eso.",
                    citations: [Citation(passageID: 3, quotation: "eso", range: 1..<4)],
                    standing: .follows
                )
            ],
            model: "extractive",
            language: "es",
            evidence: Evidence(
                likeness: nil,
                coverage: 0.75,
                isForeign: false,
                risk: 0.25
            ),
            rejected: [
                RejectedQuotation(
                    claim: "x",
                    passageID: nil,
                    quotation: "y",
                    reason: .unknownPassage
                )
            ]
        )
        let data = try JSONEncoder().encode(answer)
        #expect(try JSONDecoder().decode(Answer.self, from: data) == answer)
    }

    @Test func everyReasonHasAWordInBothLanguages() {
        for reason in Abstention.allCases {
            #expect(reason.explanation(language: "es") != reason.explanation(language: "en"))
        }
    }
}
