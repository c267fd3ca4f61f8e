package import Corpus
internal import RandomNumbers
internal import Testing
internal import TextAnalysis

/// What every implementation of `LibraryStore` has to do.
///
/// Each check makes a store of its own and compares it with what was put in, or with `MemoryStore`.
/// Nothing here knows of files: a database on another machine can pass it. The suite of an
/// implementation has one test, whose arguments are `checks`.
package struct LibraryStoreConformance: Sendable {
    /// Makes an empty store.
    private let makeStore: @Sendable () async throws -> any LibraryStore
    /// How far keyword scores may be from those of `MemoryStore`; nil where only the ranking counts.
    private let scoreTolerance: Double?

    package init(
        scoreTolerance: Double? = 1e-9,
        makeStore: @escaping @Sendable () async throws -> any LibraryStore
    ) {
        self.scoreTolerance = scoreTolerance
        self.makeStore = makeStore
    }

    /// The promises by name, each with what checks it.
    private static let promises: [String: @Sendable (Self) async throws -> Void] = [
        "whatIsPutInComesBack": { try await $0.whatIsPutInComesBack() },
        "aReplacedDocumentLeavesNothingBehind": {
            try await $0.aReplacedDocumentLeavesNothingBehind()
        },
        "aChangeIsMadeWholeOrNotAtAll": { try await $0.aChangeIsMadeWholeOrNotAtAll() },
        "aSnapshotSeesOneState": { try await $0.aSnapshotSeesOneState() },
        "manySnapshotsAtOnceAreServed": { try await $0.manySnapshotsAtOnceAreServed() },
        "fieldsAndEmptyConditionsAreKeptApart": {
            try await $0.fieldsAndEmptyConditionsAreKeptApart()
        },
        "hostileTermsAreOnlyLookedFor": { try await $0.hostileTermsAreOnlyLookedFor() },
        "theVocabularyCountsPassages": { try await $0.theVocabularyCountsPassages() },
        "languagesOfALibraryOfTwoAreGroups": { try await $0.languagesOfALibraryOfTwoAreGroups() },
        "filtersLeaveTheirDocuments": { try await $0.filtersLeaveTheirDocuments() },
        "collectionsRememberTheirFiles": { try await $0.collectionsRememberTheirFiles() },
        "embeddingsAreKeptUntilNobodyUsesThem": {
            try await $0.embeddingsAreKeptUntilNobodyUsesThem()
        },
        "preferencesAndAnswersAreKept": { try await $0.preferencesAndAnswersAreKept() },
        "oneWriterHoldsTheLease": { try await $0.oneWriterHoldsTheLease() },
        "aRebuildTakesTheLibrarysPlaceAtOnce": {
            try await $0.aRebuildTakesTheLibrarysPlaceAtOnce()
        },
        "retrievalEqualsTheOracle": {
            for seed in UInt64(1)...3 { try await $0.retrievalEqualsTheOracle(seed: seed) }
        },
    ]

    /// The names of the promises, in order.
    package static let checks = promises.keys.sorted()

    /// Checks one promise on a new store.
    package func holds(_ promise: String) async throws {
        let check = try #require(Self.promises[promise])
        try await check(self)
    }

    private static let texts = [
        "a.txt": "The lease is renewed every year.\n\nThe roof has forty solar panels.",
        "b.txt": "La biblioteca abre los martes.\n\nEl taller presta herramientas.",
    ]

    // MARK: Documents

    private func whatIsPutInComesBack() async throws {
        let store = try await makeStore()
        let sample = SampleDocument(
            "notes/a.md",
            "One paragraph.\n\nAnother.",
            title: "Two paragraphs",
            language: .spanish,
            date: "2026-01-02",
            metadata: ["author": .string("Ana"), "tags": .list([.string("x"), .number(2)])]
        )
        try await store.add([sample])
        try await store.read { snapshot async throws -> Void in
            #expect(try await snapshot.passageCount() == 2)
            let document = try #require(try await snapshot.documents().first)
            #expect(document.absolutePath == "/docs/notes/a.md")
            #expect(document.title == sample.title && document.date == sample.date)
            #expect(document.metadata == sample.metadata && document.language == .spanish)
            let passages = try await snapshot.passages(of: document.id)
            #expect(passages.map(\.text) == sample.paragraphs)
            #expect(passages.map(\.position) == [0, 1])
            #expect(passages.map(\.headings) == [["Part 0"], ["Part 1"]])
            #expect(passages.allSatisfy { $0.document == document })
            #expect(try await snapshot.passages(of: document.id, at: 1...5) == [passages[1]])
            let ids = passages.map(\.id)
            #expect(try await snapshot.passages(ids.reversed()) == passages.reversed())
            #expect(try await snapshot.passages([ids[0], PassageID(rawValue: 999_999)]).count == 1)
            #expect(try await snapshot.document(at: "/docs/notes/a.md") == document.id)
            #expect(try await snapshot.document(at: "/docs/notes/b.md") == nil)
            #expect(
                try await snapshot.documentPaths(of: [ids[0], 999_999])
                    == ["/docs/notes/a.md", nil]
            )
            #expect(try await snapshot.languages() == [.spanish])
            let vectors = try await snapshot.embeddings(of: [ids[1], 999_999])
            #expect(vectors == [BagOfWords.vector("Another."), nil])
            let keys = try await snapshot.embeddingKeys(of: [ids[1], 999_999])
            #expect(keys == [BagOfWords.key("Another."), nil])
            #expect(try await snapshot.model() == BagOfWords.model)
        }
    }

    private func aReplacedDocumentLeavesNothingBehind() async throws {
        let store = try await makeStore()
        try await store.add(Self.texts)
        let before = try await store.read { try await $0.generation() }
        try await store.add(["a.txt": "Nothing is as it was."])
        try await store.read { snapshot async throws -> Void in
            #expect(try await snapshot.generation() != before)
            #expect(try await snapshot.passageCount() == 3)
            let queries = ["lease", "panel"].map { KeywordQuery.term($0, .stem) }
            let counts = try await snapshot.keywordCounts(of: queries, weights: .standard)
            #expect(counts == [0, 0])
            let near = try await snapshot.nearest(
                to: BagOfWords.vector("The lease is renewed every year."),
                in: CandidateScope(),
                limit: 10
            )
            #expect(near.passages.count == 3)
        }
    }

    private func aChangeIsMadeWholeOrNotAtAll() async throws {
        let store = try await makeStore()
        try await store.add(Self.texts)
        let ids = try await store.read { try await $0.documents().map(\.id) }
        let other = ModelRecord(identifier: "other", dimensions: 3)
        await #expect(throws: StoreError.self) {
            try await store.commit(LibraryChange([.removeDocuments(ids), .adopt(other)]))
        }
        #expect(try await store.read { try await $0.documents().map(\.id) } == ids)
        let empty = try await makeStore()
        await #expect(throws: StoreError.noModel) {
            try await empty.commit(.storeEmbeddings([StoredEmbedding(key: [1], vector: [1])]))
        }
    }

    private func aSnapshotSeesOneState() async throws {
        let store = try await makeStore()
        try await store.add(Self.texts)
        try await store.withSnapshot { snapshot async throws -> Void in
            #expect(try await snapshot.passageCount() == 4)
            try await store.add(["c.txt": "New text."])
            #expect(try await snapshot.passageCount() == 4)
            #expect(try await snapshot.documents().count == 2)
        }
        #expect(try await store.read { try await $0.passageCount() } == 5)
    }

    private func manySnapshotsAtOnceAreServed() async throws {
        let store = try await makeStore()
        try await store.add(Self.texts)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await store.withSnapshot { snapshot in
                        await Task.yield()
                        return try await snapshot.passageCount()
                    }
                }
            }
            for try await count in group { #expect(count == 4) }
        }
    }

    // MARK: Retrieval

    /// Random documents, queries and scopes: counts, candidates and neighbors as `MemoryStore` has them.
    private func retrievalEqualsTheOracle(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let (store, oracle) = (try await makeStore(), MemoryStore())
        for round in 0..<4 {
            let documents = (0..<12).map { _ in Self.randomDocument(using: &random) }
            for target in [store, oracle] as [any LibraryStore] {
                try await target.add(documents)
                if round == 2 {
                    let gone = try await target.read { snapshot in
                        try await snapshot.documents().filter { $0.path.hasSuffix("3.txt") }
                    }
                    try await target.commit(.removeDocuments(gone.map(\.id)))
                }
            }
        }
        for _ in 0..<60 {
            let clauses = (0...2).map { _ in Self.randomClause(using: &random) }
            let scope = Self.randomScope(using: &random)
            let filter =
                Bool.random(using: &random)
                ? nil : DocumentFilter(paths: ["*\(Int.random(in: 0..<4, using: &random)).txt"])
            let query = BagOfWords.vector("w\(Int.random(in: 0..<30, using: &random)) w1")
            let note = "\(clauses) \(scope) \(String(describing: filter?.paths))"
            var results: [Found] = []
            for target in [store, oracle] as [any LibraryStore] {
                results.append(
                    try await Self.find(clauses, scope, filter, query, in: target)
                )
            }
            #expect(results[0].counts == results[1].counts, "\(note)")
            #expect(results[0].near.keys == results[1].near.keys, "\(note)")
            #expect(results[0].near.isClose(to: results[1].near, within: 1e-5), "\(note)")
            guard let scoreTolerance else { continue }
            #expect(results[0].words.keys == results[1].words.keys, "\(note)")
            let isClose = results[0].words.isClose(to: results[1].words, within: scoreTolerance)
            #expect(isClose, "\(note)")
        }
    }

    /// Candidates known by their documents and positions, since stores number passages as they like.
    private struct Ranking: Sendable {
        var scored: [(key: String, score: Double)]
        /// Equal scores have no order between stores.
        var keys: Set<String> { Set(scored.map(\.key)) }

        func isClose(to other: Ranking, within tolerance: Double) -> Bool {
            let expected = Dictionary(uniqueKeysWithValues: other.scored.map { ($0.key, $0.score) })
            let isSorted = zip(scored, scored.dropFirst()).allSatisfy { $0.score >= $1.score }
            return isSorted
                && scored.allSatisfy { abs((expected[$0.key] ?? .nan) - $0.score) <= tolerance }
        }
    }

    private struct Found: Sendable {
        var counts: [Int]
        var words: Ranking
        var near: Ranking
    }

    private static func find(
        _ clauses: [KeywordQuery],
        _ scope: CandidateScope,
        _ filter: DocumentFilter?,
        _ query: [Float],
        in store: any LibraryStore
    ) async throws -> Found {
        try await store.read { snapshot in
            var scope = scope
            if let filter { scope.documents = try await snapshot.documents(passing: filter) }
            func ranking(_ found: [ScoredPassage]) async throws -> Ranking {
                let passages = try await snapshot.passages(found.map(\.id))
                return Ranking(
                    scored: zip(passages, found).map {
                        ("\($0.document.path)#\($0.position)", $1.score)
                    }
                )
            }
            let conditions = clauses + [scope.required, scope.excluded].compactMap(\.self)
            return Found(
                counts: try await snapshot.keywordCounts(of: conditions, weights: .standard),
                words: try await ranking(
                    try await snapshot.keywordCandidates(
                        KeywordRequest(clauses: clauses, scope: scope, limit: 1_000)
                    )
                ),
                near: try await ranking(
                    try await snapshot.nearest(to: query, in: scope, limit: 1_000).passages
                )
            )
        }
    }

    private static func randomDocument(using random: inout SplitMix64) -> SampleDocument {
        let paragraphs = (0...Int.random(in: 0...2, using: &random)).map { _ in
            (0..<Int.random(in: 3...25, using: &random)).map { _ in
                "w\(Int.random(in: 0...Int.random(in: 1...30, using: &random), using: &random))"
            }.joined(separator: " ")
        }
        return SampleDocument(
            "\(Int.random(in: 0..<20, using: &random)).txt",
            paragraphs.joined(separator: "\n\n"),
            title: "w\(Int.random(in: 0..<30, using: &random)) title"
        )
    }

    private static func randomClause(using random: inout SplitMix64) -> KeywordQuery {
        let word = "w\(Int.random(in: 0..<32, using: &random))"
        return switch Int.random(in: 0..<6, using: &random) {
        case 0, 1: .term(word, .surface)
        case 2: .term(word, .stem)
        case 3: .prefix(String(word.prefix(2)))
        case 4: .phrase([word, "w1"], .stem)
        default: .phrase([word, "w0", "w1"], .surface)
        }
    }

    private static func randomCondition(
        depth: Int,
        using random: inout SplitMix64
    ) -> KeywordQuery {
        if depth == 0 { return randomClause(using: &random) }
        let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
            randomCondition(depth: depth - 1, using: &random)
        }
        return switch Int.random(in: 0..<3, using: &random) {
        case 0: .any(parts)
        case 1: .all(parts)
        default: .not(parts[0])
        }
    }

    private static func randomScope(using random: inout SplitMix64) -> CandidateScope {
        var scope = CandidateScope()
        if Int.random(in: 0..<3, using: &random) == 0 {
            scope.required = randomCondition(depth: 2, using: &random)
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            scope.excluded = randomCondition(depth: 1, using: &random)
        }
        return scope
    }

    /// A phrase does not reach from one field into the next, and conditions without parts are what
    /// their names say.
    private func fieldsAndEmptyConditionsAreKeptApart() async throws {
        let store = try await makeStore()
        try await store.add([SampleDocument("a.txt", "meeting notes", title: "annual general")])
        let queries: [KeywordQuery] = [
            .phrase(["general", "meeting"], .surface), .phrase(["annual", "general"], .surface),
            .any([]), .all([]), .not(.any([])), .not(.all([])),
        ]
        let counts = try await store.read {
            try await $0.keywordCounts(of: queries, weights: .standard)
        }
        #expect(counts == [0, 1, 0, 1, 1, 0])
    }

    /// Terms are data: nothing in them is syntax to a store.
    private func hostileTermsAreOnlyLookedFor() async throws {
        let store = try await makeStore()
        try await store.add(Self.texts)
        for term in [
            "\"", "'; DROP TABLE passage; --", "NEAR(a b)", "*", "%", "a OR b", "\\", "$1",
        ] {
            let queries: [KeywordQuery] = [
                .term(term, .surface), .prefix(term), .phrase([term, term], .stem),
            ]
            let counts = try await store.read {
                try await $0.keywordCounts(of: queries, weights: .standard)
            }
            #expect(counts == [0, 0, 0], "\(term)")
        }
        #expect(try await store.read { try await $0.passageCount() } == 4)
    }

    private func theVocabularyCountsPassages() async throws {
        let store = try await makeStore()
        try await store.add(["a.txt": "roof roof\n\nroof rooms", "b.txt": "root"])
        try await store.read { snapshot in
            let found = try await snapshot.vocabulary(beginningWith: "roo")
            #expect(found.contains { $0.term == "roof" && $0.passages == 2 })
            #expect(found.contains { $0.term == "root" && $0.passages == 1 })
            #expect(found.allSatisfy { $0.term.hasPrefix("roo") })
            #expect(try await snapshot.isWord("rooms"))
            #expect(try await !snapshot.isWord("ro"))
        }
    }

    private func languagesOfALibraryOfTwoAreGroups() async throws {
        let store = try await makeStore()
        for (language, word) in [(Language.english, "house"), (.spanish, "casa")] {
            let texts = (0..<60).map { ("\(word)\($0).txt", "\(word) number\($0)") }
            try await store.add(
                Dictionary(uniqueKeysWithValues: texts),
                language: language
            )
        }
        #expect(try await store.read { try await $0.languageGroups().isEmpty })
        try await store.finishIndexing()
        try await store.read { snapshot async throws -> Void in
            let groups = try await snapshot.languageGroups()
            #expect(groups.map(\.language).sorted() == ["en", "es"])
            let scope = CandidateScope(languageGroup: "es")
            let found = try await snapshot.nearest(
                to: BagOfWords.vector("house"),
                in: scope,
                limit: 100
            )
            let languages = try await snapshot.languages(of: found.passages.map(\.id))
            #expect(languages.count == 60 && languages.allSatisfy { $0 == .spanish })
        }
        // A change makes them void.
        try await store.add(["new.txt": "one more"])
        #expect(try await store.read { try await $0.languageGroups().isEmpty })
    }

    private func filtersLeaveTheirDocuments() async throws {
        let store = try await makeStore()
        try await store.add([
            SampleDocument("a.md", "x", date: "2024-05-01", metadata: ["author": .string("Ana")]),
            SampleDocument("b.md", "y", language: .spanish, metadata: ["year": .number(2023)]),
        ])
        let filters: [(DocumentFilter, [String])] = [
            (DocumentFilter(paths: ["a.*"]), ["a.md"]),
            (DocumentFilter(conditions: [FieldCondition("author", .equal, "ana")]), ["a.md"]),
            (DocumentFilter(conditions: [FieldCondition("year", .less, "2024")]), ["b.md"]),
            (DocumentFilter(conditions: [FieldCondition("language", .equal, "es")]), ["b.md"]),
            (DocumentFilter(since: "2024-04", until: "2024-06"), ["a.md"]),
            (DocumentFilter(conditions: [FieldCondition("a\"b'c", .equal, "x")]), []),
        ]
        for (filter, expected) in filters {
            let found = try await store.read { snapshot in
                let ids = Set(try await snapshot.documents(passing: filter))
                return try await snapshot.documents().filter { ids.contains($0.id) }.map(\.path)
            }
            #expect(found == expected, "\(filter)")
        }
    }

    // MARK: Synchronization

    private func collectionsRememberTheirFiles() async throws {
        let store = try await makeStore()
        let first = try await store.commit(.addCollection(root: "/a", options: "{}"))
        let id = try #require(first.collections.first).id
        let again = try await store.commit(.addCollection(root: "/a", options: "{\"x\":1}"))
        #expect(again.collections.map(\.id) == [id])
        let stamp = FileStamp(size: 3, modified: 7, changed: 9, inode: .max)
        let skip = SkipRecord(
            path: "bad.pdf",
            reason: "damaged",
            code: "malformed",
            reader: 7,
            stamp: stamp
        )
        try await store.commit(LibraryChange([.skip(skip, in: id), .markIndexed(id, at: "now")]))
        try await store.read { snapshot in
            let collection = try #require(try await snapshot.collections().first)
            #expect(collection.options == "{\"x\":1}" && collection.indexedAt == "now")
            #expect(try await snapshot.skippedFiles(in: id) == [ExactPath("bad.pdf"): skip])
        }
        try await store.commit(.clearSkip(path: "bad.pdf", in: id))
        #expect(try await store.read { try await $0.skippedFiles(in: id) }.isEmpty)
        try await store.add(["b.txt": "text"])
        let docs = try #require(
            try await store.read { try await $0.collections() }.first { $0.root == "/docs" }
        )
        let known = try await store.read { try await $0.knownDocuments(in: docs.id) }
        let document = try #require(known[ExactPath("b.txt")])
        #expect(document.contentHash == BagOfWords.key("text"))
        #expect(document.reader == 1 && document.picturePages == 0)
        try await store.commit(.touch(document.id, stamp))
        let touched = try await store.read { try await $0.knownDocuments(in: docs.id) }
        #expect(touched[ExactPath("b.txt")]?.stamp == stamp)
        try await store.commit(.outdate([document.id]))
        let outdated = try await store.read { try await $0.knownDocuments(in: docs.id) }
        #expect(outdated[ExactPath("b.txt")]?.contentHash == [])
        try await store.commit(.removeCollection(docs.id))
        #expect(try await store.read { try await $0.passageCount() } == 0)
        #expect(try await store.read { try await $0.collections().map(\.root) } == ["/a"])
    }

    private func embeddingsAreKeptUntilNobodyUsesThem() async throws {
        let store = try await makeStore()
        try await store.add(Self.texts)
        let keys = ["The roof has forty solar panels.", "nowhere"].map(BagOfWords.key)
        let stored = try await store.read { try await $0.storedEmbeddings(among: keys) }
        #expect(stored == [keys[0]])
        let id = try #require(try await store.read { try await $0.document(at: "/docs/a.txt") })
        try await store.commit(.removeDocuments([id]))
        #expect(try await store.read { try await $0.storedEmbeddings(among: keys) } == [keys[0]])
        #expect(try await store.commit(.purgeUnusedEmbeddings).affected == 2)
        #expect(try await store.commit(.purgeUnusedEmbeddings).affected == 0)
        #expect(try await store.read { try await $0.storedEmbeddings(among: keys) }.isEmpty)
    }

    private func preferencesAndAnswersAreKept() async throws {
        let store = try await makeStore()
        try await store.commit(.setPreference("ranking", to: "x"))
        #expect(try await store.read { try await $0.preference("ranking") } == "x")
        #expect(try await store.read { try await $0.preferences() } == ["ranking": "x"])
        try await store.commit(.setPreference("ranking", to: nil))
        #expect(try await store.read { try await $0.preferences() } == [:])
        #expect(try await store.read { try await $0.preference("ranking") } == nil)
        func answer(_ question: String, follows: AnswerID?) -> AnswerRecord {
            AnswerRecord(
                askedAt: "2026-01-01T00:00:00Z",
                question: question,
                follows: follows,
                outcome: "answered",
                model: "extractive",
                promptTokens: 3,
                replyTokens: nil,
                cost: 0.5,
                milliseconds: 1.5,
                body: "{}"
            )
        }
        let first = try await store.commit(.keepAnswer(answer("Who?", follows: nil))).answers[0]
        let second = try await store.commit(.keepAnswer(answer("When?", follows: first)))
            .answers[0]
        #expect(try await store.commit(.rateAnswer(second, -1)).affected == 1)
        #expect(try await store.commit(.rateAnswer(999, 1)).affected == 0)
        try await store.read { snapshot async throws -> Void in
            #expect(try await snapshot.answers(newest: nil).map(\.id) == [first, second])
            #expect(try await snapshot.answers(newest: 1).map(\.question) == ["When?"])
            var expected = answer("When?", follows: first)
            expected.id = second
            expected.feedback = -1
            #expect(try await snapshot.answer(second) == expected)
            #expect(try await snapshot.answer(999) == nil)
        }
        #expect(try await store.commit(.removeAnswers([first, 999])).affected == 1)
    }

    // MARK: Writing alone

    private func oneWriterHoldsTheLease() async throws {
        let store = try await makeStore()
        let lease = try await store.acquireWriterLease()
        await #expect(throws: StoreError.self) { _ = try await store.acquireWriterLease() }
        lease.release()
        lease.release()
        let next = try await store.acquireWriterLease()
        // Releasing the first again does not take the second away.
        lease.release()
        await #expect(throws: StoreError.self) { _ = try await store.acquireWriterLease() }
        next.release()
    }

    private func aRebuildTakesTheLibrarysPlaceAtOnce() async throws {
        let store = try await makeStore()
        try await store.add(Self.texts)
        try await store.commit(.setPreference("ranking", to: "x"))
        let before = try await store.read { try await $0.generation() }
        let shadow = try await store.beginRebuild(model: "test:new")
        let model = ModelRecord(identifier: "test:new", dimensions: BagOfWords.dimensions)
        try await shadow.add([SampleDocument("c.txt", "All new.")], model: model)
        try await shadow.finishIndexing()
        #expect(try await store.read { try await $0.passageCount() } == 4)
        try await store.finishRebuild(from: shadow)
        try await store.read { snapshot async throws -> Void in
            #expect(try await snapshot.documents().map(\.path) == ["c.txt"])
            #expect(try await snapshot.model() == model)
            #expect(try await snapshot.preference("ranking") == "x")
            #expect(try await snapshot.generation() != before)
            #expect(try await snapshot.collections().map(\.root) == ["/docs"])
        }
        #expect(await !store.hasUnfinishedRebuild())
    }
}
