internal import ChatModels
internal import Embedding
internal import HTTPTransport

/// Who serves language models or embedding models, and all that is to be known to ask them.
///
/// `Provider.all` is the only list of providers: names of models, help, completions, keys and
/// errors are derived from it.
public struct Provider: Sendable {
    /// Makes the client of a language model.
    typealias MakeChat = @Sendable (ModelAccess) throws(AnsweringError) -> any LanguageModel
    /// Makes the client of an embedding model.
    typealias MakeEmbedder = @Sendable (ModelAccess) throws(EmbeddingError) -> any Embedder

    /// The short name, which the names of models begin with: `openai`.
    public let name: String
    /// The name as people know it.
    public let title: String
    /// The environment variables that a key is read from; errors name the first.
    public let keyVariables: [String]
    /// The environment variables that an address is read from, and that name a server for the key.
    public let addressVariables: [String]
    /// Where the provider is, unless a variable says otherwise; nil if that has to be said.
    ///
    /// What stands in braces is an environment variable and its usual value:
    /// `{AWS_REGION:us-east-1}`.
    public let address: String?
    /// The language model that is asked unless a person names one; nil for the server's first.
    public let chatModel: String?
    /// An embedding model of the provider's; nil if it has none or none that all have.
    public let embeddingModel: String?
    /// Whether it is a program that people run on their own machine.
    public let runsHere: Bool

    /// Whether nobody is answered without a key.
    let needsKey: Bool
    /// Further hosts that are the provider's own; `*` stands for one label.
    let hosts: [String]
    /// Reads an address as people write it.
    let server: @Sendable (String) -> ServerAddress
    /// Where the server lists its models.
    let modelList: String
    /// The header that carries the key where models are listed, and what precedes the key in it.
    let keyHeader: (name: String, prefix: String)
    let chat: MakeChat?
    let embedder: MakeEmbedder?

    init(
        _ name: String,
        title: String,
        keys: [String],
        addresses: [String] = [],
        address: String?,
        hosts: [String] = [],
        needsKey: Bool = true,
        runsHere: Bool = false,
        chatModel: String? = nil,
        embeddingModel: String? = nil,
        server: @escaping @Sendable (String) -> ServerAddress = ServerAddress.openAI,
        modelList: String = "/models",
        keyHeader: (name: String, prefix: String) = ("Authorization", "Bearer "),
        chat: MakeChat?,
        embedder: MakeEmbedder? = nil
    ) {
        self.name = name
        self.title = title
        keyVariables = keys
        addressVariables = addresses
        self.address = address
        self.hosts = hosts
        self.needsKey = needsKey
        self.runsHere = runsHere
        self.chatModel = chatModel
        self.embeddingModel = embeddingModel
        self.server = server
        self.modelList = modelList
        self.keyHeader = keyHeader
        self.chat = chat
        self.embedder = embedder
    }
}

extension Provider {
    /// The provider called `name`, in any case of letters.
    public static func named(_ name: String) -> Provider? {
        let name = name.lowercased()
        return all.first { $0.name == name }
    }

    /// The provider and the model that `name` stands for, such as `openai:gpt-4.1-mini`; nil if it
    /// does not begin with a provider's name.
    package static func split(_ name: String) -> (provider: Provider, model: String?)? {
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        guard let first = parts.first, let provider = named(first) else { return nil }
        return (provider, parts.count > 1 ? parts[1] : nil)
    }

    /// Whether models of the provider write answers.
    public var answers: Bool { chat != nil }

    /// Whether models of the provider embed.
    public var embeds: Bool { embedder != nil }

    /// Every environment variable that has to do with providers: keys and addresses.
    public static let variables = Set(all.flatMap { $0.keyVariables + $0.addressVariables })

    /// The environment variables whose keys have a language model asked that nobody has named, in
    /// the order in which they count.
    public static var chatKeys: [String] {
        var keys: [String] = []
        for provider in all where provider.answers && !provider.runsHere {
            if let key = provider.keyVariables.first, !keys.contains(key) { keys.append(key) }
        }
        return keys
    }

    /// `openai:NAME, gemini:NAME, …` of those who write answers, or of those who embed.
    public static func forms(embedding: Bool) -> String {
        all.filter { embedding ? $0.embeds : $0.answers }.map { "\($0.name):NAME" }
            .joined(separator: ", ")
    }
}
