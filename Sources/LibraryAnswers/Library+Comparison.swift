internal import Answering
internal import Embedding
internal import LibraryCore
internal import SentenceEncoder
internal import VectorKernels

extension Library {
    /// Prepares what compares texts with a question in meaning.
    ///
    /// With an encoder of this process the tokens of the question are compared as well, by one pass over
    /// each text: it costs what embedding costs.
    ///
    /// - Parameters:
    ///   - question: what is asked.
    ///   - embedding: its embedding.
    ///   - end: when it is too late, `OutOfTime` is thrown; nil for never.
    /// - Returns: the comparison; nil if only keywords are to count.
    /// - Throws: what loading the model throws.
    func comparison(
        with question: String,
        embedding: [Float]?,
        until end: ContinuousClock.Instant?
    ) async throws -> MeaningComparison? {
        guard let embedding else { return nil }
        let embedder = try await embedder()
        guard let embedder = embedder as? any TokenEmbedder,
            let asked = try await embedder.tokenStates(of: [question], as: .query).first?.ofText,
            !asked.tokens.isEmpty
        else {
            return MeaningComparison(tokens: []) { texts in
                try await Self.inParts(texts, until: end) { texts in
                    try await embedder.embed(texts.map(\.text), as: .passage)
                        .map { MeaningMatch(cosine: DistanceKernels.dot($0, embedding)) }
                }
            }
        }
        return MeaningComparison(tokens: asked.tokens.compactMap(\.bytes)) { texts in
            try await Self.inParts(texts, until: end) { texts in
                let states = try await embedder.tokenStates(of: texts.map(\.text), as: .passage)
                return zip(texts, states).map { text, states in
                    Self.match(asked, with: states, from: text.start, embedding: embedding)
                }
            }
        }
    }

    /// Compares the tokens of a question with those of a text, whose sentence begins at byte `start`.
    private static func match(
        _ asked: TokenStates,
        with states: TokenStates,
        from start: Int,
        embedding: [Float]
    ) -> MeaningMatch {
        let text = states.ofText
        let own = start == 0 ? text : text.filter { ($0.bytes?.lowerBound ?? 0) >= start }
        let tokens = asked.greatestSimilarities(to: text)
        let answering = own.greatestSimilarities(to: asked)
        return MeaningMatch(
            cosine: DistanceKernels.dot(states.embedding, embedding),
            tokens: tokens,
            // A heading that takes all of the encoder's room leaves nothing of the sentence.
            ownTokens: own.tokens.isEmpty ? tokens : asked.greatestSimilarities(to: own),
            answering: answering.reduce(0, +) / Float(max(answering.count, 1))
        )
    }

    /// Compares in parts where somebody waits for so long only.
    private static func inParts(
        _ texts: [ComparedText],
        until end: ContinuousClock.Instant?,
        _ compare: ([ComparedText]) async throws -> [MeaningMatch]
    ) async throws -> [MeaningMatch] {
        var result: [MeaningMatch] = []
        let part = end == nil ? max(texts.count, 1) : 16
        for start in stride(from: 0, to: texts.count, by: part) {
            if let end, end <= .now { throw OutOfTime() }
            result += try await compare(Array(texts[start..<min(start + part, texts.count)]))
        }
        return result
    }
}
