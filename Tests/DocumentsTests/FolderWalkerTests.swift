import Corpus
import Foundation
import Testing

@testable import Documents

@Suite struct GlobTests {
    @Test(arguments: [
        ("*.md", "a.md", true), ("*.md", "x/y/a.md", true), ("*.md", "a.md.txt", false),
        ("/a.md", "a.md", true), ("/a.md", "x/a.md", false), ("docs/*.md", "docs/a.md", true),
        ("docs/*.md", "docs/x/a.md", false), ("docs/**/*.md", "docs/a.md", true),
        ("docs/**/*.md", "docs/x/y/a.md", true), ("**/x", "x", true), ("**/x", "a/b/x", true),
        ("a/**", "a/b", true), ("a/**", "a", false), ("build/", "build/x.o", true),
        ("build/", "build", false), ("docs", "docs/a/b.md", true), ("a?c", "abc", true),
        ("a?c", "añc", true), ("a?c", "a/c", false), ("[a-c]x", "bx", true),
        ("[!a-c]x", "bx", false),
        ("[]a]", "]", true), ("[ñ-ó]x", "óx", true), ("a\\*b", "a*b", true),
        ("a\\*b", "axb", false),
        ("[", "[", true), ("", "a", false), ("a/b", "x/a/b", false), ("**", "a/b", true),
        ("a*b*c*d", "aXbXcXd", true), ("*a*a*a*a*a*b", String(repeating: "a", count: 300), false),
        ("**/**/**/x", "a/a/a/a/a/a/a/a/y", false), ("foo**bar", "fooXbar", true),
    ])
    func globsMatchAsInGit(pattern: String, path: String, matches: Bool) {
        #expect(Glob(pattern).matches(path) == matches)
    }
}

@Suite struct FolderWalkerTests {
    private func walk(_ path: String, _ options: FolderWalker.Options = .init()) -> (
        files: [String], skips: [SkippedFile]
    ) {
        var files: [String] = []
        var skips: [SkippedFile] = []
        FolderWalker(options: options).walk(path) { event in
            switch event {
            case .file(let file): files.append(file.path)
            case .folder: break
            case .skipped(let skip): skips.append(skip)
            }
        }
        return (files, skips)
    }

    /// Every time has a number, in the order of time; what does not fit is the nearest that does.
    @Test func timesBeyondTheRangeAreItsEnds() {
        #expect(FileSystem.nanoseconds(10_413_792_000, 0) == .max)
        #expect(FileSystem.nanoseconds(-62_135_596_800, 999_999_999) == .min)
        #expect(FileSystem.nanoseconds(9_223_372_036, 854_775_807) == .max)
        #expect(FileSystem.nanoseconds(9_223_372_036, 854_775_808) == .max)
        #expect(FileSystem.nanoseconds(.max, 999_999_999) == .max)
        #expect(FileSystem.nanoseconds(.min, 0) == .min)
        var last = Int64.min
        for exponent in 0..<63 {
            let far = Int64(1) << exponent
            #expect(FileSystem.nanoseconds(far, 1) >= last || exponent == 0)
            #expect(FileSystem.nanoseconds(-far, 1) <= FileSystem.nanoseconds(far, 1))
            if far < 9_000_000_000 {
                #expect(FileSystem.nanoseconds(far, 1) == far * 1_000_000_000 + 1)
            }
            last = FileSystem.nanoseconds(far, 1)
        }
    }

