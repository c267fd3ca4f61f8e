import Foundation
import Testing

/// What a person reads.
@Suite(.serialized) struct TerminalTests {
    private let program: Program

    init() throws { program = Program(folder: try SampleFolder.shared.get().path) }

    @Test(arguments: [
        ("serch", "search"), ("saerch", "search"), ("searhc", "search"), ("buscar", "search"),
        ("indexar", "index"), ("idnex", "index"), ("preguntar", "ask"), ("estado", "status"),
        ("ayuda", "help"), ("delete", "rm"), ("Search", "search"), ("modelos", "model"),
    ])
    func commandsThatAreMisspelledOrSpanish(name: String, meant: String) throws {
        let result = try program(name, "lease")
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.talk.contains("Did you mean `vecino \(meant)`?"), "\(result.talk)")
    }

    @Test func aWordThatIsNoCommand() throws {
        for words in [["quokka"], ["--color", "never", "quokka"], ["--offline", "quokka"]] {
            let result = try program.run(Program.path, words)
            #expect(result.status == 2)
            #expect(result.talk.contains("vecino search quokka"), "\(result.talk)")
        }
        let hostile = try program("a\u{1B}[31m'; rm -rf /")
        #expect(hostile.status == 2 && !hostile.talk.contains("\u{1B}"))
    }

    @Test(arguments: ["-5 degrees", "-l option"])
    func textThatBeginsWithADashIsSearchedFor(_ query: String) throws {
        let result = try program("search", "--mode", "keyword", query)
        #expect(result.status <= 1, "\(result.talk)")
    }

    @Test(arguments: ["--force now", "-x"])
    func queriesThatBeginWithADash(_ query: String) throws {
        let result = try program("search", query)
        #expect(result.status == 2)
        #expect(result.talk.contains("vecino search -- "), "\(result.talk)")
        #expect(try program("search", "--mode", "keyword", "--", query).status <= 1)
    }

    /// A terminal of 40 columns shows whole words.
    @Test(arguments: [
        "serch lease", "search --mode keyword quokka-wombat-numbat", "status",
        "ask --no-llm 'When is the lease of the workshop renewed?'", "doctor --db nowhere.db",
    ])
    func linesBreakBetweenWords(_ words: String) throws {
        let command = "COLUMNS=40 TERM=xterm '\(Program.path)' --color never \(words)"
        let result = try program.run("/usr/bin/script", ["-qec", command, "/dev/null"])
        let lines = result.output.split(whereSeparator: \.isNewline)
        #expect(lines.count > 1, "\(result)")
        for line in lines where line.contains(" ") {
            // A path has no place to break.
            let longest = line.split(separator: " ").map(\.count).max() ?? 0
            #expect(line.count <= max(40, longest + 8), "\(line)")
        }
    }

    /// As the script that `vecino completions bash` prints asks for them.
    @Test func documentsAreOffered() throws {
        var program = program
        program.environment["SAP_SHELL"] = "bash"
        func offered(_ command: String, _ argument: String, _ start: String) throws -> [String] {
            let request = ["---completion", command, "--", argument, "2", "\(start.count)"]
            return try program.run(Program.path, request + ["vecino", command, start])
                .output.split(separator: "\n").map(String.init)
        }
        #expect(try offered("get", "positional@0", "notes/l") == ["notes/lease.md"])
        #expect(
            try offered("similar", "positional@0", "notes/") == [
                "notes/lease.md", "notes/techo.md",
            ]
        )
        #expect(try offered("rm", "positional@0", "no").first == "notes")
        #expect(try offered("search", "--where", "lang") == ["language="])
        program = Program(folder: NSTemporaryDirectory(), environment: program.environment)
        #expect(try offered("get", "positional@0", "").isEmpty)
    }

    @Test func colorIsChosen() throws {
        let plain = try program("search", "--mode", "keyword", "lease")
        #expect(!plain.output.contains("\u{1B}"))
        #expect(
            try program("search", "--color", "never", "lease").output
                == program("search", "lease").output
        )
        let colored = try program("--color", "always", "search", "--mode", "keyword", "lease")
        #expect(colored.output.contains("\u{1B}[1;33m"))
        // Links lead to the file and the line.
        #expect(colored.output.contains("\u{1B}]8;;file://"))
        #expect(colored.output.contains("/notes/lease.md#L"))
        #expect(try program("search", "--color", "sometimes", "lease").status == 2)
    }

    @Test func vecinoAloneSaysWhatIsNext() throws {
        let here = try program.run(Program.path, [])
        #expect(here.status == 0)
        #expect(here.output.contains("2 documents") && here.output.contains("vecino search"))
        var elsewhere = program
        elsewhere = Program(folder: NSTemporaryDirectory(), environment: program.environment)
        let nothing = try elsewhere.run(Program.path, [])
        #expect(nothing.status == 0 && nothing.output.contains("vecino index FOLDER"))
    }

    /// Examples are copied: a line that the terminal breaks is no example any more.
    @Test(
        arguments: [
            "index", "watch", "search", "ask", "chat", "answers", "check", "stats", "get",
            "similar",
            "ls", "rm", "status", "doctor", "backup", "copy", "admin", "model", "bench", "eval",
            "tune", "serve", "mcp", "token", "completions", "",
        ],
        ["en", "es"]
    )
    func helpFitsEightyColumns(_ command: String, _ language: String) throws {
        var program = program
        program.environment["COLUMNS"] = "80"
        program.environment["VECINO_LANG"] = language
        let words = command.isEmpty ? ["--help"] : [command, "--help"]
        let result = try program.run(Program.path, words)
        #expect(result.status == 0)
        let isSpanish = language == "es"
        #expect(result.output.contains(isSpanish ? "RESUMEN: " : "OVERVIEW: "))
        #expect(
            result.output.contains(isSpanish ? "Muestra esta ayuda." : "Show help information.")
        )
        for line in result.output.split(separator: "\n")
        where !line.hasPrefix("USAGE: ") && !line.hasPrefix("USO: ") {
            #expect(line.count <= 80, "\(command): \(line)")
        }
    }

    /// What stands in a document or its name is text in every format.
    @Test func nothingOfADocumentIsObeyed() throws {
        var program = try Program(withTinyModelAnd: [:])
        defer { try? FileManager.default.removeItem(atPath: program.folder) }
        let names = ["na\u{1B}[31mme.md", "two\nlines.md", "tick`s.md", "plain.md"]
        for name in names {
            let text =
                "# =HYPERLINK(1) \u{1B}]0;x\u{7} *bold* [a](b) <b>\n\n# x\n\n- lantern **here**\u{9B}31m\n"
            try Data(text.utf8).write(to: URL(filePath: program.folder + "/notes/" + name))
        }
        try #require(program("index", "notes", "--model", "tiny-bert").status == 0)
        program.environment["COLUMNS"] = "80"
        for format in ["text", "csv", "md", "files"] {
            let result = try program(
                "search",
                "--mode",
                "keyword",
                "--duplicates",
                "--format",
                format,
                "lantern"
            )
            #expect(result.status == 0, "\(result.talk)")
            let controls = result.output.unicodeScalars.filter {
                ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value)
            }
            #expect(controls.isEmpty, "\(format): \(result.output.debugDescription)")
            #expect(!result.output.contains(",=HYPER"), "\(result.output)")
            if format == "files" {
                #expect(result.output.split(separator: "\n").count == names.count)
            }
            if format == "md" {
                #expect(!result.output.contains("<b>") || result.output.contains("\\<b"))
            }
        }
        #expect(try program("ls").output.split(separator: "\n").count == names.count)
    }

    /// A unit has the lines that it should have, whatever the folders are called.
    @Test(arguments: [
        "notes\nExecStartPre=/bin/touch hit\n#", "a\rb", "a\tb", "per%cent $HOME", "quo\"te\\", ";",
        "-dash", "\u{7F}x",
    ])
    func aUnitForFoldersOfAnyName(_ name: String) throws {
        let folder = program.folder + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let result = try program("watch", "--install", "--", name)
        #expect(result.status == 0, "\(result.talk)")
        let plain = try program("watch", "--install", "notes")
        let lines = { (text: String) in
            text.split(separator: "\n", omittingEmptySubsequences: false).count
        }
        #expect(lines(result.output) == lines(plain.output), "\(result.output)")
        #expect(!result.output.contains("\r"))
    }
}
