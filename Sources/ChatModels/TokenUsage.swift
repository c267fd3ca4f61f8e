/// The tokens that a language model read and wrote.
public struct TokenUsage: Codable, Hashable, Sendable {
    /// Tokens of the prompt, those out of the provider's cache included.
    public var prompt: Int
    /// Tokens of the reply, thoughts included.
    public var reply: Int
    /// Tokens of the prompt that the provider had in its cache; nil if it did not say.
    public var cached: Int?

    /// Describes a usage.
    public init(prompt: Int, reply: Int, cached: Int? = nil) {
        self.prompt = prompt
        self.reply = reply
        self.cached = cached
    }

    /// The sum of two requests.
    public static func + (a: TokenUsage, b: TokenUsage) -> TokenUsage {
        TokenUsage(
            prompt: a.prompt + b.prompt,
            reply: a.reply + b.reply,
            cached: a.cached == nil && b.cached == nil ? nil : (a.cached ?? 0) + (b.cached ?? 0)
        )
    }
}
