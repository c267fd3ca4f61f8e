import Corpus
import Foundation
import StoreTesting
import Testing
import TextAnalysis

@testable import Retrieval
@testable import SQLiteStore

/// A query means what it says, whatever the store.
@Suite final class QueryMeaningTests {
    private struct NoModel: Error {}

    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "vecino-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// A store in memory and one in a file.
    private func stores(_ texts: [(String, String)]) async throws -> [any LibraryStore] {
        let documents = texts.map { SampleDocument($0.0, $0.1, title: "", embed: { _ in [1, 0] }) }
        let model = ModelRecord(identifier: "none", dimensions: 2)
        let memory = MemoryStore()
        try await memory.add(documents, model: model)
        let path = "\(folder)/\(UUID().uuidString).db"
        let file = try SQLiteStore(at: path, access: .readWrite)
        try await file.add(documents, model: model)
        return [memory, file]
    }

    private func check(
        _ query: String,
        in texts: [(String, String)],
        finds expected: Set<String>
    ) async throws {
        for store in try await stores(texts) {
            let searcher = Searcher(store: store) { _ in throw NoModel() }
            let results = try await searcher.search(SearchRequest(query, mode: .keyword))
            #expect(Set(results.hits.map(\.passage.document.fileName)) == expected)
        }
    }

    @Test(arguments: [
        ("\"javascript engine\"", ["js"]), ("\"JavaScript engine\"", ["js", "split"]),
        ("«javascript engine»", ["js"]), ("\"engine javascript\"", ["decoy"]),
        ("engine -\"javascript engine\"", ["split", "decoy"]),
        ("engine -C++", ["js", "split", "decoy"]),
        ("runs -C++", ["js"]), ("title:engine", []),
        ("text:engine runs", ["js", "split", "decoy"]),
        ("(runs OR waits) engine", ["js", "decoy", "cpp"]), ("runs AND engine", ["js"]),
        ("engine NOT runs", ["split", "decoy"]), ("script*", ["js", "split"]),
        ("-runs", ["split", "decoy"]), ("-\"javascript engine\" -C++", ["split", "decoy"]),
        ("NOT engine", ["cpp"]), ("-engine path:*", ["cpp"]),
    ]) func phrasesExclusionsAndAlternatives(query: String, expected: [String]) async throws {
        try await check(
            query,
            in: [
                ("js", "The JavaScript engine runs."), ("split", "A java script engine."),
                ("decoy", "The engine javascript waits for."), ("cpp", "C++ runs well."),
            ],
            finds: Set(expected)
        )
    }

    @Test(arguments: [
        ("厨房 -苹果派", ["a", "c"]), ("厨房 -苹果", ["c"]), ("厨房 -派", ["a", "c"]),
        ("\"苹果派\"", ["b"]), ("派", ["b"]), ("창고", ["k"]), ("プリンター", ["p"]),
        ("🍐", ["e"]), ("500mg", ["u"]), ("ERR1293SM", ["i"]),
        ("10000", ["u"]), ("text:tak*", ["u"]), ("see -5%", ["i"]), ("see -8%", ["i", "q"]),
        ("1920 x 1080", ["s", "d"]), ("1920×1080", ["s", "d"]), ("имя", ["c3"]), ("nodejs", ["n"]),
    ]) func wordsOfAnyScript(query: String, expected: [String]) async throws {
        try await check(
            query,
            in: [
                ("a", "厨房里有苹果和梨。"), ("b", "厨房里的苹果派。"), ("c", "厨房很大。"),
                ("k", "\u{110E}\u{1161}\u{11BC}\u{1100}\u{1169} 열쇠"), ("p", "ﾌﾟﾘﾝﾀｰ"),
                ("q", "See 5 % of 2.8."), ("s", "A 1920x1080 one."),
                ("d", "Some 1920 × 1080 ones."),
                ("c3", "Метод ПользовательИмя."), ("n", "A node.js server."),
                ("e", "A 🍐 tree."), ("u", "Take 500 mg of 10,000."), ("i", "See ERR_1293_SM."),
            ],
            finds: Set(expected)
        )
    }

    /// Emoji are found by their names, and names by their emoji, behind what has the word itself.
    @Test(arguments: [
        ("lemon", ["w", "e"]), ("limón", ["e", "s"]), ("🍋", ["e", "w", "s"]),
        ("green circle", ["g"]), ("círculo verde", ["g"]), ("Spain", ["f"]), ("españa", ["f"]),
        ("heart", []),
    ]) func emojiHaveNames(query: String, expected: [String]) async throws {
        try await check(
            query,
            in: [
                ("e", "Some 🍋 for the drinks."), ("w", "A lemon for the tea."),
                ("g", "All 🟢 here."),
                ("s", "Un limón para el té."), ("f", "Off to 🇪🇸 now."),
            ],
            finds: Set(expected)
        )
    }

