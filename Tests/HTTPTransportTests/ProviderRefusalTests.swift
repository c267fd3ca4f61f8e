import HTTPTransport
import Testing

@Suite struct ProviderRefusalTests {
    @Test(arguments: [
        #"{"error":{"message":"too  long\n","type":"invalid","code":"context_length_exceeded"}}"#,
        #"{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error"}}"#,
        #"[{"error":{"code":400,"message":"The input token count (99) exceeds the maximum","status":"INVALID_ARGUMENT"}}]"#,
        #"{"error":"input is longer than the context length"}"#,
        #"{"detail":"too many tokens"}"#,
        #"{"error":{"message":"input (591 tokens) is too large to process."}}"#,
        #"{"error":"Input validation error: `inputs` must have less than 512 tokens. Given: 611"}"#,
        #"{"object":"error","message":"This model's maximum context length is 512 tokens"}"#,
        #"{"error":{"message":"Range of input length should be [1, 30720]: input is too long"}}"#,
    ])
    func knowsAContextOverflow(body: String) {
        #expect(ProviderRefusal(status: 400, body: body, key: nil).isContextOverflow)
    }

    @Test func knowsGeminisRefusalOfAKey() {
        let body = """
            {"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT",
            "details":[{"@type":"x","reason":"API_KEY_INVALID"}]}}
            """
        #expect(ProviderRefusal(status: 400, body: body, key: nil).isKeyRefused)
    }

    @Test func hidesTheKeyAndEscapesOfTheTerminal() throws {
        let key = try #require(Secret("sk-123"))
        let refusal = ProviderRefusal(
            status: 500,
            body: "bad sk-123\u{1B}[2J\r\nrest",
            key: key
        )
        #expect(refusal.message == "bad … [2J rest")
    }

    @Test func cutsEndlessMessages() {
        let body = String(repeating: "x", count: 10_000)
        #expect(ProviderRefusal(status: 500, body: body, key: nil).message.count == 200)
    }

    /// Every form in which servers say what is wrong.
    @Test(arguments: [
        #"{"error":{"message":"no room"}}"#, #"{"error":"no room"}"#, #"{"message":"no room"}"#,
        #"{"detail":"no room"}"#, #"[{"error":{"message":"no room"}}]"#, #"{"msg":"no room"}"#,
        #"{"base_resp":{"status_code":1004,"status_msg":"no room"}}"#,
        #"{"error_code":17,"error_msg":"no room"}"#, #"{"errorMessage":"no room"}"#,
        #"{"detail":[{"loc":["body"],"msg":"no room"}]}"#, #"{"errors":[{"message":"no room"}]}"#,
        #"{"error":{"error":{"message":"no room"}}}"#, #"{"message":{"detail":"no room"}}"#,
        #"{"fault":{"faultstring":"no room"}}"#, #"{"Message":"no room"}"#,
        #"{"reason":"no room"}"#,
        #"{"choices":[{"error":{"message":"no room"},"finish_reason":"error"}]}"#,
        "no room", #""no room""#, #"{"title":"no room","status":507}"#,
    ])
    func findsTheServersWords(body: String) {
        #expect(ProviderRefusal(status: 500, body: body, key: nil).message == "no room")
    }

    @Test func aGatewaysErrorHasItsProvidersWords() {
        let body = #"{"error":{"message":"Provider returned error","metadata":{"raw":"no room"}}}"#
        #expect(
            ProviderRefusal(status: 502, body: body, key: nil).message
                == "Provider returned error: no room"
        )
    }

    @Test(arguments: [
        (#"{"error":{"message":"x","code":402}}"#, 402), (#"{"error":{"code":"429"}}"#, 429),
        (#"{"error":{"type":"overloaded_error"}}"#, 529), (#"{"error":"x"}"#, 200),
        (#"{"object":"error","message":"x","code":40001}"#, 200), (#"{"detail":"x"}"#, 200),
        (#"{"choices":[{"error":{"message":"x","code":502}}]}"#, 502),
        (#"{"fault":{"faultstring":"x"}}"#, 200), (#"{"title":"x","status":503}"#, 503),
        (#"{"choices":[{"error":null,"delta":{}}],"title":"x"}"#, nil),
        (#"{"error":null,"choices":[]}"#, nil), (#"{"choices":[],"message":"x"}"#, nil),
        (#"{"message":{"content":"x"},"done":false}"#, nil), (#"{"type":"ping"}"#, nil),
        (#"{"error":{},"id":"x"}"#, nil), (#"{"error":false}"#, nil),
    ])
    func tellsAnErrorFromAReply(body: String, status: Int?) throws {
        #expect(ProviderRefusal.status(of: try #require(JSONReply(body))) == status)
    }
}
