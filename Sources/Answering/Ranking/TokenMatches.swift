/// How the tokens of a question find their like in sentences, as numbers.
///
/// The tokens of an encoder see a word in its sentence: `when` is near to a year, and `author` to who wrote.
struct TokenMatches {
    /// The names of the numbers, in order.
    static let names = [
        "late", "lateTerms", "lateLeast", "lateAbsent", "lateBack", "lateSpread",
    ]

    /// For each sentence that was compared by tokens, as many numbers as `names`.
    let numbers: [Int: [Double]]

    /// The numbers of a sentence that was not compared by tokens.
    static let none = [Double](repeating: 0, count: names.count)

    /// - Parameters:
    ///   - matches: what the sentences at these places have.
    ///   - terms: the question's term that each of its tokens is part of.
    ///   - found: for each sentence the question's terms that stand in it.
    ///   - weights: what each term weighs.
    init(
        _ matches: [Int: MeaningMatch],
        terms: [Int?],
        found: [Set<Int>],
        weights: [Double]
    ) {
        let known = matches.filter { !terms.isEmpty && $0.value.tokens.count == terms.count }
        var tokens = [[Int]](repeating: [], count: weights.count)
        for (token, term) in terms.enumerated() { if let term { tokens[term].append(token) } }
        let named = weights.indices.filter { !tokens[$0].isEmpty }
        let total = max(named.reduce(0) { $0 + weights[$1] }, .leastNonzeroMagnitude)
        // For each sentence, how near it comes to each of the terms.
        let near = known.mapValues { match in
            named.map { term in Self.mean(tokens[term].map { match.ownTokens[$0] }) }
        }
        let ranges = named.indices.map { place in
            (near.values.map { $0[place] }.min() ?? 0, near.values.map { $0[place] }.max() ?? 0)
        }
        numbers = known.reduce(into: [:]) { numbers, entry in
            let (i, match) = entry
            let own = near[i] ?? []
            func weighed(_ isCounted: (Int) -> Bool) -> Double {
                zip(named, own).reduce(0) { sum, term in
                    isCounted(term.0) ? sum + weights[term.0] * term.1 / total : sum
                }
            }
            // Of the way from the farthest sentence to the nearest: of terms that nothing tells apart, less.
            let spread = zip(own, ranges).reduce(0) { sum, term in
                sum + (term.0 - term.1.0) / (term.1.1 - term.1.0 + 0.2)
            }
            numbers[i] = [
                Self.mean(match.tokens),
                weighed { _ in true },
                own.min() ?? 0,
                weighed { !found[i].contains($0) },
                10 * (Double(match.answering) - Self.usual),
                own.isEmpty ? 0 : spread / Double(own.count),
            ]
        }
    }

    /// A cosine of tokens as it is where nothing speaks for a sentence and nothing against it.
    private static let usual = 0.9

    /// The mean of cosines, from `usual` on, spread.
    private static func mean(_ values: [Float]) -> Double {
        guard !values.isEmpty else { return 0 }
        return 10 * (values.reduce(0) { $0 + Double($1) } / Double(values.count) - usual)
    }
}
