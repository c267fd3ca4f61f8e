import Corpus
import StoreTesting
import Testing

@testable import Retrieval

/// Abbreviations and their long forms find each other where the library says what they mean.
@Suite struct AbbreviationsTests {
    @Test(arguments: [
        (
            "the General Data Protection Regulation (GDPR) applies", "gdpr",
            "general data protection"
        ),
        ("el Instituto de la Vivienda Social (IVS)", "ivs", "instituto vivienda social"),
        ("by RAM (random access memory) it", "ram", "random access memory"),
        ("Université Libre de Bruxelles (ULB)", "ulb", "universite libre bruxelles"),
    ]) func definitionsAreRead(_ text: String, _ short: String, _ words: String) throws {
        let found = try #require(Definition.all(in: text).first)
        #expect(found.short == short)
        #expect(found.words.joined(separator: " ").hasPrefix(words))
    }

    @Test(arguments: [
        "see the appendix (NOTE) below", "a random word (RAM)", "(GDPR)", "memory (ram)", "x (",
        "((((",
        "RAM (or something else that is longer)",
    ]) func otherParenthesesDefineNothing(_ text: String) {
        #expect(Definition.all(in: text).isEmpty)
    }

    @Test(arguments: [
        ("GDPR", ["both.md", "short.md", "long.md"]), ("gdpr", ["both.md", "short.md", "long.md"]),
        ("general data protection regulation", ["both.md", "long.md"]),
        ("XYZ", ["other.md"]),
    ]) func eitherFormFindsTheOther(_ query: String, _ expected: [String]) async throws {
        let store = MemoryStore()
        let texts = [
            ("both.md", "The General Data Protection Regulation (GDPR) is a law."),
            ("short.md", "Ask whether GDPR covers it."),
            ("long.md", "What the general data protection regulation demands."),
            ("other.md", "The XYZ (not defined) stands here, and data of a general."),
        ]
        try await store.add(
            texts.map { SampleDocument($0.0, $0.1, title: "", embed: { _ in [1, 0] }) },
            model: ModelRecord(identifier: "none", dimensions: 2)
        )
        let searcher = Searcher(store: store) { _ in throw RetrievalError.emptyQuery }
        let results = try await searcher.search(SearchRequest(query, mode: .keyword))
        let found = results.hits.map(\.passage.document.fileName)
        #expect(Set(found.prefix(expected.count)) == Set(expected))
        // Whoever looks for either form also finds the passage that has the short one alone.
        #expect(query == "XYZ" || found.contains("short.md"))
        #expect(results.notes.isEmpty)
    }
}
