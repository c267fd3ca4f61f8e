import Foundation
import Corpus
import StoreTesting
import Testing
import TextAnalysis

@testable import Retrieval

/// Searches by words over real stores; meaning needs a model and is tested with the library.
@Suite struct SearcherTests {
    private let library = SmallLibrary()

    private func names(_ query: String) async throws -> [String] {
        try await library.search(query).hits.map { String($0.path.dropFirst("/docs/".count)) }
    }

    @Test func wordsInQuotesStandInTheirOrder() async throws {
        try await library.fill([
            "a": "The annual general meeting is in March.",
            "b": "A general remark on the annual report of the meeting.",
        ])
        #expect(try await names("annual general meeting").count == 2)
        for query in [
            "\"annual general meeting\"", "“annual general”", "«general meeting» annual",
        ] {
            #expect(try await names(query) == ["a"], "\(query)")
        }
    }

    @Test func aPhraseThatStandsNowhereIsLookedForByItsWords() async throws {
        try await library.fill(["a": "The meeting is annual.", "b": "Nothing of the kind."])
        let results = try await library.search("\"annual meeting\"")
        #expect(results.hits.map(\.path) == ["/docs/a"])
        #expect(results.notes == [.phraseNotFound(phrases: ["annual meeting"])])
    }

    @Test func aWordAfterAMinusIsNotThere() async throws {
        try await library.fill([
            "a": "The inverter of the roof.", "b": "The inverter of the boat.",
            "c": "Two inverters for boats.",
        ])
        let results = try await library.search("inverter -boat")
        #expect(results.hits.map(\.path) == ["/docs/a"])
        #expect(results.notes == [.leftOut(words: ["boat"])])
        // A hyphen inside a word and an option of a program are no minus.
        #expect(try await names("inverter-boat").count == 3)
        #expect(try await names("inverter -b").count == 3)
    }

    @Test func passagesThatSayNearlyTheSameAreOneHit() async throws {
        let text = "The lease of the old workshop is renewed every year on the first day of March"
        let words = "words that have nothing to do with it stand here and go on for quite some time"
        try await library.fill([
            "a": "\(text), and so on and on.", "b": "\(text), and so on and ON!",
            "c": "The lease. \(words)", "d": "\(text.uppercased()), and so on and on, too.",
            "e": "The lease is short.", "f": "The lease is short.",
        ])
        let hits = try await library.search("lease workshop renewed").hits
        let names = { (ids: [PassageID]) in Set(ids).count }
        // Short ones are like each other as forms are, and say so themselves.
        #expect(hits.count == 4)
        let first = try #require(hits.first)
        #expect(first.text.hasPrefix("The lease of the old") || first.path == "/docs/d")
        #expect(names(first.duplicates) == 2 && !first.duplicates.contains(first.id))
        #expect(hits.dropFirst().allSatisfy { $0.duplicates.isEmpty })
        var request = SearchRequest("lease workshop renewed", mode: .keyword)
        request.showsDuplicates = true
        let all = try await library.search(request).hits
        #expect(all.count == 6 && all.allSatisfy { $0.duplicates.isEmpty })
        // They are counted beyond the hits that are shown.
        request = SearchRequest("lease workshop renewed", mode: .keyword, limit: 1)
        #expect(try await library.search(request).hits.map(\.duplicates.count) == [2])
    }

    @Test func anAsteriskStandsForAnyEnding() async throws {
        try await library.fill([
            "a": "Photovoltaics for beginners.", "b": "A photographer.", "c": "A phone.",
        ])
        #expect(Set(try await names("photo*")) == ["a", "b"])
        let hit = try #require(try await library.search("photov*").hits.first)
        #expect(hit.snippet.segments.filter(\.isMatch).map(\.text) == ["Photovoltaics"])
    }

    @Test(arguments: [
        ("CVE-2024-3094", "a"), ("cve-2024-3094", "a"), ("3094", "a"), ("libfoo2.so", "b"),
        ("libfoo2", "b"), ("snake_case_name", "c"), ("snake", "c"), ("camelCaseName", "d"),
        ("camel", "d"), ("10.5", "e"), ("/etc/ssh/sshd_config", "f"), ("sshd_config", "f"),
        ("v1.2.3-rc1", "g"),
    ])
    func identifiersAreFoundWholeAndInParts(_ query: String, _ expected: String) async throws {
        try await library.fill([
            "a": "The hole CVE-2024-3094 is mended; CVE-2024-9999 is not.",
            "b": "Link against libfoo2.so first.", "c": "Call snake_case_name here.",
            "d": "Call camelCaseName there.", "e": "It weighs 10.5 kilograms, not 10.6.",
            "f": "Edit /etc/ssh/sshd_config as root.", "g": "Released as v1.2.3-rc1 in May.",
        ])
        #expect(try await names(query).first == expected)
    }

