import Embedding
import HTTPTransport
import ScriptedServer
import SentenceEncoder
import Testing

/// What the clients send, and what they make of replies that are wrong.
@Suite struct EmbedderFaultTests {
    private static let transport: Transport = {
        var policy = Transport.Policy()
        policy.idleMilliseconds = 60_000
        policy.attempts = 2
        return Transport(policy: policy, wait: { _ in })
    }()

    private func openAI(_ server: ScriptedServer, model: String = "m") throws -> OpenAIEmbedder {
        try OpenAIEmbedder(
            model: model,
            baseURL: server.address + "/v1",
            key: nil,
            transport: Self.transport
        )
    }

    @Test func ordersByIndexAndNormalizes() async throws {
        let server = try await ScriptedServer([
            ScriptedServer.reply(
                "200 OK",
                #"{"data":[{"index":1,"embedding":[0,2]},{"index":0,"embedding":[3,4]}]}"#
            )
        ])
        let embedder = try openAI(server)
        #expect(embedder.model.dimensions == 0)
        let embeddings = try await embedder.embed(["a", "b"], as: .passage)
        #expect(embeddings == [[0.6, 0.8], [0, 1]])
        #expect(embedder.model.dimensions == 2)
        try await server.stop()
    }

    @Test func noTextsAskNobody() async throws {
        let server = try await ScriptedServer([[]])
        #expect(try await openAI(server).embed([], as: .query).isEmpty)
        #expect(server.requests.isEmpty)
        try await server.stop()
    }

