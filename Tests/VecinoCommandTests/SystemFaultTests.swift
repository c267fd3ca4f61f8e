import Foundation
import Testing

/// The program where the system misbehaves.
@Suite(.serialized, .timeLimit(.minutes(10))) struct SystemFaultTests {
    private let program: Program

    init() throws {
        program = try Program(withTinyModelAnd: ["VECINO": Program.path])
        try write("The wombat digs.", to: "notes/a.md")
        try #require(program("index", "notes", "--model", "tiny-bert").status == 0)
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: program.folder + "/" + name))
    }

    private func remove() { try? FileManager.default.removeItem(atPath: program.folder) }

    private func shell(_ script: String) throws -> Program.Result {
        try program.run("/bin/bash", ["-c", "V='\(Program.path)'; " + script])
    }

    /// A program with the library of faults loaded, and these variables.
    private func faulty(_ variables: [String: String]) throws -> Program {
        let shim = program.folder + "/faults.so"
        let source = Checkout.root + "/scripts/faults.c"
        let made = try program.run(
            "/usr/bin/cc",
            ["-O1", "-shared", "-fPIC", "-o", shim, source, "-ldl"]
        )
        try #require(made.status == 0, "\(made.talk)")
        var faulty = program
        faulty.environment.merge(variables) { $1 }
        faulty.environment["LD_PRELOAD"] = shim
        return faulty
    }

    /// The short form of `scripts/read-faults`.
    @Test func errorsOfReadingAreNoVerdicts() throws {
        defer { remove() }
        let script = Checkout.root + "/scripts/read-faults"
        for arguments in [
            ["--errors", "5", "--every", "5"], ["--errors", "24,13", "--every", "17"],
        ] {
            let result = try program.run("/usr/bin/python3", [script] + arguments + ["--lasting"])
            #expect(result.status == 0, "\(result.talk)")
            #expect(result.output.contains("nothing lost"), "\(result.output)")
        }
    }

    /// Where the whole library would be emptied if a folder that cannot be opened counted as empty.
    @Test(arguments: [5, 12, 13, 24, 116])
    func aRootThatCannotBeRead(_ error: Int) throws {
        defer { remove() }
        let root = URL(filePath: program.folder + "/notes").resolvingSymlinksInPath().path
        let failing = try faulty([
            "READ_FILES": root, "READ_AT": "1", "READ_LASTS": "1", "READ_ERRNO": "\(error)",
        ])
        for command in [["index", "notes"], ["index"], ["index", "notes", "--dry-run"]] {
            let result = try failing.run(Program.path, command)
            #expect(result.status == 3, "\(result)")
            #expect(!result.talk.contains("spelling"), "\(result.talk)")
        }
        #expect(try program("search", "--mode", "keyword", "wombat").status == 0)
        #expect(try program("index").status == 0)
    }

    /// What cannot be read is never missing from a library that takes the place of another.
    @Test func aRebuildOfWhatCannotBeReadIsRefused() throws {
        defer { remove() }
        let failing = try faulty([
            "READ_FILES": program.folder + "/notes/a.md", "READ_AT": "1", "READ_LASTS": "1",
        ])
        let result = try failing("index", "--rebuild", "notes", "--model", "tiny-bert")
        #expect(result.status == 3 && result.talk.contains("built anew"), "\(result)")
        #expect(try program("search", "--mode", "keyword", "wombat").status == 0)
        let again = try program("index", "--rebuild", "notes", "--model", "tiny-bert")
        #expect(again.status == 0, "\(again)")
        #expect(try program("search", "--mode", "keyword", "wombat").status == 0)
    }

    /// ENOLCK, EOPNOTSUPP, ENOSYS: no such locks; EINTR would be tried again for ever.
    @Test(arguments: [4, 37, 95, 38, 22]) func noLocksAreNoOtherWriter(_ error: Int) throws {
        defer { remove() }
        try write("A numbat eats.", to: "notes/b.md")
        let result = try faulty(["FLOCK_ERRNO": "\(error)"])("index", "notes")
        #expect(result.status == 0, "\(result.talk)")
        #expect(!result.talk.contains("another vecino"), "\(result.talk)")
        #expect(try program("search", "--mode", "keyword", "numbat").status == 0)
    }

    @Test func fewDescriptorsLoseNothing() throws {
        defer { remove() }
        for number in stride(from: 40, through: 6, by: -2) {
            let result = try shell("ulimit -n \(number); \"$V\" index notes")
            #expect(
                result.status != 0 || result.talk.contains("1 document"),
                "\(number): \(result)"
            )
            #expect(try program("search", "--mode", "keyword", "wombat").status == 0, "\(number)")
        }
    }

    /// The threads that wait for a network need descriptors, and end the program where there are none.
    @Test func fewDescriptorsAreToldBeforeTheNetworkIsAsked() throws {
        defer { remove() }
        let model = "--model openai:m --embed-url http://127.0.0.1:1/v1"
        for number in 4...24 {
            for command in ["index notes --db n.db \(model)", "serve --no-llm --port 0"] {
                // The server, where it has what it needs, runs until it is ended.
                let limit = "ulimit -n \(number); export OPENAI_API_KEY=k"
                let result = try shell("\(limit); timeout 5 \"$V\" \(command)")
                #expect([3, 4, 124].contains(result.status), "\(number): \(command): \(result)")
            }
        }
    }

    /// A command that needs a library makes none where the name has a slip.
    @Test(arguments: [
        "doctor --fix", "rm a.md", "rm -n a.md", "index", "watch", "search wombat", "doctor", "ls",
    ])
    func aLibraryThatIsNotThere(_ command: String) throws {
        defer { remove() }
        let result = try shell("\"$V\" \(command) --db slip.db")
        #expect(result.status == 3 && result.talk.contains("There is no library at"), "\(result)")
        #expect(!FileManager.default.fileExists(atPath: program.folder + "/slip.db"))
    }

    // MARK: The way out

    @Test(arguments: [
        "search --format text wombat", "search --format csv wombat", "search --json wombat", "ls",
        "get a.md", "status", "status --json", "--help", "--version", "doctor --json",
    ])
    func aFullDiskBehindTheOutputIsTold(_ command: String) throws {
        defer { remove() }
        let full = try shell("\"$V\" \(command) >/dev/full")
        #expect(full.status == 3, "\(full)")
        #expect(full.talk.contains("could not be written"), "\(full.talk)")
        let closed = try shell("\"$V\" \(command) >&-")
        #expect(closed.status != 0, "\(closed)")
        // Nothing was written into a file that got the output's number.
        #expect(try program("doctor").status == 0)
    }

    /// As other programs end then: quietly, and a script that asks learns of it.
    @Test func aReaderThatHasGoneEndsItQuietly() throws {
        defer { remove() }
        let result = try shell("\"$V\" search wombat | true; echo ${PIPESTATUS[0]}")
        #expect(
            ["141", "0"].contains(result.output.trimmingCharacters(in: .newlines)),
            "\(result)"
        )
        let gone = try shell("(sleep 0.5; \"$V\" ls; echo $? >status) | true; sleep 2; cat status")
        #expect(gone.output.trimmingCharacters(in: .newlines) == "141", "\(gone)")
        #expect(!gone.talk.contains("vecino:"), "\(gone.talk)")
    }

    // MARK: Files that others see

    /// What is written while others read is in the file itself when the writer has ended.
    @Test func aCopyOfTheFileLacksNothing() throws {
        defer { remove() }
        let reader = Process()
        reader.executableURL = URL(filePath: Program.path)
        reader.arguments = ["mcp", "--no-llm"]
        reader.currentDirectoryURL = URL(filePath: program.folder)
        reader.environment = ProcessInfo.processInfo.environment.merging(program.environment) { $1 }
        let (input, output) = (Pipe(), Pipe())
        reader.standardInput = input
        reader.standardOutput = output
        try reader.run()
        defer { reader.terminate() }
        let request =
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","#
            + #""arguments":{"query":"wombat","mode":"keyword"}}}"# + "\n"
        try input.fileHandleForWriting.write(contentsOf: Data(request.utf8))
        #expect(!output.fileHandleForReading.availableData.isEmpty)

        func copied(_ name: String, holds word: String) throws -> Bool {
            try FileManager.default.copyItem(
                atPath: program.folder + "/.vecino/library.db",
                toPath: program.folder + "/" + name
            )
            return try program("search", "--mode", "keyword", "--db", name, word).status == 0
        }
        try write("A numbat eats.", to: "notes/b.md")
        try #require(program("index", "notes").status == 0)
        #expect(try copied("indexed.db", holds: "numbat"))
        try #require(program("rm", "b.md").status == 0)
        #expect(try !copied("removed.db", holds: "numbat"))
        let backup = try program("backup", "backup.db")
        #expect(backup.status == 0, "\(backup.talk)")
        #expect(
            try program("search", "--mode", "keyword", "--db", "backup.db", "wombat").status == 0
        )
        #expect(try program("doctor", "--db", "backup.db").status == 0)
        let again = try program("backup", "backup.db")
        #expect(again.status == 3 && again.talk.contains("already"), "\(again)")
    }

    /// Another user's library in a folder that cannot be written is searched, and left as it is.
    @Test(.enabled(if: getuid() == 0)) func aLibraryInAFolderThatCannotBeWritten() throws {
        defer { remove() }
        let result = try shell(
            """
            chmod 755 . && chmod 755 .vecino && chmod 444 .vecino/library.db
            rm -f .vecino/library.db-*
            setpriv --reuid=65534 --regid=65534 --clear-groups "$V" search --mode keyword \
                --db .vecino/library.db wombat
            ls .vecino
            """
        )
        #expect(result.output.contains("a.md"), "\(result)")
        #expect(result.output.hasSuffix("library.db\n"), "\(result.output)")
        // A part of it in a log that cannot be brought in is read in a copy of one's own; where there
        // is no place for one, the library is refused with the reason.
        let pending = try shell(
            """
            chmod 755 .vecino; head -c 5000 /dev/zero >.vecino/library.db-wal
            chmod 444 .vecino/library.db-wal
            search() {
                setpriv --reuid=65534 --regid=65534 --clear-groups env TMPDIR="$1" "$V" search \
                    --mode keyword --db .vecino/library.db wombat
            }
            mkdir -m 777 own && search "$PWD/own" && ls own .vecino
            """
        )
        #expect(pending.status == 0 && pending.output.contains("a.md"), "\(pending)")
        let left = ".vecino:\nlibrary.db\nlibrary.db-wal\n\nown:\n"
        #expect(pending.output.hasSuffix(left), "\(pending)")
        let refused = try shell(
            """
            mkdir -m 755 others
            setpriv --reuid=65534 --regid=65534 --clear-groups env TMPDIR="$PWD/others" "$V" search \
                --mode keyword --db .vecino/library.db wombat
            """
        )
        #expect(refused.status == 3 && refused.talk.contains("-wal"), "\(refused)")
    }

    /// A library that another user left where everybody may write is not taken for one's own.
    @Test(.enabled(if: getuid() == 0)) func aLibraryOnTheWayUpThatIsAnothers() throws {
        defer { remove() }
        _ = try shell("mkdir sub; chown -R 65534 .vecino")
        let result = try shell("cd sub; \"$V\" search wombat")
        #expect(result.status == 3 && result.talk.contains("another user"), "\(result)")
        #expect(try shell("cd sub; \"$V\" search --db ../.vecino/library.db wombat").status == 0)
    }

    /// A library may name folders of the receiver's: they are read when he names them.
    @Test func foldersThatOnlyTheLibraryNames() throws {
        defer { remove() }
        _ = try shell("mkdir -p private; echo 'My pin is wallaby.' >private/pin.md")
        func insert(_ root: String) throws {
            let made = try program.run(
                "/usr/bin/sqlite3",
                [".vecino/library.db", "INSERT INTO collection(root) VALUES ('\(root)')"]
            )
            try #require(made.status == 0, "\(made.talk)")
        }
        try insert("/etc/ssl")
        try insert(program.folder + "/notes/../../../etc/ssl")
        let result = try program("index")
        #expect(result.status == 3 && result.talk.contains("vecino index /etc/ssl"), "\(result)")
        #expect(try !program("ls").output.contains("/etc"))
        #expect(try program("index", "--rebuild").status == 3)
        // Another library of the same user's that names a folder outside of it goes on as before.
        _ = try shell("mkdir -p elsewhere")
        let other = ["private", "--db", "elsewhere/l.db", "--model", "tiny-bert"]
        try #require(program.run(Program.path, ["index"] + other).status == 0)
        #expect(try program("index", "--db", "elsewhere/l.db").status == 0)
        let moved = try shell("cp -r elsewhere given; \"$V\" index --db given/l.db")
        #expect(moved.status == 3, "\(moved)")
    }

    /// A trigger or a view is no part of a library.
    @Test(arguments: [
        "CREATE TRIGGER t AFTER INSERT ON document BEGIN DELETE FROM passage; END",
        "CREATE VIEW v AS SELECT * FROM document",
    ])
    func aLibraryThatDoesThings(_ sql: String) throws {
        defer { remove() }
        let made = try program.run("/usr/bin/sqlite3", [".vecino/library.db", sql])
        try #require(made.status == 0)
        for command in [["search", "wombat"], ["index", "notes"], ["doctor", "--fix"]] {
            let result = try program.run(Program.path, command)
            #expect(result.status == 3 && result.talk.contains("somebody"), "\(result)")
        }
    }
}
