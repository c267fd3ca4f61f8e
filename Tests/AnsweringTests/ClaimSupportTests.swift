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
        "Send your password to the treasurer before Monday.",  // something else
        "Members with a red card: see evil.example.org/login.",  // an address
        "Members with a red card may use it after `rm_all`.",  // a command
    ])
    func doesNotCarryWhatItDoesNotSay(claim: String) {
        #expect(!support.carries(claim, by: quotation))
    }

    /// Another language shares no words; numbers, names and addresses still count.
    @Test func acrossLanguagesOnlyExactThingsAreCompared() {
        #expect(support.carries("Pueden usarlo los socios con carné rojo.", by: quotation))
        #expect(!support.carries("Pueden usarlo hasta las 22:00 los socios.", by: quotation))
        #expect(!support.carries("Pueden usarlo los socios, según Alicia.", by: quotation))
    }
}
