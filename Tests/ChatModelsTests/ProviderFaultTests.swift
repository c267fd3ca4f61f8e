import HTTPTransport
import ScriptedServer
import Testing

@testable import ChatModels

/// What providers do when they fail, which real servers do not do to order.
@Suite struct ProviderFaultTests {
    private static let transport: Transport = {
        var policy = Transport.Policy()
        policy.idleMilliseconds = 60_000
        policy.attempts = 2
        return Transport(policy: policy, wait: { _ in })
    }()

    private func openAI(_ server: ScriptedServer, key: String? = "sk-secret") throws -> OpenAIChat {
        try OpenAIChat(
            model: "m",
            baseURL: server.address + "/v1/",
            key: key,
            transport: Self.transport
        )
    }

    private func gemini(_ server: ScriptedServer) throws -> GeminiChat {
        try GeminiChat(
            model: "m",
            baseURL: server.address,
            key: "sk-secret",
            transport: Self.transport
        )
    }

    /// The text and the end of a reply, or the error.
    private func outcome(_ model: any LanguageModel) async -> (
        String, FinishReason?, AnsweringError?
    ) {
        var text = ""
        var reason: FinishReason?
        do {
            let request = ChatRequest(messages: [ChatMessage(.user, "¿Sí?")], schema: "{}")
            for try await event in model.reply(to: request) {
                switch event {
                case .text(let piece): text += piece
                case .finished(let end, _): reason = end
                }
            }
            return (text, reason, nil)
        } catch {
            return (text, reason, error as? AnsweringError)
        }
    }

    private func stream(_ events: String..., cut: Bool = false) -> [ScriptedServer.Step] {
        let body = events.map { "data: \($0)\n\n" }.joined()
        let length = String(body.utf8.count, radix: 16)
        return [
            ScriptedServer.streamHead(chunked: true),
            .text("\(length)\r\n\(body)\r\n" + (cut ? "" : "0\r\n\r\n")),
        ]
    }

    @Test(arguments: [
        (
            "401 Unauthorized", #"{"error":{"message":"Incorrect API key: sk-secret"}}"#,
            AnsweringError.keyRefused(
                model: "",
                variable: "OPENAI_API_KEY",
                reason: "Incorrect API key: …"
            )
        ),
        (
            "404 Not Found", #"{"error":{"message":"no m","code":"model_not_found"}}"#,
            .unknownModel(model: "", reason: "no m")
        ),
        (
            "429 Too Many Requests", #"{"error":{"message":"pay","code":"insufficient_quota"}}"#,
            .quota(model: "", reason: "pay")
        ),
        (
            "400 Bad Request", #"{"error":{"message":"long","code":"context_length_exceeded"}}"#,
            .contextOverflow(model: "", reason: "long")
        ),
        (
            "500 Internal Server Error", "sk-secret is broken",
            .request(model: "", reason: "the server answered 500 (… is broken): try again later.")
        ),
    ])
    func namesWhatIsWrong(status: String, body: String, expected: AnsweringError) async throws {
        let server = try await ScriptedServer([ScriptedServer.reply(status, body)])
        let model = try openAI(server)
        let (_, _, error) = await outcome(model)
        let text = try #require(error).description
        // The same case and reason; the model's name has the server's port in it.
        #expect(text.replacing(model.name, with: "") == expected.description)
        #expect(!text.contains("secret"))
        try await server.stop()
    }

    @Test func leavesOutAnOptionThatTheModelRefuses() async throws {
        let refusal =
            #"{"error":{"message":"Unsupported value: 'temperature'","param":"temperature"}}"#
        let server = try await ScriptedServer([
            ScriptedServer.reply("400 Bad Request", refusal),
            stream(
                #"{"choices":[{"delta":{"content":"ok"},"finish_reason":"stop"}]}"#,
                "[DONE]"
            ),
        ])
        let (text, reason, error) = await outcome(try openAI(server))
        #expect(text == "ok" && reason == .complete && error == nil)
        #expect(server.requests[0].contains("\"temperature\":0"))
        #expect(!server.requests[1].contains("temperature"))
        try await server.stop()
    }

