internal import TextAnalysis

/// Where an answer that rests on nothing differs from what documents say.
public struct AnswerComparison: Codable, Hashable, Sendable {
    /// What the documents have of a sentence.
    public enum Backing: String, Codable, Sendable, CaseIterable {
        /// It follows from a sentence that was quoted.
        case follows
        /// It is in another language than what was quoted, and nothing speaks against it.
        case notChecked
        /// Nothing that was quoted says it.
        case notQuoted
    }

    /// A sentence of the answer without documents.
    public struct Sentence: Codable, Hashable, Sendable {
        /// The sentence.
        public var text: String
        /// What the documents have of it.
        public var backing: Backing
        /// Its numbers that no quotation has.
        public var numbers: [String]
    }

    /// The sentences of the answer without documents, in order.
    public var sentences: [Sentence]
    /// Numbers that were quoted and that it does not have.
    public var missingNumbers: [String]

    /// Compares `text`, an answer to `question` that rests on nothing, with what was quoted.
    ///
    /// - Complexity: O(sentences × quotations), each as `ClaimSupport` takes.
    public init(of text: String, to question: String, with citations: [Citation]) {
        let quoted = Self.numbers(in: citations.map(\.quotation).joined(separator: "\n"))
        let bytes = Array(text.utf8)
        let asked = Self.numbers(in: question)
        sentences = answerUnits(in: bytes).map { range in
            let sentence = String(decoding: bytes[range], as: UTF8.self)
            let own = Self.numbers(in: sentence)
            return Sentence(
                text: ShownText.of(sentence),
                backing: Self.backing(of: sentence, question, citations),
                numbers: own.filter { !quoted.contains($0) && !asked.contains($0) }
            )
        }
        let said = Self.numbers(in: text)
        missingNumbers = quoted.filter { !said.contains($0) && !asked.contains($0) }
    }

    private static func backing(
        of sentence: String,
        _ question: String,
        _ citations: [Citation]
    ) -> Backing {
        var result = Backing.notQuoted
        for citation in citations {
            let passage = SourcePassage(
                id: citation.passageID,
                text: citation.quotation,
                path: "",
                language: LanguageDetector().language(of: citation.quotation)
            )
            let whole = Citation(
                passageID: citation.passageID,
                quotation: citation.quotation,
                range: 0..<citation.quotation.utf8.count
            )
            switch ClaimSupport(question: question, passage: passage).judge(sentence, by: whole) {
            case .follows: return .follows
            case .unchecked: result = .notChecked
            case .fails: break
            }
        }
        return result
    }

    /// Numbers in digits, each once, in order.
    private static func numbers(in text: String) -> [String] {
        var seen: Set<String> = []
        return words(in: text).filter { !$0.isPart && $0.text.contains(where: \.isNumber) }
            .map(\.text).filter { seen.insert($0).inserted }
    }
}
