/// A language that servers of models speak, and whose it is.
package struct WireForm: Sendable {
    /// The short name of the provider whose language it is.
    package let provider: String
    /// Where that provider's own server is.
    package let address: String
    /// The environment variable that its key is read from.
    package let variable: String
    /// Whether that server answers nobody without a key.
    package let needsKey: Bool
    /// Reads an address as people write it for such servers.
    package let server: @Sendable (String) -> ServerAddress

    /// Describes a language.
    package init(
        provider: String,
        address: String,
        variable: String,
        needsKey: Bool = true,
        server: @escaping @Sendable (String) -> ServerAddress
    ) {
        self.provider = provider
        self.address = address
        self.variable = variable
        self.needsKey = needsKey
        self.server = server
    }

    /// The way to a model at `baseURL`, or at the provider's own server, with a key for just that
    /// server.
    package func access(model: String, baseURL: String?, key: String?) -> ModelAccess {
        let server = server(baseURL ?? address)
        let own = self.server(address)
        return ModelAccess(
            provider: provider,
            model: model,
            server: server,
            isUsualServer: server.origin == own.origin || own.isThisMachine && server.isThisMachine,
            key: Secret(key),
            variable: variable
        )
    }
}

extension WireForm {
    /// OpenAI's.
    package static let openAI = WireForm(
        provider: "openai",
        address: "https://api.openai.com/v1",
        variable: "OPENAI_API_KEY",
        server: ServerAddress.openAI
    )
    /// Google's.
    package static let gemini = WireForm(
        provider: "gemini",
        address: "https://generativelanguage.googleapis.com",
        variable: "GEMINI_API_KEY",
        server: ServerAddress.gemini
    )
    /// Anthropic's.
    package static let anthropic = WireForm(
        provider: "anthropic",
        address: "https://api.anthropic.com",
        variable: "ANTHROPIC_API_KEY",
        server: ServerAddress.anthropic
    )
    /// Ollama's own.
    package static let ollama = WireForm(
        provider: "ollama",
        address: "http://127.0.0.1:11434",
        variable: "OLLAMA_API_KEY",
        needsKey: false,
        server: ServerAddress.ollama
    )
}
