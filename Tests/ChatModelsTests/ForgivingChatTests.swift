import HTTPTransport
import ScriptedServer
import Testing

@testable import ChatModels

/// Every form in which servers of chat models reply, count and refuse.
@Suite struct ForgivingChatTests {
    private static let transport: Transport = {
        var policy = Transport.Policy()
        policy.idleMilliseconds = 60_000
        policy.attempts = 2
        return Transport(policy: policy, wait: { _ in })
    }()

    private struct Outcome {
        var text = ""
        var reason: FinishReason?
        var usage: TokenUsage?
        var error: AnsweringError?
    }

    private func outcome(
        _ model: any LanguageModel,
        _ messages: [ChatMessage] = [ChatMessage(.system, "Be brief."), ChatMessage(.user, "¿Sí?")]
    ) async -> Outcome {
        var outcome = Outcome()
        let sampling = Sampling(temperature: 0, topP: 0.9, topK: 40, seed: 1)
        let request = ChatRequest(messages: messages, sampling: sampling, schema: "{}")
        do {
            for try await event in model.reply(to: request) {
                switch event {
                case .text(let piece): outcome.text += piece
                case .finished(let reason, let usage):
                    (outcome.reason, outcome.usage) = (reason, usage)
                }
            }
        } catch { outcome.error = error as? AnsweringError }
        return outcome
    }

    private func ask(
        _ body: String,
        by client: any ChatClient.Type = OpenAIChat.self,
        type: String = "text/event-stream"
    ) async throws -> Outcome {
        let server = try await ScriptedServer([
            ScriptedServer.reply("200 OK", headers: "Content-Type: \(type)\r\n", body)
        ])
        let model = try client.init(
            model: "m",
            baseURL: server.address,
            key: "sk-secret",
            transport: Self.transport
        )
        let outcome = await outcome(model)
        try await server.stop()
        return outcome
    }

    private static let end = #"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\n"

    private static func piece(_ delta: String) -> String {
        #"data: {"choices":[{"delta":\#(delta),"finish_reason":null}]}"# + "\n\n"
    }

