import Testing
import TextAnalysis

@testable import Retrieval

@Suite struct SnippetTests {
    private func snippet(_ query: String, of text: String, _ language: Language = .english)
        -> Snippet
    {
        let query = AnalyzedQuery(QuerySyntax(query), languages: [language])
        return SnippetMaker(query: query, languages: [language]).snippet(
            of: text,
            language: language
        )
    }

    @Test func wordsAndTheirInflectionsAreMarked() {
        let found = snippet("solar panel", of: "Forty solar panels stand on the roof.")
        #expect(found.segments.filter(\.isMatch).map(\.text) == ["solar", "panels"])
        #expect(found.text == "Forty solar panels stand on the roof.")
    }

    @Test func accentsDoNotMatter() {
        let found = snippet("prediccion", of: "La predicción acertó.", .spanish)
        #expect(found.segments.filter(\.isMatch).map(\.text) == ["predicción"])
    }

    @Test(arguments: [
        ("biometrics", "unlockWithBiometrics", "Biometrics"), ("mail", "the e-mail", "mail"),
        ("email", "the e-mail", "e-mail"), ("doc", "python3-doc here", "doc"),
        ("苹果", "吃苹果派", "苹果"),
    ]) func aMatchInsideANameIsShown(_ query: String, _ text: String, _ match: String) {
        let filler = String(repeating: "Nothing of note happened that day. ", count: 40)
        let found = snippet(query, of: filler + text + ". " + filler)
        #expect(found.segments.filter(\.isMatch).map(\.text) == [match])
    }

    @Test func aLongPassageIsShownWhereTheWordsStand() {
        let filler = String(repeating: "Nothing of note happened that day. ", count: 40)
        let found = snippet("inverter", of: filler + "Then the inverter failed. " + filler)
        #expect(found.text.contains("inverter"))
        #expect(found.text.count < 320)
        #expect(found.text.hasPrefix("… ") && found.text.hasSuffix(" …"))
    }

    @Test func lineBreaksBecomeSpaces() {
        let found = snippet("two", of: "one\n\ntwo   three\tfour")
        #expect(found.text == "one two three four")
    }

    @Test(arguments: ["", " ", "\n", String(repeating: "x", count: 5_000), "日本語のテキスト"])
    func anyTextHasASnippet(_ text: String) {
        #expect(snippet("x", of: text).text.utf8.count <= 5_010)
    }

    /// Cuts fall between characters whatever the script.
    @Test func cutsFallBetweenCharacters() {
        let text = String(repeating: "日本語テキスト", count: 100)
        #expect(!snippet("テキスト", of: text, .undetermined).text.contains("\u{FFFD}"))
    }
}
