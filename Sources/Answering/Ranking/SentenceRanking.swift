internal import Foundation
internal import TextAnalysis

/// How well each sentence answers a question, and how well the best does.
struct SentenceRanking: Sendable {
    /// A score for each sentence, larger for a better one; differences are logarithms of odds.
    ///
    /// Sentences that were not compared in meaning where others were have none: minus infinity.
    let scores: [Double]

    /// The sentences that have a score, in order.
    let considered: [Int]

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

    /// Ranks `sentences`.
    ///
    /// - Parameters:
    ///   - sentences: What may answer.
    ///   - passages: Where the sentences stand.
    ///   - question: What is asked.
    ///   - similarities: How sentences compare with the question, by their places; nil for a ranking by words.
    ///   - headings: The cosines of headings with it.
    ///   - tokens: The bytes of the question's tokens, if they were compared.
    init(
        _ sentences: [CandidateSentence],
        passages: [SourcePassage],
        question: Question,
        similarities: [Int: MeaningMatch]? = nil,
        toHeadings headings: [String: Float] = [:],
        tokens: [Range<Int>] = []
    ) {
        self.sentences = sentences
        let found = sentences.map { Set($0.places.map(\.term)) }
        self.found = found
        let weights = Self.weights(of: question, found)
        self.weights = weights
        let considered = similarities.map { $0.keys.sorted() } ?? Array(sentences.indices)
        self.considered = considered
        hasMeaning = similarities != nil
        let reader = SentenceFeatures(
            sentences,
            passages: passages,
            question: question,
            found: found,
            weights: weights,
            similarities: similarities,
            toHeadings: headings,
            tokens: tokens
        )
        features = sentences.indices.map(reader.features)
        let model = RankingWeights.of(similarities, tokens)
        var scores = [Double](repeating: -.infinity, count: sentences.count)
        for i in considered {
            scores[i] = zip(features[i], model).reduce(0) { $0 + $1.0 * $1.1 }
        }
        self.scores = scores
        let likeness = similarities.map { Evidence.Likeness($0.values.map(\.cosine)) }
        let candidates = considered.filter { sentences[$0].traits.mayAnswer }
        let best =
            (candidates.isEmpty ? considered : candidates)
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
            risk: RiskModel.of(similarities, tokens).risk(signals)
        )
    }

    /// The sentences that are worth comparing in meaning, in order.
    ///
    /// They are those with the best scores, and the first of each of the first passages.
    func shortlist(of limit: Int) -> [Int] {
        let able = scores.indices.filter { sentences[$0].traits.mayAnswer }
        let order = (able.isEmpty ? Array(scores.indices) : able)
            .sorted { (scores[$0], $1) > (scores[$1], $0) }
        // Where the words say nothing, the beginnings of the passages that were found first may.
        let first = able.filter { sentences[$0].index < 2 && sentences[$0].passage < limit / 3 }
        var openings: Set<Int> = []
        let chosen = first.filter { openings.insert(sentences[$0].passage).inserted }
        return Set(chosen).union(order.prefix(limit - chosen.count)).sorted()
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
        let order = considered.filter { sentences[$0].traits.mayAnswer }
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

    /// Words weigh by their rarity among the sentences: ln(1 + (n − df + ½) / (df + ½)).
    private static func weights(of question: Question, _ found: [Set<Int>]) -> [Double] {
        question.terms.indices.map { term in
            let df = Double(found.reduce(0) { $0 + ($1.contains(term) ? 1 : 0) })
            return log(1 + (Double(found.count) - df + 0.5) / (df + 0.5))
        }
    }
}
