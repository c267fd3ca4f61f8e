import Corpus
import Foundation
import HTTPTransport
import Synchronization
import Testing
import TextAnalysis

@testable import Answering
@testable import ChatModels

/// The address of a real server that `scripts/test-servers` has started.
private func server(_ variable: String) throws -> String {
    try #require(
        ProcessInfo.processInfo.environment[variable],
        "\(variable) is not set: run the tests through scripts/test, which starts the servers."
    )
}

/// The way to a model of a server of the tests, which is taken for the provider's own: what stands in
/// a provider's place is not trusted to keep thoughts apart, and its reply is held back until it ends.
private func access(_ form: WireForm, at variable: String, key: String? = nil) throws -> ModelAccess
{
    var access = form.access(model: "smol", baseURL: try server(variable), key: key)
    access.isUsualServer = true
    return access
}

/// Collects a reply: its pieces, why it ended, what it cost.
private func collect(
    _ model: any LanguageModel,
    _ request: ChatRequest
) async throws -> (pieces: [String], reason: FinishReason?, usage: TokenUsage?) {
    var pieces: [String] = []
    for try await event in model.reply(to: request) {
        switch event {
        case .text(let text): pieces.append(text)
        case .finished(let reason, let usage): return (pieces, reason, usage)
        }
    }
    return (pieces, nil, nil)
}

/// Asks what no context holds.
private func expectOverflow(of model: any LanguageModel) async {
    let long = String(repeating: "one two three ", count: 3_000)
    let error = await #expect(throws: AnsweringError.self) {
        _ = try await collect(model, ChatRequest(messages: [ChatMessage(.user, long)]))
    }
    guard case .contextOverflow = error else {
        Issue.record("\(String(describing: error))")
        return
    }
}

private let greeting = [ChatMessage(.system, "Be brief."), ChatMessage(.user, "Say hello.")]

/// Against llama.cpp's own server, one at a time: it has one slot.
@Suite(.serialized, .timeLimit(.minutes(10))) struct OpenAIWireTests {
    @Test func streamsAReply() async throws {
        let model = OpenAIChat(
            try access(.openAI, at: "VECINO_TEST_CHAT"),
            dialect: OpenAIChat.Dialect(keepsThoughtsApart: true)
        )
        let reply = try await collect(
            model,
            ChatRequest(messages: greeting, sampling: Sampling(maximumTokens: 8, seed: 1))
        )
        #expect(reply.pieces.count > 1)
        #expect(reply.reason == .length)
        #expect(reply.usage?.reply == 8)
        #expect((reply.usage?.prompt ?? 0) > 10)
    }

    @Test func aServerListsItsModels() async throws {
        let base = try server("VECINO_TEST_CHAT")
        let models = ServerAddress.openAI(base).appending("/models")
        #expect(await !ModelList.names(at: models).isEmpty)
        #expect(await ModelList.names(at: "http://127.0.0.1:9/v1/models").isEmpty)
    }

    @Test func aSchemaIsKeptTo() async throws {
        let model = try OpenAIChat(
            model: "smol",
            baseURL: try server("VECINO_TEST_CHAT"),
            key: nil
        )
        let schema = """
            {"type":"object","properties":{"claims":{"type":"array","maxItems":0,"items":\
            {"type":"string"}}},"required":["claims"],"additionalProperties":false}
            """
        let reply = try await collect(
            model,
            ChatRequest(
                messages: greeting,
                sampling: Sampling(maximumTokens: 60),
                schema: schema
            )
        )
        let text = reply.pieces.joined().filter { !$0.isWhitespace }
        #expect(text == #"{"claims":[]}"#)
        #expect(reply.reason == .complete)
    }

    @Test func namesAContextOverflow() async throws {
        let model = try OpenAIChat(
            model: "smol",
            baseURL: try server("VECINO_TEST_CHAT"),
            key: nil
        )
        await expectOverflow(of: model)
    }

    @Test func whatTheSmallestModelSaysIsCheckedToo() async throws {
        let model = try OpenAIChat(
            model: "smol",
            baseURL: try server("VECINO_TEST_CHAT"),
            key: nil
        )
        let passage = SourcePassage(
            id: 4,
            text: "The workshop opens at 9:30. It closes at 21:00 on weekdays.",
            path: "hours.md",
            language: .english
        )
        let answerer = Answerer(model: model, sampling: Sampling(maximumTokens: 40, seed: 1))
        let answer = try await answerer.answer("When does the workshop open?", from: [passage])
        for citation in answer.claims.flatMap(\.citations) {
            #expect(passage.text.contains(citation.quotation))
        }
        #expect(answer.outcome.isAnswered != answer.claims.isEmpty)
        #expect((answer.usage?.prompt ?? 0) > 100)
    }
}

