internal import Foundation
internal import TextAnalysis

/// What speaks for a sentence's being the answer, as numbers.
///
/// Words of the question weigh by their rarity. Where the question announces a kind of answer, a sentence that has
/// one counts 1 and another −1. `scripts/fit-answers` fits what each number is worth.
struct SentenceFeatures {
    /// The names of the numbers, in order.
    static let names =
        [
            "own", "near", "headings", "passage", "meaning", "cosine", "passageMeaning",
            "nextMeaning",
            "rank", "firstPassage", "pairs", "span", "names", "namesAway", "number", "date",
            "person",
            "place",
            "reason", "manner", "definition", "announces", "short", "length", "leans", "denies",
            "capitals",
            "foreignMeaning", "foreignOwn", "option", "new", "wordsOfOthers", "opposed", "limits",
            "boilerplate", "item", "code", "row", "term",
            "title", "opens", "heading", "opensHeading", "changes", "position",
        ] + TokenMatches.names

    private let sentences: [CandidateSentence]
    private let question: Question
    private let found: [Set<Int>]
    private let weights: [Double]
    private let total: Double
    private let similarities: [Int: MeaningMatch]?
    private let tokens: TokenMatches
    /// Similarities spread over 0…1, of those that have one.
    private let meaning: [Int: Double]
    /// How much of the last heading is the question's, and of the question the heading's.
    private let titles: [Double]
    /// How near the headings are to the question in meaning.
    private let likeHeading: [Double]
    /// Whether passages tell what changed from version to version.
    private let tellsChanges: [Bool]
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
        similarities: [Int: MeaningMatch]?,
        toHeadings headings: [String: Float],
        tokens: [Range<Int>]
    ) {
        self.sentences = sentences
        self.question = question
        self.found = found
        self.weights = weights
        total = max(weights.reduce(0, +), .leastNonzeroMagnitude)
        self.similarities = similarities
        self.tokens = TokenMatches(
            similarities ?? [:],
            terms: question.terms(at: tokens),
            found: found,
            weights: weights
        )
        likeHeading = passages.map {
            headings[$0.lastHeading].map { 10 * (Double($0) - 0.85) } ?? 0
        }
        tellsChanges = passages.map(Self.tellsChanges)
        titles = passages.map { Self.fit(of: $0.lastHeading, in: $0, question, weights) }
        let meaning = similarities.map(Self.normalized) ?? [:]
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
            best[sentence.passage] = max(best[sentence.passage], meaning[i] ?? 0)
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
        let meaning = self.meaning[i] ?? 0
        let beside = [i - 1, i + 1].filter {
            sentences.indices.contains($0) && sentences[$0].passage == passage
        }
        let nextMeaning = beside.compactMap { self.meaning[$0] }.max() ?? 0
        let cosine = similarities?[i].map { 10 * (Double($0.cosine) - 0.85) } ?? 0
        let features: [Double] = [
            own,
            share(near.subtracting(found[i])),
            share(inHeadings[passage].subtracting(found[i]).subtracting(near)),
            share(
                inPassage[passage].subtracting(found[i]).subtracting(near)
                    .subtracting(inHeadings[passage])
            ),
            meaning,
            cosine,
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
            foreign * meaning,
            foreign * own,
            traits.definesOption ? 1 : traits.lacksOption ? -0.5 : 0,
            traits.contentCount == 0
                ? 0 : Double(traits.contentCount - found[i].count) / Double(traits.contentCount),
            foreign == 0 ? own * meaning : 0,
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
        let title = titles[passage]
        let heading = likeHeading[passage]
        let opens = sentence.index < 2
        let underHeading: [Double] = [
            title, opens ? title : 0, heading, opens ? heading : 0,
        ]
        let changes = tellsChanges[passage] && !question.asksForChanges
        return features + underHeading
            + [changes ? 1 : 0, Double(min(sentence.index, 10)) / 10]
            + (tokens.numbers[i] ?? TokenMatches.none)
    }

    /// Whether a passage stands in a list of changes: under a version's number, or in a document of them.
    static func tellsChanges(_ passage: SourcePassage) -> Bool {
        (passage.headingPath + [passage.title]).contains { heading in
            let words = words(in: heading).filter { !$0.isPart }.map(\.folded)
            guard let first = words.first, words.count <= 8 else { return false }
            if words.count <= 3, first == "changelog" || first == "changes" || first == "novedades"
            {
                return true
            }
            if first == "change", words.count > 1, words[1] == "log" { return true }
            // A number of a version, and not of a section: `4.2 Installing`.
            return heading.starts(with: /(v|Version |Versión )?[0-9]+[.][0-9]/)
                && !heading.starts(with: /[0-9.]+ +\p{L}/)
        }
    }

    /// The harmonic mean of the shares of a heading's words that are the question's, and the other way round.
    private static func fit(
        of heading: String,
        in passage: SourcePassage,
        _ question: Question,
        _ weights: [Double]
    ) -> Double {
        let terms = KeywordAnalyzer().indexTerms(heading, language: passage.language)
        let ignored = stopWords(for: passage.language)
        var count = 0.0
        var shared: Set<Int> = []
        var hits = 0.0
        for (surface, stem) in zip(terms.surfaces, terms.stems) where !ignored.contains(surface) {
            let found = question.terms(of: surface, stem)
            count += 1
            if !found.isEmpty { hits += 1 }
            shared.formUnion(found)
        }
        guard hits > 0 else { return 0 }
        let recall = shared.reduce(0) { $0 + weights[$1] } / max(weights.reduce(0, +), 1e-9)
        let precision = hits / count
        return 2 * recall * precision / max(recall + precision, 1e-9)
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
    private static func normalized(_ similarities: [Int: MeaningMatch]) -> [Int: Double] {
        let cosines = similarities.mapValues { Double($0.cosine) }
        let low = cosines.values.min() ?? 0
        let high = cosines.values.max() ?? 0
        guard high > low else { return cosines.mapValues { _ in 0 } }
        return cosines.mapValues { ($0 - low) / (high - low) }
    }
}
