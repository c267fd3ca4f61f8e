internal import TextAnalysis

/// A sentence of a passage that may be quoted as an answer.
struct CandidateSentence: Sendable {
    /// The passage's place in the list.
    let passage: Int
    /// The sentence's place in the passage.
    let index: Int
    /// Where it stands: UTF-8 offsets into the passage's text, without white space around it.
    let range: Range<Int>
    /// The sentence, verbatim.
    let text: String
    /// Its words and their stems, folded.
    let forms: Set<String>
    /// Whether it has a number, and whether one that the question has not.
    let hasNewNumber: Bool
    /// Whether it announces something instead of saying it: a heading, a question.
    let isHeading: Bool
    /// Whether a capitalised word stands inside it.
    let hasName: Bool

    /// Bytes of the longest sentence that is quoted whole; longer ones (tables, lists, code) are
    /// taken line by line.
    private static let longest = 500

    /// The sentences of `passages`, in order.
    ///
    /// - Complexity: O(length of the passages).
    static func all(in passages: [SourcePassage], for question: Question) -> [CandidateSentence] {
        var result: [CandidateSentence] = []
        for (number, passage) in passages.enumerated() {
            let bytes = Array(passage.text.utf8)
            let ranges = sentenceRanges(in: bytes).flatMap { range in
                range.count <= longest ? [range] : lines(of: range, in: bytes)
            }
            var index = 0
            for range in ranges {
                let range = trimmed(range, in: bytes)
                guard
                    let sentence = CandidateSentence(
                        passage: number,
                        index: index,
                        range: range,
                        bytes: bytes,
                        language: passage.language,
                        question: question
                    )
                else { continue }
                result.append(sentence)
                index += 1
            }
        }
        return result
    }

    private init?(
        passage: Int,
        index: Int,
        range: Range<Int>,
        bytes: [UInt8],
        language: Language,
        question: Question
    ) {
        guard !range.isEmpty else { return nil }
        let text = String(decoding: bytes[range], as: UTF8.self)
        let terms = KeywordAnalyzer().indexTerms(text, language: language)
        guard !terms.surfaces.isEmpty else { return nil }
        self.passage = passage
        self.index = index
        self.range = range
        self.text = text
        forms = Set(terms.surfaces).union(terms.stems)
        hasNewNumber = terms.surfaces.contains {
            $0.utf8.contains(where: isDigit) && !question.numbers.contains($0)
        }
        isHeading = text.hasPrefix("#") || text.hasSuffix("?") || text.hasSuffix(":")
        hasName = text.split(separator: " ").dropFirst().contains { $0.first?.isUppercase == true }
    }

    /// Whether the sentence contains a word of the question, in any form.
    func contains(_ term: Question.Term) -> Bool { !forms.isDisjoint(with: term.forms) }

    private static func lines(of range: Range<Int>, in bytes: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = range.lowerBound
        for i in range where bytes[i] == 0x0A {
            result.append(start..<i)
            start = i + 1
        }
        result.append(start..<range.upperBound)
        return result
    }

    private static func trimmed(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, bytes[lower] <= 0x20 { lower += 1 }
        while upper > lower, bytes[upper - 1] <= 0x20 { upper -= 1 }
        return lower..<upper
    }
}
