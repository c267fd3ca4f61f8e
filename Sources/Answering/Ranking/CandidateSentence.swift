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
    /// The question's terms in it, by the places of their words.
    let places: [(term: Int, place: Int)]
    /// What it is.
    let kind: CandidateUnit.Kind
    /// Whether it is an item of a list.
    let isItem: Bool
    /// What it has that may answer.
    let traits: SentenceTraits

    /// Whether it announces something instead of saying it: a heading, a question.
    var isHeading: Bool { traits.announces }

    /// The sentences of `passages`, in order.
    ///
    /// - Complexity: O(length of the passages).
    static func all(in passages: [SourcePassage], for question: Question) -> [CandidateSentence] {
        var result: [CandidateSentence] = []
        for (number, passage) in passages.enumerated() {
            let bytes = Array(passage.text.utf8)
            var index = 0
            for unit in CandidateUnit.all(in: passage, bytes) {
                guard
                    let sentence = CandidateSentence(
                        passage: number,
                        index: index,
                        unit: unit,
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

    /// The sentence after the heading that it stands under, or its document's title.
    func headed(by passage: SourcePassage) -> ComparedText {
        let heading = passage.lastHeading
        guard !heading.isEmpty else { return ComparedText(text) }
        return ComparedText("\(heading): \(text)", start: heading.utf8.count + 2)
    }

    private init?(
        passage: Int,
        index: Int,
        unit: CandidateUnit,
        bytes: [UInt8],
        language: Language,
        question: Question
    ) {
        let range = unit.range
        guard !range.isEmpty else { return nil }
        let text = String(decoding: bytes[range], as: UTF8.self)
        let terms = KeywordAnalyzer().indexTerms(text, language: language)
        guard !terms.surfaces.isEmpty else { return nil }
        self.passage = passage
        self.index = index
        self.range = range
        self.text = text
        var places: [(term: Int, place: Int)] = []
        for (place, word) in zip(terms.surfaces, terms.stems).enumerated() {
            for term in question.terms(of: word.0, word.1) { places.append((term, place)) }
        }
        self.places = places
        kind = unit.kind
        isItem = startsItem(range, in: bytes) && text.first != "#"
        traits = SentenceTraits(text, kind: kind, surfaces: terms.surfaces, question: question)
    }
}

extension SourcePassage {
    /// The heading that it stands under, or its document's title.
    var lastHeading: String { headingPath.last ?? title }
}