    /// Without its ignore file a folder would show what it keeps back.
    @Test func anIgnoreFileThatIsNoFileHidesNothing() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.md")
        try folder.write(".gitignore/x")
        #expect(walk(folder.path).files == ["a.md"])
    }

    @Test func filesComeInTheOrderOfTheirNames() throws {
        let folder = try TemporaryFolder()
        for name in ["b.md", "a/z.md", "a/b/c.md", "ñ.md", "A.md", ".hidden/x", ".env"] {
            try folder.write(name)
        }
        #expect(walk(folder.path).files == ["A.md", "a/b/c.md", "a/z.md", "b.md", "ñ.md"])
        var options = FolderWalker.Options()
        options.skipsHidden = false
        #expect(walk(folder.path, options).files.contains(".hidden/x"))
    }

    @Test func ignoreFilesHoldAsInGit() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            ".gitignore",
            "# comment\n*.log\n!keep.log\n/top.md\nbuild/\ndoc/*.txt\n\\#x\ntrail \n"
        )
        try folder.write("sub/.gitignore", "!special.log\nlocal.md\n/deep/x.md\n")
        try folder.write(".vecinoignore", "private/\n!top.md\n")
        let names = [
            "a.log", "keep.log", "top.md", "sub/top.md", "build/x.md", "sub/build/y.md",
            "buildx/z.md",
            "doc/a.txt", "doc/deep/a.txt", "#x", "trail", "sub/special.log", "sub/other.log",
            "sub/local.md", "local.md", "sub/deep/x.md", "sub/other/deep/x.md", "private/p.md",
        ]
        for name in names { try folder.write(name) }
        #expect(
            walk(folder.path).files == [
                "buildx/z.md", "doc/deep/a.txt", "keep.log", "local.md", "sub/other/deep/x.md",
                "sub/special.log", "sub/top.md", "top.md",
            ]
        )
        // The repository's rules hold in a folder inside it.
        try folder.write(".git/info/exclude", "special.log\n")
        #expect(walk(folder.path + "/sub").files == ["other/deep/x.md", "special.log", "top.md"])
        var options = FolderWalker.Options()
        options.readsIgnoreFiles = false
        #expect(walk(folder.path, options).files.count == names.count)
    }

    /// Random rules and random paths, and git itself to say what they mean.
    ///
    /// ASCII only: `?` and `[!a]` stand for a character here and for a byte in git.
    @Test func randomIgnoreFilesHoldAsGitSays() throws {
        var random = SplitMix64(seed: 23)
        let words = ["a", "b", "ab", "a.o", "b.o", "x y", "[a]", "a*"]
        let rules = [
            "a", "/a", "a/", "*.o", "!a.o", "!*.o", "a/b", "a/*", "**/b", "a/**", "a/**/b", "?",
            "[ab]", "[!a]", "\\*", "a\\*", "/*", "!/a", "!b/", "#a", "\\!a", "x y", "x\\ y ",
            "a*b", "*", "!*/", "b/**/a/", "\\[a]", "[", "a//b", "**", "/**", "**/", "*/b", "/b/a.o",
        ]
        for _ in 0..<40 {
            let folder = try TemporaryFolder()
            func rule() -> String { rules.randomElement(using: &random) ?? "" }
            var names: Set<String> = []
            for _ in 0..<25 {
                let depth = Int.random(in: 1...3, using: &random)
                let parts = (0..<depth).map { _ in words.randomElement(using: &random) ?? "" }
                // A name is a file or a folder, not both.
                let path = parts.dropLast().map { $0 + ".d" } + parts.suffix(1)
                names.insert(
                    Bool.random(using: &random)
                        ? path.joined(separator: "/").replacing(".d/", with: "/")
                        : path.joined(separator: "/")
                )
            }
            for name in names.sorted() { try? folder.write(name) }
            let count = Int.random(in: 1...6, using: &random)
            try folder.write(".gitignore", (0..<count).map { _ in rule() }.joined(separator: "\n"))
            if FileManager.default.fileExists(atPath: folder.path + "/a.d") {
                try folder.write("a.d/.gitignore", rule() + "\n" + rule())
            }
            let found = try git(["init", "-q"], in: folder.path)
            #expect(found.isEmpty)
            // What git would add, but for the ignore files, which are hidden.
            let wanted = try git(
                ["-c", "core.quotepath=off", "ls-files", "-z", "--others", "--exclude-standard"],
                in: folder.path
            ).split(separator: "\0").map(String.init).filter { !$0.hasSuffix(".gitignore") }
            let rules = try String(contentsOfFile: folder.path + "/.gitignore", encoding: .utf8)
            #expect(Set(walk(folder.path).files) == Set(wanted), "\(rules)")
        }
    }

    private func git(_ arguments: [String], in folder: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git", "-C", folder] + arguments
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": folder,
            "GIT_CONFIG_NOSYSTEM": "1",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self)
    }

    @Test func globsSelect() throws {
        let folder = try TemporaryFolder()
        for name in ["a.md", "b.txt", "x/c.md", "x/y/d.md"] { try folder.write(name) }
        var options = FolderWalker.Options()
        options.include = [Glob("*.md")]
        options.exclude = [Glob("x/y")]
        #expect(walk(folder.path, options).files == ["a.md", "x/c.md"])
    }

    @Test func linksAreNotFollowed() throws {
        let folder = try TemporaryFolder()
        let outside = try TemporaryFolder()
        try outside.write("secret.md")
        try folder.write("a.md")
        let files = FileManager.default
        try files.createSymbolicLink(atPath: folder.path + "/in.md", withDestinationPath: "a.md")
        try files.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: ".")
        try files.createSymbolicLink(
            atPath: folder.path + "/out",
            withDestinationPath: outside.path
        )
        try files.createSymbolicLink(atPath: folder.path + "/gone", withDestinationPath: "nowhere")
        let (found, skips) = walk(folder.path)
        #expect(found == ["a.md"])
        #expect(
            skips == [
                SkippedFile(path: "gone", reason: "a link that leads nowhere"),
                SkippedFile(path: "out", reason: "a link that leads out of the folder"),
            ]
        )
    }

    @Test func whatCannotBeIndexedIsReported() throws {
        let folder = try TemporaryFolder()
        try folder.write("big.md", String(repeating: "x", count: 100))
        try folder.write("small.md")
        let madePipe = unsafe mkfifo(folder.path + "/pipe", 0o600)
        #expect(madePipe == 0)
        let bad = folder.path.utf8CString.dropLast() + [0x2F, CChar(bitPattern: 0xFF), 0]
        let file = unsafe Array(bad).withUnsafeBufferPointer { name in
            unsafe name.baseAddress.map { unsafe open($0, O_CREAT | O_WRONLY, 0o600) } ?? -1
        }
        #expect(file >= 0)
        close(file)
        var options = FolderWalker.Options()
        options.maximumBytes = 50
        let (found, skips) = walk(folder.path, options)
        #expect(found == ["small.md"])
        #expect(
            skips == [
                SkippedFile(
                    path: "big.md",
                    reason: "100 bytes, over the limit of 50: split it, or exclude it"
                ),
                SkippedFile(path: "pipe", reason: "a device, pipe or socket, not a file"),
                SkippedFile(path: "\u{FFFD}", reason: "its name is not UTF-8"),
            ]
        )
        #expect(throws: FileSystem.Failure.self) {
            try FileSystem.contents(of: folder.path + "/pipe", limit: 10)
        }
    }

    @Test func aMissingRootIsReported() {
        let (found, skips) = walk("/nonexistent/folder")
        #expect(found.isEmpty)
        #expect(skips == [SkippedFile(path: "", reason: "no such file or folder", isPassing: true)])
    }

    @Test func aSingleFileIsItsOwnRoot() throws {
        let folder = try TemporaryFolder()
        try folder.write("x/a.md")
        #expect(walk(folder.path + "/x/a.md").files == ["a.md"])
    }
}
