/// How a language model is asked to answer.
public enum AnswerForm: String, Codable, Sendable, CaseIterable {
    /// By the model's size, where its name says it: numbers for small ones, quotations for all others.
    case automatic
    /// It reads passages, and writes claims and the quotations that they rest on.
    case quotations
    /// It reads the best sentences, numbered, and writes the numbers of those that answer and a short claim.
    case numbered

    /// Billions of parameters below which models are asked in numbers: those that were measured alter
    /// quotations as often as they copy them.
    static let smallest = 4.0

    /// The form in which a model of this name is asked.
    package func resolved(for model: String) -> AnswerForm {
        guard self == .automatic else { return self }
        return Self.billions(in: model).map { $0 < Self.smallest } == true ? .numbered : .quotations
    }

    /// The billions of parameters that a model's name tells: `0.5b`, `1.5B`, `135M`, `8x7b`; nil if it tells
    /// none.
    static func billions(in name: String) -> Double? {
        let pattern = /(?:^|[-_:\/ .])(?:([0-9]+)x)?([0-9]+(?:\.[0-9]+)?)([bm])(?![a-z0-9])/
        // Addresses and versions stand elsewhere in a name; the last size is the model's.
        let text = name.lowercased().split(separator: "@").first.map(String.init) ?? ""
        guard let match = text.matches(of: pattern).last, let number = Double(match.2) else {
            return nil
        }
        let experts = match.1.flatMap { Double($0) } ?? 1
        return experts * number / (match.3 == "m" ? 1_000 : 1)
    }
}
