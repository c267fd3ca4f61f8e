public import Embedding
internal import SentenceEncoder
internal import Synchronization

/// Reranking by late interaction: each token of the query looks for its nearest token in the passage, and
/// the similarities are added (Khattab and Zaharia, [arXiv:2004.12832](https://arxiv.org/abs/2004.12832)).
///
/// The token vectors are those of the library's embedding model, which was trained for the mean of them;
/// they see single words where an embedding sees the whole. Passages are encoded when they are looked
/// at, which is nearly the whole cost, and remembered as far as memory was granted.
public final class LateInteraction: Reranker {
    private let embedder: any TokenEmbedder
    private let memory: Mutex<TokenStatesMemory>

    /// Half as much as the first ranking's scores: with more, Cranfield's questions lose.
    public let weight: Double? = 0.5

    /// Similarities of texts in one language are greater, whatever they say.
    public let favorsLanguages = true

    /// Looks at passages with the tokens of `embedder`, remembering as much as `bytes` hold.
    public init(_ embedder: any TokenEmbedder, memory bytes: Int = 64 << 20) {
        self.embedder = embedder
        memory = Mutex(TokenStatesMemory(bytes: bytes))
    }

    /// The mean over the query's own tokens of the similarity of each to the passage's nearest.
    public func scores(of texts: [String], for query: String) async throws -> [Double] {
        try await scores(of: texts, for: query, weights: [])
    }

    /// The same mean, in which a token counts as much as its word says.
    ///
    /// Tokens of other words, which are function words mostly, and of signs count little.
    public func scores(
        of texts: [String],
        for query: String,
        weights: [QueryWeight]
    ) async throws -> [Double] {
        guard let tokens = try await embedder.tokenStates(of: [query], as: .query).first?.ofText,
            !tokens.tokens.isEmpty
        else { return texts.map { _ in 0 } }
        let passages = try await states(of: texts)
        let weights = Self.weights(of: tokens.tokens, by: weights)
        let sum = weights.reduce(0, +)
        return passages.map { passage in
            let found = tokens.greatestSimilarities(to: passage)
            guard !found.isEmpty else { return 0 }
            return zip(found, weights).reduce(0) { $0 + Double($1.0) * $1.1 } / sum
        }
    }

    /// What a token of a word without weight counts, beside the greatest weight.
    private static let leastWeight = 0.1

    /// A weight above zero for each token of the query's text.
    private static func weights(
        of tokens: [TokenStates.Token],
        by weights: [QueryWeight]
    ) -> [Double] {
        let greatest = weights.map(\.weight).max() ?? 0
        guard greatest > 0 else { return tokens.map { _ in 1 } }
        return tokens.map { token in
            guard let bytes = token.bytes, !bytes.isEmpty else { return leastWeight }
            // A part of a name says as much as it does by itself.
            let word = weights.filter { $0.range.overlaps(bytes) }
                .min { $0.range.count < $1.range.count }
            return max(leastWeight, (word?.weight ?? 0) / greatest)
        }
    }

    /// The states of passages, those that are not remembered computed together.
    private func states(of texts: [String]) async throws -> [TokenStates] {
        var found = memory.withLock { memory in texts.map { memory[$0] } }
        let missing = found.indices.filter { found[$0] == nil }
        let computed = try await embedder.tokenStates(
            of: missing.map { texts[$0] },
            as: .passage
        )
        for (index, states) in zip(missing, computed) {
            let own = states.ofText
            found[index] = own
            memory.withLock { $0.insert(own, for: texts[index]) }
        }
        return found.compactMap(\.self)
    }
}

/// States of the texts that were asked for lately, within a bound of bytes.
struct TokenStatesMemory {
    private let bytes: Int
    private var entries: [String: (states: TokenStates, time: Int)] = [:]
    private var used = 0
    private var time = 0

    /// An empty memory for so many bytes.
    init(bytes: Int) {
        self.bytes = bytes
    }

    /// The states of a text, if they are remembered.
    subscript(text: String) -> TokenStates? {
        mutating get {
            time += 1
            entries[text]?.time = time
            return entries[text]?.states
        }
    }

    /// Remembers a text's states; forgets those that were not asked for longest.
    mutating func insert(_ states: TokenStates, for text: String) {
        let size = Self.size(of: states, text)
        guard size <= bytes, entries[text] == nil else { return }
        time += 1
        entries[text] = (states, time)
        used += size
        guard used > bytes else { return }
        // Down to three quarters at once, so that sorting is rare.
        for (text, entry) in entries.sorted(by: { $0.value.time < $1.value.time }) {
            guard used > bytes / 4 * 3 else { break }
            used -= Self.size(of: entry.states, text)
            entries[text] = nil
        }
    }

    /// How many texts are remembered.
    var count: Int { entries.count }

    private static func size(of states: TokenStates, _ text: String) -> Int {
        states.values.count * MemoryLayout<Float>.stride
            + states.tokens.count * MemoryLayout<TokenStates.Token>.stride + text.utf8.count
    }
}
