import Foundation
import ScriptedServer
import Testing

/// The program beside servers of models that have limits and moods of their own.
@Suite(.serialized) struct ModelServerTests {
    private let program: Program

    init() throws {
        program = try Program(withTinyModelAnd: ["VECINO_MODEL": "tiny-bert"])
        for (name, text) in [
            ("a.md", "The north gate opens at 07:15."), ("b.md", "The lamp shines over the dunes."),
            ("bad.md", "MOODY words."), ("c.md", "Bread rises before dawn."),
        ] {
            try Data("# Note\n\n\(text)\n".utf8)
                .write(to: URL(filePath: program.folder + "/notes/" + name))
        }
    }

    private func remove() { try? FileManager.default.removeItem(atPath: program.folder) }

    /// A server of embeddings, in OpenAI's language and in Ollama's, that refuses a word.
    private func embeddings(refusing word: String? = nil) async throws -> ScriptedServer {
        try await ScriptedServer { _, request in
            if let word, request.contains(word) {
                return ScriptedServer.reply(
                    "500 Internal Server Error",
                    #"{"error":"json: unsupported value: NaN"}"#
                )
            }
            // One `"Note…` for each text, the titles of the documents.
            let count = max(request.ranges(of: "\"Note").count, 1)
            let vectors = (0..<count).map { _ in "[1,\(count)]" }
            let items = vectors.enumerated().map { #"{"index":\#($0),"embedding":\#($1)}"# }
            return request.hasPrefix("POST /api/embed ")
                ? ScriptedServer.reply(
                    "200 OK",
                    "{\"embeddings\":[\(vectors.joined(separator: ","))]}"
                )
                : ScriptedServer.reply("200 OK", "{\"data\":[\(items.joined(separator: ","))]}")
        }
    }

    @Test func aDocumentThatCannotBeEmbeddedCostsNoOther() async throws {
        defer { remove() }
        let server = try await embeddings(refusing: "MOODY")
        let model = ["--model", "openai:m", "--embed-url", server.address]
        let result = try program.run(Program.path, ["index", "notes"] + model)
        #expect(result.status == 0, "\(result.talk)")
        #expect(result.talk.contains("skipped bad.md: its text cannot be embedded"))
        let status = try program("status").output
        #expect(status.contains("3 documents") && status.contains("bad.md"))
        // Another run tries again, and takes it once the server does.
        try await server.stop()
        let mended = try await embeddings()
        let again = try program.run(
            Program.path,
            ["index", "notes", "--model", "openai:m", "--embed-url", mended.address]
        )
        #expect(again.status == 0, "\(again.talk)")
        #expect(try program("status").output.contains("4 documents"))
        try await mended.stop()
    }

    @Test func ollamasHostHoldsForEmbeddingToo() async throws {
        defer { remove() }
        let server = try await embeddings()
        var program = program
        for host in [server.address, String(server.address.dropFirst(7)), server.address + "/"] {
            program.environment["OLLAMA_HOST"] = host
            let result = try program("index", "--rebuild", "notes", "--model", "ollama:m")
            #expect(result.status == 0, "\(host): \(result.talk)")
        }
        #expect(server.requests.contains { $0.hasPrefix("POST /api/embed ") })
        try await server.stop()
    }

    @Test func completionsKnowTheModelsOfAServer() async throws {
        defer { remove() }
        let server = try await ScriptedServer([
            ScriptedServer.reply("200 OK", #"{"models":[{"name":"qwen3:4b"},{"name":"gemma3"}]}"#)
        ])
        var program = program
        program.environment["OLLAMA_HOST"] = server.address
        program.environment["SAP_SHELL"] = "bash"
        // As the script that `vecino completions bash` prints asks for them.
        func completions(_ start: String) throws -> [String] {
            let words = ["vecino", "ask", "-m", start]
            let request = ["---completion", "ask", "--", "--llm", "3", "\(start.count)"]
            return try program.run(Program.path, request + words)
                .output.split(separator: "\n").map(String.init)
        }
        #expect(try completions("ollama:") == ["ollama:qwen3:4b", "ollama:gemma3"])
        program.environment["VECINO_OFFLINE"] = "1"
        #expect(try completions("ollama:").isEmpty)
        #expect(server.requests.count == 1)
        try await server.stop()
    }

    @Test func helpAndErrorsNameEveryProvider() throws {
        defer { remove() }
        #expect(try program("index", "notes").status == 0)
        let help = try program("ask", "--help").output
        let error = try program("ask", "-m", "nobody", "What?").talk
        for name in ["openai", "mistral", "deepseek", "groq", "openrouter", "azure", "lmstudio"] {
            #expect(help.contains("\(name):NAME") && error.contains("\(name):NAME"))
        }
        #expect(help.contains("MISTRAL_API_KEY"))
    }
}
