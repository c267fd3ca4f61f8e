public import TextAnalysis

/// Answers without a language model: quotes the sentences of the passages that answer best, or
/// says that none does.
///
/// A sentence is worth the question's words that it shares, the rare ones more, those of its
/// neighbours and headings in part, since sentences lean on what stands before them. Where a
/// similarity of meaning is given it counts for more than the words, and for nearly everything
/// in passages in another language than the question's, which share hardly a word with it.
/// Where the question names a code, a year or a long number, only passages that mention it count.
public struct ExtractiveAnswerer: Sendable {
    /// Gives the similarity in meaning of each sentence to the question: cosines of embeddings.
    public typealias Similarity = @Sendable (_ sentences: [String]) async throws -> [Float]

    /// Sentences of the longest answer.
    public var maximumSentences: Int

    /// The risk, from 0 to 1, above which the answer is an abstention: a smaller value answers fewer
    /// questions and errs less.
    public var maximumRisk: Double

    /// A risk that answers most questions and refuses most of what the documents do not say.
    public static let defaultRisk = 0.75

    /// Makes an answerer.
    public init(
        maximumSentences: Int = 3,
        maximumRisk: Double = ExtractiveAnswerer.defaultRisk
    ) {
        self.maximumSentences = maximumSentences
        self.maximumRisk = maximumRisk
    }

    /// Answers `question` with sentences of `passages`, or abstains.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - passages: What retrieval found, best first.
    ///   - language: The question's language; found out if nil.
    ///   - similarity: The similarity of sentences to the question, if an embedder is at hand.
    /// - Returns: One claim for each quoted sentence, in the order of reading.
    /// - Throws: What `similarity` throws.
    public func answer(
        _ question: String,
        from passages: [SourcePassage],
        language: Language? = nil,
        similarity: Similarity? = nil
    ) async throws -> Answer {
        let language = language ?? LanguageDetector().language(of: question)
        var answer = Answer(
            question: question,
            outcome: .abstained(.noPassages),
            model: "extractive",
            language: language.rawValue
        )
        guard !passages.isEmpty else { return answer }
        answer.sources = passages.prefix(3).map(Source.init)
        let passages = ExactNames(in: question).passages(among: passages)
        answer.outcome = .abstained(passages.isEmpty ? .notMentioned : .weakSupport)
        guard !passages.isEmpty else { return answer }

        let analysed = Question(
            question,
            language: language,
            passageLanguages: Set(passages.map(\.language))
        )
        let sentences = CandidateSentence.all(in: passages, for: analysed)
        guard !sentences.isEmpty, !analysed.terms.isEmpty else { return answer }
        let similarities = try await similarity?(sentences.map(\.text))
        let ranking = SentenceRanking(
            sentences,
            passages: passages,
            question: analysed,
            similarities: similarities
        )
        answer.evidence = ranking.evidence
        guard ranking.evidence.risk <= maximumRisk else { return answer }

        let chosen = ranking.choose(atMost: maximumSentences)
        answer.outcome = .answered
        answer.claims = chosen.map { i in
            let sentence = sentences[i]
            return Claim(
                text: sentence.text,
                citations: [
                    Citation(
                        passageID: passages[sentence.passage].id,
                        quotation: sentence.text,
                        range: sentence.range
                    )
                ]
            )
        }
        var cited: Set<Int64> = []
        answer.sources = chosen.map { passages[sentences[$0].passage] }
            .filter { cited.insert($0.id).inserted }.map(Source.init)
        return answer
    }
}
