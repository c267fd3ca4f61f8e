import Foundation
import Testing

/// What is chosen for a folder holds until it is chosen otherwise.
@Suite struct IndexOptionsTests {
    private func folder(_ files: [String: String]) throws -> String {
        let name = NSTemporaryDirectory() + "vecino-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: name + "/notes",
            withIntermediateDirectories: true
        )
        for (file, text) in files {
            try Data(text.utf8).write(to: URL(filePath: name + "/notes/" + file))
        }
        return URL(filePath: name).resolvingSymlinksInPath().path
    }

    @Test func oneChoiceLeavesTheOthers() throws {
        let folder = try folder(["a.md": "Uno.", "b.txt": "Dos.", ".c.md": "Tres."])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let program = Program(folder: folder)
        func list() throws -> String { try program("ls").output }
        #expect(try program("index", "notes", "--include", "*.md").status == 0)
        #expect(try list() == "notes/a.md\n")
        #expect(try program("index", "notes", "--hidden").status == 0)
        #expect(try list() == "notes/.c.md\nnotes/a.md\n")
        #expect(try program("index", "notes", "--ocr", "--exclude", "a*").status == 0)
        #expect(try list() == "notes/.c.md\n")
        #expect(try program("index", "notes", "--include", "", "--no-hidden").status == 0)
        #expect(try list() == "notes/b.txt\n")
        #expect(try program("index", "--exclude", "").status == 0)
        #expect(try list() == "notes/a.md\nnotes/b.txt\n")
        #expect(try program("index", "notes", "--size-limit", "0.000003").status == 0)
        #expect(try list().isEmpty)
        for wrong in ["0", "-1", "99999999"] {
            #expect(try program("index", "notes", "--time-limit=\(wrong)").status == 2)
        }
    }

    @Test func chosenFieldsHoldAndAreAppliedToWhatIsThere() throws {
        let csv = "id,question,answer\nq1,Where is the key?,In the drawer\n"
        let folder = try folder(["faq.csv": csv, "a.md": "Nothing about it."])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let program = Program(folder: folder)
        #expect(try program("index", "notes").status == 0)
        #expect(try program("get", "notes/faq.csv").output.contains("question: Where"))
        let plan = try program("index", "notes", "--text-field", "answer", "--dry-run")
        #expect((plan.output + plan.talk).contains("would read 1 file"), "\(plan.talk)")
        let chosen = try program("index", "notes", "--text-field", "answer", "--id-field", "id")
        #expect(chosen.talk.contains("1 changed, 1 unchanged"), "\(chosen.talk)")
        let text = try program("get", "notes/faq.csv").output
        #expect(text.contains("In the drawer") && !text.contains("Where"), "\(text)")
        let found = try program("search", "--json", "drawer").output
        let object = try JSONSerialization.jsonObject(with: Data(found.utf8)) as? [String: Any]
        let hit = (object?["hits"] as? [[String: Any]])?.first
        #expect(hit?["headings"] as? [String] == ["q1"])
        // Nothing was chosen this time: it holds, for new files too.
        try Data(csv.replacing("drawer", with: "shed").utf8)
            .write(to: URL(filePath: folder + "/notes/new.csv"))
        #expect(try program("index", "notes").talk.contains("1 added, 2 unchanged"))
        #expect(!(try program("get", "notes/new.csv").output.contains("Where")))
        #expect(try program("index", "notes", "--text-field", "").talk.contains("2 changed"))
        #expect(try program("get", "notes/new.csv").output.contains("Where"))
    }

    @Test func pagesThatArePicturesAreReadOnceThatIsAsked() throws {
        let folder = try folder([:])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "DocumentsTests/Fixtures").path
        let program = Program(folder: folder)
        let united = try program.run(
            "/usr/bin/env",
            [
                "pdfunite", fixtures + "/memoria.pdf", fixtures + "/scan.pdf",
                folder + "/notes/mixed.pdf",
            ]
        )
        #expect(united.status == 0, "\(united.talk)")
        #expect(try program("index", "notes").talk.contains("1 added"))
        #expect(try program("status").output.contains("--ocr"))
        #expect(!(try program("get", "notes/mixed.pdf").output.contains("asamblea")))
        #expect(try program("index", "notes", "--ocr").talk.contains("1 changed"))
        #expect(try program("get", "notes/mixed.pdf").output.contains("Acta de la asamblea"))
        #expect(try program("index", "notes").talk.contains("up to date, 1 document"))
    }
}
