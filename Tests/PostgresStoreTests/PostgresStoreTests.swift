#if Postgres
import Corpus
import Foundation
import RandomNumbers
import StoreTesting
import Testing
import TextAnalysis

@testable import PostgresStore

/// What a store on a server does beyond the promises of every store.
@Suite(.enabled(if: TestServer.text != nil)) struct PostgresStoreTests {
    private static func documents(
        _ count: Int,
        seed: UInt64,
        words: Int = 400
    ) -> [SampleDocument] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { index in
            let paragraphs = (0..<4).map { _ in
                (0..<30).map { _ in
                    // Few words are frequent, most are rare.
                    let bound = Int.random(in: 1...words, using: &random)
                    return "w\(Int.random(in: 0..<bound, using: &random))"
                }.joined(separator: " ")
            }
            return SampleDocument(
                "\(index).txt",
                paragraphs.joined(separator: "\n\n"),
                title: "w\(index % words)",
                language: index % 3 == 0 ? .spanish : .english
            )
        }
    }

    /// With more matches than are all scored, pg_textsearch chooses the candidates.
    @Test func theIndexesFindWhatExhaustionFinds() async throws {
        let store = try TestServer.store()
        try await store.add(Self.documents(400, seed: 7))
        try await store.finishIndexing()
        var hits = 0
        for number in 0..<20 {
            let words = ["w\(number % 5)", "w\(number * 7 % 60)", "w\(number * 13 % 200)"]
            let request = KeywordRequest(
                clauses: words.map { .term($0, .surface) } + words.map { .term($0, .stem) },
                neighbors: [.phrase([words[0], words[1]], .stem)],
                limit: 10
            )
            let (found, all) = try await store.read { snapshot in
                let snapshot = try #require(snapshot as? PostgresSnapshot)
                #expect(snapshot.state.hasTermIndex)
                let clauses = request.clauses + request.neighbors
                let counts = try await snapshot.counts(of: clauses)
                let expression = try #require(TSQuery.expression(.any(clauses)))
                let all = try await snapshot.matching(
                    expression,
                    request.scope,
                    depth: 10_000,
                    snapshot.scoring(request, counts)
                )
                // More than are taken from the index.
                #expect(all.count > 400)
                return (
                    try await snapshot.keywordCandidates(request), PostgresSnapshot.best(all, 10)
                )
            }
            #expect(found.count == 10)
            hits += zip(found, all).count { abs($0.score - $1.score) < 1e-9 }
        }
        // Equal scores at each of ten places of twenty queries.
        #expect(hits >= 196, "\(hits)")
    }

    @Test func aWalkFindsWhatAComparisonFinds() async throws {
        let store = try TestServer.store()
        try await store.add(Self.documents(500, seed: 3))
        try await store.finishIndexing()
        try await store.read { snapshot in
            let snapshot = try #require(snapshot as? PostgresSnapshot)
            #expect(snapshot.state.hasVectorIndex && snapshot.state.hasTermIndex)
            var recall = 0
            for number in 0..<20 {
                let query = BagOfWords.vector("w\(number) w\(number * 3) w\(number + 40)")
                var condition = PassageCondition(parameters: [.vector(query), .integer(50)])
                // A filter leaves a third: the walk goes on until it has enough.
                if number % 2 == 0 { condition.demand("p.language = 'es'") }
                let walked = try await snapshot.walked(condition, limit: 50)
                let compared = try await snapshot.compared(condition)
                #expect(walked.count == 50)
                // Equal scores have no order.
                recall += zip(walked, compared).count { $0.score > $1.score - 1e-6 }
            }
            #expect(recall >= 970, "\(recall)")
        }
    }

    // MARK: Refusals

    @Test func aSchemaOfOthersIsLeftAsItIs() throws {
        let address = try TestServer.address()
        try TestServer.run(
            """
            CREATE SCHEMA \(SQL.name(address.schema));
            CREATE TABLE \(SQL.name(address.schema)).theirs AS SELECT 1 AS n
            """
        )
        let error = #expect(throws: StoreError.self) {
            try PostgresStore(at: address, access: .readWrite)
        }
        #expect(error?.description.contains("no library's") == true)
        #expect(try TestServer.run("SELECT n FROM \(SQL.name(address.schema)).theirs") == ["1"])
    }

    @Test func aNewerFormatIsRefused() async throws {
        let store = try TestServer.store()
        let schema = SQL.name(store.address.schema)
        try TestServer.run("UPDATE \(schema).setting SET value = '99' WHERE key = 'format'")
        let expected = StoreError.fromTheFuture(
            path: store.name,
            version: 99,
            supported: Migrations.version
        )
        #expect(throws: expected) { try PostgresStore(at: store.address, access: .readWrite) }
        // Who has it open notices as well.
        await #expect(throws: expected) { try await store.read { try await $0.documents() } }
    }

    @Test func longVectorsAreRefused() async throws {
        let store = try TestServer.store()
        let error = await #expect(throws: StoreError.self) {
            try await store.commit(.adopt(ModelRecord(identifier: "long", dimensions: 2_001)))
        }
        #expect(error?.description.contains("2000") == true)
        try await store.commit(.adopt(ModelRecord(identifier: "long", dimensions: 2_000)))
    }

    @Test func aDatabaseWithoutPgvectorIsRefusedWithTheCommand() throws {
        let (role, database) = try Self.roleWithDatabase()
        let error = #expect(throws: StoreError.self) {
            try PostgresStore(
                at: try TestServer.address(user: role, database: database),
                access: .readWrite
            )
        }
        #expect(error?.description.contains("CREATE EXTENSION vector") == true)
    }

    /// Without pg_textsearch everything is found as well, and it is said what that costs.
    @Test func withoutBM25TheServersOwnRankingServes() async throws {
        let (role, database) = try Self.roleWithDatabase()
        try TestServer.run("CREATE EXTENSION vector", database: database)
        let conformance = LibraryStoreConformance {
            let address = try TestServer.address(user: role, database: database)
            let store = try PostgresStore(at: address, access: .readWrite)
            #expect(store.advice?.contains("pg_textsearch") == true)
            return store
        }
        try await conformance.holds("retrievalEqualsTheOracle")
        try await conformance.holds("whatIsPutInComesBack")
        let store = try PostgresStore(
            at: try TestServer.address(user: role, database: database),
            access: .readWrite
        )
        try await store.add(Self.documents(400, seed: 7))
        try await store.finishIndexing()
        let request = KeywordRequest(clauses: [.term("w0", .surface)], limit: 10)
        #expect(try await store.read { try await $0.keywordCandidates(request) }.count == 10)
    }

    private static func roleWithDatabase() throws -> (String, String) {
        let name = "r_" + UUID().uuidString.prefix(8).lowercased()
        try TestServer.run("CREATE ROLE \(name) LOGIN")
        try TestServer.run("CREATE DATABASE \(name) OWNER \(name)")
        return (name, name)
    }

    // MARK: Roles

    @Test func aReaderReadsAndWritesNothing() async throws {
        let owner = try TestServer.store()
        try await owner.add(["a.txt": "The lease is renewed every year."])
        let role = "r_" + UUID().uuidString.prefix(8).lowercased()
        try TestServer.run("CREATE ROLE \(role) LOGIN")
        try TestServer.run(
            PostgresStore.grants(at: owner.address, to: role, mayWrite: false)
        )
        let address = try TestServer.address(schema: owner.address.schema, user: role)
        let reader = try PostgresStore(at: address, access: .readOnly)
        #expect(try await reader.read { try await $0.passageCount() } == 1)
        let error = await #expect(throws: StoreError.self) {
            try await reader.commit(.setPreference("x", to: "y"))
        }
        #expect(error?.description.contains("vecino admin grants") == true)
        let writer = try PostgresStore(at: address, access: .readWrite)
        await #expect(throws: StoreError.self) { try await writer.add(["b.txt": "text"]) }
        #expect(try await owner.read { try await $0.passageCount() } == 1)
    }

    // MARK: Several writers

    @Test func twoWritersOfTheSameDocumentsLeaveEachWhole() async throws {
        let address = try TestServer.address()
        let stores = try (0..<3).map { _ in try PostgresStore(at: address, access: .readWrite) }
        try await stores[0].add([SampleDocument("x.txt", "first")])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, store) in stores.enumerated() {
                group.addTask {
                    for round in 0..<8 {
                        let documents = (0..<5).map { number in
                            SampleDocument(
                                "\(number).txt",
                                "writer\(index) round\(round)\n\nwriter\(index) again\(number)"
                            )
                        }
                        try await store.add(documents)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await stores[0].checkIntegrity() == [])
        try await stores[1].read { snapshot async throws -> Void in
            let documents = try await snapshot.documents()
            #expect(documents.count == 6)
            #expect(try await snapshot.passageCount() == 11)
            for document in documents where document.path != "x.txt" {
                let texts = try await snapshot.passages(of: document.id).map(\.text)
                let writers = Set(texts.map { $0.split(separator: " ")[0] })
                #expect(texts.count == 2 && writers.count == 1, "\(texts)")
            }
        }
    }

    /// Backends end at random moments; what was committed is there, and nothing is half there.
    @Test func lostConnectionsLoseNothing() async throws {
        let store = try TestServer.store()
        try await store.add([SampleDocument("x.txt", "first")])
        let schema = store.address.schema
        let killer = Task {
            let session = try Session(to: try TestServer.address())
            while !Task.isCancelled {
                // Those that are at work on this library's tables.
                try session.query(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid IN (
                        SELECT l.pid FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                        JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = $1 AND l.pid <> pg_backend_pid())
                    """,
                    [.text(schema)]
                )
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...40)))
            }
        }
        var committed: Set<String> = []
        var failures = 0
        for number in 0..<60 {
            let text = "alpha\(number) beta\n\ngamma\(number) delta"
            do {
                try await store.add([SampleDocument("\(number).txt", text)])
                committed.insert("\(number).txt")
            } catch is StoreError {
                failures += 1
            }
        }
        killer.cancel()
        _ = try? await killer.value
        #expect(try await store.checkIntegrity() == [])
        let paths = try await store.read { try await $0.documents().map(\.path) }
        #expect(committed.subtracting(paths).isEmpty)
        #expect(committed.count + failures == 60 && committed.count > 0)
    }

    @Test func aReaderConnectsAgain() async throws {
        let store = try TestServer.store()
        try await store.add(["a.txt": "text"])
        for _ in 0..<3 {
            #expect(try await store.read { try await $0.passageCount() } == 1)
            try TestServer.run(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE query LIKE '%\(store.address.schema)%' AND pid <> pg_backend_pid()
                    OR query = 'ROLLBACK' AND state = 'idle'
                """
            )
        }
        #expect(try await store.read { try await $0.passageCount() } == 1)
    }

    // MARK: Rebuilding

    @Test func aSnapshotKeepsItsStateWhileTheLibraryIsExchanged() async throws {
        let store = try TestServer.store()
        try await store.add(["a.txt": "old text"])
        let shadow = try await store.beginRebuild(model: BagOfWords.model.identifier)
        try await shadow.add([SampleDocument("b.txt", "new\n\ntext")])
        try await shadow.finishIndexing()
        #expect(await store.hasUnfinishedRebuild())
        let other = try PostgresStore(at: store.address, access: .readOnly)
        let exchange = try await other.withSnapshot { snapshot in
            #expect(try await snapshot.passageCount() == 1)
            let exchange = Task { try await store.finishRebuild(from: shadow) }
            let watcher = try Session(to: try TestServer.address())
            // It waits for this snapshot.
            while try watcher.query(
                "SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'"
            ).count == 0 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(try await snapshot.documents().map(\.path) == ["a.txt"])
            return exchange
        }
        try await exchange.value
        #expect(try await other.read { try await $0.documents().map(\.path) } == ["b.txt"])
        #expect(try await other.read { try await $0.passageCount() } == 2)
        #expect(await !store.hasUnfinishedRebuild())
        #expect(try await store.checkIntegrity() == [])
    }

    // MARK: Integrity

    @Test(
        arguments: [
            ("UPDATE word SET either = either + 1 WHERE term = 'leas'", .keywords),
            ("INSERT INTO change VALUES (0, 5, 0, 1)", .keywords),
            ("DELETE FROM passage WHERE position = 0", .passage),
            ("UPDATE embedding SET vec = (vec::real[] || 0::real)::vector", .embedding),
        ] as [(String, IntegrityProblem.Part)]
    )
    func whatIsWrongIsFoundAndMended(_ damage: String, _ part: IntegrityProblem.Part) async throws {
        let store = try TestServer.store()
        try await store.add(["a.txt": "The lease is renewed.\n\nThe roof has solar panels."])
        #expect(try await store.checkIntegrity() == [])
        let schema = SQL.name(store.address.schema)
        if part == .embedding {
            try TestServer.run("ALTER TABLE \(schema).embedding ALTER COLUMN vec TYPE vector")
        }
        try TestServer.run("SET search_path = \(schema), public; \(damage)")
        let problems = try await store.checkIntegrity()
        #expect(problems.contains { $0.part == part }, "\(problems)")
        let again = try await store.repair(problems)
        #expect(again == (part == .keywords ? [] : ["/docs/a.txt"]))
        let left = try await store.checkIntegrity()
        if !left.isEmpty { _ = try await store.repair(left) }
        #expect(try await store.checkIntegrity() == [])
    }

    @Test func summingUpChangesNoCount() async throws {
        let store = try TestServer.store()
        for round in 0..<3 { try await store.add(Self.documents(30, seed: UInt64(round))) }
        let before = try await store.read { try await $0.vocabulary(beginningWith: "w") }
        let generation = try await store.read { try await $0.generation() }
        try await store.condense()
        #expect(try await store.read { try await $0.vocabulary(beginningWith: "w") } == before)
        #expect(try await store.read { try await $0.generation() } == generation)
        #expect(try await store.checkIntegrity() == [])
    }
}
#endif
