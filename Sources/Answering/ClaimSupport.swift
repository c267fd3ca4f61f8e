internal import TextAnalysis

/// Whether a quotation carries what a claim says, as far as that can be told without understanding.
///
/// A true quotation must not lend its weight to something else. What a claim says beyond its quotation
/// shows in its numbers, its names, its negations, its addresses, and in how few of its words stand in
/// what it quotes. The test is strict where it is cheap to be: a claim that fails is shown as its
/// quotation, which is true, only less smooth.
struct ClaimSupport: Sendable {
    /// The share of a claim's words that has to stand in the quotation, its headings or the question,
    /// when both are in one language.
    private static let shareOfWords = 0.5

    private let question: String
    private let passage: SourcePassage

    /// Prepares to judge claims about `passage` that answer `question`.
    init(question: String, passage: SourcePassage) {
        self.question = question
        self.passage = passage
    }

    /// Whether `quotation`, which stands in the passage, carries `claim`.
    ///
    /// The question is no evidence: what it takes for granted may be wrong. Its words count only as words.
    ///
    /// - Complexity: O(length of both, of the question and of the passage).
    func carries(_ claim: String, by quotation: String) -> Bool {
        let headings = ([passage.title] + passage.headingPath).joined(separator: "\n")
        let stated = Self.numbers(in: quotation + "\n" + headings)
        guard Self.numbers(in: claim).isSubset(of: stated) else { return false }
        let isForeign = isForeign(claim, to: quotation)
        // Who is meant by “he” stands somewhere else in the passage.
        let named = Set(words(in: passage.text + "\n" + headings).map(\.folded))
        guard Self.exactWords(in: claim, firstToo: !isForeign).isSubset(of: named) else {
            return false
        }
        if isForeign { return true }
        guard Self.denies(claim) == Self.denies(quotation) else { return false }
        let given = quotation + "\n" + headings + "\n" + question
        return share(of: claim, in: given) >= Self.shareOfWords
    }

    /// Whether the claim answers in the question's language from a quotation in another.
    ///
    /// Nothing but exact things can be compared then. Short texts are in no language that can be told; a
    /// claim in a third language is nobody's answer.
    private func isForeign(_ claim: String, to quotation: String) -> Bool {
        let detector = LanguageDetector()
        let language = detector.language(of: claim)
        let asked = detector.language(of: question)
        let own = detector.language(of: quotation)
        // The passage may be mixed, or its document.
        let quoted = own == .undetermined ? passage.language : own
        return language != .undetermined && quoted != .undetermined && language != quoted
            && (asked == language || asked == .undetermined)
    }

    /// The numbers in `text` whole, also those in words: the 10 in 0,10 is none.
    private static func numbers(in text: String) -> Set<String> {
        let parts = text.split { !($0.isNumber || $0 == "." || $0 == "," || $0 == ":") }
        let digits = parts.map { part in
            var part = part
            while part.last?.isNumber == false { part.removeLast() }
            while part.first?.isNumber == false { part.removeFirst() }
            return String(part)
        }
        let spelled = words(in: text).compactMap { numerals[$0.folded] }.map(String.init)
        return Set(digits + spelled).subtracting([""])
    }

    /// Names and what is written together with signs: addresses, paths, options.
    ///
    /// The first word of a sentence is capitalised in any case: it counts as a name with `firstToo`, unless
    /// it is one of the words that sentences begin with.
    private static func exactWords(in text: String, firstToo: Bool) -> Set<String> {
        var result: Set<String> = []
        let all = words(in: text).filter { !$0.isPart }
        let bytes = Array(text.utf8)
        for (index, word) in all.enumerated() {
            var isFirst = index == 0
            if index > 0 {
                let gap = bytes[all[index - 1].range.upperBound..<word.range.lowerBound]
                isFirst = gap.contains { ".!?:\n".utf8.contains($0) }
            }
            let mayBeName = !isFirst || firstToo && !openings.contains(word.folded)
            let isName = mayBeName && word.text.first?.isUppercase == true && word.text.count > 1
            let isJoined =
                word.text.contains { "_/@:#".contains($0) }
                || word.text.dropFirst().dropLast().contains(".")
            // Numbers have been compared already.
            if isName || isJoined, word.text.contains(where: \.isLetter) {
                result.insert(word.folded)
            }
        }
        return result
    }

    /// Words that sentences begin with and that name nobody.
    private static let openings = stopWords(for: .english).union(stopWords(for: .spanish))
        .union(numerals.keys).union(negations)

    private static let negations: Set<String> = [
        "no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot",
        "nunca", "jamas", "nadie", "nada", "ningun", "ninguno", "ninguna", "tampoco", "ni", "sin",
    ]

    private static func denies(_ text: String) -> Bool {
        let folds = words(in: text).map(\.folded)
        return folds.contains(where: negations.contains) || text.contains("n't")
            || text.contains("n’t")
    }

    /// The share of the claim's words, without stop words and numerals, that `given` has in any form.
    private func share(of claim: String, in given: String) -> Double {
        let analyzer = KeywordAnalyzer()
        let detected = LanguageDetector().language(of: question)
        let language = passage.language == .undetermined ? detected : passage.language
        let ignored = stopWords(for: language).union(Self.numerals.keys)
        let terms = analyzer.indexTerms(given, language: language)
        let known = Set(terms.surfaces).union(terms.stems)
        let wanted = analyzer.queryTerms(claim, languages: [language])
            .filter { !$0.isPart && !$0.isStopWord && !ignored.contains($0.surface) }
        guard !wanted.isEmpty else { return 1 }
        let found = wanted.count { known.contains($0.surface) || !known.isDisjoint(with: $0.stems) }
        return Double(found) / Double(wanted.count)
    }

    /// Numbers in words; “one” and “una” are as often articles.
    private static let numerals: [String: Int] = [
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
        "forty": 40, "fifty": 50, "hundred": 100, "thousand": 1_000, "million": 1_000_000,
        "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
        "nueve": 9, "diez": 10, "once": 11, "doce": 12, "quince": 15, "veinte": 20, "treinta": 30,
        "cuarenta": 40, "cincuenta": 50, "cien": 100, "ciento": 100, "mil": 1_000,
        "millon": 1_000_000, "millones": 1_000_000,
    ]
}
