internal import TextAnalysis

extension Citation {
    /// Sentences of the longest quotation that is shown.
    private static let longest = 2

    /// The citation without the sentences that have least to do with `claim`.
    ///
    /// Small models quote whole paragraphs. All of it is true, but nobody should have to look for
    /// the sentence that counts. What is left is the best sentence and its better neighbor.
    func narrowed(to claim: String, question: String, in passage: SourcePassage) -> Citation {
        let bytes = Array(quotation.utf8)
        guard sentenceRanges(in: bytes).count > Self.longest else { return self }
        let part = passage.limited(to: quotation)
        let wanted = Question(
            question + "\n" + claim,
            language: LanguageDetector().language(of: claim),
            passageLanguages: [passage.language]
        )
        let sentences = CandidateSentence.all(in: [part], for: wanted)
        let scores = SentenceRanking(
            sentences,
            passages: [part],
            question: wanted,
            similarities: nil
        ).scores
        guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }) else { return self }
        let neighbors = [best - 1, best + 1].filter(scores.indices.contains)
        let other = neighbors.max { scores[$0] < scores[$1] }
        // A neighbor comes along only if it says nearly as much.
        let kept = other.map { scores[$0] >= 0.8 * scores[best] ? [best, $0] : [best] } ?? [best]
        let lower = kept.map { sentences[$0].range.lowerBound }.min() ?? 0
        let upper = kept.map { sentences[$0].range.upperBound }.max() ?? bytes.count
        return Citation(
            passageID: passageID,
            quotation: String(decoding: bytes[lower..<upper], as: UTF8.self),
            range: range.lowerBound + lower..<range.lowerBound + upper
        )
    }
}
