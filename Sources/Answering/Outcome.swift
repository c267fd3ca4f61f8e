/// Whether a question was answered and, if not, why.
///
/// In JSON: `{"status": "answered"}` or `{"status": "abstained", "reason": "weakSupport"}`.
public enum Outcome: Hashable, Sendable {
    /// The claims answer the question.
    case answered
    /// The documents do not say, as far as can be told.
    case abstained(Abstention)

    /// Whether there is an answer.
    public var isAnswered: Bool { self == .answered }
}

/// Why a question was not answered.
public enum Abstention: String, Codable, Sendable, CaseIterable {
    /// Retrieval found nothing.
    case noPassages
    /// What was found has too little to do with the question.
    case weakSupport
    /// The question names a code, a year or a number that none of what was found mentions.
    case notMentioned
    /// The language model read the passages and said that they do not answer.
    case modelDeclined
    /// The language model answered, but none of its quotations stands in the documents.
    case noQuotationPassed
    /// The language model's reply could not be read.
    case unreadableReply
    /// The question goes on from others, and what was found had been quoted for them already.
    case nothingNew

    /// The reason as a sentence for a person, in Spanish if `language` is `es`, else in English.
    public func explanation(language: String) -> String {
        let spanish = language == "es"
        return switch self {
        case .noPassages:
            spanish
                ? "No está en tus documentos: la búsqueda no encontró ningún pasaje."
                : "Not in your documents: the search found no passage."
        case .weakSupport:
            spanish
                ? "No está en tus documentos: los pasajes más cercanos no responden la pregunta."
                : "Not in your documents: the nearest passages do not answer the question."
        case .notMentioned:
            spanish
                ? "No está en tus documentos: ningún pasaje cercano menciona lo que la pregunta nombra."
                : "Not in your documents: no near passage mentions what the question names."
        case .modelDeclined:
            spanish
                ? "No está en tus documentos: el modelo leyó los pasajes y no halló la respuesta."
                : "Not in your documents: the model read the passages and found no answer."
        case .noQuotationPassed:
            spanish
                ? "Sin respuesta comprobada: ninguna cita del modelo está en tus documentos."
                : "No checked answer: none of the model's quotations stands in your documents."
        case .nothingNew:
            spanish
                ? "Tus documentos no dicen más: lo que se encontró ya se había citado."
                : "Your documents say no more: what was found had been quoted already."
        case .unreadableReply:
            spanish
                ? "Sin respuesta comprobada: la respuesta del modelo no se pudo leer."
                : "No checked answer: the model's reply could not be read."
        }
    }
}

extension Outcome: Codable {
    private enum CodingKeys: String, CodingKey { case status, reason }
    private enum Status: String, Codable { case answered, abstained }

    /// Reads an outcome.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Status.self, forKey: .status) {
        case .answered: self = .answered
        case .abstained:
            self = .abstained(try container.decode(Abstention.self, forKey: .reason))
        }
    }

    /// Writes an outcome.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .answered: try container.encode(Status.answered, forKey: .status)
        case .abstained(let reason):
            try container.encode(Status.abstained, forKey: .status)
            try container.encode(reason, forKey: .reason)
        }
    }
}
