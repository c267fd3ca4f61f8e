internal import Foundation

/// What speaks for the best sentence's being an answer to the question, and the risk that it is none.
///
/// Found before anything is answered or sent to a language model, from the passages alone.
public struct Evidence: Codable, Hashable, Sendable {
    /// How the meanings of the sentences compare with the question's; nil without an encoder.
    public struct Likeness: Codable, Hashable, Sendable {
        /// The largest cosine.
        public var best: Double
        /// How far it stands out: in standard deviations over the mean, of few sentences as if there were
        /// others that say nothing.
        public var contrast: Double

        /// How many others are assumed, and how far they leave the best standing out: among a handful of
        /// sentences nothing can stand out far.
        private static let assumed = (count: 6.0, contrast: 2.5)

        init(_ similarities: [Float]) {
            let count = Double(max(similarities.count, 1))
            let mean = similarities.reduce(0) { $0 + Double($1) } / count
            let variance =
                similarities.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
            best = Double(similarities.max() ?? 0)
            let contrast = variance > 0 ? (best - mean) / variance.squareRoot() : 0
            self.contrast =
                (contrast * count + Self.assumed.contrast * Self.assumed.count)
                / (count + Self.assumed.count)
        }
    }

    /// How the meanings of the sentences compare with the question's; nil without an encoder.
    public var likeness: Likeness?
    /// The share of the question's words that the sentence and what stands around it contain, the rare
    /// ones more.
    public var coverage: Double
    /// Whether the sentence is in another language than the question.
    public var isForeign: Bool
    /// The chance, from 0 to 1, that the best sentence does not answer the question: see `RiskModel`.
    public var risk: Double

    /// Describes what was found.
    public init(likeness: Likeness?, coverage: Double, isForeign: Bool, risk: Double) {
        self.likeness = likeness
        self.coverage = coverage
        self.isForeign = isForeign
        self.risk = risk
    }
}
