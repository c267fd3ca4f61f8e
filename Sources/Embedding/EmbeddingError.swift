public import SentenceEncoder

/// Why texts could not be embedded.
@nonexhaustive public enum EmbeddingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The in-process model failed; `reason` is its own sentence.
    case encoder(model: String, reason: String)

    /// The model of this machine cannot be loaded; the error says why.
    case model(SentenceEncoderError)

    /// The model tells classes of pairs of texts apart and does not score them.
    case severalClasses(model: String, [String])

    /// The request did not succeed; `reason` says what happened and what to do.
    case request(model: String, reason: String)

    /// A provider needs a key and the environment has none.
    case missingKey(variable: String, model: String)

    /// The server wants a key and was sent none; `reason` is what it said and how to have it sent
    /// one.
    case keyWanted(model: String, reason: String)

    /// The reply is not what the provider documents.
    case malformedReply(model: String, reason: String)

    /// The server embeds other texts and not these: why, by their positions among those that were
    /// given.
    case refusedTexts(model: String, [Int: String])

    /// Not one embedding for each text.
    case wrongCount(model: String, expected: Int, actual: Int)

    /// An embedding has another number of components than the model's others.
    case dimensionMismatch(model: String, expected: Int, actual: Int)

    /// What happened, and what to do about it.
    public var description: String {
        switch self {
        case .encoder(let model, let reason):
            "\(model) could not embed the text: \(reason)"
        case .model(let error):
            error.description
        case .severalClasses(let model, let labels):
            "\(model) tells \(labels.count) classes apart (\(labels.joined(separator: ", "))) and gives "
                + "no score: choose a reranker, such as ms-marco-MiniLM-L6-v2."
        case .request(let model, let reason):
            "\(model): \(reason)"
        case .missingKey(let variable, let model):
            "\(model) needs a key: set \(variable) in the environment, or use a local model."
        case .keyWanted(let model, let reason):
            "\(model): the server wants a key \(reason)"
        case .malformedReply(let model, let reason):
            """
            \(model) sent a reply that is not an embedding (\(reason)): check that the address is an \
            embedding server's and the model an embedding model.
            """
        case .refusedTexts(let model, let reasons):
            """
            \(model) cannot embed \(reasons.count == 1 ? "a text" : "\(reasons.count) texts") \
            (\(reasons.min { $0.key < $1.key }?.value ?? "no reason given")): leave it out, or use \
            another model.
            """
        case .wrongCount(let model, let expected, let actual):
            """
            \(model) sent \(actual) embeddings for \(expected) texts: try again, or use another \
            server.
            """
        case .dimensionMismatch(let model, let expected, let actual):
            """
            \(model) sent \(actual) dimensions, not \(expected): the server changed its model; use \
            the old one, or index again.
            """
        }
    }
}
