/// What a million tokens cost, as the user's settings say.
public struct Price: Codable, Hashable, Sendable {
    /// A million tokens read.
    public var prompt: Double
    /// A million tokens written.
    public var reply: Double
    /// A million tokens read that the provider had in its cache; nil if those cost as much as
    /// others.
    public var cached: Double?

    /// Describes a price.
    public init(prompt: Double, reply: Double, cached: Double? = nil) {
        self.prompt = prompt
        self.reply = reply
        self.cached = cached
    }

    /// Reads a price; TOML tells whole numbers from others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func number(_ key: CodingKeys) throws -> Double {
            if let whole = try? container.decode(Int.self, forKey: key) { return Double(whole) }
            return try container.decode(Double.self, forKey: key)
        }
        prompt = try number(.prompt)
        reply = try number(.reply)
        cached = container.contains(.cached) ? try number(.cached) : nil
    }

    private enum CodingKeys: String, CodingKey { case prompt, reply, cached }
}