    @Test func asksInBatchesAndNeverForNothing() async throws {
        let items = (0..<32).map { #"{"index":\#($0),"embedding":[1]}"# }
        let last = (0..<8).map { #"{"index":\#($0),"embedding":[1]}"# }
        let server = try await ScriptedServer([
            ScriptedServer.reply("200 OK", #"{"data":[\#(items.joined(separator: ","))]}"#),
            ScriptedServer.reply("200 OK", #"{"data":[\#(last.joined(separator: ","))]}"#),
        ])
        let texts = (0..<39).map { "text \($0)" } + [" \n"]
        #expect(try await openAI(server).embed(texts, as: .query).count == 40)
        #expect(server.requests.count == 2)
        #expect(server.requests[0].contains("\"text 31\"]"))
        #expect(server.requests[1].contains("[\"text 32\""))
        #expect(server.requests[1].contains("\".\"]"))
        try await server.stop()
    }

    @Test(arguments: [
        (#"{"data":[]}"#, EmbeddingError.wrongCount(model: "openai:m", expected: 1, actual: 0)),
        (
            #"{"data":[{"index":5,"embedding":[1]}]}"#,
            .malformedReply(model: "openai:m", reason: "embedding 5 of 1")
        ),
        (
            #"{"data":[{"index":0,"embedding":[0,0]}]}"#,
            .malformedReply(model: "openai:m", reason: "an embedding without length")
        ),
        (
            "<html>hello</html>",
            .malformedReply(model: "openai:m", reason: "<html>hello</html>")
        ),
        (
            #"{"data":[{"index":0,"embedding":[]}]}"#,
            .malformedReply(model: "openai:m", reason: "an empty vector")
        ),
    ])
    func refusesWrongReplies(body: String, expected: EmbeddingError) async throws {
        let server = try await ScriptedServer([ScriptedServer.reply("200 OK", body)])
        let embedder = try openAI(server)
        await #expect(throws: expected) { _ = try await embedder.embed(["a"], as: .query) }
        try await server.stop()
    }

    @Test func aModelMayNotChangeItsDimensions() async throws {
        let server = try await ScriptedServer([
            ScriptedServer.reply("200 OK", #"{"data":[{"index":0,"embedding":[1,0]}]}"#),
            ScriptedServer.reply("200 OK", #"{"data":[{"index":0,"embedding":[1,0,0]}]}"#),
        ])
        let embedder = try openAI(server)
        _ = try await embedder.embed("a", as: .query)
        await #expect(
            throws: EmbeddingError.dimensionMismatch(model: "openai:m", expected: 2, actual: 3)
        ) { _ = try await embedder.embed("a", as: .query) }
        try await server.stop()
    }

    @Test func cutsTextsFurtherThatAreStillTooLong() async throws {
        let server = try await ScriptedServer([
            ScriptedServer.reply("400 Bad Request", #"{"error":"exceeds the context length"}"#),
            ScriptedServer.reply("200 OK", #"{"embeddings":[[2]]}"#),
        ])
        let embedder = try OllamaEmbedder(
            model: "m",
            baseURL: server.address,
            transport: Self.transport
        )
        let text = String(repeating: "ñ", count: 2_000)
        #expect(try await embedder.embed(text, as: .passage) == [1])
        #expect(server.requests[0].contains(String(repeating: "ñ", count: 768) + "\""))
        #expect(server.requests[1].contains("\"" + String(repeating: "ñ", count: 384) + "\""))
        try await server.stop()
    }

    @Test func addsThePrefixesOfKnownModels() async throws {
        let server = try await ScriptedServer([
            ScriptedServer.reply("200 OK", #"{"data":[{"index":0,"embedding":[1]}]}"#)
        ])
        let embedder = try openAI(server, model: "multilingual-e5-small")
        _ = try await embedder.embed("casa", as: .query)
        _ = try await embedder.embed("casa", as: .passage)
        #expect(server.requests[0].contains("[\"query: casa\"]"))
        #expect(server.requests[1].contains("[\"passage: casa\"]"))
        try await server.stop()
    }

    @Test func geminiIsToldTheRole() async throws {
        let server = try await ScriptedServer([
            ScriptedServer.reply("200 OK", #"{"embeddings":[{"values":[0,5]}]}"#)
        ])
        let embedder = try GeminiEmbedder(
            model: "models/g",
            baseURL: server.address + "/",
            key: "sk-secret",
            dimensions: 2,
            transport: Self.transport
        )
        #expect(try await embedder.embed("a", as: .query) == [0, 1])
        _ = try await embedder.embed("a", as: .passage)
        let request = server.requests[0]
        #expect(request.hasPrefix("POST /v1beta/models/g:batchEmbedContents HTTP"))
        #expect(request.lowercased().contains("x-goog-api-key: sk-secret\r\n"))
        #expect(request.contains("\"taskType\":\"RETRIEVAL_QUERY\",\"outputDimensionality\":2"))
        #expect(server.requests[1].contains("RETRIEVAL_DOCUMENT"))
        try await server.stop()
    }

    @Test func keysAreAskedForAndNeverPrinted() throws {
        #expect(
            throws: EmbeddingError.missingKey(
                variable: "OPENAI_API_KEY",
                model: "openai:text-embedding-3-small"
            )
        ) { try OpenAIEmbedder(model: "text-embedding-3-small", key: nil) }
        #expect(throws: EmbeddingError.self) {
            try GeminiEmbedder(model: "gemini-embedding-001", key: "")
        }
        var text = ""
        dump(try OpenAIEmbedder(model: "text-embedding-3-small", key: "sk-secret"), to: &text)
        dump(try GeminiEmbedder(model: "gemini-embedding-001", key: "sk-secret"), to: &text)
        #expect(!text.contains("secret"))
    }

    @Test(arguments: [
        ("401 Unauthorized", #"{"error":{"message":"bad sk-secret"}}"#),
        ("404 Not Found", #"{"error":"model \"m\" not found, try pulling it first"}"#),
        ("500 Internal Server Error", "sk-secret"),
    ])
    func errorsNameTheModelAndNotTheKey(status: String, body: String) async throws {
        let server = try await ScriptedServer([ScriptedServer.reply(status, body)])
        let embedder = try OpenAIEmbedder(
            model: "m",
            baseURL: server.address,
            key: "sk-secret",
            transport: Self.transport
        )
        let error = await #expect(throws: EmbeddingError.self) {
            _ = try await embedder.embed("a", as: .query)
        }
        let text = try #require(error).description
        #expect(text.hasPrefix("openai:m"))
        #expect(!text.contains("secret"))
        try await server.stop()
    }
}
