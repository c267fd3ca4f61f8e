import Foundation
import Testing

/// Folders and libraries that are moved, shared, emptied or replaced, as a person's shell sees it.
@Suite(.serialized) struct MovedFolderTests {
    private func program(_ texts: [String: String]) throws -> Program {
        let program = try Program(withTinyModelAnd: [:])
        for (name, text) in texts {
            let file = URL(filePath: program.folder + "/" + name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        return program
    }

    private func done(_ program: Program) {
        try? FileManager.default.removeItem(atPath: program.folder)
    }

    private func index(_ program: Program, _ arguments: String...) throws -> Program.Result {
        try program.run(Program.path, ["index", "--model", "tiny-bert"] + arguments)
    }

    @Test func aRenamedProjectIsSearchedAndRefreshedInItsPlace() throws {
        let program = try program(["project/docs/n.txt": "The deep lantern note."])
        defer { done(program) }
        func inside(_ folder: String) -> Program {
            Program(folder: program.folder + "/" + folder, environment: program.environment)
        }
        #expect(try index(inside("project"), "docs").status == 0)
        #expect(unsafe rename(program.folder + "/project", program.folder + "/renamed") == 0)
        let moved = inside("renamed")
        let found = try moved("search", "--mode", "keyword", "--format", "files", "lantern")
        let line = found.output.trimmingCharacters(in: .newlines)
        #expect(found.status == 0 && FileManager.default.fileExists(atPath: line), "\(line)")
        #expect(line.contains("renamed/docs/n.txt"))
        let again = try moved("index")
        #expect(again.status == 0 && again.talk.contains("nothing embedded"), "\(again.talk)")
        let status = try moved("status")
        #expect(status.output.contains("1 document") && !status.output.contains("/project/"))
    }

    @Test func anEmptyFolderHasToBeAgreedTo() throws {
        let program = try program(["notes/a.txt": "One.", "notes/b.txt": "Two."])
        defer { done(program) }
        #expect(try index(program, "notes").status == 0)
        for name in ["a.txt", "b.txt"] {
            try FileManager.default.removeItem(atPath: program.folder + "/notes/" + name)
        }
        for arguments in [["notes"], [], ["notes", "--dry-run"], ["notes", "--quiet"]] {
            let doubted = try program.run(Program.path, ["index"] + arguments)
            #expect(doubted.status == 3, "\(arguments)")
            #expect((doubted.talk + doubted.output).contains("--allow-empty"), "\(doubted.talk)")
        }
        #expect(try program("search", "--mode", "keyword", "one").status == 0)
        #expect(try index(program, "notes", "--allow-empty").status == 0)
        #expect(try program("search", "--mode", "keyword", "one").status == 1)
    }

    @Test func aFileInTwoFoldersIsCountedOnce() throws {
        let program = try program([
            "notes/a.txt": "One lantern.", "notes/sub/b.txt": "Two lanterns.",
        ])
        defer { done(program) }
        #expect(try index(program, "notes").status == 0)
        let inner = try index(program, "notes/sub")
        #expect(inner.status == 0 && inner.talk.contains("nothing embedded"), "\(inner.talk)")
        let status = try program("status", "--json")
        #expect(status.output.contains("\"documents\" : 2"), "\(status.output)")
        let found = try program("search", "--mode", "keyword", "--format", "files", "lantern*")
        #expect(found.output.split(separator: "\n").count == 2, "\(found.output)")
    }

    @Test func aWatchEndsWhenItsLibraryIsGone() throws {
        let program = try program(["notes/a.txt": "One."])
        defer { done(program) }
        #expect(try index(program, "notes").status == 0)
        let script = """
            "$0" watch notes 2>talk & id=$!
            until grep -q "atching" talk; do sleep 0.1; done
            rm -r .vecino; echo Two. >notes/b.txt
            wait $id; echo "status $?"; cat talk
            """
        let result = try program.run("/bin/sh", ["-c", script, Program.path])
        #expect(result.output.contains("status 3"), "\(result.output)")
        #expect(result.output.contains("was deleted"), "\(result.output)")
    }

    @Test func runsAreExchangedInTrecsForm() throws {
        let program = try program([
            "set/corpus.jsonl": """
            {"_id": "d1", "title": "Roof", "text": "Forty solar panels are on the roof."}
            {"_id": "d2", "title": "Lease", "text": "The lease is renewed in March."}

            """,
            "set/queries.jsonl": "{\"_id\": \"q1\", \"text\": \"solar roof\"}\n",
            "set/qrels.tsv": "q1\td1\t1\n", "other.qrels": "q1 0 d2 1\n",
        ])
        defer { done(program) }
        func eval(_ arguments: String...) throws -> Program.Result {
            let fixed = [
                "eval", "ranking", "set", "--mode", "keyword", "--model", "tiny-bert", "--db",
                "set.db", "--metric", "mrr@10",
            ]
            return try program.run(Program.path, fixed + arguments)
        }
        let first = try eval("--trec", "run")
        #expect(first.status == 0, "\(first.talk)")
        let run = try String(contentsOfFile: program.folder + "/run", encoding: .utf8)
        #expect(run.hasPrefix("q1 Q0 d1 1 "), "\(run)")
        let compared = try eval("--baseline", "run", "--fail-if", "mrr@10 < 1")
        #expect(compared.status == 0, "\(compared.talk)")
        let other = try eval("--qrels", "other.qrels", "--fail-if", "mrr@10 < 1")
        #expect(other.status == 1, "\(other.talk)")
    }
}
