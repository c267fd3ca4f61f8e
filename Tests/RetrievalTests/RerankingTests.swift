import Corpus
import Embedding
import SentenceEncoder
import StoreTesting
import Testing

@testable import Retrieval

/// The order that a second look gives.
@Suite struct RerankedOrderTests {
    private func candidates(_ scores: [Double]) -> [FusedCandidate] {
        scores.enumerated().map { index, score in
            var candidate = FusedCandidate(passage: PassageID(rawValue: Int64(index)))
            candidate.vectorShare = score
            return candidate
        }
    }

    private func order(
        _ scores: [Double],
        _ second: [Double],
        groups: [Int]? = nil,
        weight: Double? = 1
    ) -> [FusedCandidate] {
        RerankedOrder(weight: weight).apply(
            to: candidates(scores),
            scores: second,
            groups: groups ?? scores.map { _ in 0 }
        )
    }

    @Test func bothScoresCountInTheirDeviations() {
        // The second list has the same deviations on another scale, and turns the last two.
        let found = order([0.9, 0.5, 0.4], [100, 20, 60])
        #expect(found.map(\.passage) == [0, 2, 1])
        #expect(found.map(\.rerankScore) == [100, 60, 20])
        let alone = order([0.9, 0.5, 0.4], [1, 2, 3], weight: nil)
        #expect(alone.map(\.passage) == [2, 1, 0])
    }

    @Test func scoresNeverGrowAndNoneFallsBelowItsOwn() {
        let found = order([0.9, 0.5, 0.4, 0.1], [0, 0, 0, 9], weight: 3)
        #expect(found.map(\.passage) == [3, 0, 1, 2])
        #expect(found.map(\.score) == [0.9, 0.9, 0.5, 0.4])
    }

    @Test func equalScoresChangeNothing() {
        #expect(order([0.9, 0.5, 0.4], [2, 2, 2]).map(\.passage) == [0, 1, 2])
        #expect(order([0.5, 0.5, 0.5], [1, 1, 1]).map(\.passage) == [0, 1, 2])
        #expect(order([0.5, 0.5], [1, 2]).map(\.passage) == [1, 0])
    }

    @Test func groupsKeepTheirPlaces() {
        let found = order([0.9, 0.8, 0.7, 0.6], [1, 5, 2, 6], groups: [0, 1, 0, 1], weight: nil)
        #expect(found.map(\.passage) == [2, 3, 0, 1])
    }
}

@Suite struct LateInteractionTests {
    /// A token for each letter, a vector for each letter of the alphabet.
    private struct Letters: TokenEmbedder {
        let model = EmbeddingModel(id: "test:letters", dimensions: 26, maximumTokens: 64)
        let count = Counter()

        func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
            texts.map { _ in [1] + [Float](repeating: 0, count: 25) }
        }

        func tokenCount(of text: String) -> Int { text.utf8.count }

