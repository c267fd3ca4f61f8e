import Foundation
import Testing

/// Bad input gets one clear sentence and the right status, and loses nothing.
@Suite(.serialized) struct BadInputTests {
    private let program: Program

    init() throws { program = Program(folder: try SampleFolder.shared.get().path) }

    private func expect(
        _ result: Program.Result,
        status: Int32,
        says words: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(result.status == status, "\(result.talk)", sourceLocation: sourceLocation)
        #expect(result.output.isEmpty, sourceLocation: sourceLocation)
        for word in words {
            #expect(result.talk.contains(word), "\(result.talk)", sourceLocation: sourceLocation)
        }
        #expect(
            result.talk.split(separator: "\n").count == 1,
            "\(result.talk)",
            sourceLocation: sourceLocation
        )
    }

    private func temporary(_ name: String, _ data: Data) throws -> String {
        let path = program.folder + "/" + name
        try data.write(to: URL(filePath: path))
        return path
    }

    @Test func aMissingFolder() throws {
        expect(try program("index", "nowhere"), status: 3, says: "nowhere")
    }

    /// A line with nothing but a bracket made TOML's parser end the program.
    @Test func settingsThatAreNoTOML() throws {
        for text in ["[\n", "results = 5\n[#]\n", "results = [\n", "= 3\n", "results = \"\n"] {
            let folder = program.folder + "/broken-settings"
            try FileManager.default.createDirectory(
                atPath: folder + "/vecino",
                withIntermediateDirectories: true
            )
            let file = folder + "/vecino/config.toml"
            try Data(text.utf8).write(to: URL(filePath: file))
            var program = program
            program.environment["XDG_CONFIG_HOME"] = folder
            let result = try program("search", "lease")
            #expect(result.status > 0 && result.status < 5, "\(text): \(result)")
            #expect(result.talk.contains("config.toml"), "\(text): \(result.talk)")
        }
    }

    @Test func aMissingLibrary() throws {
        expect(try program("search", "x", "--db", "none.db"), status: 3, says: "vecino index")
        #expect(!FileManager.default.fileExists(atPath: program.folder + "/none.db"))
    }

    @Test func aFileWhereALibraryShouldBe() throws {
        let text = Data("just some text, long enough to be taken for something".utf8)
        let path = try temporary("text.db", text)
        expect(try program("search", "x", "--db", path), status: 3, says: "not a Vecino library")
        expect(try program("index", "notes", "--db", path), status: 3, says: "not a Vecino library")
        #expect(try Data(contentsOf: URL(filePath: path)) == text)
    }

    @Test func aDatabaseOfAnotherProgram() throws {
        let path = program.folder + "/other.db"
        let made = try program.run(
            "/usr/bin/sqlite3",
            [path, "create table t(x); insert into t values(1)"]
        )
        try #require(made.status == 0)
        let before = try Data(contentsOf: URL(filePath: path))
        expect(try program("search", "x", "--db", path), status: 3, says: "not a Vecino library")
        expect(try program("index", "notes", "--db", path), status: 3, says: "not a Vecino library")
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func aTruncatedLibrary() throws {
        let whole = try Data(contentsOf: URL(filePath: program.folder + "/.vecino/library.db"))
        let path = try temporary("cut.db", whole.prefix(whole.count / 2))
        let result = try program("search", "lease", "--db", path)
        #expect(result.status == 3 || result.status == 0)
        #expect(result.status == 0 || result.talk.contains("damaged"))
    }

    @Test func anEmptyQuery() throws {
        expect(try program("search", "   "), status: 2, says: "empty")
        expect(try program("ask", "--no-llm", ""), status: 2, says: "empty")
    }

    /// As long as is taken, and a byte more.
    @Test func aQueryOfManyPages() throws {
        let word = "lease "
        let longest = String(repeating: word, count: 65_536 / word.count) + "rent"
        let result = try program("search", "-n", "1", longest)
        #expect(result.status == 0, "\(result.talk)")
        #expect(result.output.contains("lease.md"))
        expect(try program("search", longest + "s"), status: 2, says: "65537", "65536")
        expect(try program("ask", "--no-llm", longest + "s"), status: 2, says: "65536")
    }

    /// Work on a query grows with its length alone, whatever marks it has.
    @Test(arguments: ["\u{201C}", "\u{AB}", "\"", "\" ", "-a ", "a* ", "((", "[", "“a ", "NEAR/"])
    func aQueryOfMarksAlone(_ mark: String) throws {
        let query = "lease " + String(repeating: mark, count: 60_000 / mark.utf8.count)
        let result = try program("search", "--mode", "keyword", "--", query)
        #expect(result.status <= 1, "\(result.talk.prefix(300))")
    }

    @Test(arguments: ["\"", "NEAR(a b)", "a AND OR", "title:x", "*", "-x -y", "'; --", "((", "\\"])
    func aQueryInSyntax(_ query: String) throws {
        let result = try program("search", "--mode", "keyword", "--", query)
        #expect(result.status <= 1, "\(result.talk)")
    }

    @Test func aFolderThatMayNotBeRead() throws {
        let locked = program.folder + "/locked"
        try FileManager.default.createDirectory(
            atPath: locked,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o000]
        )
        defer { try? FileManager.default.removeItem(atPath: locked) }
        // Root may read everything, so root becomes nobody for this one.
        let prefix =
            getuid() == 0
            ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
        let command = prefix + [Program.path, "index", locked, "--db", "/tmp/vecino-locked.db"]
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755],
            ofItemAtPath: program.folder
        )
        let result = try program.run(command[0], Array(command.dropFirst()))
        expect(result, status: 3, says: "permission")
    }

    @Test func aModelThatIsNotThere() throws {
        let result = try program("index", "notes", "--db", "new.db", "--model", "no-such-model")
        expect(result, status: 3, says: "no-such-model", "scripts/models")
    }
}
