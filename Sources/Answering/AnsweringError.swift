/// Why a language model did not answer.
@nonexhaustive public enum AnsweringError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A provider needs a key and the environment has none.
    case missingKey(variable: String, model: String)

    /// No server of language models answers on this machine, at none of these ports.
    case noLocalServer(ports: [Int])

    /// The request did not succeed; `reason` says what happened and what to do.
    case request(model: String, reason: String)

    /// The provider does not know the model.
    case unknownModel(model: String, reason: String)

    /// The key was refused.
    case keyRefused(model: String, variable: String)

    /// The account's quota is used up, or too many requests were sent.
    case quota(model: String, reason: String)

    /// The prompt is longer than the model reads.
    case contextOverflow(model: String, reason: String)

    /// The provider's safety filter stopped the question or the reply.
    case blocked(model: String, reason: String)

    /// The stream broke off or is not what the provider documents.
    case malformedReply(model: String, reason: String)

    /// What happened, and what to do about it.
    public var description: String {
        switch self {
        case .missingKey(let variable, let model):
            "\(model) needs a key: set \(variable) in the environment, or use --no-llm."
        case .noLocalServer(let ports):
            "no language model is served on this machine (ports "
                + ports.map(String.init).joined(separator: ", ")
                + "): start Ollama, LM Studio or `scripts/local-llm serve`, name another address "
                + "with --base-url, or use --no-llm."
        case .request(let model, let reason):
            "\(model): \(reason)"
        case .unknownModel(let model, let reason):
            "\(model) is not known to the server (\(reason)): check the name given to -m."
        case .keyRefused(let model, let variable):
            "\(model) refused the key: check \(variable), or use --no-llm."
        case .quota(let model, let reason):
            "\(model) has no quota left (\(reason)): wait, check the account, or use --no-llm."
        case .contextOverflow(let model, let reason):
            "the prompt is too long for \(model) (\(reason)): use fewer passages with -k."
        case .blocked(let model, let reason):
            "\(model) refused to answer (\(reason)): rephrase, use another model, or use --no-llm."
        case .malformedReply(let model, let reason):
            "\(model) sent a reply that cannot be read (\(reason)): try again, or use --no-llm."
        }
    }
}
