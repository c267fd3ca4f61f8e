import Foundation
import Testing

/// The program with a library on a server.
@Suite(.timeLimit(.minutes(5))) struct ServerLibraryTests {
    private let program: Program

    init() throws {
        program = try Program(withTinyModelAnd: [:])
        for (name, text) in [
            ("a.md", "# Wombats\n\nThe wombat digs burrows at night.\n\n# Food\n\nIt eats grass."),
            ("b.md", "# Lease\n\nThe lease of the hall is renewed in March."),
        ] {
            try Data(text.utf8).write(to: URL(filePath: program.folder + "/notes/" + name))
        }
    }

    private func remove() { try? FileManager.default.removeItem(atPath: program.folder) }

    @Test func aPasswordInTheAddressIsRefusedAndNotShown() throws {
        defer { remove() }
        let result = try program("status", "--db", "postgresql://ana:geheim@127.0.0.1:1/x")
        #expect(result.status == 3 && !result.talk.contains("geheim"), "\(result)")
    }

    #if Postgres
    /// The server that `scripts/test-postgres` starts.
    private static let server = ProcessInfo.processInfo.environment["VECINO_TEST_POSTGRES"]

    private static func address() -> String {
        (server ?? "") + " schema=t_" + UUID().uuidString.prefix(12).lowercased()
    }

    /// Every command that works on a file works on a server.
    @Test(.enabled(if: server != nil)) func everyCommandWorksOnAServer() throws {
        defer { remove() }
        let db = Self.address()
        let indexed = try program("index", "notes", "--db", db, "--model", "tiny-bert")
        #expect(indexed.status == 0, "\(indexed)")
        let again = try program("index", "notes", "--db", db)
        #expect(again.status == 0 && again.talk.contains("up to date"), "\(again)")
        for mode in ["hybrid", "keyword", "vector"] {
            let found = try program("search", "--mode", mode, "--db", db, "wombat burrows")
            #expect(found.status == 0 && found.output.contains("a.md"), "\(mode): \(found)")
        }
        let phrase = try program("search", "--mode", "keyword", "--db", db, "\"hall is renewed\"")
        #expect(phrase.status == 0 && phrase.output.contains("b.md"), "\(phrase)")
        let excluded = try program(
            "search",
            "--mode",
            "keyword",
            "--db",
            db,
            "--path",
            "a.md",
            "lease"
        )
        #expect(excluded.status == 1, "\(excluded)")
        let answer = try program("ask", "--no-llm", "--db", db, "When is the lease renewed?")
        #expect([0, 1].contains(answer.status), "\(answer)")
        let kept = try program("answers", "--db", db)
        #expect(kept.status == 0 && kept.output.contains("lease"), "\(kept)")
        let listed = try program("ls", "--db", db)
        #expect(listed.output.contains("a.md") && listed.output.contains("b.md"), "\(listed)")
        #expect(try program("get", "b.md", "--db", db).output.contains("March"))
        #expect(try program("similar", "b.md", "--db", db).status == 0)
        let status = try program("status", "--check", "--db", db)
        #expect(status.status == 0 && status.output.contains("2 documents"), "\(status)")
        #expect(try program("doctor", "--db", db).status == 0)
        let rebuilt = try program("index", "--rebuild", "--db", db, "--model", "tiny-bert")
        #expect(rebuilt.status == 0, "\(rebuilt)")
        #expect(try program("rm", "a.md", "--db", db).status == 0)
        let gone = try program("search", "--mode", "keyword", "--db", db, "wombat")
        #expect(gone.status == 1, "\(gone)")
        let backup = try program("backup", "x.db", "--db", db)
        #expect(backup.status == 3 && backup.talk.contains("vecino copy"), "\(backup)")
        let grants = try program("admin", "grants", "ana", "--db", db)
        #expect(grants.output.contains("GRANT SELECT ON ALL TABLES"), "\(grants)")
    }

    /// There and back again, nothing is lost and nothing is embedded.
    @Test(.enabled(if: server != nil)) func aCopyGoesThereAndBack() throws {
        defer { remove() }
        let db = Self.address()
        try #require(
            program("index", "notes", "--db", "own.db", "--model", "tiny-bert").status == 0
        )
        _ = try program("ask", "--no-llm", "--db", "own.db", "When is the lease renewed?")
        let there = try program("copy", "own.db", db, "--json")
        #expect(there.status == 0, "\(there)")
        for part in ["\"documents\" : 2", "\"copied\" : 2", "\"answers\" : 1"] {
            #expect(there.output.contains(part), "\(there.output)")
        }
        let back = try program("copy", db, "back.db")
        #expect(back.status == 0, "\(back)")
        for mode in ["hybrid", "keyword", "vector"] {
            let lists = try ["own.db", db, "back.db"].map { db in
                try program(
                    "search",
                    "--db",
                    db,
                    "--format",
                    "files",
                    "--mode",
                    mode,
                    "wombat eats grass"
                ).output
            }
            #expect(lists[0].contains("a.md") && Set(lists).count == 1, "\(mode): \(lists)")
        }
        // What holds documents is not written over.
        let refused = try program("copy", "own.db", db)
        #expect(refused.status == 3 && refused.talk.contains("already holds"), "\(refused)")
        // The folder was not read again.
        let unchanged = try program("index", "notes", "--db", "back.db")
        #expect(unchanged.talk.contains("up to date"), "\(unchanged)")
    }

    /// A program that is killed at any moment leaves whole documents, and the next one goes on.
    @Test(.enabled(if: server != nil)) func aKilledRunIsResumed() throws {
        defer { remove() }
        let db = Self.address()
        try #require(program("index", "notes", "--db", db, "--model", "tiny-bert").status == 0)
        for number in 0..<120 {
            let text = (0..<6).map { "# Part \($0)\n\nText \(number) number \($0).\n" }.joined()
            try Data(text.utf8).write(
                to: URL(filePath: program.folder + "/notes/n\(number).md")
            )
        }
        for delay in [50, 150, 300, 500, 800] {
            let process = try program.start("index", "notes", "--db", db)
            usleep(UInt32(delay) * 1_000)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let health = try program("doctor", "--db", db)
            #expect(health.status == 0, "\(health)")
        }
        let last = try program("index", "notes", "--db", db)
        #expect(last.status == 0, "\(last)")
        #expect(try program("status", "--db", db).output.contains("122 documents"))
        #expect(try program("doctor", "--db", db).status == 0)
    }
    #else
    @Test func aBuildWithoutTheTraitSaysWhichHasIt() throws {
        defer { remove() }
        let result = try program("status", "--db", "postgresql:///notes")
        #expect(
            result.status == 3 && result.talk.contains("--traits default,Postgres"),
            "\(result)"
        )
    }
    #endif
}
