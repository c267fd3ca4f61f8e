/// A model that continues a conversation, behind HTTP or made up by a test.
public protocol LanguageModel: Sendable {
    /// Provider and model, such as `openai:gpt-4.1-mini`, as answers record it.
    var name: String { get }

    /// Streams the reply: pieces of text as they come, then one `.finished`.
    ///
    /// The stream throws `AnsweringError`, or `CancellationError`. Ending the iteration early
    /// closes the connection.
    func reply(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error>
}

/// What a language model is asked.
public struct ChatRequest: Hashable, Sendable {
    /// The conversation so far, the question last.
    public var messages: [ChatMessage]

    /// How the reply is drawn.
    public var sampling: Sampling

    /// A JSON schema that the reply must follow, for providers that can enforce one; others are
    /// told in words by the prompt.
    public var schema: String?

    /// Whether what a model thinks before it writes counts as written, so that no more is allowed for it.
    package var limitsThoughts = false

    /// Describes a request.
    public init(messages: [ChatMessage], sampling: Sampling = Sampling(), schema: String? = nil) {
        self.messages = messages
        self.sampling = sampling
        self.schema = schema
    }
}

/// One turn of a conversation.
public struct ChatMessage: Codable, Hashable, Sendable {
    /// Who speaks.
    public enum Role: String, Codable, Sendable {
        /// The instructions.
        case system
        /// The person.
        case user
        /// The model.
        case assistant
    }

    /// Who speaks.
    public var role: Role
    /// What is said.
    public var text: String

    /// Describes a turn.
    public init(_ role: Role, _ text: String) {
        self.role = role
        self.text = text
    }
}

extension ChatMessage {
    /// Estimates the tokens of `text`: four bytes of English, three of other languages, make one.
    package static func estimatedTokens(of text: String) -> Int { (text.utf8.count * 2 + 6) / 7 }
}

/// How a reply is drawn.
///
/// `nil` leaves the provider's own default.
public struct Sampling: Codable, Hashable, Sendable {
    /// From 0, the likeliest reply, upwards; `nil` for models that refuse the option.
    public var temperature: Double?
    /// Draw from the likeliest tokens that together have this probability.
    public var topP: Double?
    /// Draw from this many likeliest tokens.
    public var topK: Int?
    /// Tokens of the longest reply.
    public var maximumTokens: Int
    /// Makes replies repeatable, where the provider honors it.
    public var seed: Int?

    /// Describes how to draw.
    public init(
        temperature: Double? = 0,
        topP: Double? = nil,
        topK: Int? = nil,
        maximumTokens: Int = 800,
        seed: Int? = nil
    ) {
        self.temperature = temperature
        self.topP = topP
        self.topK = topK
        self.maximumTokens = maximumTokens
        self.seed = seed
    }
}

extension Sampling {
    /// Tokens added for models that think before they write, since those count as written.
    static let allowanceForThoughts = 2_048
}

extension ChatRequest {
    /// Tokens of the longest reply to a model that may think before it writes.
    func maximumTokens(allowingForThoughts allowance: Int) -> Int {
        sampling.maximumTokens + (limitsThoughts ? 0 : allowance)
    }
}

/// A piece of a reply.
public enum ChatEvent: Hashable, Sendable {
    /// More text.
    case text(String)
    /// The end of the reply; always the last event.
    case finished(FinishReason, TokenUsage?)
}

/// Why a reply ended.
public enum FinishReason: String, Codable, Sendable {
    /// The model was done.
    case complete
    /// `Sampling.maximumTokens` were written.
    case length
    /// The provider's filter stopped it.
    case filtered
}
