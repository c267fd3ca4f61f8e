#if Postgres
import Corpus
import Foundation
import Testing

@testable import PostgresStore

/// libpq behind Swift: values go there and back, errors say what to do, work can be stopped.
@Suite(.enabled(if: TestServer.text != nil)) struct SessionTests {
    private static let texts = [
        "", "ñandú", "'; DROP TABLE x; --", "\\", "\\N", "a\tb\nc\rd", "{\"a\": [1]}", "\"", "😀",
        "\\.",
    ]

    @Test func valuesGoThereAndBack() throws {
        let session = try Session(to: try TestServer.address())
        for text in Self.texts {
            let row = try #require(
                try session.query("SELECT $1, $2", [.text(text), .texts([text, "x"])]).first
            )
            #expect(row.text(0) == text)
            let element = try session.query("SELECT ($1)[1]", [.texts([text, "x"])]).first?.text(0)
            #expect(element == text)
        }
        for number in [Int64.min, -1, 0, 1, 255, 1 << 31, .max] {
            let row = try session.query("SELECT $1", [.integer(number)]).first
            #expect(row?.integer(0) == number)
        }
        #expect(try session.query("SELECT (-2)::int2, (-3)::int4").first?.integer(0) == -2)
        #expect(try session.query("SELECT (-3)::int4").first?.integer(0) == -3)
        let bytes = (0...255).map { UInt8($0) }
        #expect(try session.query("SELECT $1", [.bytes(bytes)]).first?.bytes(0) == bytes)
        #expect(try session.query("SELECT $1", [.bytes([])]).first?.bytes(0) == [])
        let vector: [Float] = [0, -0.1, 1.0 / 3, .leastNormalMagnitude, 3e38]
        #expect(
            try session.query("SELECT $1::vector", [.vector(vector)]).first?.vector(0) == vector
        )
        for value in [0.1, -1e300, 0] {
            #expect(try session.query("SELECT $1", [.real(value)]).first?.real(0) == value)
        }
        let nothing = try #require(try session.query("SELECT $1", [.text(nil)]).first)
        #expect(nothing.text(0) == nil && nothing.integer(0) == nil && nothing.bytes(0) == nil)
        // PostgreSQL has no U+0000.
        #expect(try session.query("SELECT $1", [.text("a\0b")]).first?.text(0) == "a b")
    }

    @Test func copiedRowsAreWhatWasSent() throws {
        let session = try Session(to: try TestServer.address())
        try session.execute("CREATE TEMP TABLE copied(n int, t text)")
        // More than libpq is handed at once.
        let rows = (0..<20_000).map { number -> [String?] in
            [String(number), number % 7 == 0 ? nil : Self.texts[number % Self.texts.count]]
        }
        try session.copy("COPY copied FROM STDIN", rows: rows)
        let found = try session.query("SELECT t FROM copied ORDER BY n").map { $0.text(0) }
        #expect(found == rows.map { $0[1] })
    }

    @Test func aCopyThatFailsLeavesTheSessionUsable() throws {
        let session = try Session(to: try TestServer.address())
        try session.execute("CREATE TEMP TABLE copied(n int CHECK (n < 5000))")
        let rows = (0..<100_000).map { [Optional(String($0))] }
        let error = #expect(throws: ServerError.self) {
            try session.copy("COPY copied FROM STDIN", rows: rows)
        }
        #expect(error?.state == "23514")
        #expect(try session.query("SELECT count(*) FROM copied").first?.integer(0) == 0)
    }

    @Test func aTransactionThatThrowsHasDoneNothing() throws {
        let session = try Session(to: try TestServer.address())
        try session.execute("CREATE TEMP TABLE kept(n int)")
        #expect(throws: CancellationError.self) {
            try session.transaction("BEGIN") {
                try session.execute("INSERT INTO kept VALUES (1)")
                throw CancellationError()
            }
        }
        // One that the server has given up is not taken for committed.
        #expect(throws: ServerError.self) {
            try session.transaction("BEGIN") {
                try session.execute("INSERT INTO kept VALUES (1)")
                _ = try? session.execute("SELECT 1/0")
            }
        }
        #expect(try session.query("SELECT count(*) FROM kept").first?.integer(0) == 0)
    }

    @Test func aCanceledTaskStopsItsStatement() async throws {
        let connection = try await ConnectionPool.open(try TestServer.address())
        let name = UUID().uuidString
        let task = Task {
            try await connection.run { try $0.query("SELECT pg_sleep(600), '\(name)'").count }
        }
        let watcher = try Session(to: try TestServer.address())
        func isRunning() throws -> Bool {
            try watcher.query(
                """
                SELECT 1 FROM pg_stat_activity
                WHERE query LIKE '%' || $1 || '%' AND state = 'active' AND pid <> pg_backend_pid()
                """,
                [.text(name)]
            ).count > 0
        }
        while try !isRunning() { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        #expect(try !isRunning())
        // The request to stop meets nothing that comes after.
        for _ in 0..<50 {
            #expect(try await connection.run { try $0.query("SELECT 1").count } == 1)
        }
    }

    @Test func aStatementTakesNoLongerThanItMay() throws {
        let address = try TestServer.address()
        let session = try Session(to: address)
        let error = #expect(throws: ServerError.self) {
            try session.transaction("BEGIN; SET LOCAL statement_timeout = 20") {
                try session.query("SELECT pg_sleep(600)")
            }
        }
        let message = error?.explained(for: address).description ?? ""
        #expect(message.contains("statement_timeout"))
    }

    @Test(arguments: [
        ("host=127.0.0.1 port=1 dbname=x", "refused"),
        ("host=/nowhere dbname=x", "/nowhere"),
    ])
    func aServerThatIsNotThereIsNamed(_ text: String, _ word: String) throws {
        let address = try PostgresAddress(text)
        let error = #expect(throws: StoreError.self) {
            try PostgresStore(at: address, access: .readOnly)
        }
        let message = error?.description ?? ""
        #expect(message.contains(text) && message.contains(word), "\(message)")
        #expect(!message.contains("\n"))
    }

    @Test func aDatabaseThatIsNotThereIsNamed() throws {
        let address = try TestServer.address(database: "nowhere_at_all")
        let error = #expect(throws: StoreError.self) {
            try PostgresStore(at: address, access: .readWrite)
        }
        #expect(error?.description.contains("createdb") == true)
    }

    @Test func libraryThatIsNotThereIsMissing() throws {
        let address = try TestServer.address()
        #expect(throws: StoreError.missing(path: address.text)) {
            try PostgresStore(at: address, access: .readOnly)
        }
        #expect(try Migrations.version(try Session(to: address), schema: address.schema) == nil)
    }
}
#endif
