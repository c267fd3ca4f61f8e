/// What a text is to the search, since some models embed questions and passages differently.
public enum EmbeddingRole: Sendable {
    /// What someone looks for.
    case query
    /// What may be found.
    case passage
}

/// A BERT-family sentence encoder that runs in this process: text in, unit vectors out.
public struct SentenceEncoder: Sendable {
    /// How the matrix products are computed.
    public enum Precision: Sendable {
        /// In 32-bit floats, the reference.
        case float
        /// In 8-bit integers, faster; the cosine to `float` is at least 0.995.
        case int8
    }

    /// The model's name, that of its folder or file.
    public let name: String = ""
    /// Identifies the weights and the tokenizer by their content.
    public let fingerprint: String = ""
    /// The length of an embedding.
    public let dimensions: Int = 0
    /// The longest input in tokens, special ones included; what is beyond is cut off.
    public let maximumTokens: Int = 0

    /// Loads a Hugging Face model folder, a folder with one GGUF file, or a GGUF file.
    public init(
        contentsOf path: String, precision: Precision = .int8
    ) throws(SentenceEncoderError) {
        throw .notFound(path: path)
    }

    /// The tokens of `text`, special ones left out, before any truncation.
    public func tokenCount(of text: String) -> Int { 0 }

    /// Embeds texts: for each a vector of length 1, in the order of `texts`.
    public func embed(
        _ texts: [String], as role: EmbeddingRole, threads: Int
    ) throws(SentenceEncoderError) -> [[Float]] { [] }
}
