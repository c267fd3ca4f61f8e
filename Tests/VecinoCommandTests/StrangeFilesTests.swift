import Foundation
import Testing

#if canImport(CDispatch)
import CDispatch
#endif
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Names, places and times that files can have, and that nobody gives them.
@Suite struct StrangeFilesTests {
    private let program: Program

    init() throws {
        let name = NSTemporaryDirectory() + "vecino-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: name + "/models",
            withIntermediateDirectories: true
        )
        try FileManager.default.createDirectory(
            atPath: name + "/notes",
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(
            atPath: Checkout.tinyModel,
            toPath: name + "/models/tiny-bert"
        )
        let folder = URL(filePath: name).resolvingSymlinksInPath().path
        program = Program(folder: folder, environment: ["VECINO_MODELS": folder + "/models"])
    }

    private func remove() { try? FileManager.default.removeItem(atPath: program.folder) }

    /// Writes a file whose name is any bytes, with its folders.
    private func write(_ text: String, to name: [UInt8], at time: Int? = nil) throws {
        var path = Array((program.folder + "/notes").utf8)
        let parts = name.split(separator: UInt8(ascii: "/"))
        for part in parts.dropLast() {
            path += [UInt8(ascii: "/")] + part
            _ = unsafe mkdir(path.map { CChar(bitPattern: $0) } + [0], 0o755)
        }
        path += [UInt8(ascii: "/")] + (parts.last ?? [])
        let file = path.map { CChar(bitPattern: $0) } + [0]
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        try #require(descriptor >= 0, "\(name)")
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text.utf8))
        if let time {
            let instant = timespec(tv_sec: time, tv_nsec: 0)
            try #require(unsafe futimens(descriptor, [instant, instant]) == 0)
        }
    }

    private func write(_ text: String, to name: String, at time: Int? = nil) throws {
        try write(text, to: Array(name.utf8), at: time)
    }

    private func index() throws -> Program.Result {
        try program("index", "--db", "library.db", "--model", "tiny-bert", "notes")
    }

    private func paths(_ word: String) throws -> [String] {
        let result = try program(
            "search",
            "--db",
            "library.db",
            "--mode",
            "keyword",
            "--json",
            word
        )
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        let hits = (object as? [String: Any])?["hits"] as? [[String: Any]] ?? []
        return hits.compactMap { $0["path"] as? String }
            .map { String($0.dropFirst(program.folder.count + "/notes/".count)) }
    }

    @Test func everyNameThatTheSystemAllows() throws {
        defer { remove() }
        let names: [(word: String, name: String)] = [
            ("zebra", "a\nb.md"), ("xerus", String(repeating: "x", count: 252) + ".md"),
            ("wombat", (0..<40).map { "d\($0)/" }.joined() + "deep.md"), ("vulture", "-rf.md"),
            ("urial", "back\\slash.md"), ("raccoon", "\u{1B}[31mred.md"),
            ("quokka", "a'b\"c;$(x).md"),
            ("ocelot", " space .md"), ("numbat", "%s%n*?[x].md"),
        ]
        for (word, name) in names { try write("The \(word) sleeps.", to: name) }
        try write("The yak sleeps.", to: Array("bad".utf8) + [0xFF, 0xFE] + Array(".md".utf8))
        #expect(try index().status == 0)
        for (word, name) in names { #expect(try paths(word) == [name]) }
        // What has no name as text is said to be left out.
        let status = try program("status", "--db", "library.db")
        #expect(status.output.contains("its name is not UTF-8"))
        #expect(!status.output.contains("\u{1B}"))
        #expect(try index().talk.contains("up to date, 9 documents"))
        #expect(try program("doctor", "--db", "library.db").status == 0)
        #expect(try program("rm", "--db", "library.db", "--", "notes/a\nb.md").status == 0)
        #expect(try paths("zebra").isEmpty)
    }

    /// Two names that are equal as strings, and are two files.
    @Test func namesThatOnlyDifferInHowAccentsAreWritten() throws {
        defer { remove() }
        try write("The tapir sleeps.", to: "e\u{301}.md")
        try write("The serval sleeps.", to: "\u{E9}.md")
        #expect(try index().talk.contains("2 added"))
        #expect(try index().talk.contains("up to date, 2 documents"))
        #expect(unsafe unlink(program.folder + "/notes/\u{E9}.md") == 0)
        #expect(try index().talk.contains("1 removed"))
        #expect(try paths("serval").isEmpty)
        #expect(try paths("tapir").count == 1)
    }

    @Test func clocksThatGoBackwards() throws {
        defer { remove() }
        let times = [4_000_000_000, 1_700_000_000, 1, 0, -1, -1_000_000_000]
        for (number, time) in times.enumerated() {
            try write("The lynx of draft \(number) sleeps.", to: "lynx.md", at: time)
            try write("The gecko sleeps.", to: "gecko.md", at: time)
            #expect(try index().status == 0)
            #expect(try paths("\"draft \(number)\"") == ["lynx.md"], "\(time)")
            let again = try index().talk
            #expect(again.contains("up to date, 2 documents"), "\(time): \(again)")
        }
        #expect(try program("status", "--db", "library.db").status == 0)
        #expect(try program("search", "--db", "library.db", "--since", "2024", "lynx").status <= 1)
    }

    /// A document's own date is a day wherever one is.
    @Test func timeZonesChangeNothing() throws {
        defer { remove() }
        try write("---\ndate: 2024-03-05\n---\nThe lynx sleeps.", to: "lynx.md")
        var answers: Set<String> = []
        for (zone, other) in [
            ("Pacific/Kiritimati", "America/Los_Angeles"), ("America/Los_Angeles", "UTC"),
        ] {
            try? FileManager.default.removeItem(atPath: program.folder + "/library.db")
            var writer = program
            writer.environment["TZ"] = zone
            #expect(
                try writer("index", "-q", "--db", "library.db", "--model", "tiny-bert", "notes")
                    .status == 0
            )
            var reader = program
            reader.environment["TZ"] = other
            for bounds in [
                ["--since", "2024-03-05"], ["--since", "2024-03-06"], ["--until", "2024-03-05"],
                ["--until", "2024-03-04"], ["--where", "date=2024-03-05"],
            ] {
                let result = try reader.run(
                    Program.path,
                    ["search", "--db", "library.db", "--mode", "keyword"] + bounds + ["lynx"]
                )
                answers.insert("\(bounds): \(result.status)")
            }
        }
        #expect(
            answers.sorted() == [
                #"["--since", "2024-03-05"]: 0"#, #"["--since", "2024-03-06"]: 1"#,
                #"["--until", "2024-03-04"]: 1"#, #"["--until", "2024-03-05"]: 0"#,
                #"["--where", "date=2024-03-05"]: 0"#,
            ]
        )
    }

    /// SQLite ends a text at U+0000: the words of a title behind one stayed in the index when it went.
    @Test func nullsLeaveNothingBehind() throws {
        defer { remove() }
        try write(#"[{"text":"alpha\u0000beta"},{"text":"second"}]"#, to: "a.json")
        try write("---\ntitle: \"ti\\0tle zulu\"\n---\n# Head\n\nYankee.", to: "b.md")
        try write(
            "Subject: x\nContent-Transfer-Encoding: quoted-printable\n\nxray=00whiskey\n",
            to: "c.eml"
        )
        #expect(try index().status == 0)
        for (word, name) in [("second", "a.json"), ("zulu", "b.md"), ("yankee", "b.md")] {
            #expect(try paths(word) == [name], "\(word)")
        }
        let health = try program("doctor", "--db", "library.db")
        #expect(health.status == 0, "\(health.output)")
    }

    /// Neither a folder that is a link nor a file that is one leads out of the root.
    @Test func linksDoNotLeadOut() throws {
        defer { remove() }
        try FileManager.default.createDirectory(
            atPath: program.folder + "/outside",
            withIntermediateDirectories: true
        )
        try Data("The okapi sleeps.".utf8)
            .write(to: URL(filePath: program.folder + "/outside/okapi.md"))
        try write("The kudu sleeps.", to: "kudu.md")
        for (link, target) in [
            ("file.md", "../outside/okapi.md"), ("folder", "../outside"), ("up", ".."),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: program.folder + "/notes/" + link,
                withDestinationPath: target
            )
        }
        #expect(try index().talk.contains("1 added"))
        #expect(try paths("okapi").isEmpty)
    }
}
