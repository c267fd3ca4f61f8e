import Foundation
import Testing

/// Numbers and names that come from outside are checked where they come in.
@Suite(.serialized) struct OutsideNumberTests {
    private let program: Program
    private static let far = [
        "9223372036854775807", "9223372036854775808", "-1", "0", "1e9", "0x10", "ten",
    ]

    init() throws {
        program = try Program(withTinyModelAnd: [:])
        let note = program.folder + "/notes/a.md"
        try Data("The wombat digs.".utf8).write(to: URL(filePath: note))
        try #require(program("index", "notes", "--model", "tiny-bert").status == 0)
    }

    private func remove() { try? FileManager.default.removeItem(atPath: program.folder) }

    @Test(arguments: ["65536", "74301", "-1", "4294967296", "9223372036854775807", "http"])
    func portsThatThereAreNot(_ port: String) throws {
        defer { remove() }
        let result = try program("serve", "--no-llm", "--port=\(port)")
        #expect(result.status == 2, "\(result.talk)")
    }

    @Test(arguments: far + ["10001", "99999999999"])
    func resultsOfSettingsAndEnvironment(_ number: String) throws {
        defer { remove() }
        let file = URL(filePath: program.folder + "/.vecino/config.toml")
        // In TOML the first of these is 16.
        let bare = number == "0x10" ? [] : [number]
        for value in bare + ["\"\(number)\"", "[\(number)]", "{ a = \(number) }"] {
            try Data("results = \(value)\n".utf8).write(to: file)
            let result = try program("search", "--mode", "keyword", "wombat")
            #expect(result.status == 3, "\(value): \(result)")
            #expect(result.talk.contains("config.toml"), "\(result.talk)")
            #expect(!result.talk.contains("Decoding"), "\(result.talk)")
        }
        try FileManager.default.removeItem(at: file)
        var program = program
        program.environment["VECINO_RESULTS"] = number
        let result = try program("search", "--mode", "keyword", "wombat")
        #expect(result.status == 3, "\(result)")
        #expect(result.talk.contains("VECINO_RESULTS"), "\(result.talk)")
    }

    @Test(arguments: [
        "[addresses]\nopenai = 3", "addresses = 3", "[addresses]\nopenai = [\"a\"]", "model = 3",
        "answer-model = []", "prices = 3", "[prices]\n\"openai:m\" = { prompt = -1, reply = nan }",
    ])
    func settingsOfAnotherKind(_ text: String) throws {
        defer { remove() }
        let file = URL(filePath: program.folder + "/.vecino/config.toml")
        try Data((text + "\n").utf8).write(to: file)
        let result = try program("search", "--mode", "keyword", "wombat")
        #expect(result.status == 3, "\(text): \(result)")
        #expect(result.talk.contains(" takes a "), "\(result.talk)")
        #expect(!result.talk.contains("Decoding"), "\(result.talk)")
    }

    @Test func settingsThatAreNoFile() throws {
        defer { remove() }
        let file = program.folder + "/.vecino/config.toml"
        try #require(program.run("/usr/bin/mkfifo", [file]).status == 0)
        #expect(try program("search", "--mode", "keyword", "wombat").status == 3)
    }

    /// Times that do not fit into nanoseconds of 64 bits, and those at their edges.
    @Test(arguments: [
        -62_135_596_800, -9_223_372_037, -9_223_372_036, -1, 0, 9_223_372_036, 9_223_372_037,
        10_413_792_000, 253_402_300_799,
    ])
    func timesOfFiles(_ seconds: Int) throws {
        defer { remove() }
        let file = program.folder + "/notes/far.md"
        try Data("A numbat eats.".utf8).write(to: URL(filePath: file))
        let dated = try program.run("/usr/bin/touch", ["-d", "@\(seconds)", file])
        // Some file systems have no such times; theirs is another then.
        try #require(dated.status == 0, "\(dated.talk)")
        for _ in 0..<2 {
            let result = try program("index", "notes")
            #expect(result.status == 0, "\(result.talk)")
        }
        let result = try program("search", "--mode", "keyword", "numbat")
        #expect(result.output.contains("far.md"), "\(result)")
        #expect(try program("index", "notes", "--dry-run").status == 0)
    }

    // MARK: Where the library is

    private func mode(_ name: String) throws -> Int {
        let path = program.folder + "/" + name
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }

    /// Names that SQLite or a shell takes for more than names.
    @Test(arguments: [
        "file:notes.db", "file:notes.db?mode=memory", ":memory:", "-x.db", "a b.db", "ñ%41.db",
        "a\nb.db", "~x.db", "sub/new/l.db",
    ])
    func namesOfALibrary(_ name: String) throws {
        defer { remove() }
        let made = try program("index", "notes", "--db=\(name)", "--model", "tiny-bert")
        #expect(made.status == 0, "\(made.talk)")
        #expect(try mode(name) == 0o600)
        let result = try program("search", "--mode", "keyword", "--db=\(name)", "wombat")
        #expect(result.output.contains("a.md"), "\(result)")
        #expect(!FileManager.default.fileExists(atPath: program.folder + "/notes.db"))
    }

    /// What is there and no library is refused at once, and left as it is.
    @Test(arguments: [
        ".", "..", "/", "notes", "pipe", "/dev/null", "/dev/zero", "small", "large", "loop",
    ])
    func whatIsNoLibrary(_ name: String) throws {
        defer { remove() }
        func at(_ name: String) -> URL { URL(filePath: program.folder + "/" + name) }
        try #require(program.run("/usr/bin/mkfifo", ["pipe"]).status == 0)
        try Data("a note".utf8).write(to: at("small"))
        let head = "SQLite format 3\0" + String(repeating: "\u{1}", count: 584)
        try Data(head.utf8).write(to: at("large"))
        try FileManager.default.createSymbolicLink(
            atPath: at("loop").path,
            withDestinationPath: "loop"
        )
        for command in [["search", "wombat"], ["index", "notes"], ["status"], ["doctor"], ["ls"]] {
            let result = try program.run(Program.path, command + ["--db", name])
            #expect(result.status == 3, "\(command): \(result)")
        }
        #expect(try Data(contentsOf: at("small")) == Data("a note".utf8))
        #expect(try Data(contentsOf: at("large")) == Data(head.utf8))
    }

    /// Links lead to where the file is made, as private as any.
    @Test func aLinkToALibraryThatIsToBeMade() throws {
        defer { remove() }
        let manager = FileManager.default
        try manager.createDirectory(
            atPath: program.folder + "/elsewhere",
            withIntermediateDirectories: true
        )
        for (link, target) in [("one.db", "two.db"), ("two.db", "elsewhere/real.db")] {
            try manager.createSymbolicLink(
                atPath: program.folder + "/" + link,
                withDestinationPath: target
            )
        }
        let script = "umask 0; exec '\(Program.path)' index notes --db one.db --model tiny-bert"
        let result = try program.run("/bin/sh", ["-c", script])
        #expect(result.status == 0, "\(result.talk)")
        #expect(try mode("elsewhere/real.db") == 0o600)
        let link = program.folder + "/one.db"
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "two.db")
    }
}
