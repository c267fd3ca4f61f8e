internal import Foundation
internal import TextAnalysis

/// What speaks for a sentence's being the answer, as numbers.
///
/// Words of the question weigh by their rarity. Where the question announces a kind of answer, a sentence that has
/// one counts 1 and another −1. `scripts/fit-answers` fits what each number is worth.
struct SentenceFeatures {
    /// The names of the numbers, in order.
    static let names = [
        "own", "near", "headings", "passage", "meaning", "cosine", "passageMeaning", "nextMeaning",
        "rank", "firstPassage", "pairs", "span", "names", "namesAway", "number", "date", "person",
        "place",
        "reason", "manner", "definition", "announces", "short", "length", "leans", "denies",
        "capitals",
        "foreignMeaning", "foreignOwn", "option", "new", "wordsOfOthers", "opposed", "limits",
        "boilerplate", "item", "code", "row", "term",
    ]

    private let sentences: [CandidateSentence]
    private let question: Question
    private let found: [Set<Int>]
    private let weights: [Double]
    private let total: Double
    private let similarities: [Float]?
    private let meaning: [Double]
    private let isForeign: [Bool]
    private let inHeadings: [Set<Int>]
    private let inPassage: [Set<Int>]
    private let bestOfPassage: [Double]

    /// Prepares the features of `sentences`, which have the question's words `found`.
    ///
    /// - Complexity: O(words of the headings + sentences × words of the question).
    init(
        _ sentences: [CandidateSentence],
        passages: [SourcePassage],
        question: Question,
        found: [Set<Int>],
        weights: [Double],
        similarities: [Float]?
    ) {
        self.sentences = sentences
        self.question = question
        self.found = found
        self.weights = weights
        total = max(weights.reduce(0, +), .leastNonzeroMagnitude)
        self.similarities = similarities
        let meaning = similarities.map(Self.normalized) ?? sentences.map { _ in 0 }
        self.meaning = meaning
        isForeign = passages.map(question.isForeign)
        let analyzer = KeywordAnalyzer()
        inHeadings = passages.map { passage in
            let terms = analyzer.indexTerms(
                ([passage.title] + passage.headingPath).joined(separator: "\n"),
                language: passage.language
            )
            return zip(terms.surfaces, terms.stems).reduce(into: []) {
                $0.formUnion(question.terms(of: $1.0, $1.1))
            }
        }
        var inPassage = inHeadings
        var best = [Double](repeating: 0, count: passages.count)
        for (i, sentence) in sentences.enumerated() {
            inPassage[sentence.passage].formUnion(found[i])
            best[sentence.passage] = max(best[sentence.passage], meaning[i])
        }
        self.inPassage = inPassage
        bestOfPassage = best
    }

    /// The numbers of the sentence at `i`, as many as `names`.
    func features(_ i: Int) -> [Double] {
        let sentence = sentences[i]
        let traits = sentence.traits
        let passage = sentence.passage
        let near = nearWords(i)
        let own = share(found[i])
        let foreign = isForeign[passage] ? 1.0 : 0
        let names = question.names
        let missing = names.subtracting(inPassage[passage])
        let kind = question.kind
        func match(_ wanted: Question.Kind, _ has: Bool) -> Double {
            kind == wanted ? (has ? 1 : -1) : 0
        }
        let nextMeaning =
            [i - 1, i + 1].filter {
                sentences.indices.contains($0) && sentences[$0].passage == passage
            }.map { meaning[$0] }.max() ?? 0
        return [
            own,
            share(near.subtracting(found[i])),
            share(inHeadings[passage].subtracting(found[i]).subtracting(near)),
            share(
                inPassage[passage].subtracting(found[i]).subtracting(near)
                    .subtracting(inHeadings[passage])
            ),
            meaning[i],
            similarities.map { 10 * (Double($0[i]) - 0.85) } ?? 0,
            bestOfPassage[passage],
            nextMeaning,
            Double(min(passage, 10)) / 5,
            passage == 0 ? 1 : 0,
            pairShare(sentence),
            spanDensity(sentence),
            names.isEmpty ? 0 : Double(names.intersection(found[i]).count) / Double(names.count),
            names.isEmpty ? 0 : Double(missing.count) / Double(names.count),
            match(.number, traits.hasNumber),
            match(.date, traits.hasDate),
            match(.person, traits.hasName),
            match(.place, traits.hasPlace || traits.hasName),
            match(.reason, traits.hasReason),
            match(.manner, traits.hasCommand || traits.instructs)
                + match(.command, traits.hasCommand),
            match(.definition, traits.isDefinition),
            traits.announces ? 1 : 0,
            traits.contentCount < 4 ? 1 : 0,
            log(Double(max(traits.wordCount, 1))) / 3,
            traits.leans ? 1 : 0,
            traits.denies != question.denies ? 1 : 0,
            traits.shareOfNames,
            foreign * meaning[i],
            foreign * own,
            traits.definesOption ? 1 : traits.lacksOption ? -0.5 : 0,
            traits.contentCount == 0
                ? 0 : Double(traits.contentCount - found[i].count) / Double(traits.contentCount),
            foreign == 0 ? own * meaning[i] : 0,
            traits.isOpposed ? 1 : 0,
            question.limits.isEmpty
                ? 0
                : Double(question.limits.intersection(found[i].union(near)).count)
                    / Double(question.limits.count),
            traits.isBoilerplate ? 1 : 0,
            question.kind == .manner && sentence.isItem ? 1 : 0,
            sentence.kind == .code ? 1 : 0,
            sentence.kind == .row ? 1 : 0,
            traits.definesTerm ? 1 : 0,
        ]
    }

    private func share(_ terms: Set<Int>) -> Double {
        terms.reduce(0) { $0 + weights[$1] } / total
    }

    /// The question's words in the sentences beside the one at `i`.
    private func nearWords(_ i: Int) -> Set<Int> {
        [i - 1, i + 1].reduce(into: []) { words, j in
            guard sentences.indices.contains(j), sentences[j].passage == sentences[i].passage
            else { return }
            words.formUnion(found[j])
        }
    }

    /// The share of the question's pairs of words that stand near each other, in order.
    private func pairShare(_ sentence: CandidateSentence) -> Double {
        guard !question.pairs.isEmpty else { return 0 }
        let count = question.pairs.count { pair in
            sentence.places.contains { a in
                a.term == pair.first
                    && sentence.places.contains { b in
                        b.term == pair.second && b.place > a.place && b.place - a.place <= 4
                    }
            }
        }
        return Double(count) / Double(question.pairs.count)
    }

    /// How closely the question's words stand together: their number by the words that they spread over.
    private func spanDensity(_ sentence: CandidateSentence) -> Double {
        let terms = Set(sentence.places.map(\.term)).count
        guard terms > 1, let first = sentence.places.first?.place,
            let last = sentence.places.last?.place
        else { return 0 }
        return Double(terms) / Double(last - first + 1)
    }

    /// Similarities spread over 0…1: encoders differ in the range that they use.
    private static func normalized(_ similarities: [Float]) -> [Double] {
        let low = Double(similarities.min() ?? 0)
        let high = Double(similarities.max() ?? 0)
        guard high > low else { return similarities.map { _ in 0 } }
        return similarities.map { (Double($0) - low) / (high - low) }
    }
}
