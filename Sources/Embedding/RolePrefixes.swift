internal import SentenceEncoder

/// What a model wants to read before a text, so as to know what the text is for.
///
/// Servers for models of one's own pass texts on as they come; whoever asks must add these.
public struct RolePrefixes: Hashable, Sendable {
    /// Before what is looked for.
    public var query: String
    /// Before what is found.
    public var passage: String

    /// Describes prefixes.
    public init(query: String, passage: String) {
        self.query = query
        self.passage = passage
    }

    /// No prefixes.
    public static let none = RolePrefixes(query: "", passage: "")

    /// The prefixes that the authors of well-known models ask for, told by the model's name.
    public static func forModel(named name: String) -> RolePrefixes {
        let name = name.lowercased()
        if name.contains("e5-"), !name.contains("instruct") {
            return RolePrefixes(query: "query: ", passage: "passage: ")
        }
        if name.contains("nomic-embed") {
            return RolePrefixes(query: "search_query: ", passage: "search_document: ")
        }
        if name.contains("bge-"), name.contains("-en"), !name.contains("m3") {
            return RolePrefixes(
                query: "Represent this sentence for searching relevant passages: ",
                passage: ""
            )
        }
        return .none
    }

    func apply(to text: String, as role: EmbeddingRole) -> String {
        switch role {
        case .query: query + text
        case .passage: passage + text
        }
    }
}
