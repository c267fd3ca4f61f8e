import Foundation
import Testing

/// Why a passage was not quoted or found, as a person sees it.
@Suite(.serialized) struct WhyNotTests {
    private let program: Program

    init() throws { program = try SampleFolder.copy() }

    private let question = "When is the lease of the workshop renewed?"

    private func remove() { try? FileManager.default.removeItem(atPath: program.folder) }

    @Test func whyNotNamesTheStage() throws {
        defer { remove() }
        let quoted = try program("why-not", "notes/lease.md", question)
        #expect(quoted.status == 0, "\(quoted.output)")
        let filtered = try program(
            "why-not",
            "notes/lease.md",
            question,
            "--where",
            "language=fr",
            "--json"
        )
        #expect(filtered.status == 1)
        #expect(filtered.output.contains(#""lostAt" : "filtered""#))
        let refused = try program("why-not", "--max-risk", "0", "lease.md", question)
        #expect(refused.output.contains("Lost at: risk"))
        #expect(refused.output.contains("--max-risk 1"))
        let words = try program(
            "why-not",
            "--search",
            "--mode",
            "keyword",
            "lease.md",
            "quantum chromodynamics"
        )
        #expect(words.output.contains("Lost at: words"))
        let demanded = try program("why-not", "--search", "lease.md", "workshop -lease")
        #expect(demanded.output.contains("Lost at: demands"))
        #expect(try program("why-not", "lease.md", question, "-n", "3").status == 2)
    }

    @Test func whyNotTellsWhatTheLibraryDoesNotHold() throws {
        defer { remove() }
        let missing = try program("why-not", "notes/nowhere.md", question)
        #expect(missing.output.contains("Lost at: notIndexed"))
        #expect(missing.output.contains("no such file"))
        try Data("# New\n\nFresh words.\n".utf8)
            .write(to: URL(filePath: program.folder + "/notes/new.md"))
        let fresh = try program("why-not", "notes/new.md", question)
        #expect(fresh.output.contains("was not read yet"))
        try Data("x".utf8).write(to: URL(filePath: program.folder + "/outside.md"))
        #expect(try program("why-not", "outside.md", "x y").output.contains("no folder"))
        try Data([0x25, 0x50, 0x44, 0x46, 0x2D, 0x00])
            .write(to: URL(filePath: program.folder + "/notes/broken.pdf"))
        _ = try program("index", "notes")
        let skipped = try program("why-not", "notes/broken.pdf", "x y")
        #expect(skipped.output.contains("Lost at: skipped"))
        let said = try program("why-not", "renewed every year on the first of March", question)
        #expect(said.status == 0)
        #expect(try program("why-not", "words that stand nowhere", question).status == 1)
    }
}
