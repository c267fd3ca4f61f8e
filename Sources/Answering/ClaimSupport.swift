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
    /// - Complexity: O(length of both, of the question and of the headings).
    func carries(_ claim: String, by quotation: String) -> Bool {
        let given = ([quotation, question, passage.title] + passage.headingPath)
            .joined(separator: "\n")
        guard Self.numbers(in: claim).isSubset(of: Self.numbers(in: given)) else { return false }
        let givenWords = Set(words(in: given).map(\.folded))
        guard Self.exactWords(in: claim).isSubset(of: givenWords) else { return false }
        let language = LanguageDetector().language(of: claim)
        guard language == passage.language else { return true }
        guard Self.denies(claim) == Self.denies(quotation) else { return false }
        return Self.share(of: claim, in: given, language) >= Self.shareOfWords
    }

    /// The numbers in `text` whole: the 10 in 0,10 is none.
    private static func numbers(in text: String) -> Set<Substring> {
        let parts = text.split { !($0.isNumber || $0 == "." || $0 == "," || $0 == ":") }
        return Set(
            parts.map { part in
                var part = part
                while part.last?.isNumber == false { part.removeLast() }
                while part.first?.isNumber == false { part.removeFirst() }
                return part
            }
        ).subtracting([""])
    }

    /// Names and what is written together with signs: addresses, paths, options.
    ///
    /// The first word of a sentence is no name for being capitalised.
    private static func exactWords(in text: String) -> Set<String> {
        var result: Set<String> = []
        var isFirst = true
        let all = words(in: text).filter { !$0.isPart }
        let bytes = Array(text.utf8)
        for (index, word) in all.enumerated() {
            if index > 0 {
                let gap = bytes[all[index - 1].range.upperBound..<word.range.lowerBound]
                isFirst = gap.contains { ".!?:\n".utf8.contains($0) }
            }
            let isName = !isFirst && word.text.first?.isUppercase == true && word.text.count > 1
            let isJoined =
                word.text.contains { "_/@:#".contains($0) }
                || word.text.dropFirst().dropLast().contains(".")
            // Numbers have been compared already.
            if isName || isJoined, word.text.contains(where: \.isLetter) {
                result.insert(word.folded)
            }
            isFirst = false
        }
        return result
    }

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
    private static func share(of claim: String, in given: String, _ language: Language) -> Double {
        let analyzer = KeywordAnalyzer()
        let ignored = stopWords(for: language).union(numerals)
        func forms(_ text: String) -> (surfaces: [String], stems: [String]) {
            let terms = analyzer.indexTerms(text, language: language)
            return (terms.surfaces, terms.stems)
        }
        let known = forms(given)
        let all = Set(known.surfaces).union(known.stems)
        let wanted = analyzer.queryTerms(claim, languages: [language])
            .filter { !$0.isPart && !$0.isStopWord && !ignored.contains($0.surface) }
        guard !wanted.isEmpty else { return 1 }
        let found = wanted.count { all.contains($0.surface) || !all.isDisjoint(with: $0.stems) }
        return Double(found) / Double(wanted.count)
    }

    /// Numbers in words: the quotation may have them in digits.
    private static let numerals: Set<String> = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "twenty", "thirty", "forty", "fifty", "hundred", "thousand", "million",
        "uno", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
        "once", "doce", "quince", "veinte", "treinta", "cuarenta", "cincuenta", "cien", "ciento",
        "mil", "millon", "millones",
    ]
}
