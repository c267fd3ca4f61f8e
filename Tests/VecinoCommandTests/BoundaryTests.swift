import Foundation
import ScriptedServer
import Testing

/// What must not leave the process, and what nobody but its owner decides: seen from the outside, by strace.
@Suite(.serialized) struct BoundaryTests {
    private static let key = "sk-planted-4f1c9a7be2"
    private let program: Program
    private var trace: String { program.folder + "/trace" }

    init() throws {
        program = try Program(withTinyModelAnd: [:])
        try write("# Lease\n\nThe lease is renewed in March.\n", to: "notes/lease.md")
    }

    private func remove() { try? FileManager.default.removeItem(atPath: program.folder) }

    private func write(_ text: String, to name: String) throws {
        let file = program.folder + "/" + name
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: URL(filePath: file))
    }

    /// Runs a command with every system call of a kind written down; returns that too.
    private func traced(
        _ calls: String,
        _ arguments: [String],
        with environment: [String: String] = [:],
        input: String = ""
    ) throws -> (result: Program.Result, calls: [String]) {
        var program = program
        program.environment.merge(environment) { $1 }
        let result = try program.run(
            "/usr/bin/strace",
            ["-f", "-qq", "-v", "-s", "65536", "-e", "trace=\(calls)", "-o", trace, Program.path]
                + arguments,
            input: input
        )
        let text = try String(contentsOfFile: trace, encoding: .utf8)
        try FileManager.default.removeItem(atPath: trace)
        return (result, text.split(separator: "\n").map(String.init))
    }

    /// A provider's key is in its requests and nowhere else: not in what is said, not in an error that
    /// repeats what the server said, not in a file, not in the arguments or variables of another process.
    @Test func aKeyIsOnlyInItsRequests() async throws {
        defer { remove() }
        let vector = #"{"object":"embedding","index":0,"embedding":[0.5,0.5,0.5,0.5]}"#
        let embeddings = try await ScriptedServer([
            ScriptedServer.reply(
                "200 OK",
                headers: "Content-Type: application/json\r\n",
                #"{"object":"list","model":"ready","data":[\#(vector)],"#
                    + #""usage":{"prompt_tokens":1,"total_tokens":1}}"#
            )
        ])
        let refusal = try await ScriptedServer([
            ScriptedServer.reply(
                "401 Unauthorized",
                headers: "Content-Type: application/json\r\n",
                #"{"error":{"message":"Incorrect API key provided: \#(Self.key)."}}"#
            )
        ])
        let model = ["--model", "openai:ready", "--embed-url", embeddings.address + "/v1"]
        let asking = ["--llm", "openai:small", "--base-url", refusal.address + "/v1"]
        let commands: [(arguments: [String], status: Int32)] = [
            (["index", "notes"] + model, 0),
            (["search", "lease"] + model, 0),
            (["search", "lease", "--json", "--explain"] + model, 0),
            (["status"], 0),
            (["ask", "When is the lease renewed?"] + model + asking, 4),
            (
                [
                    "index", "--rebuild", "notes", "--model", "openai:ready", "--embed-url",
                    refusal.address + "/v1",
                ], 4
            ),
        ]
        for (arguments, status) in commands {
            // The key goes where it is named for, first to the one server, then to the other.
            let server = status == 0 ? embeddings : refusal
            let (result, calls) = try traced(
                "execve",
                arguments,
                with: ["OPENAI_API_KEY": Self.key, "OPENAI_BASE_URL": server.address + "/v1"]
            )
            #expect(result.status == status, "\(arguments): \(result.talk)")
            let said = result.output + result.talk
            #expect(!said.contains(Self.key), "\(arguments): \(said)")
            // The first is the program itself, which strace gives the variables of this process.
            #expect(calls.first?.contains(Self.key) == true)
            for call in calls.dropFirst() { #expect(!call.contains(Self.key), "\(call)") }
        }
        for server in [embeddings, refusal] {
            #expect(server.requests.contains { $0.contains("Bearer \(Self.key)") })
            try await server.stop()
        }
        let files = try #require(FileManager.default.enumerator(atPath: program.folder))
        for case let name as String in files {
            let data = FileManager.default.contents(atPath: program.folder + "/" + name)
            #expect(data?.range(of: Data(Self.key.utf8)) == nil, "\(name)")
        }
    }

    /// An address on the command line gets no key that is a provider's: it may be anybody's.
    @Test func aKeyGoesToNoOtherServer() async throws {
        defer { remove() }
        let server = try await ScriptedServer([
            ScriptedServer.reply("401 Unauthorized", #"{"error":{"message":"Who are you?"}}"#)
        ])
        let url = server.address + "/v1"
        let own = ["OPENAI_API_KEY": Self.key, "BOX_KEY": "sk-box", "VECINO_MODEL": "tiny-bert"]
        var program = program
        program.environment.merge(own) { $1 }
        #expect(try program("index", "notes").status == 0)
        let ask = ["ask", "--max-risk", "1", "When is it renewed?"]
        for (arguments, hint) in [
            (ask + ["-m", "openai:m", "--base-url", url], "--key-variable"),
            (ask + ["--base-url", url], "--key-variable"),
            (ask + ["-m", "mistral:m", "--base-url", url], "--key-variable"),
            (["index", "--rebuild", "notes", "--model", "openai:m", "--embed-url", url], "key"),
        ] {
            let result = try program.run(Program.path, arguments)
            #expect(result.status == 4, "\(arguments): \(result.talk)")
            #expect(result.talk.contains(hint) && result.talk.contains("Who are you?"))
        }
        #expect(!server.requests.isEmpty)
        #expect(!server.requests.contains { $0.contains(Self.key) })
        let named = try program.run(
            Program.path,
            ask + ["--base-url", url, "-m", "m", "--key-variable", "BOX_KEY"]
        )
        #expect(named.status == 4)
        #expect(server.requests.last?.contains("Bearer sk-box") == true)
        try await server.stop()
    }

    /// Whatever the mask, only the owner reads the library and what lies beside it while it is written.
    @Test func filesAreTheOwners() throws {
        defer { remove() }
        let open = "umask 0; exec \"$0\" \"$@\""
        for arguments in [
            ["index", "notes"], ["index", "--rebuild", "notes"], ["search", "lease"],
        ] {
            var program = program
            program.environment["VECINO_MODEL"] = "tiny-bert"
            let result = try program.run(
                "/bin/sh",
                ["-c", open, "/usr/bin/strace", "-f", "-qq", "-s", "4096", "-o", trace]
                    + ["-e", "trace=openat,open,creat,mkdir,mkdirat", Program.path] + arguments
            )
            #expect(result.status == 0, "\(result.talk)")
            let calls = try String(contentsOfFile: trace, encoding: .utf8)
            var made: [String] = []
            for call in calls.split(separator: "\n") where call.contains("/.vecino") {
                if call.contains("O_CREAT") {
                    // SQLite opens a file so that is there already.
                    if call.contains("library.db\",") || call.contains("library.db-rebuild\",") {
                        guard call.contains("O_EXCL") else { continue }
                    }
                    #expect(call.contains(", 0600)"), "\(call)")
                    made.append(String(call))
                } else if call.contains("mkdir") {
                    #expect(call.contains(", 0700)"), "\(call)")
                }
            }
            if arguments[0] == "index" {
                for part in ["library.db-wal\"", "library.db-shm\"", "library.db-lock\""] {
                    #expect(made.contains { $0.contains(part) }, "\(part)")
                }
                let rebuilds = arguments.contains("--rebuild")
                #expect(made.contains { $0.contains("library.db-rebuild-wal\"") } == rebuilds)
            }
        }
        let manager = FileManager.default
        let folder = program.folder + "/.vecino"
        #expect(try mode(of: folder) == 0o700)
        for name in try manager.contentsOfDirectory(atPath: folder) {
            #expect(try mode(of: folder + "/" + name) == 0o600, "\(name)")
        }
    }

    private func mode(of path: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }

    /// Nothing that works on this machine opens a connection to another.
    @Test func theDefaultConnectsNowhere() throws {
        defer { remove() }
        for arguments in [
            ["index", "notes"], ["index", "--rebuild", "notes"], ["search", "lease"],
            ["ask", "When is the lease renewed?"], ["ask", "--no-llm", "When is it renewed?"],
            ["status"], ["ls"], ["doctor"], ["check"], ["answers", "list"],
        ] {
            let (result, calls) = try traced(
                "connect,sendto,sendmsg",
                arguments,
                with: ["VECINO_MODEL": "tiny-bert"]
            )
            #expect(result.status <= 1, "\(arguments): \(result.talk)")
            for call in calls { #expect(!call.contains("AF_INET"), "\(arguments): \(call)") }
        }
    }

    /// With `--offline`, before or after the command's name or in the environment, nothing connects, not
    /// even to this machine, whatever provider the library was built with or is named.
    @Test func offlineConnectsNowhere() async throws {
        defer { remove() }
        let vector = #"{"object":"embedding","index":0,"embedding":[0.5,0.5,0.5,0.5]}"#
        let server = try await ScriptedServer([
            ScriptedServer.reply(
                "200 OK",
                headers: "Content-Type: application/json\r\n",
                #"{"object":"list","model":"ready","data":[\#(vector)],"#
                    + #""usage":{"prompt_tokens":1,"total_tokens":1}}"#
            )
        ])
        let model = ["--model", "openai:ready", "--embed-url", server.address + "/v1"]
        let environment = ["OPENAI_API_KEY": Self.key, "HF_ENDPOINT": server.address]
        let online = try traced("connect", ["index", "notes"] + model, with: environment)
        #expect(online.result.status == 0, "\(online.result.talk)")
        // What follows could not be seen if this was not.
        #expect(online.calls.contains { $0.contains("AF_INET") })
        try write("# Rent\n\nThe rent is 420 euro.\n", to: "notes/rent.md")
        try write("lease\n", to: "queries.txt")
        let count = server.requests.count
        let call =
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":"#
            + #"{"name":"search","arguments":{"query":"lease"}}}"#
        let needsNetwork: [[String]] = [
            ["index", "notes"] + model, ["index", "--rebuild", "notes"] + model,
            ["search", "lease"] + model, ["search", "lease"],
            ["ask", "When is it renewed?"] + model,
            ["bench", "-n", "1"] + model,
            ["doctor", "--recall", "--queries", "queries.txt"] + model,
            ["model", "pull", "acme/tiny"],
        ]
        let doWithout: [[String]] = [
            ["search", "--mode", "keyword", "lease"], ["status"], ["ls"], ["doctor"],
            ["mcp"] + model,
        ]
        for (arguments, expected) in needsNetwork.map({ ($0, Int32(4)) })
            + doWithout.map({ ($0, Int32(0)) })
        {
            for way in 0..<3 {
                var environment = environment
                if way == 2 { environment["VECINO_OFFLINE"] = "1" }
                let (result, calls) = try traced(
                    "connect,sendto,sendmsg,sendmmsg",
                    way == 0
                        ? ["--offline"] + arguments
                        : arguments + (way == 1 ? ["--offline"] : []),
                    with: environment,
                    input: call + "\n"
                )
                #expect(result.status == expected, "\(arguments): \(result.talk)")
                if expected == 4 {
                    #expect(result.talk.contains("--offline"), "\(arguments): \(result.talk)")
                }
                for call in calls { #expect(!call.contains("AF_INET"), "\(arguments): \(call)") }
            }
        }
        #expect(server.requests.count == count)
        try await server.stop()
    }

    /// A language model is not asked either: not one that is named, not one on this machine, and not the
    /// one whose key happens to be set, without which sentences are quoted.
    @Test func offlineAsksNoLanguageModel() throws {
        defer { remove() }
        let own = ["VECINO_MODEL": "tiny-bert", "OPENAI_API_KEY": Self.key]
        #expect(try traced("connect", ["index", "notes"], with: own).result.status == 0)
        let question = "When is the lease renewed?"
        for (arguments, statuses) in [
            ([], [Int32(0), 1]), (["-m", "local"], [4]), (["-m", "ollama:small"], [4]),
            (["-m", "openai:small", "--max-risk", "1"], [4]),
            (["--base-url", "http://127.0.0.1:9/v1", "--max-risk", "1"], [4]),
        ] {
            let (result, calls) = try traced(
                "connect,sendto,sendmsg,sendmmsg",
                ["ask", "--offline", question] + arguments,
                with: own
            )
            #expect(statuses.contains(result.status), "\(arguments): \(result.talk)")
            for call in calls { #expect(!call.contains("AF_INET"), "\(arguments): \(call)") }
        }
    }

    /// Settings that came with a folder choose no provider, no address and no program.
    @Test func aFoldersSettingsRedirectNothing() throws {
        defer { remove() }
        let address = "http://127.0.0.1:9/v1"
        try write(
            """
            model = "openai:ready"
            answer-model = "openai:small"
            embed-url = "\(address)"
            llm-url = "\(address)"
            base-url = "\(address)"
            editor = "/bin/sh -c true"
            [prices."openai:small"]
            prompt = 1
            reply = 1
            """,
            to: ".vecino/config.toml"
        )
        for arguments in [
            ["index", "notes"], ["search", "lease"], ["ask", "When is it renewed?"],
        ] {
            let (result, calls) = try traced(
                "connect,execve",
                arguments,
                with: ["XDG_CONFIG_HOME": program.folder + "/own", "HOME": program.folder]
            )
            // Without a model of its own the first has nothing to embed with, and says so.
            #expect(result.status <= 3, "\(result.talk)")
            for call in calls {
                #expect(!call.contains("AF_INET"), "\(arguments): \(call)")
                #expect(!call.contains("/bin/sh"), "\(arguments): \(call)")
            }
        }
    }

    /// Other programs are started with their arguments as a list, and a shell is none of them.
    @Test func noShellRuns() throws {
        defer { remove() }
        let fixtures = Checkout.root + "/Tests/DocumentsTests/Fixtures"
        for name in try FileManager.default.contentsOfDirectory(atPath: fixtures) {
            let suffix = (name as NSString).pathExtension
            guard ["pdf", "docx", "epub", "html", "gz"].contains(suffix) else { continue }
            try FileManager.default.copyItem(
                atPath: fixtures + "/" + name,
                toPath: program.folder + "/notes/$(touch hit) ; touch hit `touch hit` " + name
            )
        }
        let (result, calls) = try traced(
            "execve",
            ["index", "--ocr", "notes"],
            with: ["VECINO_MODEL": "tiny-bert"]
        )
        #expect(result.status == 0, "\(result.talk)")
        let started = Set(
            calls.compactMap { call -> String? in
                // A call during which another process made one comes in two lines.
                guard call.contains("execve("),
                    call.hasSuffix(" = 0") || call.hasSuffix("<unfinished ...>")
                else { return nil }
                return call.split(separator: "\"").dropFirst().first.map(String.init)
            }.map { ($0 as NSString).lastPathComponent }
        )
        let known: Set = [
            "vecino", "exe", "pdftotext", "pdftohtml", "pdfinfo", "pdftoppm", "pdfimages",
            "tesseract", "antiword", "catdoc", "catppt", "xls2csv",
        ]
        #expect(started.isSubset(of: known), "\(started)")
        #expect(started.contains("exe") && started.contains("pdftotext"), "\(started)")
        #expect(!FileManager.default.fileExists(atPath: program.folder + "/hit"))
    }
}
