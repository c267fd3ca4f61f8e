/// Why a model could not be loaded or run.
@nonexhaustive public enum SentenceEncoderError: Error, Hashable, Sendable, CustomStringConvertible
{
    /// There is no model at `path`.
    case notFound(path: String)
    /// A file could not be read; `reason` is the system's word.
    case unreadable(path: String, reason: String)
    /// A file is damaged or not what its name says.
    case malformed(path: String, reason: String)
    /// The model is whole but of a kind that this encoder does not run.
    case unsupported(path: String, reason: String)
    /// The model can be run, but not for what it is wanted for.
    case otherKind(path: String, is: ModelKind, wanted: ModelKind)

    /// What is wrong, and what to do about it.
    public var description: String {
        switch self {
        case .notFound(let path):
            "No embedding model at \(path): run scripts/models, or name a folder with config.json,"
                + " tokenizer.json and model.safetensors, or a .gguf file."
        case .unreadable(let path, let reason):
            "\(path) cannot be read (\(reason)): check that it exists and may be read."
        case .malformed(let path, let reason):
            "\(path) is damaged (\(reason)): download the model again."
        case .unsupported(let path, let reason):
            "\(path) cannot be run: \(reason). Choose a BERT or XLM-RoBERTa sentence encoder, such as"
                + " multilingual-e5-small or all-MiniLM-L6-v2, or for reranking a cross-encoder of these"
                + " families, such as ms-marco-MiniLM-L6-v2."
        case .otherKind(let path, let kind, let wanted):
            "\(path) is \(kind), and \(wanted) is wanted: `vecino model list` says which models are which."
        }
    }
}
