/// How far the words' side is to be believed for one query: whether the words have anything to say.
///
/// The best match of the words is compared with what a passage would score that has every word once.
/// Of questions in the documents' own words it reaches about as much; of questions put in other
/// words, or in another language, a quarter. Names, numbers and identifiers are the same in every
/// language: a rare word weighs much by itself, so what is found by its name is still believed.
///
/// In a library of several languages a question finds words in its own language whether its answer
/// is there or not. Where the vectors' best passage is in another language, only a match that says
/// nearly all of the question is believed.
struct KeywordTrust: Sendable {
    /// The part of a full score from which matches are believed, and at which they are entirely.
    static let agreeing = (from: 0.3, to: 0.7)
    /// The same for matches in another language than the vectors' best passage.
    static let disagreeing = (from: 0.7, to: 1.2)

    /// What a passage of average length scores that has every word once.
    let fullScore: Double

    /// The trust in candidates of which the best scores `best`.
    func trust(best: Double, agrees: Bool) -> Double {
        guard fullScore > 0 else { return 1 }
        let bounds = agrees ? Self.agreeing : Self.disagreeing
        return min(1, max(0, (best / fullScore - bounds.from) / (bounds.to - bounds.from)))
    }

    /// The trust in each candidate, by the best candidate in its language.
    ///
    /// - Parameters:
    ///   - candidates: best first.
    ///   - languages: of each candidate's document; nil where languages are not told apart.
    ///   - vectorLanguage: of the vectors' best passage, if there is one.
    /// - Returns: as many numbers as candidates.
    func trust(
        in candidates: [Candidate],
        languages: [String]?,
        vectorLanguage: String?
    ) -> [Double] {
        guard let best = candidates.first else { return [] }
        guard let languages else {
            let trust = trust(best: best.score, agrees: true)
            return candidates.map { _ in trust }
        }
        var known: [String: Double] = [:]
        return zip(candidates, languages).map { candidate, language in
            if let trust = known[language] { return trust }
            let agrees =
                vectorLanguage == nil || language == vectorLanguage || language == "und"
                || vectorLanguage == "und"
            let trust = trust(best: candidate.score, agrees: agrees)
            known[language] = trust
            return trust
        }
    }
}
