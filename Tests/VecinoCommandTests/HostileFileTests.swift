import Foundation
import Testing

/// What a file that its reader does not survive costs: itself, and nothing else.
@Suite struct HostileFileTests {
    private func folder(_ files: [String: String]) throws -> String {
        let name = NSTemporaryDirectory() + "vecino-" + UUID().uuidString
        for (file, text) in files {
            let url = URL(filePath: name + "/notes/" + file)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
        return URL(filePath: name).resolvingSymlinksInPath().path
    }

    private func remove(_ folder: String) { try? FileManager.default.removeItem(atPath: folder) }

    @Test func crashesAndEndlessLoopsLoseTheFileOnly() throws {
        let folder = try folder([
            "a.md": "# Turnips\n\nTurnips are in the cellar.", "b.md": "Boom.", "c.md": "Ever.",
            "d.md": "Parsnips are in the shed.", "e/b.md": "Boom.",
        ])
        defer { remove(folder) }
        var program = Program(folder: folder)
        program.environment["VECINO_READER_FAULT"] = "crash:b.md,hang:c.md"
        let result = try program("index", "notes", "--time-limit", "1", "--json")
        #expect(result.status == 0, "\(result.talk)")
        let reasons = try result.output.split(separator: "\n").reduce(into: [String: String]()) {
            let line = try JSONSerialization.jsonObject(with: Data($1.utf8)) as? [String: Any]
            if let path = line?["path"] as? String { $0[path] = line?["reason"] as? String ?? "" }
        }
        #expect(Set(reasons.keys) == ["a.md", "b.md", "c.md", "d.md", "e/b.md"])
        #expect(reasons["a.md"] == "" && reasons["d.md"] == "")
        #expect(reasons["b.md"]?.contains("crashed") == true, "\(reasons)")
        #expect(reasons["e/b.md"]?.contains("crashed") == true)
        #expect(reasons["c.md"]?.contains("not read within") == true)
        let status = try program("status")
        #expect(status.output.contains("b.md: its reader crashed"))
        #expect(status.output.contains("2 documents"))
        #expect(try program("search", "--mode", "keyword", "parsnips").status == 0)
        // They are not tried again while they are as they were.
        program.environment["VECINO_READER_FAULT"] = nil
        #expect(try program("index", "notes").talk.contains("nothing embedded, 3 skipped"))
        try Data("Boom no more.".utf8).write(to: URL(filePath: folder + "/notes/b.md"))
        #expect(try program("index", "notes").talk.contains("1 added"))
    }

    /// A reader that wants more memory than there is gets none, and only its process goes.
    @Test func aReaderOfItsOwnReadsNothingElse() throws {
        let folder = try folder(["a.md": "Turnips."])
        defer { remove(folder) }
        // Without requests on its standard input it is done at once, and says nothing.
        let result = try Program(folder: folder)("read-documents")
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(!(try Program(folder: folder)("--help").output.contains("read-documents")))
    }
}
