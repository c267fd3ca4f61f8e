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
}