    @Test(arguments: [
        ("図書館", "ja"), ("図", "ja"), ("太阳能", "zh"), ("ห้องสมุด", "th"), ("도서관", "ko"),
    ])
    func scriptsWithoutSpacesAreFound(_ query: String, _ expected: String) async throws {
        try await library.fill([
            "ja": "図書館は朝九時に開きます。", "zh": "屋顶上有太阳能电池板。",
            "th": "ห้องสมุดเปิดเก้าโมงเช้า", "ko": "도서관은 아홉 시에 문을 엽니다.",
        ])
        #expect(try await names(query) == [expected])
    }

    @Test func aMisspelledWordIsLookedForAsTheLibrarySpellsIt() async throws {
        try await library.fill([
            "a": "The inverter stopped.", "b": "The treasurer wrote a letter.",
        ])
        let results = try await library.search("invertre stopped")
        #expect(results.hits.map(\.path) == ["/docs/a"])
        #expect(results.notes == [.spelling(word: "invertre", replacement: "inverter")])
        #expect(results.hits[0].snippet.segments.contains { $0.isMatch && $0.text == "inverter" })
    }

    /// Function words bring nothing up, but of two passages that say the same they tell which says it so.
    @Test func functionWordsWeighALittle() async throws {
        try await library.fill([
            "a": "A letter for a treasurer was sent.", "b": "A letter to the treasurer was sent.",
            "c": "To the left, to the right.",
        ])
        let results = try await library.search(
            SearchRequest("letter to the treasurer", mode: .keyword)
        )
        #expect(results.hits.map(\.path) == ["/docs/b", "/docs/a"])
    }

    /// `conect` is one slip from the stem of the words that stand there, and further from each of them.
    @Test func aCorrectionIsShownAsAWordAndNotAsAStem() async throws {
        try await library.fill([
            "a": "The connections were tested.", "b": "The connections broke.",
            "c": "It was connected.",
        ])
        let results = try await library.search("conect tested")
        #expect(results.notes == [.spelling(word: "conect", replacement: "connections")])
        #expect(results.hits.first?.path == "/docs/a")
    }

    /// Of a question in another language most words are unknown and none is misspelled.
    @Test func aQuestionInAnotherLanguageIsNotCorrected() async throws {
        try await library.fill(["a": "The inverter converts the current of the panel."])
        let results = try await library.search("¿Quién invierte la corriente del panel solar?")
        #expect(results.notes.isEmpty)
    }

    @Test(arguments: [
        "*", "\"", "\"\"", "-", "-alone", "\"*\" *", "-a -b -c", "“", "a\"b\"c", "\0",
    ])
    func anyQueryIsAnswered(_ query: String) async throws {
        try await library.fill(["a": "Something alone."])
        _ = try await library.search(query)
    }

    /// What was counted for one state of the library is counted again for the next.
    @Test func countsFollowTheLibrary() async throws {
        try await library.fill(["a": "The inverter stopped."])
        #expect(try await library.search("treasurer").hits.isEmpty)
        try await library.fill(["b": "The treasurer wrote."])
        #expect(try await names("treasurer") == ["b"])
    }

    @Test func filtersLookAtTheirFieldsOnly() async throws {
        try await library.fill(["a": "A solar panel.", "b": "A solar panel."], author: "Ana")
        try await library.fill(["c": "A solar panel."], author: "Eva")
        var request = SearchRequest("solar", mode: .keyword)
        request.filter.conditions = [FieldCondition("author", .equal, "eva")]
        #expect(try await library.search(request).hits.map(\.path) == ["/docs/c"])
        request.filter.conditions = [FieldCondition("tags", .equal, "roof")]
        #expect(try await library.search(request).hits.count == 3)
        request.filter.conditions = [FieldCondition("a\"b", .equal, "x")]
        #expect(try await library.search(request).hits.isEmpty)
    }
}

/// A store in memory, searched by keywords.
private struct SmallLibrary: Sendable {
    private struct NoModel: Error {}

    private let store = MemoryStore()

    func search(_ query: String) async throws -> SearchResults {
        try await search(SearchRequest(query, mode: .keyword))
    }

    func search(_ request: SearchRequest) async throws -> SearchResults {
        try await Searcher(store: store) { _ in throw NoModel() }.search(request)
    }

    /// Adds documents of one passage each, whose embeddings are all the same.
    func fill(_ texts: [String: String], author: String = "Ana") async throws {
        try await store.add(
            texts.map { name, text in
                SampleDocument(
                    name,
                    text,
                    title: "",
                    metadata: [
                        "author": .string(author),
                        "tags": .list([.string("roof"), .string("sun")]),
                    ],
                    embed: { _ in [1, 0, 0, 0] }
                )
            },
            model: ModelRecord(identifier: "none", dimensions: 4)
        )
    }
}
