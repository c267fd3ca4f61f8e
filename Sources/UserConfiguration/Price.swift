/// What a million tokens cost, as the user's settings say.
public struct Price: Codable, Hashable, Sendable {
    /// A million tokens read.
    public var prompt: Double
    /// A million tokens written.
    public var reply: Double

    /// Describes a price.
    public init(prompt: Double, reply: Double) {
        self.prompt = prompt
        self.reply = reply
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
    }

    private enum CodingKeys: String, CodingKey { case prompt, reply }
}
