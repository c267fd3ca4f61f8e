/// What a model wants to read before a text, so as to know what the text is for.
///
/// Models in this process and servers for models of one's own take texts as they come; whoever asks
/// must add these.
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

    /// The prefixes that the authors of well-known models ask for, told by the model's name,
    /// however it is written: `BAAI/bge-small-en-v1.5`, `bge_small_en`, `nomic-embed-text:latest`.
    ///
    /// - Complexity: O(rules · words of `name`).
    public static func forModel(named name: String) -> RolePrefixes {
        let words = Set(
            name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        )
        return table.first { $0.applies(to: words) }?.prefixes ?? .none
    }

    /// `text` with what the model wants before it.
    package func apply(to text: String, as role: EmbeddingRole) -> String {
        switch role {
        case .query: query + text
        case .passage: passage + text
        }
    }
}

extension RolePrefixes {
    /// The names that prefixes belong to: all of `words` occur in them, one of each of the `oneOf`,
    /// and none of `without`.
    private struct Rule {
        var words: Set<String>
        var oneOf: Set<String> = []
        var without: Set<String> = []
        var prefixes: RolePrefixes

        init(
            _ words: Set<String>,
            oneOf: Set<String> = [],
            without: Set<String> = [],
            query: String,
            passage: String = ""
        ) {
            self.words = words
            self.oneOf = oneOf
            self.without = without
            prefixes = RolePrefixes(query: query, passage: passage)
        }

        func applies(to name: Set<String>) -> Bool {
            words.isSubset(of: name) && (oneOf.isEmpty || !oneOf.isDisjoint(with: name))
                && without.isDisjoint(with: name)
        }
    }

    private static let search = "Represent this sentence for searching relevant passages: "
    private static let task =
        "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "

    /// As the model cards have it; the first rule that applies counts.
    private static let table = [
        Rule(["e5"], oneOf: ["instruct", "mistral"], query: task),
        Rule(["e5"], oneOf: ["small", "base", "large"], query: "query: ", passage: "passage: "),
        Rule(["bge"], oneOf: ["en"], without: ["icl", "m3"], query: search),
        Rule(["bge"], oneOf: ["zh"], without: ["m3"], query: "为这个句子生成表示以用于检索相关文章："),
        Rule(["arctic", "embed"], oneOf: ["v2"], query: "query: "),
        Rule(["arctic", "embed2"], query: "query: "),
        Rule(["arctic", "embed"], query: search),
        Rule(
            ["nomic", "embed", "code"],
            query: "Represent this query for searching relevant code: "
        ),
        Rule(["nomic", "embed"], query: "search_query: ", passage: "search_document: "),
        Rule(["mxbai", "embed"], query: search),
        Rule(["uae", "large"], query: search),
        Rule(["gte"], oneOf: ["qwen2", "instruct"], query: task),
        Rule(
            ["qwen3"],
            oneOf: ["embedding", "embed", "embeddings"],
            query: String(task.dropLast())
        ),
        Rule(
            ["jina", "v3"],
            oneOf: ["embeddings", "embedding"],
            query: "Represent the query for retrieving evidence documents: ",
            passage: "Represent the document for retrieval: "
        ),
        Rule(
            ["jina", "v4"],
            oneOf: ["embeddings", "embedding"],
            query: "Query: ",
            passage: "Passage: "
        ),
        Rule(
            ["embeddinggemma"],
            query: "task: search result | query: ",
            passage: "title: none | text: "
        ),
        Rule(["linq", "embed"], query: task),
        Rule(["sfr", "embedding"], query: task),
        Rule(["kalm", "embedding"], oneOf: ["instruct"], query: task),
        Rule(["stella"], oneOf: ["en"], query: task.replacing("query\n", with: "query.\n")),
    ]
}
