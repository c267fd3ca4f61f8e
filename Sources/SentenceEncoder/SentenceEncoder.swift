/// What a text is to the search, since some models embed questions and passages differently.
public enum EmbeddingRole: Sendable {
    /// What someone looks for.
    case query
    /// What may be found.
    case passage
}

/// A BERT-family sentence encoder that runs in this process: text in, unit vectors out.
///
/// Loading maps files and computes next to nothing, after a first time that leaves a prepared file beside
/// the model (or in the user's cache, if the model's folder cannot be written). A value is immutable and
/// may be used from any number of threads at once.
public struct SentenceEncoder: Sendable {
    /// How the matrix products are computed.
    public enum Precision: Sendable {
        /// In 32-bit floats, the reference.
        case float
        /// In 8-bit integers, over three times as fast. The cosine to `float` on 1,000 real passages
        /// is at least 0.9995 for multilingual-e5-small and 0.997 for all-MiniLM-L6-v2.
        case int8
    }

    /// The model's name, that of its folder or file.
    public let name: String
    /// Identifies weights, tokenizer and settings by all they contain: 16 hexadecimal digits.
    public let fingerprint: String
    /// The length of an embedding.
    public let dimensions: Int
    /// The longest input in tokens, prefix and special ones included; what is beyond is cut off.
    public let maximumTokens: Int

    let model: EncoderModel

    /// Loads a Hugging Face model folder, a folder with one GGUF file, or a GGUF file.
    ///
    /// - Throws: `notFound`, `unreadable`, `malformed`, `otherKind` for a cross-encoder, or `unsupported`
    ///   for another architecture.
    public init(
        contentsOf path: String,
        precision: Precision = .int8
    ) throws(SentenceEncoderError) {
        let location = try ModelLocation(path)
        let model = try EncoderModel.load(location, as: .embedder, precision: precision)
        self.model = model
        name = location.name
        fingerprint = model.fingerprint
        dimensions = model.shape.hidden
        maximumTokens = model.shape.maximumTokens
    }

    /// The tokens of `text`, prefix and special ones left out, before any truncation.
    ///
    /// - Complexity: O(bytes of `text`).
    public func tokenCount(of text: String) -> Int {
        model.withScratch { model.tokenizer.count(text, &$0) }
    }

    /// The ids that the model sees for `text`: prefix, special tokens and truncation included.
    package func tokens(of text: String, as role: EmbeddingRole) -> [Int32] {
        model.withScratch {
            model.tokenizer.encode(prefix(role) + text, limit: maximumTokens, &$0)
        }
    }

    /// Embeds texts: for each a vector of length 1, in the order of `texts`.
    ///
    /// Texts are sorted by length and computed in batches of similar ones on up to `threads`
    /// threads, the calling one included. The result does not depend on how many.
    ///
    /// - Parameters:
    ///   - texts: what to embed, without the model's prefixes; too long ones are cut off.
    ///   - role: whether they are queries or passages; chooses the prefix.
    ///   - threads: at least 1.
    /// - Returns: a vector of `dimensions` floats for each text.
    public func embed(
        _ texts: [String],
        as role: EmbeddingRole,
        threads: Int
    ) -> [[Float]] {
        let prefix = prefix(role)
        let sequences = model.withScratch { scratch in
            texts.map { text in
                model.tokenizer.encode(prefix + text, limit: maximumTokens, &scratch)
            }
        }
        return embed(sequences, threads: threads)
    }

    /// Embeds sequences of ids, each of 1 to `maximumTokens`: for each a vector of length 1.
    package func embed(_ sequences: [[Int32]], threads: Int) -> [[Float]] {
        model.inBatches(of: sequences.map(\.count), threads: threads) { pass, batch in
            pass.embed(batch.map { sequences[$0] })
        }
    }

    func prefix(_ role: EmbeddingRole) -> String {
        switch role {
        case .query: model.shape.queryPrefix
        case .passage: model.shape.passagePrefix
        }
    }
}
