import Foundation
import Testing

/// `vecino rerank`, and what else a cross-encoder is told apart by.
@Suite struct RerankCommandTests {
    private struct Output: Decodable {
        struct Result: Decodable {
            let index: Int
            let score: Double
            let text: String
            let line: Int?
        }

        let results: [Result]
    }

    /// A folder with the tiny embedding model and the tiny cross-encoder.
    private func program() throws -> Program {
        let program = try Program(withTinyModelAnd: ["VECINO_MODEL": "tiny-bert"])
        try FileManager.default.copyItem(
            atPath: Checkout.tinyModel + "-rerank",
            toPath: program.folder + "/models/tiny-bert-rerank"
        )
        return program
    }

    @Test(arguments: ["tiny-bert-rerank", "late"])
    func passagesOfStandardInputAreOrdered(model: String) throws {
        let program = try program()
        let result = try program.run(
            Program.path,
            ["rerank", model, "hello world", "--model", "tiny-bert", "--json"],
            input: "world\n\nhello world\n  \nun able\n"
        )
        #expect(result.status == 0, "\(result.talk)")
        let found = try JSONDecoder().decode(Output.self, from: Data(result.output.utf8)).results
        #expect(found.map(\.index).sorted() == [0, 1, 2])
        #expect(Set(found.map(\.line)) == [1, 3, 5])
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score })
        if model == "late" { #expect(found.first?.text == "hello world") }
        let short = try program.run(
            Program.path,
            ["rerank", model, "hello world", "--model", "tiny-bert", "-n", "1"],
            input: "world\nhello world\n"
        )
        #expect(short.output.split(separator: "\n").count == 1)
    }

    @Test func filesCanBePassages() throws {
        let program = try program()
        for (name, text) in [("a", "un able\nhello"), ("b", "hello world\n")] {
            try Data(text.utf8).write(to: URL(filePath: program.folder + "/" + name))
        }
        let arguments = ["--model", "tiny-bert", "--whole", "a", "b"]
        let whole = try program.run(Program.path, ["rerank", "late", "hello world"] + arguments)
        #expect(whole.status == 0, "\(whole.talk)")
        #expect(whole.output.split(separator: "\n").first?.hasSuffix("b\thello world") == true)
        let missing = try program("rerank", "late", "hello", "nowhere")
        #expect(missing.status == 2 && missing.talk.contains("nowhere"))
    }

    @Test func whatCannotBeRankedIsSaid() throws {
        let program = try program()
        let nothing = try program("rerank", "tiny-bert-rerank", "hello")
        #expect(nothing.status == 1 && nothing.talk.contains("no passages"))
        let unknown = try program("rerank", "nowhere", "hello")
        #expect(unknown.status != 0 && unknown.talk.contains("there: tiny-bert-rerank"))
        let embedder = try program.run(
            Program.path,
            ["rerank", "tiny-bert", "hello"],
            input: "world\n"
        )
        #expect(embedder.status != 0 && embedder.talk.contains("a cross-encoder is wanted"))
        #expect(try program("rerank", "late", " ").status == 2)
    }

    @Test func modelsAreListedByPurpose() throws {
        let program = try program()
        let list = try program("model", "list")
        #expect(list.output.contains("tiny-bert\tembedding\t"))
        #expect(list.output.contains("tiny-bert-rerank\treranking\t"))
        let used = try program("model", "use", "tiny-bert-rerank")
        #expect(used.status != 0 && used.talk.contains("a sentence encoder is wanted"))
    }

    @Test func searchesAreRankedAgain() throws {
        let program = try program()
        for (name, text) in [("a", "hello hello"), ("b", "hello world"), ("c", "un able")] {
            try Data(text.utf8).write(to: URL(filePath: program.folder + "/notes/\(name).txt"))
        }
        #expect(try program("index", "notes").status == 0)
        for how in ["late", "tiny-bert-rerank", "none"] {
            let result = try program("search", "hello", "--rerank", how, "--json")
            #expect(result.status == 0, "\(result.talk)")
            #expect(result.output.contains("\"rerankScore\"") == false)
            let explained = try program("search", "hello", "--rerank", how, "--explain")
            #expect(explained.output.contains("second look") == (how != "none"))
        }
        let unknown = try program("search", "hello", "--rerank", "nowhere")
        #expect(unknown.status != 0 && unknown.talk.contains("nowhere"))
    }
}
