import Corpus
import Foundation
import GRDB
import TextAnalysis
import VectorIndex
import StoreTesting
import Testing

@testable import SQLiteStore

@Suite struct SQLiteStoreTests {
    private let texts = [
        "a.txt": "The lease is renewed every year.\n\nThe roof has forty solar panels.",
        "b.txt": "La biblioteca abre los martes.\n\nEl taller presta herramientas.",
    ]

    @Test func whatIsPutInComesBack() throws {
        let fixture = try StoreFixture()
        let store = try fixture.filled(texts)
        try store.read { snapshot in
            #expect(try snapshot.passageCount() == 4)
            let documents = try snapshot.documents()
            #expect(documents.map(\.path) == ["a.txt", "b.txt"])
            #expect(documents[0].absolutePath == "/docs/a.txt")
            #expect(documents[0].metadata == ["year": .number(2024)])
            let passages = try snapshot.passages(of: documents[0].id)
            #expect(passages.map(\.text) == texts["a.txt"]?.components(separatedBy: "\n\n"))
            #expect(passages.map(\.position) == [0, 1])
            #expect(passages[1].headings == ["Part 1"])
        }
    }

    @Test func wordsFindTheirPassage() throws {
        let store = try StoreFixture().filled(texts)
        try store.read { snapshot in
            let matches = try snapshot.keywordMatches(
                "{body_stem} : \"panel\"",
                weights: [1, 1, 1, 1, 1, 1],
                limit: 10
            )
            let passages = try snapshot.passages(matches.map(\.id))
            #expect(passages.map(\.text) == ["The roof has forty solar panels."])
            #expect(matches.allSatisfy { $0.score > 0 })
        }
    }

    @Test func vectorsFindTheirPassage() throws {
        let store = try StoreFixture().filled(texts)
        try store.read { snapshot in
            let index = try #require(try snapshot.vectorSearch())
            let query = BagOfWords.vector("taller presta herramientas")
            let nearest = try index.neighbors(of: query, k: 1, in: nil)
            let passages = try snapshot.passages(
                snapshot.passageIDs(at: nearest.map(\.ordinal))
            )
            #expect(passages.map(\.text) == ["El taller presta herramientas."])
        }
    }

    @Test func replacingADocumentLeavesNothingOfTheOldOne() throws {
        let store = try StoreFixture().filled(texts)
        try store.add(["a.txt": "Nothing is as it was."])
        try store.read { snapshot in
            #expect(try snapshot.passageCount() == 3)
            for word in ["lease", "panel"] {
                let matches = try snapshot.keywordMatches(
                    "\"\(word)\"",
                    weights: [1, 1, 1, 1, 1, 1],
                    limit: 10
                )
                #expect(matches.isEmpty)
            }
        }
        try store.checkInvariants()
    }

