import Testing

@testable import TextAnalysis

@Suite struct SpellingTests {
    @Test(arguments: [
        ("inverter", "inverter", 0), ("invertre", "inverter", 1), ("inerter", "inverter", 1),
        ("invverter", "inverter", 1), ("imverter", "inverter", 1), ("imvertre", "inverter", 2),
        ("biblioteka", "biblioteca", 1),
    ])
    func slipsAreCounted(_ word: String, _ term: String, _ expected: Int) throws {
        let spelling = try #require(Spelling(of: word))
        #expect(spelling.distance(to: term, atMost: 2) == expected)
        #expect(spelling.distance(to: term, atMost: expected - 1) == nil)
    }

    @Test func theFewestSlipsWinThenTheCommonestWord() throws {
        let spelling = try #require(Spelling(of: "paneel"))
        let entries = [("panel", 3), ("panels", 90), ("paneer", 9), ("tunnel", 80), ("p", 1)]
            .map { Spelling.Entry(term: $0.0, passages: $0.1) }
        #expect(spelling.best(among: entries)?.entry.term == "paneer")
        #expect(spelling.best(among: entries.filter { $0.term != "paneer" })?.entry.term == "panel")
        #expect(spelling.best(among: []) == nil)
    }

    /// Short words have too many neighbors, and another number is another number.
    @Test(arguments: ["", "abc", "e-047", "3094", "v1.2", "図書館"])
    func whatIsNoLongWordIsNotCorrected(_ word: String) {
        #expect(Spelling(of: word) == nil)
    }

    @Test func shortWordsAreAllowedOneSlip() throws {
        #expect(try #require(Spelling(of: "panel")).maximumDistance == 1)
        #expect(try #require(Spelling(of: "inverter")).maximumDistance == 2)
    }
}
