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

    /// Describes what was found.
    public init(likeness: Likeness?, coverage: Double, isForeign: Bool) {
        self.likeness = likeness
        self.coverage = coverage
        self.isForeign = isForeign
    }

    private enum CodingKeys: String, CodingKey { case likeness, coverage, isForeign, risk }

    /// Reads evidence; its risk follows from it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        likeness = try container.decodeIfPresent(Likeness.self, forKey: .likeness)
        coverage = try container.decode(Double.self, forKey: .coverage)
        isForeign = try container.decode(Bool.self, forKey: .isForeign)
    }

    /// Writes evidence with its risk.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(likeness, forKey: .likeness)
        try container.encode(coverage, forKey: .coverage)
        try container.encode(isForeign, forKey: .isForeign)
        try container.encode(risk, forKey: .risk)
    }

    /// The chance, from 0 to 1, that the best sentence does not answer the question.
    ///
    /// A logistic regression on 1,447 questions of five sets: XQuAD and LLM Zoomcamp in English, both
    /// with questions in Spanish, and this project's own sample in both languages, each question asked
    /// with and without the document that answers it, each set weighing the same. Half of what it was
    /// fitted on has no answer: where most questions have one, the risk is stated too high. Fitted
    /// without a set it tells that set's right answers from the others with an area under the ROC curve
    /// of 0.97, 0.84, 0.92, 0.78 and 0.76; `scripts/fit-risk` fits it.
    public var risk: Double { 1 / (1 + exp(logit)) }

    private var logit: Double {
        guard let likeness else { return 3.93 * coverage - 1.59 }
        // Across languages hardly a word is shared, and sentences are less alike.
        let foreign = isForeign ? 1.0 : 0
        return 18.8 * (likeness.best - 0.85) + 1.36 * likeness.contrast + 4.38 * coverage
            + foreign * (2.21 - 2.19 * coverage) - 5.56
    }
}
