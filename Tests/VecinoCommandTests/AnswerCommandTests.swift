import Foundation
import Testing

/// Asking, going on, and what becomes of answers, as a person at a terminal sees it.
@Suite(.serialized) struct AnswerCommandTests {
    private let program: Program
    private let folder: String

    /// A library of its own: these tests change what it keeps.
    init() throws {
        let sample = try SampleFolder.shared.get().path
        folder = NSTemporaryDirectory() + "vecino-" + UUID().uuidString
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try manager.copyItem(atPath: sample + "/notes", toPath: folder + "/notes")
        program = Program(folder: URL(filePath: folder).resolvingSymlinksInPath().path)
        _ = try program("index", "notes")
    }

    private let question = "When is the lease of the workshop renewed?"

    private func ids() throws -> [Int] {
        let result = try program("answers", "list", "--json")
        let list = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(list as? [[String: Any]]).compactMap { $0["id"] as? Int }
    }

    @Test func answersAreKeptListedShownAndForgotten() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try program("answers").status == 1)
        #expect(try program("ask", question).status == 0)
        #expect(try program("ask", "--no-save", question).status == 0)
        let first = try #require(ids().first)
        #expect(try ids().count == 1)
        #expect(try program("answers").output.contains(question))
        let shown = try program("answers", "show", "\(first)")
        #expect(shown.output.contains("first of March") && shown.output.contains("extractive"))
        #expect(try program("answers", "rate", "\(first)", "-1").status == 0)
        #expect(try program("answers", "rate", "\(first)", "+2").status == 2)
        #expect(try program("answers", "rate", "9999", "+1").status == 3)
        let stats = try program("stats", "--json")
        #expect(stats.output.contains(#""disliked" : 1"#))
        #expect(try program("stats").output.contains("extractive"))
        #expect(try program("answers", "rm", "\(first)").status == 0)
        #expect(try program("answers", "rm", "\(first)").status == 1)
        #expect(try program("stats").status == 1)
    }

    @Test func aQuestionGoesOnFromTheLastOne() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try program("ask", question)
        let result = try program(
            "ask",
            "--continue",
            "--max-risk",
            "1",
            "--json",
            "And who pays it?"
        )
        #expect(result.output.contains("\(question) And who pays it?"))
        #expect(try program("answers", "list", "--json").output.contains("follows"))
    }

    @Test func checkTellsWhatHasChanged() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try program("index", "notes")
        _ = try program("ask", question)
        let before = try program("check")
        #expect(before.status == 0)
        #expect(before.output.contains("supported"))
        let file = program.folder + "/notes/lease.md"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacing("first of March", with: "second of April")
            .write(toFile: file, atomically: true, encoding: .utf8)
        _ = try program("index", "notes")
        let after = try program("check")
        #expect(after.status == 1)
        #expect(after.output.contains("changed"))
        #expect(try program("check", "--json").output.contains(#""finding" : "changed""#))
    }

    @Test func theDialRefuses() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try program("ask", "--max-risk", "0", question).status == 1)
        #expect(try program("ask", "--max-risk", "1", "Who is the king of Norway?").status == 0)
        #expect(try program("ask", "--max-risk", "2", question).status == 2)
    }

    @Test func aRehearsalSendsNothing() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var program = program
        program.environment = ["ANTHROPIC_API_KEY": "sk-secret-key"]
        let result = try program("ask", "--dry-run", question)
        #expect(result.status == 0)
        #expect(result.output.contains("anthropic:"))
        #expect(!(result.output + result.talk).contains("sk-secret-key"))
        #expect(try ids().isEmpty)
    }

    @Test func chatAnswersLineByLine() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let input = """
            \(question)
            And where?
            /why
            /sources
            /save talk.md
            /nonsense
            """
        let result = try program.run(Program.path, ["chat", "--max-risk", "1"], input: input)
        #expect(result.status == 0)
        #expect(result.output.contains("first of March"))
        #expect(result.talk.contains("Understood as: \(question) And where?"))
        #expect(result.output.contains("written by: extractive"))
        #expect(result.talk.contains("/nonsense is no command"))
        let saved = try String(contentsOfFile: program.folder + "/talk.md", encoding: .utf8)
        #expect(saved.contains("## And where?"))
        #expect(try ids().count == 2)
    }

    @Test func chatAsksNothingWithoutWordsAndRepeatsNothing() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let input = """
            ???
            \(question)
            And it?
            /help
            """
        let result = try program.run(Program.path, ["chat", "--max-risk", "1"], input: input)
        #expect(result.talk.contains("There are no words in that"))
        #expect(result.output.ranges(of: "first of March").count == 2, "\(result.output)")
        #expect(result.talk.contains("backslash"))
        #expect(try ids().count == 2)
    }

    @Test func evalAnswersMeasuresRefusals() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let lines = """
            {"question": "When is the lease renewed?", "relevant": ["notes/lease.md"], "quotation": \
            "The lease of the workshop is renewed every year on the first of March."}
            {"question": "Who is the king of Norway?", "relevant": []}
            """
        try lines.write(
            toFile: program.folder + "/questions.jsonl",
            atomically: true,
            encoding: .utf8
        )
        let result = try program("eval", "answers", "questions.jsonl", "--svg", "curve.svg")
        #expect(result.status == 0)
        #expect(result.output.contains("1 answerable, 2 unanswerable"))
        #expect(result.output.contains("in the first quotation: 1.000"))
        let svg = try String(contentsOfFile: program.folder + "/curve.svg", encoding: .utf8)
        #expect(svg.contains("share answered"))
    }
}