        func tokenStates(
            of texts: [String],
            as role: EmbeddingRole
        ) async throws -> [TokenStates] {
            await count.add(texts.count)
            return texts.map { text in
                let letters = text.lowercased().utf8.filter { (97...122).contains($0) }
                return TokenStates(
                    tokens: [.init(id: 0, bytes: nil)]
                        + letters.map { _ in .init(id: 1, bytes: 0..<1) },
                    dimensions: 26,
                    values: [Float](repeating: 1, count: 26)
                        + letters.flatMap { letter in
                            (0..<26).map { $0 == Int(letter) - 97 ? Float(1) : 0 }
                        }
                )
            }
        }
    }

    private actor Counter {
        private(set) var texts = 0

        func add(_ texts: Int) { self.texts += texts }
    }

    @Test func theQuerysTokensLookForTheirNearest() async throws {
        let reranker = LateInteraction(Letters())
        let scores = try await reranker.scores(of: ["ab", "bx", "", "cab"], for: "abc")
        #expect(scores.map { ($0 * 3).rounded() } == [2, 1, 0, 3])
        #expect(try await reranker.scores(of: ["ab"], for: "") == [0])
        #expect(try await reranker.scores(of: [], for: "abc").isEmpty)
    }

    @Test func passagesAreReadOnceAsLongAsThereIsRoom() async throws {
        let letters = Letters()
        let reranker = LateInteraction(letters)
        let first = try await reranker.scores(of: ["ab", "bx"], for: "abc")
        #expect(try await reranker.scores(of: ["ab", "bx"], for: "abc") == first)
        #expect(await letters.count.texts == 4)
        let forgetful = LateInteraction(letters, memory: 0)
        #expect(try await forgetful.scores(of: ["ab", "bx"], for: "abc") == first)
        #expect(try await forgetful.scores(of: ["ab", "bx"], for: "abc") == first)
        #expect(await letters.count.texts == 10)
    }

    @Test func memoryForgetsWhatWasNotAskedFor() {
        let states = TokenStates(
            tokens: [TokenStates.Token](repeating: .init(id: 0, bytes: nil), count: 10),
            dimensions: 10,
            values: [Float](repeating: 0, count: 100)
        )
        var memory = TokenStatesMemory(bytes: 4000)
        for index in 0..<20 {
            memory.insert(states, for: "\(index)")
            #expect(memory["0"] != nil)
            #expect(memory["\(index)"] != nil)
        }
        #expect((2..<10).contains(memory.count))
        #expect(memory["5"] == nil)
    }

    // MARK: In a search

    private func names(
        _ request: SearchRequest,
        _ documents: [SampleDocument]
    ) async throws -> [String] {
        let store = MemoryStore()
        let model = ModelRecord(identifier: "test:letters", dimensions: 26)
        try await store.add(documents, model: model)
        let searcher = Searcher(
            store: store,
            reranker: { _, _ in LateInteraction(Letters()) },
            embedder: { _ in Letters() }
        )
        let hits = try await searcher.search(request).hits
        for (hit, next) in zip(hits, hits.dropFirst()) { #expect(hit.score >= next.score) }
        return hits.map(\.passage.document.fileName)
    }

    private func document(_ name: String, _ text: String, similarity: Float) -> SampleDocument {
        SampleDocument(
            name,
            text,
            title: "",
            embed: { _ in
                [similarity, (1 - similarity * similarity).squareRoot()]
                    + [Float](repeating: 0, count: 24)
            }
        )
    }

    @Test(arguments: SearchMode.allCases)
    func aSearchIsRankedAgainWhereItIsAskedFor(mode: SearchMode) async throws {
        let documents = [
            document("a.md", "jukebox xxx", similarity: 0.881),
            document("b.md", "jukebox quartz", similarity: 0.88),
            document("c.md", "jukebox vvv", similarity: 0.87),
        ]
        var request = SearchRequest("jukebox quart", mode: mode)
        let plain = try await names(request, documents)
        request.reranking = .late
        let again = try await names(request, documents)
        #expect(Set(plain) == Set(again))
        #expect(again.first == "b.md")
        if mode == .vector { #expect(plain.first == "a.md") }
    }

    @Test func whatTheQueryNamesStaysFirst() async throws {
        let documents = [
            document("own.md", "zz", similarity: 0.1), document("b.md", "own own", similarity: 0.9),
            document("c.md", "own word", similarity: 0.8),
        ]
        var request = SearchRequest("own.md")
        #expect(try await names(request, documents).first == "own.md")
        request.reranking = .late
        #expect(try await names(request, documents).first == "own.md")
    }

    @Test func aLibraryWithoutRerankersSaysWhatToDo() async throws {
        let store = MemoryStore()
        let model = ModelRecord(identifier: "test:letters", dimensions: 26)
        try await store.add([document("a.md", "abc", similarity: 1)], model: model)
        let searcher = Searcher(store: store) { _ in Letters() }
        for choice in [Reranking.late, .model("nowhere")] {
            let error = await #expect(throws: RetrievalError.self) {
                try await searcher.search(SearchRequest("abc", reranking: choice))
            }
            #expect(error == .cannotRerank(choice, model: "test:letters"))
            #expect(error?.description.contains("vecino model list") == true)
        }
        _ = try await searcher.search(SearchRequest("abc", reranking: .off))
    }

    @Test(arguments: ["late", "none", "ms-marco-MiniLM-L6-v2", "/a b/c"])
    func choicesAreReadBack(text: String) throws {
        let choice = try #require(Reranking(text))
        #expect(choice.description == text)
        let settings = RankingSettings(depth: 50, reranking: choice)
        #expect(RankingSettings(settings.description) == settings)
    }
}
