import Embedding
import Foundation
import HTTPTransport
import ScriptedServer
import SentenceEncoder
import Testing

/// Every form in which embedding servers reply, limit and refuse.
@Suite struct ForgivingEmbedderTests {
    private static let transport: Transport = {
        var policy = Transport.Policy()
        policy.idleMilliseconds = 60_000
        policy.attempts = 2
        return Transport(policy: policy, wait: { _ in })
    }()

    private func embedder(_ server: ScriptedServer, model: String = "m") throws -> OpenAIEmbedder {
        try OpenAIEmbedder(model: model, baseURL: server.address, transport: Self.transport)
    }

    /// The texts of a request to `/embeddings`.
    private static func texts(in request: String) -> [String] {
        guard let start = request.ranges(of: "\r\n\r\n").first,
            let body = JSONReply(String(request[start.upperBound...]))
        else { return [] }
        return body["input"]?.elements.compactMap(\.text) ?? []
    }

    /// A vector that tells texts apart by their length.
    private static func vector(_ text: String) -> String { "[\(text.utf8.count),1]" }

    private static func answer(_ texts: [String], _ vector: (String) -> String) -> [ScriptedServer
        .Step]
    {
        let items = texts.enumerated().map { #"{"index":\#($0),"embedding":\#(vector($1))}"# }
        return ScriptedServer.reply("200 OK", #"{"data":[\#(items.joined(separator: ","))]}"#)
    }

    /// A server that refuses a batch, or answers it.
    private func server(
        refusing body: String,
        _ status: String,
        where isRefused: @escaping @Sendable ([String]) -> Bool
    ) async throws -> ScriptedServer {
        try await ScriptedServer { _, request in
            let texts = Self.texts(in: request)
            return isRefused(texts)
                ? ScriptedServer.reply(status, body) : Self.answer(texts, Self.vector)
        }
    }

    private static let names = (1...7).map { String(repeating: "x", count: $0) }

    private func expectNames(_ embeddings: [[Float]]) {
        #expect(embeddings.map { Int(($0[0] / $0[1]).rounded()) } == [1, 2, 3, 4, 5, 6, 7])
    }

    // MARK: Replies

    @Test(arguments: [
        #"{"data":[{"index":1,"embedding":[0,2]},{"index":0,"embedding":[3,4]}]}"#,
        #"{"data":[{"index":"1","embedding":[0,2]},{"index":"0","embedding":[3,4]}]}"#,
        #"{"data":[{"embedding":[3,4]},{"embedding":[0,2]}]}"#,
        #"{"data":[{"index":0,"embedding":[3,4]},{"index":0,"embedding":[0,2]}]}"#,
        #"{"data":[{"index":null,"embedding":[3,4]},{"index":null,"embedding":[0,2]}]}"#,
        #"{"data":[{"index":0,"embedding":"AABAQAAAgEA="},{"index":1,"embedding":"AAAAAAAAAEA="}]}"#,
        #"{"data":[{"index":0,"embedding":[[3,4]]},{"index":1,"embedding":[[0,2]]}]}"#,
        #"[{"index":0,"embedding":[[3,4]]},{"index":1,"embedding":[[0,2]]}]"#,
        #"[[3,4],[0,2]]"#, #"{"embeddings":[[3,4],[0,2]]}"#,
        #"{"embeddings":[{"values":[3,4]},{"values":[0,2]}]}"#,
        #"{"results":[{"index":0,"embedding":[3,4]},{"index":1,"embedding":[0,2]}]}"#,
        #"{"embeddings":{"float":[[3,4],[0,2]]}}"#,
        #"{"data":[{"embedding":["3","4"]},{"embedding":["0","2"]}]}"#,
        #"{"output":{"embeddings":[{"text_index":0,"embedding":[3,4]},{"text_index":1,"embedding":[0,2]}]}}"#,
        #"{"data":[{"embedding":[3,4],"usage":null},{"embedding":[0,2]}],"usage":{"prompt_tokens":null}}"#,
    ])
    func readsEveryFormOfVectors(body: String) async throws {
        let server = try await ScriptedServer([ScriptedServer.reply("200 OK", body)])
        let embeddings = try await embedder(server).embed(["a", "b"], as: .passage)
        #expect(embeddings == [[0.6, 0.8], [0, 1]], "\(body)")
        try await server.stop()
    }

    @Test(arguments: [
        #"{"error":{"message":"no room"}}"#, #"{"error":"no room"}"#, #"{"detail":"no room"}"#,
        #"{"object":"error","message":"no room","code":50}"#,
    ])
    func anErrorWithAStatusOfSuccessIsSaid(body: String) async throws {
        let server = try await ScriptedServer([ScriptedServer.reply("200 OK", body)])
        let error = await #expect(throws: EmbeddingError.self) {
            _ = try await embedder(server).embed("a", as: .query)
        }
        #expect("\(String(describing: error))".contains("no room"))
        try await server.stop()
    }

    // MARK: Batches and texts

    @Test(arguments: [
        (
            1, "400 Bad Request",
            #"{"error":{"message":"batch size is invalid, it should not be larger than 1"}}"#
        ),
        (2, "413 Payload Too Large", #"{"error":"batch size 7 > maximum allowed batch size 2"}"#),
        (
            3, "422 Unprocessable",
            #"{"detail":[{"loc":["body","input"],"msg":"List should have at most 3 items"}]}"#
        ),
        (4, "400 Bad Request", #"{"error":{"message":"Value error, batch size is invalid"}}"#),
        (5, "500 Internal Server Error", "too many inputs"),
    ])
    func batchesThatAreTooLargeAreHalved(limit: Int, status: String, body: String) async throws {
        let server = try await server(refusing: body, status) { $0.count > limit }
        let embedder = try embedder(server)
        expectNames(try await embedder.embed(Self.names, as: .passage))
        // What was learned holds for the next batches.
        let before = server.requests.count
        expectNames(try await embedder.embed(Self.names, as: .passage))
        let later = server.requests.dropFirst(before).map { Self.texts(in: $0).count }
        #expect(later.allSatisfy { $0 <= limit }, "\(later)")
        try await server.stop()
    }

    @Test(arguments: [
        (
            "500 Internal Server Error",
            #"{"error":"failed to encode response: json: unsupported value: NaN"}"#
        ),
        ("400 Bad Request", #"{"error":{"message":"invalid input"}}"#),
        ("422 Unprocessable", #"{"detail":"invalid input"}"#),
        ("200 OK", #"{"error":"NaN"}"#), ("200 OK", "<html>oops</html>"),
    ])
    func oneBadTextIsNamedAndCostsNoOther(status: String, body: String) async throws {
        for position in [0, 3, 6] {
            let bad = Self.names[position]
            let server = try await server(refusing: body, status) { $0.contains(bad) }
            let error = await #expect(throws: EmbeddingError.self) {
                _ = try await embedder(server).embed(Self.names, as: .passage)
            }
            guard case .refusedTexts(_, let reasons) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(Array(reasons.keys) == [position])
            try await server.stop()
        }
    }

    @Test(arguments: [
        "[null,null]", "[0,0]", "[0.0,-0.0]", "null", "[NaN,1]", "[1,null]", "[]", "[1]",
    ])
    func aTextWithoutAVectorIsNamed(vector: String) async throws {
        let server = try await ScriptedServer { _, request in
            Self.answer(Self.texts(in: request)) { $0 == "xxx" || $0 == "xxxxx" ? vector : "[1,1]" }
        }
        let error = await #expect(throws: EmbeddingError.self) {
            _ = try await embedder(server).embed(Self.names, as: .passage)
        }
        guard case .refusedTexts(_, let reasons) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reasons.keys.sorted() == [2, 4])
        try await server.stop()
    }

    /// A server that answers nobody is not taken for one that dislikes every text.
    @Test(arguments: ["500 Internal Server Error", "400 Bad Request"])
    func aServerThatFailsIsSaidToFail(status: String) async throws {
        let server = try await ScriptedServer([ScriptedServer.reply(status, "broken")])
        let error = await #expect(throws: EmbeddingError.self) {
            _ = try await embedder(server).embed(Self.names, as: .passage)
        }
        guard case .request(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("broken"))
        #expect(server.requests.count < 8)
        try await server.stop()
    }

    @Test(arguments: [
        (
            "413 Payload Too Large",
            #"{"error":"`inputs` must have less than 512 tokens. Given: 611"}"#
        ),
        ("400 Bad Request", #"{"error":{"message":"This model's maximum context length is 512"}}"#),
        (
            "500 Internal Server Error",
            #"{"error":{"message":"input (600 tokens) is too large to process"}}"#
        ),
        ("422 Unprocessable", #"{"detail":"sequence is too long"}"#),
    ])
    func onlyTheTextThatIsTooLongIsCut(status: String, body: String) async throws {
        let server = try await server(refusing: body, status) { $0.contains { $0.count > 700 } }
        var texts = Self.names
        texts[3] = String(repeating: "largo ", count: 300)
        texts[4] = String(repeating: "y", count: 690)
        let embeddings = try await embedder(server).embed(texts, as: .passage)
        #expect(embeddings.count == 7)
        #expect(Int((embeddings[4][0] / embeddings[4][1]).rounded()) == 690)
        try await server.stop()
    }

    @Test func anOptionThatIsRefusedIsLeftOut() async throws {
        let server = try await ScriptedServer { _, request in
            request.contains("encoding_format")
                ? ScriptedServer.reply(
                    "400 Bad Request",
                    #"{"error":{"message":"Unknown parameter: encoding_format"}}"#
                )
                : Self.answer(Self.texts(in: request), Self.vector)
        }
        let embedder = try embedder(server)
        expectNames(try await embedder.embed(Self.names, as: .passage))
        expectNames(try await embedder.embed(Self.names, as: .passage))
        #expect(server.requests.map { $0.contains("encoding_format") } == [true, false, false])
        try await server.stop()
    }

    @Test(arguments: ["", "/", "/v1", "/v1/embeddings", "/v1/chat/completions"])
    func theEndpointMayBeInTheAddress(path: String) async throws {
        let server = try await ScriptedServer { _, request in
            request.hasPrefix("POST /v1/embeddings ")
                ? Self.answer(Self.texts(in: request), Self.vector)
                : ScriptedServer.reply("404 Not Found", "Not Found")
        }
        let embedder = try OpenAIEmbedder(
            model: "m",
            baseURL: server.address + path,
            transport: Self.transport
        )
        #expect(try await embedder.embed(["a"], as: .query).count == 1)
        try await server.stop()
    }
}