/// Against the LiteLLM proxy, which speaks Gemini's wire format in front of the same model.
@Suite(.serialized, .timeLimit(.minutes(10))) struct GeminiWireTests {
    @Test func streamsAReply() async throws {
        let model = try GeminiChat(
            try access(.gemini, at: "VECINO_TEST_GEMINI", key: "sk-test"),
            transport: nil,
            refused: RefusedOptions()
        )
        // A stop word of the model's own choosing ends the reply long before the limit.
        let reply = try await collect(
            model,
            ChatRequest(messages: greeting, sampling: Sampling(maximumTokens: 8))
        )
        #expect(reply.pieces.count > 1)
        #expect(reply.reason != nil)
    }

    @Test func reportsARefusedKey() async throws {
        let model = try GeminiChat(
            model: "smol",
            baseURL: try server("VECINO_TEST_GEMINI"),
            key: "sk-wrong"
        )
        let error = await #expect(throws: AnsweringError.self) {
            _ = try await collect(model, ChatRequest(messages: greeting))
        }
        #expect(!"\(String(describing: error))".contains("sk-wrong"))
    }

    @Test func reportsAnUnknownModel() async throws {
        let model = try GeminiChat(
            model: "nonesuch",
            baseURL: try server("VECINO_TEST_GEMINI"),
            key: "sk-test"
        )
        await #expect(throws: AnsweringError.self) {
            _ = try await collect(model, ChatRequest(messages: greeting))
        }
    }
}

/// Against llama.cpp's own `/v1/messages`, and the LiteLLM proxy's, which asks for a key.
@Suite(.serialized, .timeLimit(.minutes(10))) struct AnthropicWireTests {
    @Test(arguments: ["VECINO_TEST_CHAT", "VECINO_TEST_GEMINI"])
    func streamsAReply(variable: String) async throws {
        let model = AnthropicChat(
            try access(.anthropic, at: variable, key: "sk-test"),
            transport: nil,
            refused: RefusedOptions()
        )
        let reply = try await collect(
            model,
            ChatRequest(messages: greeting, sampling: Sampling(temperature: 0.2, maximumTokens: 8))
        )
        #expect(reply.pieces.count > 1)
        #expect(reply.reason != nil)
        #expect((reply.usage?.prompt ?? 0) > 10)
        #expect((reply.usage?.reply ?? 0) > 0)
    }

    @Test func reportsARefusedKeyAndAnUnknownModel() async throws {
        for (name, key) in [("smol", "sk-wrong"), ("nonesuch", "sk-test")] {
            let model = try AnthropicChat(
                model: name,
                baseURL: try server("VECINO_TEST_GEMINI"),
                key: key
            )
            let error = await #expect(throws: AnsweringError.self) {
                _ = try await collect(model, ChatRequest(messages: greeting))
            }
            #expect(!"\(String(describing: error))".contains("sk-wrong"))
        }
    }

    @Test func namesAContextOverflow() async throws {
        let model = try AnthropicChat(
            model: "smol",
            baseURL: try server("VECINO_TEST_CHAT"),
            key: "sk-test"
        )
        await expectOverflow(of: model)
    }

    @Test func aPromptThatIsTooLongIsMadeShorter() async throws {
        let model = try AnthropicChat(
            model: "smol",
            baseURL: try server("VECINO_TEST_CHAT"),
            key: "sk-test"
        )
        // A model of English needs several tokens for each of these, more than are reckoned with.
        let passages = (0..<8).map {
            SourcePassage(
                id: PassageID(rawValue: Int64($0)),
                text: String(repeating: "工作坊每天早上九点半开门。", count: 40),
                path: "hours-\($0).md",
                language: Language(rawValue: "zh")
            )
        }
        let answerer = Answerer(
            model: model,
            builder: PromptBuilder(maximumPassages: 8, maximumTokens: 2_400),
            sampling: Sampling(maximumTokens: 30)
        )
        let shortened = Mutex(0)
        _ = try await answerer.answer("When does it open?", from: passages) { event in
            if case .shortened = event { shortened.withLock { $0 += 1 } }
        }
        #expect(shortened.withLock { $0 } >= 1)
    }
}
