internal import Corpus

/// How far keyword retrieval is to be believed for one query: whether its words have anything to say.
///
/// The best match of the words is compared with what a passage would score that has every word once.
/// Of questions in the documents' own words it reaches about as much; of questions put in other
/// words, or in another language, a quarter. Names, numbers and identifiers are the same in every
/// language: a rare word weighs much by itself, so what is found by its name is still believed.
///
/// In a library of several languages the language of the best match is the words' own. What they find
/// in another one are names, and words that happen to be spelled alike: such a match is believed only
/// where it says all of the question and more.
///
/// In a library of one language a question most of whose words occur is in that language, however many
/// alternatives it lists of which a passage has only one.
struct KeywordConfidence: Sendable {
    /// The part of a full score from which matches are believed, and at which they are entirely.
    static let own = (from: 0.3, to: 0.7)
    /// The same for matches in another language than the best match's.
    static let crossLingual = (from: 1.0, to: 1.5)

    /// The share of a question's words that occur from which they are believed, and at which they are
    /// entirely.
    static let known = (from: 0.6, to: 0.9)

    /// What a passage of average length scores that has every word once.
    let fullScore: Double
    /// The share of the question's words that occur in the library.
    var knownShare = 0.0

    /// The confidence in what the words bring up in a library of one language, whatever it scores.
    var confidenceOfKnownWords: Double {
        min(1, max(0, (knownShare - Self.known.from) / (Self.known.to - Self.known.from)))
    }

    /// The confidence in candidates of which the best scores `best`.
    func confidence(best: Double, isCrossLingual: Bool = false) -> Double {
        guard fullScore > 0 else { return 1 }
        let bounds = isCrossLingual ? Self.crossLingual : Self.own
        return min(1, max(0, (best / fullScore - bounds.from) / (bounds.to - bounds.from)))
    }

    /// The confidence in the candidates of each language, by the best of them.
    ///
    /// - Parameters:
    ///   - candidates: best first.
    ///   - classes: the language of each candidate.
    /// - Returns: nothing for a language without candidates: the words say nothing in it.
    func confidence(in candidates: [ScoredPassage], classes: [LanguageClass]) -> [LanguageClass:
        Double]
    {
        var known: [LanguageClass: Double] = [:]
        for (candidate, language) in zip(candidates, classes) where known[language] == nil {
            known[language] = confidence(best: candidate.score, isCrossLingual: language != .own)
        }
        return known
    }
}
