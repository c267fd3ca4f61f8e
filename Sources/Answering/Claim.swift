/// One statement of an answer.
public struct Claim: Codable, Hashable, Sendable {
    /// What a claim's text is, next to the quotation that it rests on.
    public enum Standing: String, Codable, Sendable, CaseIterable {
        /// It says nothing but what its quotation says.
        case follows
        /// It is its quotation.
        case isQuoted
        /// It is its quotation, and `reading` says in the answer's language what that means: nothing has
        /// checked it. Without any quotation, nothing of it was checked.
        case notChecked
    }

    /// The statement, without anything hidden in it: see `standing`.
    public var text: String

    /// The quotations that it rests on.
    public var citations: [Citation]

    /// Whether it follows from its quotation, is its quotation, or was not checked.
    public var standing: Standing

    /// What a language model says that the quotation, in another language, means.
    public var reading: String?

    /// Whether the text reads as an order to its reader: the document gives it, not this program.
    public var isOrder = false

    /// Describes a claim.
    public init(text: String, citations: [Citation], standing: Standing, reading: String? = nil) {
        self.text = text
        self.citations = citations
        self.standing = standing
        self.reading = reading
    }

    private enum CodingKeys: String, CodingKey { case text, citations, standing, reading, isOrder }

    /// Reads a claim; one that was kept before claims had a standing is quoted or was not checked.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        text = try container.decode(String.self, forKey: .text)
        citations = try container.decode([Citation].self, forKey: .citations)
        reading = try container.decodeIfPresent(String.self, forKey: .reading)
        isOrder = try container.decodeIfPresent(Bool.self, forKey: .isOrder) ?? false
        let isQuotation = citations.map(\.quotation).contains(text)
        standing =
            try container.decodeIfPresent(Standing.self, forKey: .standing)
            ?? (isQuotation ? .isQuoted : .notChecked)
    }

    /// Writes a claim; what it does not have is left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(text, forKey: .text)
        try container.encode(citations, forKey: .citations)
        try container.encode(standing, forKey: .standing)
        try container.encodeIfPresent(reading, forKey: .reading)
        if isOrder { try container.encode(isOrder, forKey: .isOrder) }
    }
}
