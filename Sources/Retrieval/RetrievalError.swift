public import Corpus

/// Why a search could not be made.
@nonexhaustive public enum RetrievalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The query has no words.
    case emptyQuery
    /// The query has more bytes than are taken.
    case queryTooLong(bytes: Int, limit: Int)
    /// No passage has the number.
    case noSuchPassage(PassageID)
    /// What should look at the first passages again cannot be had for a library of `model`.
    case cannotRerank(Reranking, model: String?)

    /// What was expected, and what to do about it.
    public var description: String {
        switch self {
        case .emptyQuery:
            "The query is empty: say what to look for, for example `vecino search \"opening hours\"`."
        case .queryTooLong(let bytes, let limit):
            "The query has \(bytes) bytes, and at most \(limit) are taken: shorten it."
        case .noSuchPassage(let id):
            "The library has no passage \(id): `vecino search` shows the numbers of those it has."
        case .cannotRerank(.late, let model):
            "Reranking by late interaction compares tokens with an embedding model that runs in this "
                + "process, and this library's is \(model ?? "none yet"): name a cross-encoder "
                + "(`vecino model list`), or do not rerank."
        case .cannotRerank(let choice, _):
            "Nothing here can rerank with “\(choice)”: name late, or a cross-encoder of this machine "
                + "(`vecino model list`)."
        }
    }
}
