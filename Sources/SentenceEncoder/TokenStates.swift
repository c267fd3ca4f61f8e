internal import VectorKernels

/// What the last layer of an encoder makes of each token of one text.
///
/// An embedding is one vector for a whole text; these are the vectors that it is the mean of (or, with
/// first-token pooling, the first of), each scaled to length 1, so that inner products of them are cosine
/// similarities. They take `tokens.count * dimensions * 4` bytes: 0.2 MB for 128 tokens of 384
/// dimensions.
public struct TokenStates: Hashable, Sendable {
    /// A token as the model read it.
    public struct Token: Hashable, Sendable {
        /// Its number in the model's vocabulary.
        public let id: Int32
        /// The UTF-8 bytes of the text that it stands for, white space before them left out.
        ///
        /// Nil for special tokens and those of the model's prefix. Empty where a token stands for
        /// nothing but the white space before a word. Of a character that the tokenizer replaces by
        /// several, each of their tokens has all bytes.
        public let bytes: Range<Int>?

        /// A token from its parts.
        public init(id: Int32, bytes: Range<Int>?) {
            self.id = id
            self.bytes = bytes
        }
    }

    /// The tokens in their order, those that were cut off left out.
    public let tokens: [Token]
    /// The length of a vector.
    public let dimensions: Int
    /// The vectors, one after the other: shape `[tokens.count, dimensions]`.
    public let values: [Float]
    /// The embedding of the whole text, as `embed` gives it; empty where it is not known.
    public let embedding: [Float]

    /// States from their parts.
    ///
    /// - Precondition: `values` has `dimensions` elements for each token.
    public init(tokens: [Token], dimensions: Int, values: [Float], embedding: [Float] = []) {
        precondition(
            values.count == tokens.count * dimensions,
            "\(values.count) elements for \(tokens.count) tokens of \(dimensions)"
        )
        self.tokens = tokens
        self.dimensions = dimensions
        self.values = values
        self.embedding = embedding
    }

    /// The vector of the token at `index`.
    public subscript(index: Int) -> ArraySlice<Float> {
        values[index * dimensions..<(index + 1) * dimensions]
    }

    /// The states of those tokens that `isKept` keeps.
    public func filter(_ isKept: (Token) -> Bool) -> TokenStates {
        let kept = tokens.indices.filter { isKept(tokens[$0]) }
        guard kept.count < tokens.count else { return self }
        return TokenStates(
            tokens: kept.map { tokens[$0] },
            dimensions: dimensions,
            values: kept.flatMap { self[$0] },
            embedding: embedding
        )
    }

    /// The states of the text's own tokens, without those of special tokens and of the prefix.
    public var ofText: TokenStates { filter { $0.bytes != nil } }

    /// For each token the greatest similarity to any token of `other`: the terms of late interaction's
    /// MaxSim (Khattab and Zaharia, [arXiv:2004.12832](https://arxiv.org/abs/2004.12832)).
    ///
    /// - Parameter other: states of the same model.
    /// - Returns: a cosine for each token; none if `other` has no tokens.
    /// - Complexity: O(tokens · tokens of `other` · `dimensions`), a matrix product.
    public func greatestSimilarities(to other: TokenStates) -> [Float] {
        precondition(dimensions == other.dimensions, "\(dimensions) and \(other.dimensions)")
        let columns = other.tokens.count
        guard columns > 0 else { return [] }
        let products = DistanceKernels.current.products(
            of: values,
            and: other.values,
            inner: dimensions
        )
        return tokens.indices.map { row in
            var greatest = products[row * columns]
            for column in 1..<max(columns, 1) {
                greatest = max(greatest, products[row * columns + column])
            }
            return greatest
        }
    }
}

extension SentenceEncoder {
    /// Computes the vectors of each token of texts, in the order of `texts`.
    ///
    /// The tokens are those that `embed` reads: the model's prefix for `role` and its special tokens
    /// among them, and no more than `maximumTokens` in all.
    ///
    /// - Parameters:
    ///   - texts: what to read, without the model's prefixes; too long ones are cut off.
    ///   - role: whether they are queries or passages; chooses the prefix.
    ///   - threads: at least 1.
    /// - Returns: for each text the tokens with their vectors of `dimensions` floats.
    /// - Complexity: that of `embed`, which computes the same vectors, and memory for all of them.
    public func tokenStates(
        of texts: [String],
        as role: EmbeddingRole,
        threads: Int
    ) -> [TokenStates] {
        let prefix = prefix(role)
        let tokens = model.withScratch { scratch in
            texts.map { text in
                model.tokenizer.tokens(
                    of: text,
                    prefix: prefix,
                    limit: maximumTokens,
                    &scratch
                )
            }
        }
        let sequences = tokens.map { $0.map(\.id) }
        let states = model.inBatches(of: sequences.map(\.count), threads: threads) { pass, batch in
            pass.states(batch.map { sequences[$0] })
        }
        return zip(tokens, states).map { tokens, states in
            TokenStates(
                tokens: tokens,
                dimensions: dimensions,
                values: states.rows,
                embedding: states.pooled
            )
        }
    }
}

extension Tokenizer {
    /// The tokens of a text behind a prefix, with the special ones around them, at most `limit` in all.
    ///
    /// They have the IDs that `encode` gives.
    func tokens(
        of text: String,
        prefix: String,
        limit: Int,
        _ scratch: inout Scratch
    ) -> [TokenStates.Token] {
        func special(_ ids: [Int]) -> [TokenStates.Token] {
            ids.map { TokenStates.Token(id: Int32(truncatingIfNeeded: $0), bytes: nil) }
        }
        let room = max(0, limit - settings.prefix.count - settings.suffix.count)
        let traced = trace(prefix + text, limit: room, &scratch)
        let length = prefix.utf8.count
        let own = zip(traced.ids, traced.ranges).map { id, range in
            let isPrefix = range.lowerBound < length && range.upperBound <= length
            let first = max(length, range.lowerBound), last = max(length, range.upperBound)
            return TokenStates.Token(id: id, bytes: isPrefix ? nil : first - length..<last - length)
        }
        return special(settings.prefix) + own + special(settings.suffix)
    }
}
