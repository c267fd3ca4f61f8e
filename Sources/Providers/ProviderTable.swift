internal import ChatModels
internal import Embedding
internal import HTTPTransport

extension Provider {
    /// All providers, in the order in which a key that is set decides who is asked.
    ///
    /// A provider is added here and nowhere else; one that speaks a language of its own also needs
    /// a client for that.
    public static let all: [Provider] = [
        Provider(
            "openai",
            title: "OpenAI",
            keys: ["OPENAI_API_KEY"],
            addresses: ["OPENAI_BASE_URL", "OPENAI_API_BASE"],
            address: WireForm.openAI.address,
            chatModel: "gpt-4.1-mini",
            embeddingModel: "text-embedding-3-small",
            chat: { OpenAIChat($0, dialect: $0.isUsualServer ? .openAI : .compatible) },
            embedder: { OpenAIEmbedder($0, keyHeader: nil) }
        ),
        Provider(
            "openai-responses",
            title: "OpenAI's Responses",
            keys: ["OPENAI_API_KEY"],
            addresses: ["OPENAI_BASE_URL", "OPENAI_API_BASE"],
            address: WireForm.openAI.address,
            chatModel: "gpt-4.1-mini",
            chat: { OpenAIResponses($0, transport: nil, refused: .shared) }
        ),
        Provider(
            "gemini",
            title: "Google Gemini",
            keys: ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
            addresses: ["GEMINI_BASE_URL", "GOOGLE_GEMINI_BASE_URL"],
            address: WireForm.gemini.address,
            chatModel: "gemini-3.8-flash",
            embeddingModel: "gemini-embedding-001",
            server: ServerAddress.gemini,
            modelList: "/v1beta/models",
            keyHeader: ModelAccess.googleKeyHeader,
            chat: { access throws(AnsweringError) in
                try GeminiChat(access, transport: nil, refused: .shared)
            },
            embedder: { access throws(EmbeddingError) in
                try GeminiEmbedder(access, dimensions: nil, transport: nil, refused: .shared)
            }
        ),
        Provider(
            "anthropic",
            title: "Anthropic",
            keys: ["ANTHROPIC_API_KEY"],
            addresses: ["ANTHROPIC_BASE_URL"],
            address: WireForm.anthropic.address,
            chatModel: "claude-haiku-5-5",
            server: ServerAddress.anthropic,
            modelList: "/v1/models",
            chat: { AnthropicChat($0, transport: nil, refused: .shared) }
        ),
        Provider(
            "mistral",
            title: "Mistral",
            keys: ["MISTRAL_API_KEY"],
            addresses: ["MISTRAL_BASE_URL"],
            address: "https://api.mistral.ai/v1",
            chatModel: "mistral-small-latest",
            embeddingModel: "mistral-embed",
            chat: { OpenAIChat($0, dialect: .thinking) },
            embedder: { OpenAIEmbedder($0, keyHeader: nil) }
        ),
        Provider(
            "deepseek",
            title: "DeepSeek",
            keys: ["DEEPSEEK_API_KEY"],
            addresses: ["DEEPSEEK_BASE_URL"],
            address: "https://api.deepseek.com/v1",
            chatModel: "deepseek-chat",
            chat: { OpenAIChat($0, dialect: .thinking) }
        ),
        Provider(
            "groq",
            title: "Groq",
            keys: ["GROQ_API_KEY"],
            addresses: ["GROQ_BASE_URL"],
            address: "https://api.groq.com/openai/v1",
            chatModel: "openai/gpt-oss-20b",
            chat: { OpenAIChat($0, dialect: .thinking) }
        ),
        Provider(
            "openrouter",
            title: "OpenRouter",
            keys: ["OPENROUTER_API_KEY"],
            addresses: ["OPENROUTER_BASE_URL"],
            address: "https://openrouter.ai/api/v1",
            chatModel: "openrouter/auto",
            chat: { OpenAIChat($0, dialect: .thinking) },
            embedder: { OpenAIEmbedder($0, keyHeader: nil) }
        ),
        Provider(
            "azure",
            title: "Azure OpenAI",
            keys: ["AZURE_OPENAI_API_KEY"],
            addresses: ["AZURE_OPENAI_ENDPOINT"],
            // The address is that of a resource of one's own: https://NAME.openai.azure.com.
            address: nil,
            hosts: [
                "*.openai.azure.com", "*.cognitiveservices.azure.com", "*.services.ai.azure.com",
            ],
            chatModel: "gpt-4.1-mini",
            server: ServerAddress.azure,
            keyHeader: azureKey,
            chat: { OpenAIChat($0, dialect: .openAI(keyHeader: azureKey)) },
            embedder: { OpenAIEmbedder($0, keyHeader: azureKey) }
        ),
        Provider(
            "bedrock",
            title: "Amazon Bedrock",
            keys: ["AWS_BEARER_TOKEN_BEDROCK"],
            addresses: ["BEDROCK_BASE_URL"],
            address: "https://bedrock-runtime.{AWS_REGION:us-east-1}.amazonaws.com/openai/v1",
            hosts: ["bedrock-runtime.*.amazonaws.com", "bedrock-mantle.*.api.aws"],
            chatModel: "openai.gpt-oss-20b-1:0",
            chat: { OpenAIChat($0, dialect: .compatible) }
        ),
        Provider(
            "ollama",
            title: "Ollama",
            keys: ["OLLAMA_API_KEY"],
            addresses: ["OLLAMA_HOST"],
            address: WireForm.ollama.address,
            needsKey: false,
            runsHere: true,
            server: ServerAddress.ollama,
            modelList: "/api/tags",
            chat: { OllamaChat($0, transport: nil, refused: .shared) },
            embedder: { OllamaEmbedder($0, dimensions: nil, transport: nil, refused: .shared) }
        ),
        onThisMachine("lmstudio", title: "LM Studio", port: 1234),
        onThisMachine("llamacpp", title: "llama.cpp", port: 8080),
        onThisMachine("vllm", title: "vLLM", port: 8000),
        onThisMachine("jan", title: "Jan", port: 1337),
    ]

    private static let azureKey = (name: "api-key", prefix: "")

    /// A program that speaks OpenAI's language at a port of this machine.
    private static func onThisMachine(_ name: String, title: String, port: Int) -> Provider {
        Provider(
            name,
            title: title,
            keys: ["\(name.uppercased())_API_KEY"],
            addresses: ["\(name.uppercased())_BASE_URL"],
            address: "http://127.0.0.1:\(port)/v1",
            needsKey: false,
            runsHere: true,
            chat: { OpenAIChat($0, dialect: .compatible) },
            embedder: { OpenAIEmbedder($0, keyHeader: nil) }
        )
    }
}