    private static let sí = piece(#"{"content":"{\"a\":\"Sí\"}"}"#)
    private static let answer = #"{"a":"Sí"}"#

    // MARK: Streams

    @Test(arguments: [
        ": ping\n\n" + sí + end, "data: : keepalive\n\n" + sí + "data:\n\n" + end,
        "data: ping\n\n" + sí + end, "event: ping\ndata: {\"type\":\"ping\"}\n\n" + sí + end,
        "\u{FEFF}" + sí + end, (sí + end).replacing("\n", with: "\r\n"),
        (sí + end).replacing("data: ", with: "data:"), (sí + end).replacing("\n\n", with: "\n"),
        sí + "data: {\"choices\":[]}\n\n" + end, sí + end + "data: [DONE]", sí + "data: [DONE]\n\n",
        "retry: 1\nid: 7\n" + sí + end, sí + "data: [HEARTBEAT]\n\n" + end,
        sí.replacing("data: ", with: "").replacing("\n\n", with: "\n")
            + end.replacing("data: ", with: ""),
        "data: {\"message\":\"processing\"}\n\n" + sí + end,
        piece(#"{"role":"assistant","content":null}"#) + sí + end,
        piece(#"{"role":"assistant","content":""}"#) + sí + end, piece("null") + sí + end,
        piece(#"{"content":7}"#) + sí + end, sí + end.replacing("\"stop\"", with: "\"eos\""),
        #"data: {"choices":null}"# + "\n\n" + sí + end,
        #"data: {"choices":[{"index":"0","logprobs":7,"delta":{"content":"{\"a\":\"Sí\"}"}}]}"#
            + "\n\n" + end,
        // A last message that says all of it again.
        sí + #"data: {"choices":[{"message":{"content":"{\"a\":\"Sí\"}"},"finish_reason":"stop"}]}"#
            + "\n\n",
    ])
    func oneOddPieceSpoilsNothing(body: String) async throws {
        let outcome = try await ask(body)
        #expect(outcome.text == Self.answer, "\(body): \(String(describing: outcome.error))")
        #expect(outcome.reason == .complete)
    }

    @Test(arguments: [
        #"{"choices":[{"message":{"role":"assistant","content":"{\"a\":\"Sí\"}"},"finish_reason":"stop"}]}"#,
        "{\n \"choices\": [\n {\"message\": {\"content\": \"{\\\"a\\\":\\\"Sí\\\"}\"},\n \"finish_reason\": \"stop\"}]\n}\n",
        #"[{"choices":[{"message":{"content":"{\"a\":\"Sí\"}"},"finish_reason":"stop"}]}]"#,
        #"data: {"choices":[{"message":{"content":"{\"a\":\"Sí\"}"},"finish_reason":"stop"}]}"#,
        #"{"choices":[{"text":"{\"a\":\"Sí\"}","finish_reason":"stop"}]}"#,
        #"{"choices":[{"message":{"content":[{"type":"text","text":"{\"a\":\"Sí\"}"}]},"finish_reason":"stop"}]}"#,
    ])
    func aReplyNeedNotBeStreamed(body: String) async throws {
        for type in ["application/json", "text/event-stream", "text/plain"] {
            let outcome = try await ask(body, type: type)
            #expect(outcome.text == Self.answer, "\(body): \(String(describing: outcome.error))")
            #expect(outcome.reason == .complete)
        }
    }

    @Test(arguments: [
        #"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm"}]}]}"#,
        #"{"reasoning_content":"Hm"}"#, #"{"reasoning":"Hm","content":null}"#,
        #"{"reasoning_content":"{\"a\":\"No\"}","content":""}"#, #"{"thinking":"Hm"}"#,
        #"{"reasoning_details":[{"type":"reasoning.text","text":"Hm"}]}"#,
        #"{"content":[{"type":"reasoning","text":"Hm"},{"type":"reasoning_text","text":"Hm"}]}"#,
        #"{"content":[{"type":"redacted_thinking","data":"Hm"}]}"#,
        #"{"content":"<think>Hm</think>"}"#,
    ])
    func thoughtsOfAnyFormAreNoAnswer(delta: String) async throws {
        let outcome = try await ask(Self.piece(delta) + Self.sí + Self.end)
        #expect(outcome.text == Self.answer)
    }

    @Test(arguments: [
        #"[{"type":"text","text":"{\"a\":"},{"type":"text","text":"\"Sí\"}"}]"#,
        #"[{"type":"output_text","text":"{\"a\":\"Sí\"}"}]"#, #"["{\"a\":","\"Sí\"}"]"#,
        #"{"type":"text","text":"{\"a\":\"Sí\"}"}"#, #"[{"text":{"value":"{\"a\":\"Sí\"}"}}]"#,
    ])
    func contentMayBeInParts(content: String) async throws {
        let outcome = try await ask(Self.piece(#"{"content":\#(content)}"#) + Self.end)
        #expect(outcome.text == Self.answer)
    }

    // MARK: Usage

    @Test(arguments: [
        (#""usage":null"#, nil), (#""usage":{}"#, nil), (#""usage":[]"#, nil),
        (#""usage":"7""#, nil),
        (#""usage":{"prompt_tokens":null,"completion_tokens":null}"#, nil),
        (#""usage":{"prompt_tokens":7,"completion_tokens":2}"#, TokenUsage(prompt: 7, reply: 2)),
        (
            #""usage":{"prompt_tokens":7.0,"completion_tokens":2.0}"#,
            TokenUsage(prompt: 7, reply: 2)
        ),
        (
            #""usage":{"prompt_tokens":"7","completion_tokens":"2"}"#,
            TokenUsage(prompt: 7, reply: 2)
        ),
        (#""usage":{"prompt_tokens":7}"#, TokenUsage(prompt: 7, reply: 0)),
        (#""usage":{"completion_tokens":2,"prompt_tokens":null}"#, TokenUsage(prompt: 0, reply: 2)),
        (#""usage":{"prompt_tokens":-1,"completion_tokens":2}"#, TokenUsage(prompt: 0, reply: 2)),
        (
            #""usage":{"prompt_tokens":1e400,"completion_tokens":2}"#,
            TokenUsage(prompt: 0, reply: 2)
        ),
        (
            #""x_groq":{"usage":{"prompt_tokens":7,"completion_tokens":2}}"#,
            TokenUsage(prompt: 7, reply: 2)
        ),
        (
            #""usage":{"prompt_tokens":7,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":5}}"#,
            TokenUsage(prompt: 7, reply: 2, cached: 5)
        ),
        (
            #""usage":{"prompt_tokens":7,"completion_tokens":2,"prompt_cache_hit_tokens":5}"#,
            TokenUsage(prompt: 7, reply: 2, cached: 5)
        ),
        (
            #""usage":{"prompt_tokens":7,"completion_tokens":2,"prompt_tokens_details":null}"#,
            TokenUsage(prompt: 7, reply: 2)
        ),
    ])
    func countsMayBeAnything(usage: String, expected: TokenUsage?) async throws {
        let outcome = try await ask(
            Self.sí + Self.end + "data: {\"choices\":[],\(usage)}\n\ndata: [DONE]\n\n"
        )
        #expect(outcome.text == Self.answer && outcome.error == nil)
        #expect(outcome.usage == expected)
    }

    @Test func tokensOutOfACacheAreCounted() async throws {
        let gemini = try await ask(
            #"data: {"candidates":[{"content":{"parts":[{"text":"{}"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":9,"cachedContentTokenCount":4,"candidatesTokenCount":2,"thoughtsTokenCount":1.0}}"#
                + "\n\n",
            by: GeminiChat.self
        )
        #expect(gemini.usage == TokenUsage(prompt: 9, reply: 3, cached: 4))
        let anthropic = try await ask(
            #"data: {"type":"message_start","message":{"usage":{"input_tokens":3,"cache_read_input_tokens":4,"cache_creation_input_tokens":2,"output_tokens":1}}}"#
                + "\n\n"
                + #"data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"{}"}}"#
                + "\n\n"
                + #"data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":6}}"#
                + "\n\n",
            by: AnthropicChat.self
        )
        #expect(anthropic.usage == TokenUsage(prompt: 9, reply: 6, cached: 4))
        #expect(
            TokenUsage(prompt: 1, reply: 1) + TokenUsage(prompt: 2, reply: 2, cached: 1)
                == TokenUsage(prompt: 3, reply: 3, cached: 1)
        )
    }

    // MARK: Other languages

    @Test(arguments: [
        #"[{"candidates":[{"content":{"parts":[{"text":"{\"a\":"}]}}]},{"candidates":[{"content":{"parts":[{"text":"\"Sí\"}"}]},"finishReason":"STOP"}]}]"#,
        #"{"candidates":[{"content":{"parts":[{"text":"Hm","thought":true},{"text":"{\"a\":\"Sí\"}"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":null}}"#,
    ])
    func geminiNeedNotStream(body: String) async throws {
        let outcome = try await ask(body, by: GeminiChat.self, type: "application/json")
        #expect(outcome.text == Self.answer && outcome.reason == .complete)
    }

    @Test(arguments: [
        #"{"type":"message","content":[{"type":"thinking","thinking":"Hm"},{"type":"text","text":"{\"a\":\"Sí\"}"}],"stop_reason":"end_turn","usage":{"input_tokens":7,"output_tokens":"2"}}"#,
        """
        event: ping
        data: {"type":"ping"}

        data: {"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"Hm"}}

        data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"{\\"a\\":\\"Sí\\"}"}}

        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":null}

        data: {"type":"message_stop"}


        """,
    ])
    func anthropicNeedNotStream(body: String) async throws {
        let outcome = try await ask(body, by: AnthropicChat.self)
        #expect(outcome.text == Self.answer && outcome.reason == .complete)
    }

    @Test(arguments: [
        #"{"message":{"content":"{\"a\":\"Sí\"}"},"done":true,"prompt_eval_count":null,"eval_count":2.0}"#,
        #"{"message":{"thinking":"Hm","content":""},"done":false}"# + "\n"
            + #"{"message":{"content":"{\"a\":\"Sí\"}"},"done":true,"done_reason":"stop"}"#,
        #"data: {"message":{"content":"{\"a\":\"Sí\"}"},"done":true}"# + "\n\n",
        "\r\n" + #"{"message":{"content":"<think>Hm</think>{\"a\":\"Sí\"}"},"done":false}"# + "\r\n"
            + #"{"done":true}"#,
    ])
    func ollamaNeedNotStream(body: String) async throws {
        let outcome = try await ask(body, by: OllamaChat.self)
        #expect(outcome.text == Self.answer && outcome.reason == .complete)
    }

    @Test(arguments: [
        """
        event: response.created
        data: {"type":"response.created","response":{"status":"in_progress","output":[]}}

        data: {"type":"response.reasoning_summary_text.delta","delta":"Hm"}

        data: {"type":"response.output_text.delta","delta":"{\\"a\\":"}

        data: {"type":"response.output_text.delta","delta":"\\"Sí\\"}"}

        data: {"type":"response.completed","response":{"status":"completed","output":[{"type":\
        "message","content":[{"type":"output_text","text":"{\\"a\\":\\"Sí\\"}"}]}],"usage":\
        {"input_tokens":7,"output_tokens":2,"input_tokens_details":{"cached_tokens":5}}}}


        """,
        #"{"object":"response","status":"completed","error":null,"output":[{"type":"reasoning","summary":[]},{"type":"message","content":[{"type":"output_text","text":"{\"a\":\"Sí\"}"}]}],"usage":{"input_tokens":7,"output_tokens":2,"input_tokens_details":{"cached_tokens":5}}}"#,
    ])
    func responsesAreRead(body: String) async throws {
        let outcome = try await ask(body, by: OpenAIResponses.self)
        #expect(outcome.text == Self.answer && outcome.reason == .complete)
        #expect(outcome.usage == TokenUsage(prompt: 7, reply: 2, cached: 5))
    }

    @Test(arguments: [
        (#"{"type":"error","code":"rate_limit_exceeded","message":"slow down"}"#, "slow down"),
        (
            #"{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"no room"}}}"#,
            "no room"
        ),
        (#"{"type":"response.refusal.done","refusal":"I cannot"}"#, "I cannot"),
        (
            #"{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}}"#,
            "content filter"
        ),
        (#"{"type":"response.created","response":{"status":"in_progress"}}"#, "broke off"),
    ])
    func responsesSayWhatWentWrong(event: String, words: String) async throws {
        let outcome = try await ask("data: \(event)\n\n", by: OpenAIResponses.self)
        #expect("\(String(describing: outcome.error))".contains(words))
    }

    @Test(arguments: [
        #"data: {"message":"no room"}"#, #"data: {"choices":[{"error":{"message":"no room"}}]}"#,
        #"data: {"fault":{"faultstring":"no room"}}"#, #"data: {"title":"no room","status":507}"#,
    ])
    func anErrorMayComeAfterTheBeginning(error: String) async throws {
        for body in [error + "\n\n", Self.sí + error + "\n\n"] {
            let outcome = try await ask(body)
            #expect("\(String(describing: outcome.error))".contains("no room"), "\(body)")
        }
    }

    @Test func aModelOfResponsesOnlyIsAskedThere() async throws {
        let server = try await ScriptedServer { _, request in
            request.hasPrefix("POST /v1/responses ")
                ? ScriptedServer.reply(
                    "200 OK",
                    #"data: {"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"{\"a\":\"Sí\"}"}]}]}}"#
                        + "\n\n"
                )
                : ScriptedServer.reply(
                    "404 Not Found",
                    #"{"error":{"message":"This model is only supported in v1/responses and not in v1/chat/completions."}}"#
                )
        }
        let model = try OpenAIChat(
            model: "pro",
            baseURL: server.address,
            key: "sk-secret",
            transport: Self.transport
        )
        #expect(await outcome(model).text == Self.answer)
        let request = try #require(server.requests.last)
        #expect(request.contains(#""store":false"#) && request.contains(#""text":{"format":"#))
        try await server.stop()
    }

    // MARK: Errors

    @Test(arguments: [
        #"{"error":{"message":"no credit left","code":402}}"#, #"{"error":"no credit left"}"#,
        #"{"object":"error","message":"no credit left","code":50}"#,
        #"{"detail":"no credit left"}"#,
        "data: {\"error\":{\"message\":\"no credit left\"}}\n\n",
        "event: error\ndata: {\"message\":\"no credit left\"}\n\n",
        "event: error\ndata: no credit left\n\n", "error: no credit left",
        sí + "data: {\"error\":{\"message\":\"no credit left\"},\"choices\":[]}\n\n",
        #"[{"error":{"code":429,"message":"no credit left"}}]"#,
        #"{"errors":[{"message":"no credit left"}]}"#,
        "<html>no credit left</html>",
    ])
    func theServersWordsAreSaidWhateverTheStatus(body: String) async throws {
        for client in [OpenAIChat.self, GeminiChat.self, AnthropicChat.self, OllamaChat.self]
            as [any ChatClient.Type]
        {
            let outcome = try await ask(body, by: client)
            #expect("\(String(describing: outcome.error))".contains("no credit left"), "\(body)")
            #expect(outcome.reason == nil)
        }
    }

    @Test(arguments: [
        ("401 Unauthorized", #"{"error":{"message":"who are you"}}"#),
        ("403 Forbidden", #"{"detail":"who are you"}"#), ("402 Payment Required", "who are you"),
        ("404 Not Found", #"{"error":{"message":"who are you"}}"#), ("418 Teapot", "who are you"),
        ("429 Too Many Requests", #"{"message":"who are you"}"#),
        ("502 Bad Gateway", "who are you"),
    ])
    func theServersWordsAreInEveryError(status: String, body: String) async throws {
        let server = try await ScriptedServer([ScriptedServer.reply(status, body)])
        for key in ["sk-secret", nil] {
            let model = try OpenAIChat(
                model: "m",
                baseURL: server.address,
                key: key,
                transport: Self.transport
            )
            let text = "\(String(describing: await outcome(model).error))"
            #expect(text.contains("who are you"), "\(text)")
        }
        try await server.stop()
    }

    @Test func aWrongAddressIsNamed() async throws {
        let server = try await ScriptedServer([ScriptedServer.reply("404 Not Found", "Not Found")])
        let model = try OpenAIChat(
            model: "m",
            baseURL: server.address + "/wrong",
            key: nil,
            transport: Self.transport
        )
        let text = "\(String(describing: await outcome(model).error))"
        #expect(text.contains(server.address + "/wrong"))
        try await server.stop()
    }

    // MARK: Refused options

    /// A server that refuses a request with any of `fields` in the words of `body`.
    private func server(refusing fields: [(field: String, status: String, body: String)])
        async throws
        -> ScriptedServer
    {
        try await ScriptedServer { _, request in
            let body = request.ranges(of: "\r\n\r\n").first.map { request[$0.upperBound...] } ?? ""
            for rule in fields where body.contains(rule.field) {
                return ScriptedServer.reply(rule.status, rule.body)
            }
            return ScriptedServer.reply("200 OK", Self.sí + Self.end)
        }
    }

    @Test(arguments: [
        (
            "response_format", "400 Bad Request",
            #"{"error":{"message":"This response_format type is unavailable now"}}"#
        ),
        (
            "response_format", "400 Bad Request",
            #"{"error":{"message":"This model does not support response format `json_schema`."}}"#
        ),
        ("response_format", "500 Internal Server Error", #"{"error":"failed to parse grammar"}"#),
        (
            "response_format", "422 Unprocessable",
            #"{"detail":[{"loc":["body","response_format"],"msg":"no"}]}"#
        ),
        (
            "\"temperature\"", "400 Bad Request",
            #"{"error":{"message":"Unsupported value: 'temperature'"}}"#
        ),
        (
            "\"top_k\"", "400 Bad Request",
            #"{"error":{"message":"property 'top_k' is unsupported"}}"#
        ),
        (
            "\"seed\"", "422 Unprocessable",
            #"{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}"#
        ),
        (
            "stream_options", "400 Bad Request",
            #"{"error":{"message":"Unknown field: stream_options"}}"#
        ),
        (
            "\"max_tokens\"", "400 Bad Request",
            #"{"error":{"message":"Use 'max_completion_tokens' instead of 'max_tokens'","param":"max_tokens"}}"#
        ),
        ("\"system\"", "500 Internal Server Error", "System role not supported"),
        (
            "\"stream\":true", "400 Bad Request",
            #"{"error":{"message":"Streaming is not supported"}}"#
        ),
        ("response_format", "400 Bad Request", #"{"error":{"message":"Bad request"}}"#),
        ("\"top_k\"", "400 Bad Request", "{}"),
        (
            "response_format", "404 Not Found",
            #"{"error":{"message":"No endpoints found that can handle the requested parameters."}}"#
        ),
        (
            "response_format", "200 OK",
            #"{"error":{"message":"json_schema is not supported","code":400}}"#
        ),
    ])
    func whatIsRefusedIsLeftOutAndRemembered(field: String, status: String, body: String)
        async throws
    {
        let server = try await server(refusing: [(field, status, body)])
        let refused = RefusedOptions()
        for _ in 0..<2 {
            let model = try OpenAIChat(
                model: "m",
                baseURL: server.address,
                key: nil,
                transport: Self.transport,
                refused: refused
            )
            let outcome = await outcome(model)
            #expect(outcome.text == Self.answer, "\(String(describing: outcome.error))")
        }
        // The second question is not refused any more.
        let accepted = server.requests.map { !$0.contains(field) }
        #expect(accepted.suffix(2) == [true, true])
        #expect(server.requests.last?.contains("Be brief.") == true)
        #expect(server.requests.last?.contains("\"max_") == true)
        try await server.stop()
    }

    @Test func severalOptionsMayBeRefused() async throws {
        let server = try await server(refusing: [
            ("\"temperature\"", "400 Bad Request", #"{"error":"temperature?"}"#),
            ("\"seed\"", "400 Bad Request", #"{"error":"seed?"}"#),
            ("response_format", "400 Bad Request", #"{"error":"json_schema?"}"#),
        ])
        let model = try OpenAIChat(
            model: "m",
            baseURL: server.address,
            key: nil,
            transport: Self.transport
        )
        #expect(await outcome(model).text == Self.answer)
        #expect(server.requests.count == 4)
        #expect(server.requests[3].contains("top_p"))
        try await server.stop()
    }

    @Test func whatCannotBeMendedIsSaidInTheServersFirstWords() async throws {
        let server = try await ScriptedServer([
            ScriptedServer.reply("400 Bad Request", #"{"error":"the first"}"#),
            ScriptedServer.reply("400 Bad Request", #"{"error":"the second"}"#),
        ])
        let refused = RefusedOptions()
        let model = try OpenAIChat(
            model: "m",
            baseURL: server.address,
            key: nil,
            transport: Self.transport,
            refused: refused
        )
        #expect("\(String(describing: await outcome(model).error))".contains("the first"))
        #expect(server.requests.count == 2)
        // Nothing worked, so nothing was learned.
        let access = WireForm.openAI.access(model: "m", baseURL: server.address, key: nil)
        #expect(refused.options(for: access).isEmpty)
        try await server.stop()
    }

    @Test(
        arguments: [
            (
                GeminiChat.self, "responseJsonSchema",
                #"{"error":{"message":"JSON mode is not enabled for models/m"}}"#
            ),
            (
                GeminiChat.self, "systemInstruction",
                #"{"error":{"message":"Developer instruction is not enabled"}}"#
            ),
            (
                AnthropicChat.self, "output_config",
                #"{"error":{"message":"output_config: Extra inputs are not permitted"}}"#
            ),
            (
                OllamaChat.self, "\"format\"",
                #"{"error":"this model does not support structured outputs"}"#
            ),
            (
                OpenAIResponses.self, "\"text\":{",
                #"{"error":{"message":"Unsupported parameter: 'text.format'","param":"text.format"}}"#
            ),
            (
                OpenAIResponses.self, "\"store\"",
                #"{"error":{"message":"Unknown parameter: 'store'"}}"#
            ),
        ] as [(any ChatClient.Type, String, String)]
    )
    func otherLanguagesDoWithoutToo(
        client: any ChatClient.Type,
        field: String,
        body: String
    ) async throws {
        let server = try await ScriptedServer { _, request in
            request.contains(field)
                ? ScriptedServer.reply("400 Bad Request", body)
                : ScriptedServer.reply("200 OK", "{\"done\":true}")
        }
        let model = try client.init(
            model: "m",
            baseURL: server.address,
            key: "k",
            transport: Self.transport
        )
        _ = await outcome(model)
        #expect(server.requests.count == 2)
        #expect(server.requests[0].contains(field) && !server.requests[1].contains(field))
        try await server.stop()
    }

    @Test func theEndpointMayBeInTheAddress() async throws {
        for path in ["", "/", "/v1", "/v1/", "/v1/chat/completions", "/v1/chat/completions/"] {
            let server = try await ScriptedServer { _, request in
                request.hasPrefix("POST /v1/chat/completions ")
                    ? ScriptedServer.reply("200 OK", Self.sí + Self.end)
                    : ScriptedServer.reply("404 Not Found", "Not Found")
            }
            let model = try OpenAIChat(
                model: "m",
                baseURL: server.address + path,
                key: nil,
                transport: Self.transport
            )
            #expect(await outcome(model).text == Self.answer, "\(path)")
            try await server.stop()
        }
    }
}
