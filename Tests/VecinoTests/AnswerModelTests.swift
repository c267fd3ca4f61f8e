import Answering
import ChatModels
import Testing

@testable import Providers
@testable import Vecino

@Suite struct AnswerModelTests {
    private static let here = "http://127.0.0.1:1/v1"

    @Test(
        arguments: [
            ("openai:gpt-x", nil, "openai", "gpt-x"),
            ("gemini:gemini-x", nil, "gemini", "gemini-x"),
            ("Anthropic:claude-x", nil, "anthropic", "claude-x"), ("mistral", nil, "mistral", nil),
            ("ollama:qwen3:4b", nil, "ollama", "qwen3:4b"),
            ("groq:openai/gpt-oss-20b", nil, "groq", "openai/gpt-oss-20b"),
            ("anthropic", here, "anthropic", nil), ("qwen", here, "openai", "qwen"),
            // What Ollama calls a model is not a provider and its model.
            ("mistral:7b", here, "openai", "mistral:7b"), ("qwen3:4b", here, "openai", "qwen3:4b"),
            (nil, here, "openai", nil),
        ] as [(String?, String?, String, String?)]
    )
    func aNameStandsForAModel(
        _ name: String?,
        _ baseURL: String?,
        _ provider: String,
        _ model: String?
    ) throws {
        let route = ModelRoute(baseURL: baseURL)
        #expect(
            try AnswerModel(name: name, route: route, environment: [:])
                == .remote(provider: provider, model: model, route: route)
        )
    }

    @Test(
        arguments: [
            ("local", AnswerModel.local(model: nil)), ("local:qwen", .local(model: "qwen")),
            ("none", .none), (nil, .none),
        ] as [(String?, AnswerModel)]
    )
    func someNamesStandForNoProvider(_ name: String?, _ model: AnswerModel) throws {
        #expect(try AnswerModel(name: name, environment: [:]) == model)
    }

    @Test func everyProviderCanBeNamed() throws {
        for provider in Provider.all where provider.answers {
            #expect(
                try AnswerModel(name: provider.name + ":m", environment: [:])
                    == .remote(provider: provider.name, model: "m", route: ModelRoute())
            )
        }
    }

    @Test func withoutANameTheKeyDecides() throws {
        func provider(_ environment: [String: String]) throws -> String? {
            guard
                case .remote(let provider, nil, _) = try AnswerModel(
                    name: nil,
                    environment: environment
                )
            else { return nil }
            return provider
        }
        #expect(try provider([:]) == nil)
        #expect(try provider(["OPENAI_API_KEY": ""]) == nil)
        #expect(try provider(["OPENAI_API_KEY": "\"\""]) == nil)
        for known in Provider.all where known.answers && !known.runsHere && known.address != nil {
            let expected = known.name == "openai-responses" ? "openai" : known.name
            #expect(try provider([known.keyVariables[0]: "k"]) == expected)
        }
        #expect(try provider(["MISTRAL_API_KEY": "k", "OPENAI_API_KEY": "k"]) == "openai")
        // A key alone does not say where a resource of one's own is.
        #expect(try provider(["AZURE_OPENAI_API_KEY": "k"]) == nil)
        let azure = ["AZURE_OPENAI_API_KEY": "k", "AZURE_OPENAI_ENDPOINT": "https://a.example"]
        #expect(try provider(azure) == "azure")
        // A server of one's own is asked when it is named.
        #expect(try provider(["OLLAMA_API_KEY": "k", "OLLAMA_HOST": "box"]) == nil)
    }

    @Test func anUnknownNameIsAnError() {
        let error = #expect(throws: AnswerModelError.self) {
            try AnswerModel(name: "qwen", environment: [:])
        }
        for provider in Provider.all where provider.answers {
            #expect("\(String(describing: error))".contains("\(provider.name):NAME"))
        }
    }

    @Test func aKeyThatIsMissingIsNamed() async throws {
        for provider in Provider.all where provider.needsKey && provider.address != nil {
            let model = try AnswerModel(name: provider.name + ":m", environment: [:])
            let error = await #expect(throws: AnsweringError.self) {
                _ = try await model.languageModel(environment: [:])
            }
            #expect(
                error
                    == .missingKey(variable: provider.keyVariables[0], model: provider.name + ":m")
            )
        }
    }
}
