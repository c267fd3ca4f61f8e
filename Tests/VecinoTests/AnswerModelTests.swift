import Testing
import Vecino

@Suite struct AnswerModelTests {
    @Test(arguments: [
        ("openai:gpt-x", nil, AnswerModel.openAI(name: "gpt-x", baseURL: nil)),
        ("gemini:gemini-x", nil, .gemini(name: "gemini-x")),
        ("local", nil, .local(name: nil)), ("local:qwen", nil, .local(name: "qwen")),
        ("none", nil, .none),
        ("anthropic:claude-x", nil, .anthropic(name: "claude-x", baseURL: nil)),
        (
            "anthropic", "http://127.0.0.1:1",
            .anthropic(
                name: AnswerModel.defaultAnthropic,
                baseURL: "http://127.0.0.1:1"
            )
        ),
        ("ollama:qwen3:4b", nil, .ollama(name: "qwen3:4b", baseURL: nil)),
        ("qwen", "http://127.0.0.1:1/v1", .openAI(name: "qwen", baseURL: "http://127.0.0.1:1/v1")),
    ])
    func aNameStandsForAModel(_ name: String, _ baseURL: String?, _ model: AnswerModel) throws {
        #expect(try AnswerModel(name: name, baseURL: baseURL, environment: [:]) == model)
    }

    @Test func withoutANameTheKeyDecides() throws {
        func model(_ environment: [String: String]) throws -> AnswerModel {
            try AnswerModel(name: nil, baseURL: nil, environment: environment)
        }
        #expect(try model([:]) == .none)
        #expect(try model(["GEMINI_API_KEY": "k"]) == .gemini(name: AnswerModel.defaultGemini))
        #expect(
            try model(["GEMINI_API_KEY": "k", "OPENAI_API_KEY": "k"])
                == .openAI(name: AnswerModel.defaultOpenAI, baseURL: nil)
        )
        #expect(
            try model(["ANTHROPIC_API_KEY": "k"])
                == .anthropic(name: AnswerModel.defaultAnthropic, baseURL: nil)
        )
        #expect(try model(["OPENAI_API_KEY": ""]) == .none)
    }

    @Test func ollamaIsWhereItsVariableSays() throws {
        let environment = ["OLLAMA_HOST": "box.local:1234"]
        #expect(
            try AnswerModel(name: "ollama:m", baseURL: nil, environment: environment)
                == .ollama(name: "m", baseURL: "box.local:1234")
        )
    }

    @Test func anUnknownNameIsAnError() {
        #expect(throws: AnswerModelError.self) {
            try AnswerModel(name: "qwen", baseURL: nil, environment: [:])
        }
    }
}
