internal import Foundation

/// The chance that the best sentence does not answer the question: a logistic regression on what tells answers
/// from sentences that only look like them.
///
/// `scripts/fit-answers` fits it on questions with an answer, on the same ones with the document that answers
/// left out, and on questions that their paragraph only seems to answer.
struct RiskModel: Sendable {
    /// What each signal adds to the logarithm of the odds that it is an answer: see `RiskSignals.names`.
    let weights: [Double]
    /// The logarithm of the odds where every signal is zero.
    let bias: Double

    /// The model for what was compared: tokens, embeddings, or words alone.
    static func of(_ similarities: [Int: MeaningMatch]?, _ tokens: [Range<Int>]) -> RiskModel {
        similarities == nil ? words : tokens.isEmpty ? meaning : Self.tokens
    }

    /// The risk of an answer with these signals, from 0 to 1.
    ///
    /// - Complexity: O(signals).
    func risk(_ signals: [Double]) -> Double {
        let logit = zip(weights, signals).reduce(bias) { $0 + $1.0 * $1.1 }
        return 1 / (1 + exp(logit))
    }
}
