import Testing
import Vecino

@Suite struct AnswerModelTests {
    @Test(arguments: [
        ("openai:gpt-x", nil, AnswerModel.openAI(name: "gpt-x", baseURL: nil)),
        ("gemini:gemini-x", nil, .gemini(name: "gemini-x")),
        ("local", nil, .local(name: nil)), ("local:qwen", nil, .local(name: "qwen")),
        ("none", nil, .none),
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
        #expect(try model(["OPENAI_API_KEY": ""]) == .none)
    }

    @Test func anUnknownNameIsAnError() {
        #expect(throws: AnswerModelError.self) {
            try AnswerModel(name: "qwen", baseURL: nil, environment: [:])
        }
    }
}
