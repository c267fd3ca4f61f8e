import Foundation
import Testing

/// Answers as tests: pinned, and asked again.
@Suite(.serialized) struct PinnedAnswerTests {
    private let program: Program

    init() throws { program = try SampleFolder.copy() }

    private let question = "When is the lease of the workshop renewed?"

    private func remove() { try? FileManager.default.removeItem(atPath: program.folder) }

    private func change(_ old: String, to new: String) throws {
        let file = program.folder + "/notes/lease.md"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacing(old, with: new).write(toFile: file, atomically: true, encoding: .utf8)
        _ = try program("index", "notes")
    }

    @Test func aPinnedAnswerIsAskedAgain() throws {
        defer { remove() }
        #expect(try program("check", "--ask").status == 1)
        _ = try program("ask", question)
        _ = try program("ask", "Who is the king of Norway?", "--max-risk", "0.5")
        let ids = try program("answers", "list", "--json").output
        #expect(ids.contains("king"))
        #expect(try program("answers", "pin", "1").status == 0)
        #expect(try program("answers", "pin", "2", "--max-risk", "0.5").status == 0)
        let file = program.folder + "/.vecino/pinned.jsonl"
        let pins = try String(contentsOfFile: file, encoding: .utf8)
        #expect(pins.contains(#""path":"notes/lease.md""#))
        #expect(try program("answers", "pins").output.contains("refused"))
        let same = try program("check", "--ask", "--junit", "report.xml")
        #expect(same.status == 0, "\(same.output)")
        let report = try String(
            contentsOfFile: program.folder + "/report.xml",
            encoding: .utf8
        )
        #expect(report.contains(#"tests="2" failures="0""#))
        try change("first of March", to: "second of April")
        let changed = try program("check", "--ask", "--json", "--junit", "report.xml")
        #expect(changed.status == 1)
        #expect(changed.output.contains(#""finding" : "changed""#))
        let failed = try String(contentsOfFile: program.folder + "/report.xml", encoding: .utf8)
        #expect(failed.contains(#"failures="1""#) && failed.contains("first of March"))
        #expect(try program("check", "--ask", "2").status == 0)
        #expect(try program("answers", "unpin", "1").status == 0)
        #expect(try program("check", "--ask").status == 0)
    }

    @Test func aPinKeepsHowItWasAsked() throws {
        defer { remove() }
        _ = try program("ask", "--max-risk", "0", question)
        let warned = try program("answers", "pin")
        #expect(warned.talk.contains("Asked again now it is answered"))
        let kept = try program("answers", "pin", "--max-risk", "0")
        #expect(!kept.talk.contains("Asked again now"))
        #expect(try program("check", "--ask").status == 1)
        #expect(try program("check", "--ask", "2").status == 0)
    }

    @Test func pinsOfAnotherFile() throws {
        defer { remove() }
        _ = try program("ask", question)
        #expect(try program("answers", "pin", "--pins", "expected.jsonl").status == 0)
        #expect(try program("check", "--ask", "--pins", "expected.jsonl").status == 0)
        try Data("not json\n".utf8)
            .write(to: URL(filePath: program.folder + "/expected.jsonl"))
        let broken = try program("check", "--ask", "--pins", "expected.jsonl")
        #expect(broken.status == 3 && broken.talk.contains("Line 1"))
        #expect(try program("check", "--pins", "expected.jsonl").status == 2)
    }
}
