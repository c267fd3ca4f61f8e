internal import Foundation
internal import TextAnalysis

/// How well each sentence answers a question, and how well the best does.
struct SentenceRanking: Sendable {
    /// A score for each sentence; larger is better.
    let scores: [Double]

    /// What speaks for the best sentence's being an answer.
    let evidence: Evidence

    private let sentences: [CandidateSentence]
    /// For each sentence, the question's words that it contains.
    private let found: [Set<Int>]
    private let weights: [Double]
    private let hasMeaning: Bool

    /// What a word of the question is worth beside the sentence, not in it.
    private static let neighbourShare = 0.7
    private static let passageShare = 0.5
    /// What meaning is worth against words, in the question's language and in another.
    private static let meaningShare = 0.7
    private static let meaningShareAbroad = 0.95
    /// What the right kind of answer adds, and its absence takes away.
    private static let kindShare = 0.12

    init(
        _ sentences: [CandidateSentence],
        passages: [SourcePassage],
        question: Question,
        similarities: [Float]?
    ) {
        self.sentences = sentences
        let found = sentences.map { sentence in
            Set(question.terms.indices.filter { sentence.contains(question.terms[$0]) })
        }
        let weights = Self.weights(of: question, found)
        self.found = found
        self.weights = weights

        let around = Self.context(of: sentences, passages, question, found)
        let total = max(weights.reduce(0, +), .leastNonzeroMagnitude)
        let coverage = sentences.indices.map { i in
            var sum = 0.0
            for (term, weight) in weights.enumerated() {
                if found[i].contains(term) {
                    sum += weight
                } else {
                    sum += weight * around[i][term]
                }
            }
            return sum / total
        }
        let similarities = similarities.flatMap {
            $0.count == sentences.count ? Self.inherited($0, by: sentences) : nil
        }
        let meaning = similarities.map(Self.normalised)
        let kinds = sentences.map { Self.kindBonus(of: $0, question.kind) }
        let scores = sentences.indices.map { i in
            let sentence = sentences[i]
            // Headings and questions are what answers stand under; they answer nothing themselves.
            let penalty = (sentence.isHeading ? 0.5 : 0) + 0.02 * Double(sentence.passage)
            guard let meaning else { return coverage[i] + kinds[i] - penalty }
            let isForeign = question.isForeign(to: passages[sentence.passage])
            let share = isForeign ? Self.meaningShareAbroad : Self.meaningShare
            return coverage[i] * (1 - share) + meaning[i] * share + kinds[i] - penalty
        }
        self.scores = scores
        hasMeaning = meaning != nil
        let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
        evidence = Evidence(
            likeness: similarities.map(Evidence.Likeness.init),
            coverage: coverage[best],
            isForeign: question.isForeign(to: passages[sentences[best].passage])
        )
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

    /// Chooses the best sentence and those that add to it, in the order of reading.
    func choose(atMost limit: Int) -> [Int] {
        let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
        guard let best = order.first, limit > 0 else { return [] }
        var chosen = [best]
        var covered = found[best]
        let total = weights.reduce(0, +)
        for i in order.dropFirst() where chosen.count < limit {
            guard scores[i] >= 0.7 * scores[best] else { break }
            let added = found[i].subtracting(covered).reduce(0) { $0 + weights[$1] }
            let isRepeated = chosen.contains { sentences[$0].text == sentences[i].text }
            // It adds a word of the question, or means as much as the best.
            let adds = added > 0.15 * total || (hasMeaning && scores[i] >= 0.9 * scores[best])
            guard !isRepeated, adds, !sentences[i].isHeading else { continue }
            covered.formUnion(found[i])
            chosen.append(i)
        }
        // Passages by their best sentence, sentences as they stand.
        let passages = chosen.map { sentences[$0].passage }
        return chosen.sorted {
            let a = passages.firstIndex(of: sentences[$0].passage) ?? 0
            let b = passages.firstIndex(of: sentences[$1].passage) ?? 0
            return (a, sentences[$0].index) < (b, sentences[$1].index)
        }
    }

    /// Words weigh by their rarity among the sentences: ln(1 + (n − df + ½) / (df + ½)).
    private static func weights(of question: Question, _ found: [Set<Int>]) -> [Double] {
        question.terms.indices.map { term in
            let df = Double(found.reduce(0) { $0 + ($1.contains(term) ? 1 : 0) })
            return log(1 + (Double(found.count) - df + 0.5) / (df + 0.5))
        }
    }

    /// What each word of the question is worth for each sentence by what stands around it.
    private static func context(
        of sentences: [CandidateSentence],
        _ passages: [SourcePassage],
        _ question: Question,
        _ found: [Set<Int>]
    ) -> [[Double]] {
        let analyzer = KeywordAnalyzer()
        var inPassage = passages.map { passage in
            let terms = analyzer.indexTerms(
                ([passage.title] + passage.headingPath).joined(separator: "\n"),
                language: passage.language
            )
            let forms = Set(terms.surfaces).union(terms.stems)
            return Set(
                question.terms.indices.filter { !forms.isDisjoint(with: question.terms[$0].forms) }
            )
        }
        let inHeadings = inPassage
        for (i, sentence) in sentences.enumerated() {
            inPassage[sentence.passage].formUnion(found[i])
        }
        return sentences.indices.map { i in
            question.terms.indices.map { term in
                let passage = sentences[i].passage
                let isNear = [i - 1, i + 1].contains {
                    sentences.indices.contains($0) && sentences[$0].passage == passage
                        && found[$0].contains(term)
                }
                if isNear || inHeadings[passage].contains(term) { return neighbourShare }
                return inPassage[passage].contains(term) ? passageShare : 0
            }
        }
    }

    private static func kindBonus(of sentence: CandidateSentence, _ kind: Question.Kind) -> Double {
        switch kind {
        case .number, .date: sentence.hasNewNumber ? kindShare : -kindShare
        case .person: sentence.hasName ? kindShare / 2 : -kindShare / 2
        case .other: 0
        }
    }

    /// Similarities spread over 0…1: encoders differ in the range that they use.
    private static func normalised(_ similarities: [Float]) -> [Double] {
        let low = Double(similarities.min() ?? 0)
        let high = Double(similarities.max() ?? 0)
        guard high > low else { return similarities.map { _ in 0 } }
        return similarities.map { (Double($0) - low) / (high - low) }
    }
}
