import Foundation
import Testing

/// What each command prints, where, and with which exit status.
@Suite(.serialized) struct CommandTests {
    private let program: Program

    init() throws { program = Program(folder: try SampleFolder.shared.get().path) }

    @Test func searchPrintsDataOnStdoutAndSucceeds() throws {
        let result = try program("search", "when is the lease renewed")
        #expect(result.status == 0)
        #expect(result.output.contains("notes/lease.md"))
        #expect(!result.output.contains("\u{1B}"))
        #expect(result.talk.isEmpty)
    }

    @Test func jsonIsJSON() throws {
        let result = try program("search", "--json", "--explain", "lease")
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        let hits = try #require((object as? [String: Any])?["hits"] as? [[String: Any]])
        #expect(hits.first?["path"] as? String == program.folder + "/notes/lease.md")
        #expect(hits.first?["explanation"] != nil)
    }

    @Test(arguments: ["text", "json", "jsonl", "csv", "md", "files"])
    func everyFormatNamesTheDocument(_ format: String) throws {
        let result = try program("search", "--format", format, "cuarenta placas")
        #expect(result.status == 0)
        #expect(result.output.contains("techo.md"))
    }

    @Test func nothingFoundIsStatusOneAndEmptyData() throws {
        let result = try program("search", "--mode", "keyword", "--json", "xylophone")
        #expect(result.status == 1)
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        #expect(((object as? [String: Any])?["hits"] as? [Any])?.isEmpty == true)
    }

    @Test func wrongUsageIsStatusTwo() throws {
        for arguments in [
            ["search", "--nonsense", "x"], ["search", "-n", "0", "x"], ["search", ""], ["search"],
            ["search", "--where", "author", "x"], ["nonsense"], ["get"],
            ["search", "--since", "one day", "x"],
        ] {
            let result = try program.run(Program.path, arguments)
            #expect(result.status == 2, "\(arguments): \(result.talk)")
            #expect(result.output.isEmpty)
            #expect(!result.talk.isEmpty)
        }
    }

    @Test func helpHasExamplesAndGoesToStdout() throws {
        for command in [
            "index", "search", "ask", "get", "similar", "ls", "rm", "status", "model", "bench",
            "eval", "serve", "mcp", "completions", "chat", "answers", "check", "stats", "doctor",
        ] {
            let result = try program.run(Program.path, [command, "--help"])
            #expect(result.status == 0)
            #expect(result.output.contains("EXAMPLE"), "\(command)")
        }
    }

    @Test func askQuotesAndNamesItsSource() throws {
        let result = try program("ask", "--no-llm", "How much is the rent?")
        #expect(result.status == 0)
        #expect(result.output.contains("420 euro"))
        #expect(result.output.contains("[1]"))
        #expect(result.output.contains("notes/lease.md"))
    }

    @Test func askAbstainsFromWhatTheDocumentsDoNotSay() throws {
        let result = try program("ask", "--no-llm", "Who won the 1998 football world cup?")
        #expect(result.status == 1)
        #expect(result.output.contains("Not in your documents"))
    }

    @Test func aKeyThatIsMissingIsNamed() throws {
        let result = try program("ask", "-m", "gemini:gemini-3.8-flash", "How much is the rent?")
        #expect(result.status == 4)
        #expect(result.talk.contains("GEMINI_API_KEY"))
    }

    @Test func showPromptSendsNothing() throws {
        let result = try program("ask", "--show-prompt", "How much is the rent?")
        #expect(result.status == 0)
        #expect(result.output.contains("420 euro"))
    }

    @Test func getPrintsPassagesAndLines() throws {
        let whole = try program("get", "notes/lease.md")
        #expect(whole.output.contains("420 euro") && whole.output.contains("first of March"))
        let line = try program("get", "notes/lease.md:11")
        #expect(line.output.contains("420 euro") && !line.output.contains("first of March"))
        #expect(try program("get", "notes/nothing.md").status == 3)
        #expect(try program("get", "lease.md:900").status == 1)
    }

    @Test func lsAndStatusShowWhatIsThere() throws {
        #expect(try program("ls").output == "notes/lease.md\nnotes/techo.md\n")
        #expect(try program("ls", "--where", "author=ana").output == "notes/lease.md\n")
        let status = try program("status", "--check")
        #expect(status.status == 0)
        #expect(status.output.contains("2 documents"))
        #expect(status.output.contains("broken.bin"))
    }

    @Test func aDryRunChangesNothing() throws {
        let before = try program("ls").output
        let result = try program("rm", "--dry-run", "notes/lease.md")
        #expect(result.status == 0 && result.output.contains("lease.md"))
        #expect(try program("ls").output == before)
    }

    @Test func completionsAreScripts() throws {
        for shell in ["bash", "zsh", "fish"] {
            let result = try program("completions", shell)
            #expect(result.status == 0 && result.output.contains("vecino"))
        }
    }

    @Test func versionNamesTheKernels() throws {
        let result = try program("--version")
        #expect(result.status == 0 && result.output.contains("kernels:"))
    }

    @Test func kernelsThatAreNotThereAreNamed() throws {
        let program = Program(
            folder: program.folder,
            environment: ["VECINO_KERNELS": "nonsense"]
        )
        let result = try program("--version")
        #expect(result.output.contains("VECINO_KERNELS=nonsense is not available here"))
    }

    /// Neither searching nor answering from the documents opens a connection.
    @Test func nothingConnectsAnywhere() throws {
        let trace = program.folder + "/trace.txt"
        for arguments in [["search", "lease"], ["ask", "--no-llm", "How much is the rent?"]] {
            let result = try program.run(
                "/usr/bin/strace",
                ["-f", "-qq", "-e", "trace=connect,sendto", "-o", trace, Program.path] + arguments
            )
            #expect(result.status == 0)
            let calls = try String(contentsOfFile: trace, encoding: .utf8)
            #expect(!calls.contains("AF_INET"), "\(calls)")
        }
    }
}
