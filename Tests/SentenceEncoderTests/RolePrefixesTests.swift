import SentenceEncoder
import Testing

/// One table says what known models want before texts, for those in this process and those behind
/// HTTP.
@Suite struct RolePrefixesTests {
    private static let search = "Represent this sentence for searching relevant passages: "

    @Test(arguments: [
        ("multilingual-e5-small", "query: ", "passage: "),
        ("intfloat/e5-large-v2", "query: ", "passage: "), ("E5_Base_v2", "query: ", "passage: "),
        ("BAAI/bge-small-en-v1.5", search, ""), ("bge-large-en", search, ""),
        ("bge-m3", "", ""), ("bge-large-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("nomic-embed-text", "search_query: ", "search_document: "),
        ("text-embedding-nomic-embed-text-v1.5@q8_0", "search_query: ", "search_document: "),
        ("nomic-embed-text:latest", "search_query: ", "search_document: "),
        ("snowflake-arctic-embed-m", search, ""), ("snowflake-arctic-embed:22m", search, ""),
        ("snowflake-arctic-embed-l-v2.0", "query: ", ""),
        ("snowflake-arctic-embed2", "query: ", ""),
        ("mxbai-embed-large", search, ""), ("gte-base-en-v1.5", "", ""), ("gte-large", "", ""),
        ("jina-embeddings-v2-base-es", "", ""),
        (
            "jina-embeddings-v3", "Represent the query for retrieving evidence documents: ",
            "Represent the document for retrieval: "
        ),
        ("jina-embeddings-v4", "Query: ", "Passage: "),
        ("embeddinggemma:300m", "task: search result | query: ", "title: none | text: "),
        ("all-MiniLM-L6-v2", "", ""), ("text-embedding-3-small", "", ""), ("base5-large", "", ""),
        ("paraphrase-multilingual-e50-large", "", ""), ("", "", ""),
    ])
    func knowsWhatAModelWants(name: String, query: String, passage: String) {
        #expect(RolePrefixes.forModel(named: name) == RolePrefixes(query: query, passage: passage))
    }

    @Test(arguments: [
        "multilingual-e5-large-instruct", "e5-mistral-7b-instruct", "Qwen3-Embedding-0.6B",
        "qwen3-embedding:8b", "gte-Qwen2-1.5B-instruct", "Linq-Embed-Mistral",
    ])
    func modelsOfInstructionsAreInstructedForQueriesOnly(name: String) {
        let prefixes = RolePrefixes.forModel(named: name)
        #expect(prefixes.query.hasPrefix("Instruct: Given a web search query, retrieve relevant"))
        #expect(prefixes.query.contains("\nQuery:"))
        #expect(prefixes.passage.isEmpty)
    }
}