    @Test func freedSlotsAreFilledAgain() throws {
        let store = try StoreFixture().filled(texts)
        let ids = try store.documentIDs()
        try store.write { try $0.removeDocuments([try #require(ids["a.txt"])]) }
        try store.checkInvariants()
        try store.add(["c.txt": "One.\n\nTwo.\n\nThree."])
        try store.checkInvariants()
        let slots = try store.read { snapshot in
            try snapshot.ordinals(ofDocuments: snapshot.documents().map(\.id))
        }
        #expect(slots.members(in: 0..<100).map(\.position) == [0, 1, 2, 3, 4])
    }

    /// A long seeded script of additions, replacements and removals.
    @Test func everyStateIsWhole() throws {
        let store = try StoreFixture().filled([:])
        var random = SeededRandom(state: 7)
        for step in 0..<60 {
            let name = "\(Int.random(in: 0..<12, using: &random)).txt"
            if Int.random(in: 0..<3, using: &random) == 0, let id = try store.documentIDs()[name] {
                try store.write { try $0.removeDocuments([id]) }
            } else {
                let paragraphs = (0...Int.random(in: 0..<4, using: &random)).map {
                    "word\(step) common text\($0) of \(name)"
                }
                try store.add([name: paragraphs.joined(separator: "\n\n")])
            }
            if step % 10 == 9 { try store.checkInvariants() }
        }
        try store.checkInvariants()
        #expect(try store.integrityProblems().isEmpty)
    }

    /// The graph serves as long as it knows of every change, read whole or as it is walked.
    @Test func theGraphCatchesUpWithChanges() throws {
        let fixture = try StoreFixture()
        let texts = Dictionary(
            uniqueKeysWithValues: (0..<200).map { ("\($0).txt", "text \($0) common word\($0 % 7)") }
        )
        let store = try fixture.filled(texts)
        func search(_ access: SQLiteStore.Access, _ query: String) throws -> (
            Bool, [PassageID], [Float]
        ) {
            try fixture.open(access).read { snapshot in
                let search = try #require(try snapshot.vectorSearch())
                let found = try search.neighbors(of: BagOfWords.vector(query), k: 10, in: nil)
                let passages = try snapshot.passageIDs(at: found.map(\.ordinal))
                return (search.isExact, passages, found.map(\.score))
            }
        }
        let exact = try search(.readOnly, "text 7 common")
        #expect(exact.0)
        try store.refreshGraph(.from(passages: 100))
        let walked = try search(.shared, "text 7 common")
        let opened = try search(.readOnly, "text 7 common")
        #expect(opened == walked && !walked.0)
        // Many texts are equally near: what counts is that the walk finds none that are farther.
        #expect(walked.2.count == 10)
        for (walkedScore, exactScore) in zip(walked.2, exact.2) {
            #expect(walkedScore >= exactScore - 1e-3)
        }

        // A few changes are looked at besides the walk.
        try store.add(["new.txt": "something quite new"])
        try store.write { try $0.removeDocuments([try #require(store.documentIDs()["7.txt"])]) }
        for access in [SQLiteStore.Access.shared, .readOnly] {
            let found = try search(access, "something quite new")
            let passages = try store.read { try $0.passages(found.1) }
            #expect(!found.0 && passages.first?.text == "something quite new")
            let removed = try search(access, "text 7 common")
            let others = try store.read { try $0.passages(removed.1) }
            #expect(others.count == 10 && !others.contains { $0.text.hasPrefix("text 7 ") })
        }

        // After many, every vector is compared, until the graph knows of them.
        try store.add(
            Dictionary(
                uniqueKeysWithValues: (0..<600).map { ("more\($0).txt", "another \($0) text") }
            )
        )
        #expect(try search(.shared, "another 44 text").0)
        #expect(try search(.readOnly, "another 44 text").0)
        try store.refreshGraph(.from(passages: 100))
        let caughtUp = try search(.shared, "something quite new")
        let passages = try store.read { try $0.passages(caughtUp.1) }
        #expect(!caughtUp.0 && passages.first?.text == "something quite new")

        try store.refreshGraph(.from(passages: 10_000))
        #expect(try search(.shared, "text 7 common").0)
    }

    /// A graph in the form of an earlier version counts as none, until it is made again.
    @Test func anOutdatedGraphIsNotUsed() throws {
        let fixture = try StoreFixture()
        let texts = Dictionary(uniqueKeysWithValues: (0..<60).map { ("\($0).txt", "text \($0)") })
        let store = try fixture.filled(texts)
        try store.refreshGraph(.from(passages: 50))
        let query = BagOfWords.vector("text 7")
        func isExact() throws -> [Bool] {
            try [SQLiteStore.Access.shared, .readOnly].map { access in
                try fixture.open(access).read { try #require(try $0.vectorSearch()).isExact }
            }
        }
        #expect(try isExact() == [false, false])
        try store.write { transaction in
            // A head of version 1: magic, checksum, version.
            var head = [UInt8](repeating: 0, count: 24)
            head.replaceSubrange(0..<8, with: Array("VecinoH1".utf8))
            head[16] = 1
            try transaction.db.execute(
                sql: "UPDATE graph_segment SET bytes = ? WHERE number = 0",
                arguments: [Data(head)]
            )
        }
        #expect(try isExact() == [true, true])
        try store.refreshGraph(.from(passages: 50))
        #expect(try isExact() == [false, false])
        let found = try fixture.open(.readOnly).read { snapshot in
            try #require(try snapshot.vectorSearch()).neighbors(of: query, k: 1, in: nil)
        }
        #expect(found.count == 1)
    }

    /// A small library is not measured, and the choice is made once for each of its states.
    @Test func aSmallLibraryHasNoGraph() throws {
        let store = try StoreFixture().filled(["1.txt": "one", "2.txt": "two"])
        for _ in 0..<2 {
            try store.refreshGraph()
            #expect(try store.read { try VectorGraph(db: $0.db).exists() } == false)
        }
    }

    @Test func aReaderSeesOneState() throws {
        let fixture = try StoreFixture()
        let writer = try fixture.filled(texts)
        let reader = try fixture.open(.shared)
        try reader.read { snapshot in
            #expect(try snapshot.passageCount() == 4)
            try writer.add(["c.txt": "New text."])
            #expect(try snapshot.passageCount() == 4)
        }
        #expect(try reader.read { try $0.passageCount() } == 5)
    }

    @Test func aTransactionThatThrowsLeavesNothing() throws {
        let store = try StoreFixture().filled(texts)
        struct Stop: Error {}
        let ids = try store.documentIDs()
        #expect(throws: Stop.self) {
            try store.write { transaction in
                try transaction.removeDocuments(Array(ids.values))
                throw Stop()
            }
        }
        #expect(try store.read { try $0.passageCount() } == 4)
        try store.checkInvariants()
    }

    @Test func anotherModelIsRefused() throws {
        let store = try StoreFixture().filled(texts)
        #expect(throws: StoreError.modelMismatch(stored: "test:bag", requested: "other")) {
            try store.write {
                try $0.adopt(ModelRecord(identifier: "other", dimensions: 48))
            }
        }
    }

    @Test func embeddingsAreKeptUntilNobodyUsesThem() throws {
        let store = try StoreFixture().filled(texts)
        let ids = try store.documentIDs()
        try store.write { try $0.removeDocuments([try #require(ids["a.txt"])]) }
        #expect(try store.write { try $0.purgeUnusedEmbeddings() } == 2)
        #expect(try store.write { try $0.purgeUnusedEmbeddings() } == 0)
        try store.checkInvariants()
    }

    /// Terms hold whatever they hold: FTS5 finds the passages with them and takes nothing for syntax.
    @Test(arguments: [
        "\"", "*", "NEAR(", "a AND", "title:", "-", "'; DROP TABLE passage; --", "((",
        "lease\" OR \"x",
    ])
    func termsAreNeverSyntax(_ hostile: String) throws {
        let store = try StoreFixture().filled(texts)
        let queries: [KeywordQuery] = [
            .term(hostile, .surface), .term(hostile, .stem), .prefix(hostile),
            .phrase([hostile, "lease"], .surface), .any([.term(hostile, .surface)]),
            .all([.term("lease", .surface), .not(.term(hostile, .surface))]),
        ]
        try store.read { snapshot in
            for query in queries {
                for passage in try snapshot.sample(10) {
                    let isTrue = try snapshot.matches(query, passage: passage.id)
                    if case .all = query {
                        #expect(isTrue == passage.text.contains("lease"), "\(query)")
                    } else {
                        #expect(!isTrue || hostile.contains("lease"), "\(query)")
                    }
                }
                let counts = try snapshot.keywordCounts(of: [query], weights: .standard)
                #expect(counts[0] < 4, "\(query)")
            }
            #expect(try snapshot.passageCount() == 4)
        }
    }
}

/// xorshift64*: enough for a test script, and the same everywhere.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
}
