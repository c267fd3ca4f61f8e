import Foundation
import HTTPTransport
import ScriptedServer
import Testing

@testable import ChatModels

/// Our requests beside those of the providers' own clients, as `Fixtures/record_clients.py` recorded
/// them: the same address, the same key in the same place, the same body.
@Suite struct OfficialClientTests {
    /// A value of a JSON document that can be compared.
    private static func canonical(_ value: Any) throws -> String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
        return String(
            decoding: try JSONSerialization.data(withJSONObject: value, options: options),
            as: UTF8.self
        )
    }

    private struct Recorded {
        let path: String
        let headers: [String: String]
        var body: [String: Any]

        /// What a client sent, out of its file.
        init(client: String) throws {
            let url = try #require(
                Bundle.module.url(
                    forResource: client,
                    withExtension: "json",
                    subdirectory: "Fixtures/requests"
                )
            )
            let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
            let fields = try #require(object as? [String: Any])
            path = try #require(fields["path"] as? String)
            headers = try #require(fields["headers"] as? [String: String])
            body = try #require(fields["body"] as? [String: Any])
        }

        /// What we sent, as a server got it.
        init(request: String) throws {
            let split = try #require(request.ranges(of: "\r\n\r\n").first)
            let lines = request[..<split.lowerBound].components(separatedBy: "\r\n")
            path = String(try #require(lines.first).split(separator: " ")[1])
            var headers: [String: String] = [:]
            for line in lines.dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1)
                headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
            }
            self.headers = headers
            let data = Data(request[split.upperBound...].utf8)
            body = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        }
    }

    private static let schema = """
        {"type":"object","properties":{"claims":{"type":"array","items":{"type":"string"}}},\
        "required":["claims"],"additionalProperties":false}
        """

    /// Sends what the clients were told to send.
    private func sent(
        _ sampling: Sampling,
        by model: (_ address: String) throws -> any LanguageModel
    ) async throws -> Recorded {
        let server = try await ScriptedServer([ScriptedServer.reply("400 Bad Request", "{}")])
        let request = ChatRequest(
            messages: [ChatMessage(.system, "Be brief."), ChatMessage(.user, "Say hello.")],
            sampling: sampling,
            schema: Self.schema
        )
        await #expect(throws: AnsweringError.self) {
            for try await _ in try model(server.address).reply(to: request) {}
        }
        let text = try #require(server.requests.first)
        try await server.stop()
        return try Recorded(request: text)
    }

    private func compare(_ mine: Recorded, with theirs: Recorded) throws {
        #expect(mine.path == theirs.path)
        for (name, value) in theirs.headers { #expect(mine.headers[name] == value, "\(name)") }
        #expect(Set(mine.body.keys) == Set(theirs.body.keys))
        for (name, value) in theirs.body {
            let sent = try #require(mine.body[name], "\(name)")
            #expect(try Self.canonical(sent) == Self.canonical(value), "\(name)")
        }
    }

    private let sampling = Sampling(temperature: 0, topP: 0.9, topK: 40, maximumTokens: 8, seed: 1)

    @Test func openAI() async throws {
        let mine = try await sent(Sampling(temperature: 0, topP: 0.9, maximumTokens: 8, seed: 1)) {
            try OpenAIChat(model: "smol", baseURL: $0 + "/v1", key: "sk-test")
        }
        try compare(mine, with: Recorded(client: "openai"))
    }

    @Test func anthropic() async throws {
        let mine = try await sent(Sampling(maximumTokens: 8)) {
            try AnthropicChat(model: "smol", baseURL: $0, key: "sk-test")
        }
        try compare(mine, with: Recorded(client: "anthropic"))
    }

    @Test func gemini() async throws {
        var mine = try await sent(sampling) {
            try GeminiChat(model: "smol", baseURL: $0, key: "sk-test")
        }
        // Room for thoughts comes on top of the tokens that were asked for.
        var options = try #require(mine.body["generationConfig"] as? [String: Any])
        #expect(options["maxOutputTokens"] as? Int == 8 + Sampling.allowanceForThoughts)
        options["maxOutputTokens"] = 8
        mine.body["generationConfig"] = options
        // Instructions need no role; the client gives them one.
        var theirs = try Recorded(client: "gemini")
        var rules = try #require(theirs.body["systemInstruction"] as? [String: Any])
        rules["role"] = nil
        theirs.body["systemInstruction"] = rules
        try compare(mine, with: theirs)
    }

    @Test func ollama() async throws {
        let mine = try await sent(sampling) {
            try OllamaChat(model: "smol", baseURL: $0, key: nil)
        }
        var theirs = try Recorded(client: "ollama")
        #expect((theirs.body.removeValue(forKey: "tools") as? [Any])?.isEmpty == true)
        try compare(mine, with: theirs)
    }
}
