internal import Foundation

/// What tells an answer from a sentence that only looks like one, as numbers.
///
/// They are the features of the best sentence and how it compares with the others.
struct RiskSignals {
    /// The names of the numbers, in order.
    static let names =
        SentenceFeatures.names + [
            "best", "contrast", "chance", "lead", "leadOverPassages", "absentWords", "absentCount",
            "absentNames", "apart", "pairedApart", "kindAbsent", "agreement", "foreign", "few",
            "ownMeaning", "absentMeaning", "questionLength", "othersOwn",
            "lateBest", "lateLead",
        ]

    let values: [Double]

    /// The place of the mean similarity of the question's tokens among the features.
    private static let late = SentenceFeatures.names.firstIndex(of: "late") ?? 0

    /// What signals of words are in answers, by their places: across languages words say nothing either way, and
    /// what is usual is assumed.
    private static let usual: [(Int, Double)] = [
        ("own", 0.55), ("near", 0.04), ("names", 0.4), ("namesAway", 0.05), ("pairs", 0.3),
        ("span", 0.3),
        ("wordsOfOthers", 0.5), ("absentWords", 0.25), ("absentCount", 1), ("absentNames", 0.15),
        ("apart", 0.06), ("pairedApart", 0.05), ("ownMeaning", 0.2), ("absentMeaning", 0.07),
        ("othersOwn", 0.36), ("foreign", 0), ("foreignMeaning", 0), ("foreignOwn", 0),
        ("chance", 0.6),
    ].compactMap { name, usual in names.firstIndex(of: name).map { ($0, usual) } }

    init(
        best: Int,
        scores: [Double],
        features: [[Double]],
        found: [Set<Int>],
        weights: [Double],
        sentences: [CandidateSentence],
        question: Question,
        likeness: Evidence.Likeness?
    ) {
        let own = features[best]
        let total = max(weights.reduce(0, +), .leastNonzeroMagnitude)
        let chance = 1 / scores.reduce(0) { $0 + exp($1 - scores[best]) }
        let others = scores.indices.filter { $0 != best }
        let second = others.map { scores[$0] }.max() ?? scores[best] - 5
        let elsewhere = others.filter { sentences[$0].passage != sentences[best].passage }
        let secondPassage = elsewhere.map { scores[$0] }.max() ?? scores[best] - 5
        let anywhere = found.reduce(into: Set<Int>()) { $0.formUnion($1) }
        let nowhere = Set(question.terms.indices).subtracting(anywhere)
        func share(_ terms: Set<Int>) -> Double { terms.reduce(0) { $0 + weights[$1] } / total }
        // What stands in the passage, but in no sentence together with what the best one has.
        let inPassage = sentences.indices.filter {
            sentences[$0].passage == sentences[best].passage
        }
        .reduce(into: Set<Int>()) { $0.formUnion(found[$1]) }
        let apart = share(inPassage.subtracting(found[best]))
        let kinds = own[14...20]
        let likeliest = likeness ?? Evidence.Likeness([])
        let agreeing = elsewhere.count {
            found[$0].isSuperset(of: found[best]) && !found[best].isEmpty
        }
        let cosine = 10 * (likeliest.best - 0.85)
        let namesApart = question.names.subtracting(found[best])
        var values = own
        let isForeign = own[27] > 0
        values += [cosine, likeliest.contrast, chance]
        values += [min(scores[best] - second, 5), min(scores[best] - secondPassage, 5)]
        values += [share(nowhere), Double(min(nowhere.count, 5))]
        values.append(
            question.names.isEmpty ? 0 : Double(namesApart.count) / Double(question.names.count)
        )
        values += [apart, apart * (1 - own[10])]
        values.append(kinds.contains(-1) ? 1 : kinds.contains(1) ? -1 : 0)
        values += [Double(min(agreeing, 4)), isForeign ? 1 : 0, sentences.count < 6 ? 1 : 0]
        values += [own[0] * cosine, share(nowhere) * cosine]
        values.append(Double(min(question.terms.count, 12)) / 6)
        values.append(others.map { features[$0][0] }.max() ?? 0)
        let late = features.map { $0[Self.late] }
        let bestLate = scores.indices.filter { scores[$0] > -.infinity }.map { late[$0] }.max() ?? 0
        values += [bestLate, late[best] - bestLate]
        if isForeign { for (name, usual) in Self.usual { values[name] = usual } }
        self.values = values
    }
}
