public import Answering
internal import Foundation
internal import HTTPTransport
public import UserConfiguration

/// The ways to name the language model that writes answers.
public enum AnswerModel: Hashable, Sendable {
    /// OpenAI, or any server that speaks its language.
    case openAI(name: String, baseURL: String?)
    /// Google's Gemini.
    case gemini(name: String)
    /// Anthropic, or a server that speaks its language.
    case anthropic(name: String, baseURL: String?)
    /// Ollama, on this machine or where `OLLAMA_HOST` says.
    case ollama(name: String, baseURL: String?)
    /// The first server of language models that is found on this machine; without a name, its first
    /// model.
    case local(name: String?)
    /// None: answers are quoted sentences.
    case none

    /// What OpenAI is asked for unless a person names another model.
    public static let defaultOpenAI = "gpt-4.1-mini"
    /// What Gemini is asked for unless a person names another model.
    public static let defaultGemini = "gemini-3.8-flash"
    /// What Anthropic is asked for unless a person names another model.
    public static let defaultAnthropic = "claude-haiku-5-5"

    /// Reads `openai:NAME`, `gemini:NAME`, `anthropic:NAME`, `ollama:NAME`, `local`, `local:NAME`,
    /// `none`, or, with `baseURL`, any name.
    ///
    /// Without a name and a server, the provider whose key is in the environment is meant, OpenAI
    /// before Gemini before Anthropic, and without a key none.
    ///
    /// - Throws: `AnswerModelError` for a name that fits none of these.
    public init(
        name: String?,
        baseURL: String?,
        environment: [String: String] = Surroundings.environment
    ) throws(AnswerModelError) {
        func isSet(_ variable: String) -> Bool { environment[variable]?.isEmpty == false }
        guard let name, !name.isEmpty else {
            if let baseURL {
                self = .openAI(name: "default", baseURL: baseURL)
            } else if isSet(OpenAIChat.keyVariable) {
                self = .openAI(name: Self.defaultOpenAI, baseURL: nil)
            } else if isSet(GeminiChat.keyVariable) {
                self = .gemini(name: Self.defaultGemini)
            } else if isSet(AnthropicChat.keyVariable) {
                self = .anthropic(name: Self.defaultAnthropic, baseURL: nil)
            } else {
                self = .none
            }
            return
        }
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        switch parts[0] {
        case "none" where parts.count == 1: self = .none
        case "local" where baseURL == nil:
            self = .local(name: parts.count > 1 ? parts[1] : nil)
        case "openai":
            self = .openAI(name: parts.count > 1 ? parts[1] : Self.defaultOpenAI, baseURL: baseURL)
        case "gemini": self = .gemini(name: parts.count > 1 ? parts[1] : Self.defaultGemini)
        case "anthropic":
            let name = parts.count > 1 ? parts[1] : Self.defaultAnthropic
            self = .anthropic(name: name, baseURL: baseURL)
        case "ollama" where parts.count > 1:
            let host = environment[OllamaChat.hostVariable].flatMap { $0.isEmpty ? nil : $0 }
            self = .ollama(name: parts[1], baseURL: baseURL ?? host)
        case _ where baseURL != nil: self = .openAI(name: name, baseURL: baseURL)
        default: throw AnswerModelError(name: name)
        }
    }

    /// The client that speaks to the model, or nil for none.
    ///
    /// - Throws: `AnsweringError.missingKey` when the provider wants a key that is not set,
    ///   `noLocalServer` when no server is found on this machine.
    public func languageModel(
        environment: [String: String] = Surroundings.environment
    ) async throws(AnsweringError) -> (any LanguageModel)? {
        switch self {
        case .openAI(let name, let baseURL):
            try OpenAIChat(
                model: name,
                baseURL: baseURL ?? OpenAIChat.openAI,
                key: environment[OpenAIChat.keyVariable]
            )
        case .gemini(let name):
            try GeminiChat(model: name, key: environment[GeminiChat.keyVariable])
        case .anthropic(let name, let baseURL):
            try AnthropicChat(
                model: name,
                baseURL: baseURL ?? AnthropicChat.anthropic,
                key: environment[AnthropicChat.keyVariable]
            )
        case .ollama(let name, let baseURL):
            OllamaChat(
                model: name,
                baseURL: baseURL ?? OllamaChat.local,
                key: environment[OllamaChat.keyVariable]
            )
        case .local(let name): try await Self.localModel(name)
        case .none: nil
        }
    }

    private static func localModel(
        _ name: String?
    ) async throws(AnsweringError) -> any LanguageModel {
        if Surroundings.isOffline {
            let reason = TransportError.offline(address: "a server on this machine")
            throw .request(model: "local", reason: "\(reason)")
        }
        guard let server = await LocalServer.find(), let model = name ?? server.models.first else {
            throw .noLocalServer(ports: LocalServer.usual.map(\.port))
        }
        // Its other interface cuts long prompts without a word.
        if server.isOllama { return OllamaChat(model: model) }
        // A key that is meant for somebody else's server does not go to this one.
        return try OpenAIChat(model: model, baseURL: server.baseURL, key: nil)
    }
}

/// A name that stands for no language model.
public struct AnswerModelError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let name: String

    /// What can be written instead.
    public var description: String {
        "“\(name)” names no language model: write openai:NAME, gemini:NAME, anthropic:NAME, "
            + "ollama:NAME, local, none, or give the server of a local one with --base-url."
    }
}
