import HTTPTransport
import Testing

@Suite struct ServerAddressTests {
    @Test(arguments: [
        "http://127.0.0.1:8080", "http://127.0.0.1:8080/", "http://127.0.0.1:8080/v1",
        "http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1/chat/completions",
        "http://127.0.0.1:8080/v1/chat/completions/", "HTTP://127.0.0.1:8080/v1/models",
        "127.0.0.1:8080", "127.0.0.1:8080/v1", " http://127.0.0.1:8080/v1/embeddings \n",
        "\"http://127.0.0.1:8080/v1/responses\"", "http://127.0.0.1:8080//v1//",
        "http://127.0.0.1:8080/v1#top", "http://127.0.0.1:8080/v1/completions",
    ])
    func openAIsAddressesMeanTheSameServer(text: String) {
        let address = ServerAddress.openAI(text)
        #expect(
            address.appending("/chat/completions")
                == "http://127.0.0.1:8080/v1/chat/completions"
        )
        #expect(address.host == "127.0.0.1:8080")
        #expect(address.isThisMachine && address.port == 8080)
    }

    @Test(arguments: [
        ("https://openrouter.ai/api/v1/chat/completions", "https://openrouter.ai/api/v1/x"),
        ("https://api.groq.com/openai/v1", "https://api.groq.com/openai/v1/x"),
        ("API.OpenAI.com", "https://api.openai.com/v1/x"),
        ("https://api.openai.com:443/v1", "https://api.openai.com/v1/x"),
        ("nas:8080", "http://nas:8080/v1/x"), ("http://[::1]:8080", "http://[::1]:8080/v1/x"),
        (
            "https://a.example/openai/deployments/d/chat/completions?api-version=2",
            "https://a.example/openai/deployments/d/x?api-version=2"
        ),
        ("https://a.example/v1beta/openai/", "https://a.example/v1beta/openai/x"),
    ])
    func otherPathsAreKept(text: String, address: String) {
        #expect(ServerAddress.openAI(text).appending("/x") == address)
    }

    @Test(arguments: [
        "https://api.anthropic.com", "https://api.anthropic.com/", "https://api.anthropic.com/v1",
        "https://api.anthropic.com/v1/messages", "api.anthropic.com",
    ])
    func anthropicsAddressesMeanTheSameServer(text: String) {
        #expect(
            ServerAddress.anthropic(text).appending("/v1/messages")
                == "https://api.anthropic.com/v1/messages"
        )
    }

    @Test(arguments: [
        "https://g.example", "https://g.example/v1beta", "https://g.example/v1beta/",
        "https://g.example/v1beta/models", "https://g.example/v1beta/models/m:generateContent",
        "https://g.example/v1", "g.example",
    ])
    func geminisAddressesMeanTheSameServer(text: String) {
        #expect(
            ServerAddress.gemini(text).appending("/v1beta/models/m:x?alt=sse")
                == "https://g.example/v1beta/models/m:x?alt=sse"
        )
    }

    /// As Ollama's own client reads `OLLAMA_HOST`.
    @Test(arguments: [
        ("127.0.0.1:11434", "http://127.0.0.1:11434"), ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:9999", "http://127.0.0.1:9999"), (":9999", "http://127.0.0.1:9999"),
        ("9999", "http://127.0.0.1:9999"), ("box.local", "http://box.local:11434"),
        ("box.local/", "http://box.local:11434"), ("box.local:80", "http://box.local"),
        ("http://box.local", "http://box.local"), ("http://box.local:1", "http://box.local:1"),
        ("https://example.org", "https://example.org"), ("[::1]", "http://[::1]:11434"),
        ("[::1]:9999", "http://[::1]:9999"), ("::1", "http://[::1]:11434"),
        ("[::]:9999", "http://[::1]:9999"), ("::", "http://[::1]:11434"),
        ("http://0.0.0.0:9999/", "http://127.0.0.1:9999"), (" \"box:1\" ", "http://box:1"),
        ("http://box:1/v1", "http://box:1"), ("http://box:1/api", "http://box:1"),
        ("http://box:1/api/chat", "http://box:1"),
        ("https://h.example/llm", "https://h.example/llm"),
        ("http://box:1/v1/chat/completions", "http://box:1"), ("box:", "http://box:11434"),
    ])
    func ollamasHostHasManyForms(text: String, address: String) {
        #expect(ServerAddress.ollama(text).appending("/api/chat") == address + "/api/chat")
    }

    @Test(arguments: [
        "", "http://", "ftp://a.example/v1", "http://a b/v1", "https://a@b.example/v1",
        "https://user:word@b.example/v1", "mailto:a",
    ])
    func whatIsNoAddressIsSentNothing(text: String) async {
        let address = ServerAddress.openAI(text)
        #expect(!address.isValid)
        await #expect(throws: TransportError.self) {
            _ = try await Transport().send(
                Transport.Request(address: address.appending("/x"), body: nil)
            )
        }
    }

    @Test(arguments: [
        ("https://a.b.example/v1", "*.b.example", true),
        ("https://b.example", "*.b.example", false),
        ("https://x.a.b.example", "*.b.example", false),
        ("http://a.b.example", "*.b.example", false),
        ("https://a.b.example:444", "*.b.example", false),
        ("https://.b.example", "*.b.example", false),
        ("https://A.B.example", "*.b.example", true),
    ])
    func patternsStandForOneLabel(text: String, pattern: String, matches: Bool) {
        #expect(ServerAddress.openAI(text).matches(pattern) == matches)
    }
}
