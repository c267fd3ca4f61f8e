/// Why a language model did not answer.
@nonexhaustive public enum AnsweringError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A provider needs a key and the environment has none.
    case missingKey(variable: String, model: String)

    /// No server of language models answers on this machine, at none of these ports.
    case noLocalServer(ports: [Int])

    /// The server wants a key and was sent none; `reason` is what it said and how to have it sent one.
    case keyWanted(model: String, reason: String)

    /// The request did not succeed; `reason` says what happened and what to do.
    case request(model: String, reason: String)

    /// The provider does not know the model.
    case unknownModel(model: String, reason: String)

    /// The key was refused; `reason` is what the server said.
    case keyRefused(model: String, variable: String, reason: String)

    /// The account's quota is used up, or too many requests were sent.
    case quota(model: String, reason: String)

    /// The prompt is longer than the model reads.
    case contextOverflow(model: String, reason: String)

    /// The provider's safety filter stopped the question or the reply.
    case blocked(model: String, reason: String)

    /// The stream broke off or is not what the provider documents.
    case malformedReply(model: String, reason: String)

    /// The budget of the question is used up, or too small for this request.
    case budget(model: String, reason: String)

    /// What happened, and what to do about it.
    public var description: String {
        switch self {
        case .missingKey(let variable, let model):
            "\(model) needs a key: set \(variable) in the environment, or ask no model."
        case .noLocalServer(let ports):
            "no language model is served on this machine (ports "
                + ports.map(String.init).joined(separator: ", ")
                + "): start Ollama, LM Studio or `scripts/local-llm serve`, or give the address of "
                + "another server."
        case .keyWanted(let model, let reason):
            "\(model): the server wants a key \(reason)"
        case .request(let model, let reason):
            "\(model): \(reason)"
        case .unknownModel(let model, let reason):
            "\(model) is not known to the server (\(reason)): check the model's name."
        case .keyRefused(let model, let variable, let reason):
            "\(model) refused the key (\(reason)): check \(variable), or ask no model."
        case .quota(let model, let reason):
            "\(model) has no quota left (\(reason)): wait, or check the account."
        case .contextOverflow(let model, let reason):
            "the prompt is too long for \(model) (\(reason)): use fewer passages."
        case .blocked(let model, let reason):
            "\(model) refused to answer (\(reason)): rephrase, or use another model."
        case .budget(let model, let reason):
            "\(model) was not asked further, because the budget is used up (\(reason)): allow more, or "
                + "ask no model."
        case .malformedReply(let model, let reason):
            "\(model) sent a reply that cannot be read (\(reason)): try again, or use another model."
        }
    }
}