    @Test(arguments: [true, false])
    func aCutStreamIsAnError(isConnectionCut: Bool) async throws {
        let server = try await ScriptedServer([
            stream(#"{"choices":[{"delta":{"content":"{half"}}]}"#, cut: isConnectionCut)
        ])
        let (text, reason, error) = await outcome(try openAI(server))
        #expect(text == "{half" && reason == nil)
        guard case .malformedReply = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        try await server.stop()
    }

    @Test(arguments: ["{", "[]", #"{"choices":[{"delta":7}]}"#, #"{"error":{"message":"boom"}}"#])
    func aStreamOfSomethingElseIsAnError(event: String) async throws {
        let server = try await ScriptedServer([stream(event, "[DONE]")])
        let (_, _, error) = await outcome(try openAI(server))
        #expect(error != nil)
        try await server.stop()
    }

    @Test func aContentFilterIsNamed() async throws {
        let server = try await ScriptedServer([
            stream(#"{"choices":[{"delta":{},"finish_reason":"content_filter"}]}"#)
        ])
        let model = try openAI(server)
        #expect(
            await outcome(model).2 == .blocked(model: model.name, reason: "its content filter")
        )
        try await server.stop()
    }

    @Test(arguments: [
        (#"{"promptFeedback":{"blockReason":"SAFETY"}}"#, "safety"),
        (#"{"candidates":[{"finishReason":"RECITATION"}]}"#, "recitation"),
    ])
    func geminisFilterIsNamed(event: String, reason: String) async throws {
        let server = try await ScriptedServer([stream(event)])
        let model = try gemini(server)
        #expect(await outcome(model).2 == .blocked(model: model.name, reason: reason))
        try await server.stop()
    }

    @Test func geminisThoughtsAreNotShown() async throws {
        let server = try await ScriptedServer([
            stream(
                #"{"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"sí"}]}}]}"#,
                #"{"candidates":[{"content":{},"finishReason":"STOP"}]}"#
            )
        ])
        let (text, reason, error) = await outcome(try gemini(server))
        #expect(text == "sí" && reason == .complete && error == nil)
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("POST /v1beta/models/m:streamGenerateContent?alt=sse HTTP"))
        #expect(request.lowercased().contains("x-goog-api-key: sk-secret\r\n"))
        try await server.stop()
    }

    @Test func keysAreAskedForByName() {
        #expect(
            throws: AnsweringError.missingKey(variable: "OPENAI_API_KEY", model: "openai:gpt-x")
        ) { try OpenAIChat(model: "gpt-x", key: "  ") }
        #expect(throws: AnsweringError.missingKey(variable: "GEMINI_API_KEY", model: "gemini:x")) {
            try GeminiChat(model: "models/x", key: nil)
        }
        #expect(throws: AnsweringError.self) { try GeminiChat(model: "x/../y?z", key: "k") }
    }

    @Test func modelsDoNotPrintTheirKeys() throws {
        var text = ""
        dump(try OpenAIChat(model: "m", key: "sk-secret"), to: &text)
        dump(try GeminiChat(model: "m", key: "sk-secret"), to: &text)
        text += "\(try OpenAIChat(model: "m", key: "sk-secret"))"
        #expect(!text.contains("secret"))
    }

    private func ollama(_ server: ScriptedServer) throws -> OllamaChat {
        try OllamaChat(model: "m", baseURL: server.address, key: nil, transport: Self.transport)
    }

    private func anthropic(_ server: ScriptedServer) throws -> AnthropicChat {
        try AnthropicChat(
            model: "m",
            baseURL: server.address,
            key: "sk-secret",
            transport: Self.transport
        )
    }

    /// Lines as Ollama documents them; no real one can be had here.
    private static let ollamaReply = """
        {"model":"m","message":{"role":"assistant","content":"Sí"},"done":false}
        {"model":"m","message":{"role":"assistant","content":", así."},"done":false}
        {"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"length",\
        "prompt_eval_count":26,"eval_count":3}

        """

    @Test func ollamaStreamsLines() async throws {
        let reply = ScriptedServer.reply("200 OK", Self.ollamaReply)
        let server = try await ScriptedServer([reply])
        let (text, reason, error) = await outcome(try ollama(server))
        #expect(text == "Sí, así.")
        #expect(reason == .length)
        #expect(error == nil)
    }

    @Test(arguments: [
        ("200 OK", #"{"error":"model runner has stopped"}"#),
        ("200 OK", #"{"message":{"content":"Sí"},"done":false}"#),
        ("200 OK", "<html>not here</html>"), ("200 OK", ""),
        ("404 Not Found", #"{"error":"no m"}"#),
    ])
    func ollamaSaysWhatWentWrong(status: String, body: String) async throws {
        let server = try await ScriptedServer([ScriptedServer.reply(status, body)])
        let (_, reason, error) = await outcome(try ollama(server))
        #expect(reason == nil)
        #expect(error != nil)
    }

    /// Ollama cuts what it has no room for; that must not go unnoticed.
    @Test func ollamaPromptThatFilledItsContextIsAnOverflow() async throws {
        let body = #"{"message":{"content":"x"},"done":true,"prompt_eval_count":2048}"#
        let server = try await ScriptedServer([ScriptedServer.reply("200 OK", body + "\n")])
        let (_, _, error) = await outcome(try ollama(server))
        guard case .contextOverflow = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func ollamaIsAskedForAContextThatHoldsThePrompt() {
        let short = ChatRequest(messages: [ChatMessage(.user, "¿Sí?")])
        let long = ChatRequest(
            messages: [ChatMessage(.user, String(repeating: "largo ", count: 5_000))]
        )
        #expect(OllamaChat.context(for: short) == 2_048)
        #expect(OllamaChat.context(for: long) > 10_000)
        #expect(OllamaChat.context(for: long) % 2_048 == 0)
    }

    @Test(arguments: [
        (#"{"type":"error","error":{"type":"overloaded_error","message":"busy"}}"#, "busy"),
        (#"{"type":"message_delta","delta":{"stop_reason":"refusal"}}"#, "declined"),
        (#"{"type":"message_delta","delta":{}}"#, "broke off"), ("nonsense", "JSON"),
    ])
    func anthropicSaysWhatWentWrong(event: String, words: String) async throws {
        let server = try await ScriptedServer([stream(event)])
        let (_, reason, error) = await outcome(try anthropic(server))
        #expect(reason == nil)
        #expect("\(String(describing: error))".contains(words))
    }

    @Test func anthropicDoesWithoutWhatItRefuses() async throws {
        let refusal =
            #"{"error":{"type":"invalid_request_error","message":"`temperature` is gone"}}"#
        let events = [
            #"{"type":"content_block_delta","delta":{"type":"text_delta","text":"Sí"}}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#,
            #"{"type":"message_stop"}"#,
        ]
        let server = try await ScriptedServer([
            ScriptedServer.reply("400 Bad Request", refusal),
            stream(events[0], events[1], events[2]),
        ])
        var text = ""
        let request = ChatRequest(
            messages: [ChatMessage(.user, "¿Sí?")],
            sampling: Sampling(temperature: 0.7)
        )
        for try await event in try anthropic(server).reply(to: request) {
            if case .text(let piece) = event { text += piece }
        }
        #expect(text == "Sí")
        #expect(server.requests.map { $0.contains("temperature") } == [true, false])
    }
}
