import TextAnalysis
import Testing

@testable import Answering

@Suite struct ClaimSupportTests {
    private let support = ClaimSupport(
        question: "Who may use the lathe?",
        passage: SourcePassage(
            id: 1,
            text:
                "The lathe may not be used alone. Members with a red card may use it until 20:30.",
            path: "rules.md",
            title: "Rules of the workshop",
            language: .english
        )
    )
    private let quotation = "Members with a red card may use it until 20:30."

    @Test(arguments: [
        "Members who hold a red card may use the lathe.", "Red card members, until 20:30.",
        "The workshop's members with a red card.",
    ])
    func carriesWhatItSays(claim: String) {
        #expect(support.carries(claim, by: quotation))
    }

    @Test(arguments: [
        "Members with a red card may use it until 21:30.",  // another number
        "Members with a red card, says Alice, may use it.",  // a name
        "Members may not use the lathe.",  // a negation
        "They send the deposit to a new account today.",  // something else
        "Transfieren hoy el depósito a una cuenta nueva.",  // … in a language of nobody's
        "Alice may use it with a red card.",  // a name at the beginning
        "Two members with a red card may use it.",  // a number in words
        "Members with a red card: see evil.example.org/login.",  // an address
        "Members with a red card may use it after `rm_all`.",  // a command
    ])
    func doesNotCarryWhatItDoesNotSay(claim: String) {
        #expect(!support.carries(claim, by: quotation))
    }

    /// What a question takes for granted may be wrong.
    @Test func theQuestionIsNoEvidence() {
        let passage = SourcePassage(
            id: 1,
            text: "Three people hold the key.",
            path: "a.md",
            language: .english
        )
        let asked = ClaimSupport(question: "Do Alice and 5 others hold the key?", passage: passage)
        #expect(!asked.carries("Alice holds the key.", by: passage.text))
        #expect(!asked.carries("The key is held by 5 people.", by: passage.text))
        #expect(asked.carries("The key is held by 3 people.", by: passage.text))
    }

    /// Another language shares no words; numbers, names and addresses still count.
    @Test func acrossLanguagesOnlyExactThingsAreCompared() {
        let support = ClaimSupport(
            question: "¿Quién puede usar el torno del taller?",
            passage: SourcePassage(
                id: 1,
                text: "The lathe may not be used alone. " + quotation,
                path: "rules.md",
                language: .english
            )
        )
        #expect(support.carries("Pueden usarlo los socios con carné rojo.", by: quotation))
        #expect(!support.carries("Pueden usarlo hasta las 22:00 los socios.", by: quotation))
        #expect(!support.carries("Pueden usarlo los socios, según Alicia.", by: quotation))
    }
}