    /// Of what is asked for by its file's name no word has to stand in it.
    @Test(arguments: [
        ("path:a*", ["a.md"]), ("-path:*.md pump", ["b.txt"]), ("pump -format:text", []),
        ("format:text -path:*.md", ["b.txt"]), ("b.txt", ["b.txt"]), ("plan b.md", ["plan b.md"]),
        ("old/b.txt", []), ("file:plan", ["plan b.md"]),
    ]) func filtersAndNamesOfFiles(query: String, expected: [String]) async throws {
        let texts = [
            ("a.md", "The pump works."), ("b.txt", "The pump rests."),
            ("plan b.md", "A pump is here."),
        ]
        for store in try await stores(texts) {
            let searcher = Searcher(store: store) { _ in throw NoModel() }
            let results = try await searcher.search(SearchRequest(query, mode: .keyword))
            let found = results.hits.map(\.passage.document.fileName)
            #expect(found.isEmpty == expected.isEmpty, "\(query)")
            #expect(expected.allSatisfy(found.prefix(max(1, expected.count)).contains), "\(query)")
        }
    }

    /// A library with metadata.
    private func storesWithMetadata() async throws -> [any LibraryStore] {
        var texts = try [
            ("a.md", "The pump works."), ("b.md", "The pump rests."),
        ].map { try sample($0.0, $0.1) }
        texts[0].metadata = [
            "status": .string("Half Done"), "tags": .list([.string("geology")]),
            "date": .string("May 2024"), "year": .number(2024),
        ]
        let model = ModelRecord(identifier: "none", dimensions: 2)
        let memory = MemoryStore()
        try await memory.add(texts, model: model)
        let file = try SQLiteStore(at: "\(folder)/\(UUID().uuidString).db", access: .readWrite)
        try await file.add(texts, model: model)
        return [memory, file]
    }

    private func sample(_ path: String, _ text: String) throws -> SampleDocument {
        SampleDocument(path, text, title: "", embed: { _ in [1, 0] })
    }

    /// What front matter says in words is looked for, and its fields filter.
    @Test(arguments: [
        ("geology", ["a.md"]), ("\"half done\"", ["a.md"]), ("May", []), ("status:done", ["a.md"]),
        ("year:2024 pump", ["a.md"]), ("status:open pump", []), ("geology -pump", []),
        ("pump -geology", ["b.md"]),
    ]) func metadataIsLookedFor(query: String, expected: [String]) async throws {
        for store in try await storesWithMetadata() {
            let searcher = Searcher(store: store) { _ in throw NoModel() }
            let results = try await searcher.search(SearchRequest(query, mode: .keyword))
            #expect(results.hits.map(\.passage.document.fileName) == expected, "\(query)")
        }
    }

    @Test func aFieldThatNobodyHasIsNamed() async throws {
        for store in try await storesWithMetadata() {
            let searcher = Searcher(store: store) { _ in throw NoModel() }
            let misspelled = try await searcher.search(
                SearchRequest("sttus:done pump", mode: .keyword)
            )
            #expect(misspelled.notes.contains(.unknownField(name: "sttus", nearest: "status")))
            #expect(misspelled.hits.count == 2)
            let unknown = try await searcher.search(SearchRequest("foo:bar pump", mode: .keyword))
            #expect(unknown.notes.contains(.unknownField(name: "foo", nearest: nil)))
        }
    }

    @Test func notesSayHowAQueryWasUnderstood() async throws {
        for store in try await stores([("a", "A solar roof."), ("b", "A wind park.")]) {
            let searcher = Searcher(store: store) { _ in throw NoModel() }
            func notes(_ query: String) async throws -> [SearchNote] {
                try await searcher.search(SearchRequest(query, mode: .keyword)).notes
            }
            #expect(try await notes("solar OR wind") == [.demanded(["solar OR wind"])])
            #expect(try await notes("roof -\"wind park\"") == [.leftOut(words: ["wind park"])])
            #expect(try await notes("★") == [.noWords])
            #expect(try await notes("-roof").first == .onlyLeavesOut)
            #expect(try await notes("solar").isEmpty)
            let advice = try await notes("solar path:c.md")
            guard case .filterMatchesNothing(let text)? = advice.first else {
                Issue.record("no advice")
                continue
            }
            #expect(text.contains("c.md"))
        }
    }
}
