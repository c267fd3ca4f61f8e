/// What refusing the riskiest questions buys: for every bound on the risk, how many questions are
/// answered and how many of the answers are wrong.
///
/// El-Yaniv and Wiener, *On the Foundations of Noise-free Selective Classification*, JMLR 11, 2010.
package struct RiskCoverage: Sendable {
    /// What a bound on the risk gives.
    package struct Point: Codable, Hashable, Sendable {
        /// The largest risk that is still answered.
        package var bound: Double
        /// The share of the questions that is answered.
        package var coverage: Double
        /// The share of the answers that is wrong.
        package var error: Double
        /// The share of the answerable questions that is answered.
        package var answered: Double
        /// The share of those answers that is right.
        package var right: Double
        /// Of the refused questions, those that were right to refuse; 1 if none is refused.
        package var refusalPrecision: Double
        /// Of the questions that should be refused, those that are; 1 if there is none.
        package var refusalRecall: Double
    }

    /// A question: how risky it looked, whether its answer would be right, and whether the documents
    /// answer it at all.
    package struct Trial: Hashable, Sendable {
        var risk: Double
        var isRight: Bool
        var isAnswerable: Bool

        /// A question.
        package init(risk: Double, isRight: Bool, isAnswerable: Bool) {
            self.risk = risk
            self.isRight = isRight
            self.isAnswerable = isAnswerable
        }
    }

    private let trials: [Trial]

    /// The curve of `trials`, in any order.
    package init(_ trials: [Trial]) {
        self.trials = trials.sorted {
            ($0.risk, $0.isRight ? 0 : 1) < ($1.risk, $1.isRight ? 0 : 1)
        }
    }

    /// What answering up to `bound` gives.
    ///
    /// - Complexity: O(trials).
    package func point(at bound: Double) -> Point {
        point(at: bound, answering: trials.prefix { $0.risk <= bound }.count)
    }

    /// What answering the `count` least risky questions gives.
    private func point(at bound: Double, answering count: Int) -> Point {
        let answered = trials.prefix(count)
        let refused = trials.dropFirst(count)
        let lost = trials.count { !$0.isAnswerable }
        let refusedRightly = refused.count { !$0.isAnswerable }
        let found = answered.count(where: \.isAnswerable)
        return Point(
            bound: bound,
            coverage: Self.share(count, of: trials.count, otherwise: 0),
            error: Self.share(answered.count { !$0.isRight }, of: count, otherwise: 0),
            answered: Self.share(found, of: trials.count - lost, otherwise: 0),
            right: Self.share(answered.count(where: \.isRight), of: found, otherwise: 0),
            refusalPrecision: Self.share(refusedRightly, of: refused.count, otherwise: 1),
            refusalRecall: Self.share(refusedRightly, of: lost, otherwise: 1)
        )
    }

    /// A point for each different risk, from the most careful to the one that answers everything.
    ///
    /// - Complexity: O(n²) in the different risks at worst, of which a curve has few hundred.
    package var curve: [Point] {
        trials.indices.compactMap { index in
            let isLast = index + 1 == trials.count || trials[index + 1].risk > trials[index].risk
            return isLast ? point(at: trials[index].risk, answering: index + 1) : nil
        }
    }

    /// The area under the curve of error over coverage: the mean error over all coverages, smaller is
    /// better.
    ///
    /// Geifman, Uziel and El-Yaniv, *Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers*,
    /// ICLR 2019.
    package var area: Double {
        var wrong = 0
        var sum = 0.0
        for (index, trial) in trials.enumerated() {
            if !trial.isRight { wrong += 1 }
            sum += Double(wrong) / Double(index + 1)
        }
        return trials.isEmpty ? 0 : sum / Double(trials.count)
    }

    /// How far the stated risks are from the true ones: the mean distance, over `bins` groups of equal
    /// size, between the mean risk and the share of wrong answers.
    ///
    /// Naeini, Cooper and Hauskrecht, *Obtaining Well Calibrated Probabilities Using Bayesian Binning*,
    /// AAAI 2015, with groups of equal size.
    package func calibrationError(bins: Int = 10) -> Double {
        reliability(bins: bins).reduce(0) { $0 + abs($1.stated - $1.wrong) * Double($1.count) }
            / Double(max(trials.count, 1))
    }

    /// Questions whose stated risks are alike, and how many of them would be answered wrongly.
    package struct Group: Codable, Hashable, Sendable {
        /// The mean of the stated risks.
        package var stated: Double
        /// The share of wrong answers.
        package var wrong: Double
        /// The number of questions.
        package var count: Int
    }

    /// The trials in at most `bins` groups of equal size, from the least stated risk to the largest.
    ///
    /// - Complexity: O(trials).
    package func reliability(bins: Int = 10) -> [Group] {
        (0..<bins).compactMap { bin in
            let group = trials[trials.count * bin / bins..<trials.count * (bin + 1) / bins]
            guard !group.isEmpty else { return nil }
            return Group(
                stated: group.reduce(0) { $0 + $1.risk } / Double(group.count),
                wrong: Self.share(group.count { !$0.isRight }, of: group.count, otherwise: 0),
                count: group.count
            )
        }
    }

    private static func share(_ part: Int, of whole: Int, otherwise: Double) -> Double {
        whole == 0 ? otherwise : Double(part) / Double(whole)
    }
}
