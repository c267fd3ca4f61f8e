internal import Foundation
internal import TextAnalysis

/// How well each sentence answers a question, and how well the best does.
struct SentenceRanking: Sendable {
    /// A score for each sentence, larger for a better one; differences are logarithms of odds.
    let scores: [Double]

    /// What each sentence has, in the order of `SentenceFeatures.names`.
    let features: [[Double]]

    /// What speaks for the best sentence's being an answer.
    let evidence: Evidence

    /// What the risk was computed from, in the order of `RiskSignals.names`.
    let signals: [Double]

    private let sentences: [CandidateSentence]
    /// For each sentence, the question's words that it contains.
    private let found: [Set<Int>]
    private let weights: [Double]
    private let hasMeaning: Bool

    init(
        _ sentences: [CandidateSentence],
        passages: [SourcePassage],
        question: Question,
        similarities: [Float]?
    ) {
        self.sentences = sentences
        let found = sentences.map { Set($0.places.map(\.term)) }
        self.found = found
        weights = Self.weights(of: question, found)
        let similarities = similarities.flatMap { $0.count == sentences.count ? $0 : nil }
        hasMeaning = similarities != nil
        let reader = SentenceFeatures(
            sentences,
            passages: passages,
            question: question,
            found: found,
            weights: weights,
            similarities: similarities.map { Self.inherited($0, by: sentences) }
        )
        features = sentences.indices.map(reader.features)
        let model = similarities == nil ? RankingWeights.words : RankingWeights.meaning
        let scores = features.map { zip($0, model).reduce(0) { $0 + $1.0 * $1.1 } }
        self.scores = scores
        let likeness = similarities.map(Evidence.Likeness.init)
        let candidates = sentences.indices.filter { sentences[$0].traits.mayAnswer }
        let best =
            (candidates.isEmpty ? Array(sentences.indices) : candidates)
            .max { scores[$0] < scores[$1] } ?? 0
        signals =
            RiskSignals(
                best: best,
                scores: scores,
                features: features,
                found: found,
                weights: weights,
                sentences: sentences,
                question: question,
                likeness: likeness
            ).values
        evidence = Evidence(
            likeness: likeness,
            coverage: features[best].prefix(4).reduce(0, +),
            isForeign: question.isForeign(to: passages[sentences[best].passage]),
            signals: signals
        )
    }

    /// A sentence that an answer is made of.
    struct Choice: Hashable, Sendable {
        /// Its place among the sentences.
        let sentence: Int
        /// Whether a better sentence says the same in the same words.
        let isCopy: Bool
    }

    /// Chooses the best sentence and those that add to it, the best first; none if no sentence may answer.
    ///
    /// Copies of a chosen sentence come along, uncounted: they are sources of the same.
    func choose(atMost limit: Int) -> [Choice] {
        let order = scores.indices.filter { sentences[$0].traits.mayAnswer }
            .sorted { (scores[$0], $1) > (scores[$1], $0) }
        guard let best = order.first, limit > 0 else { return [] }
        var chosen = [Choice(sentence: best, isCopy: false)]
        var keys: Set<String> = [ToldClaims.key(of: sentences[best].text)]
        var covered = found[best]
        let total = weights.reduce(0, +)
        for i in order.dropFirst() {
            let key = ToldClaims.key(of: sentences[i].text)
            guard !keys.contains(key) else {
                chosen.append(Choice(sentence: i, isCopy: true))
                continue
            }
            // Less than a tenth as likely as the best.
            guard scores[i] >= scores[best] - 2.3 else { continue }
            let added = found[i].subtracting(covered).reduce(0) { $0 + weights[$1] }
            // It adds a word of the question, or is nearly as likely as the best.
            let adds = added > 0.15 * total || (hasMeaning && scores[i] >= scores[best] - 0.7)
            guard keys.count < limit, adds else { continue }
            keys.insert(key)
            covered.formUnion(found[i])
            chosen.append(Choice(sentence: i, isCopy: false))
        }
        return chosen
    }

    /// Similarities, with those of headings handed down to the sentence under them.
    private static func inherited(
        _ similarities: [Float],
        by sentences: [CandidateSentence]
    ) -> [Float] {
        var result = similarities
        for i in sentences.indices.dropFirst()
        where sentences[i - 1].isHeading && sentences[i - 1].passage == sentences[i].passage {
            result[i] = max(result[i], result[i - 1])
        }
        return result
    }

    /// Words weigh by their rarity among the sentences: ln(1 + (n − df + ½) / (df + ½)).
    private static func weights(of question: Question, _ found: [Set<Int>]) -> [Double] {
        question.terms.indices.map { term in
            let df = Double(found.reduce(0) { $0 + ($1.contains(term) ? 1 : 0) })
            return log(1 + (Double(found.count) - df + 0.5) / (df + 0.5))
        }
    }
}
