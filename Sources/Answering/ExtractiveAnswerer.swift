internal import Corpus
public import TextAnalysis

/// Answers without a language model: quotes the sentences of the passages that answer best, or
/// says that none does.
///
/// A sentence is worth the question's words that it shares, the rare ones more, those of its
/// neighbors and headings in part, since sentences lean on what stands before them. Where a
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

    /// Sentences that are compared with the question in meaning.
    private static let embedded = 36

    /// A risk that answers most questions and refuses most of what the documents do not say.
    public static let defaultRisk = 0.85

    /// Makes an answerer.
    public init(
        maximumSentences: Int = 3,
        maximumRisk: Double = ExtractiveAnswerer.defaultRisk
    ) {
        self.maximumSentences = maximumSentences
        self.maximumRisk = maximumRisk
    }

    /// What a ranking of sentences was computed from.
    package struct Observation: Sendable {
        /// The sentences that were compared in meaning, with their headings and their documents' paths.
        package var sentences: [(text: String, headings: [String], path: String)]
        /// The features of each sentence: see `SentenceFeatures.names`.
        package var features: [[Double]]
        /// What the risk was computed from: see `RiskSignals.names`.
        package var signals: [Double]
    }

    /// Told of each ranking, for those who fit it.
    package var observe: (@Sendable (Observation) -> Void)?

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
        try await answer(
            question,
            from: passages,
            language: language,
            comparison: similarity.map(MeaningComparison.init(similarity:))
        )
    }

    /// Answers `question` with sentences of `passages`, or abstains.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - passages: What retrieval found, best first.
    ///   - language: The question's language; found out if nil.
    ///   - comparison: What compares sentences with the question, by embeddings or by tokens as well.
    /// - Returns: One claim for each quoted sentence, in the order of reading.
    /// - Throws: What `comparison` throws.
    public func answer(
        _ question: String,
        from passages: [SourcePassage],
        language: Language? = nil,
        comparison: MeaningComparison?
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

        let analyzed = Question(
            question,
            language: language,
            passageLanguages: Set(passages.map(\.language))
        )
        let sentences = CandidateSentence.all(in: passages, for: analyzed)
        guard !sentences.isEmpty, !analyzed.terms.isEmpty else { return answer }
        let ranking = try await ranking(of: sentences, in: passages, for: analyzed, by: comparison)
        observe?(
            Observation(
                sentences: ranking.considered.map {
                    let passage = passages[sentences[$0].passage]
                    return (sentences[$0].text, passage.headingPath, passage.path)
                },
                features: ranking.considered.map { ranking.features[$0] },
                signals: ranking.signals
            )
        )
        answer.evidence = ranking.evidence
        guard ranking.evidence.risk <= maximumRisk else { return answer }

        let chosen = ranking.choose(atMost: maximumSentences)
        guard !chosen.isEmpty else { return answer }
        answer.outcome = .answered
        var told = ToldClaims()
        for choice in chosen {
            let sentence = sentences[choice.sentence]
            let passage = passages[sentence.passage]
            let extent =
                choice.isCopy
                ? AnswerExtent(citing: sentence.range, in: passage)
                : AnswerExtent(of: sentence.range, in: passage, asked: analyzed.kind)
            // What came along with a better sentence is there already.
            guard
                !told.claims.flatMap(\.citations).contains(where: {
                    $0.passageID == passage.id && $0.range.overlaps(extent.citation.range)
                })
            else { continue }
            let quotations = [extent.header].compactMap(\.self) + [extent.citation]
            var claim = Claim(
                text: ShownText.of(quotations.map(\.quotation).joined(separator: "\n")),
                citations: [extent.citation] + [extent.header].compactMap(\.self),
                standing: .isQuoted
            )
            claim.isOrder = ShownText.isOrder(extent.citation.quotation)
            told.add(claim)
        }
        answer.claims = told.claims
        var cited: Set<PassageID> = []
        let ids = answer.claims.flatMap(\.citations).map(\.passageID)
            .filter { cited.insert($0).inserted }
        answer.sources = ids.compactMap { id in passages.first { $0.id == id }.map(Source.init) }
        return answer
    }

    /// Ranks sentences: by their words first, then those that seem best by their meaning as well, since
    /// embedding one takes longer than all the rest.
    private func ranking(
        of sentences: [CandidateSentence],
        in passages: [SourcePassage],
        for question: Question,
        by comparison: MeaningComparison?
    ) async throws -> SentenceRanking {
        let byWords = SentenceRanking(sentences, passages: passages, question: question)
        guard let comparison else { return byWords }
        let considered = byWords.shortlist(of: Self.embedded)
        // A sentence leans on its heading: what “it” is stands there. And where the heading asks the question,
        // what is under it answers.
        let headings = Set(considered.map { passages[sentences[$0].passage].lastHeading })
        let texts = headings.filter { !$0.isEmpty }.sorted()
        let values = try await comparison.compare(
            considered.map { sentences[$0].headed(by: passages[sentences[$0].passage]) }
                + texts.map { ComparedText($0) }
        )
        guard values.count == considered.count + texts.count else { return byWords }
        return SentenceRanking(
            sentences,
            passages: passages,
            question: question,
            similarities: Dictionary(uniqueKeysWithValues: zip(considered, values)),
            toHeadings: Dictionary(
                uniqueKeysWithValues: zip(texts, values.dropFirst(considered.count).map(\.cosine))
            ),
            tokens: comparison.tokens
        )
    }
}
