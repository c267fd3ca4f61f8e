#if Server
internal import Embedding
internal import Operations
internal import Retrieval
internal import Vecino

/// A request to order texts by a query, in the form that Cohere's and Jina's interfaces share.
///
/// What `serve --rerank` names scores them: a cross-encoder, or late interaction. Without it the score is
/// the cosine of the embeddings of query and text.
struct RerankRequest {
    /// Texts of one request.
    private static let mostTexts = 1_000

    let model: String
    let query: String
    let documents: [String]
    let most: Int
    let returnsDocuments: Bool

    /// Reads a body.
    ///
    /// - Throws: `ServiceError.invalid`.
    init(_ members: [String: JSONValue]) throws(ServiceError) {
        model = members["model"]?.string ?? WebServer.chatModel
        guard let query = members["query"]?.string, query.contains(where: { !$0.isWhitespace })
        else { throw .invalid("“query” is missing.") }
        self.query = query
        guard let elements = members["documents"]?.elements else {
            throw .invalid("“documents” is missing: a list of texts.")
        }
        let texts = elements.compactMap { $0.string ?? $0["text"]?.string }
        guard texts.count == elements.count, texts.count <= Self.mostTexts else {
            throw .invalid("“documents” must be at most \(Self.mostTexts) texts.")
        }
        documents = texts
        most = try EmbeddingRequest.count(members["top_n"], as: "top_n") ?? texts.count
        returnsDocuments = members["return_documents"] == true
    }

    /// The texts, best first; ties in the order of the request.
    func reply(_ served: ServedLibrary) async throws -> JSONValue {
        let reranking = served.reranking ?? .off
        if reranking == .off || model != served.rerankerName {
            try EmbeddingRequest.check(model, against: await served.library.embeddingModel())
        }
        let scores =
            reranking == .off
            ? try await cosines(served)
            : try await served.library.rerank(documents, for: query, by: reranking)
        let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        let results = order.prefix(most).map { index -> JSONValue in
            let result: JSONValue = [
                "index": .integer(Int64(index)), "relevance_score": .number(scores[index]),
            ]
            guard returnsDocuments else { return result }
            return result.adding(["document": ["text": .string(documents[index])]])
        }
        let tokens = Int64(try await served.library.tokenCount(of: [self.query] + documents))
        return [
            "model": .string(model), "results": .array(results),
            "usage": ["total_tokens": .integer(tokens)],
            "meta": ["scorer": .string(Self.scorer(reranking))],
        ]
    }

    /// The cosine of each text's embedding and the query's.
    private func cosines(_ served: ServedLibrary) async throws -> [Double] {
        let query = try await served.library.embed([query], isQuery: true).first ?? []
        return try await served.library.embed(documents, isQuery: false).map { vector in
            Double(zip(vector, query).reduce(Float(0)) { $0 + $1.0 * $1.1 })
        }
    }

    private static func scorer(_ reranking: Reranking) -> String {
        switch reranking {
        case .off: "cosine of embeddings"
        case .late: "late interaction"
        case .model: "cross-encoder"
        }
    }
}
#endif
