#if Server
internal import Embedding
internal import HTTPTypes
internal import Hummingbird
internal import Operations
internal import Vecino

/// Interfaces that other programs already speak: OpenAI's, Cohere's and Jina's reranking, Ollama's.
extension WebServer {
    /// Bytes of a body that may hold many texts.
    private static let maximumTexts = 8 << 20

    /// The name under which the library answers as a chat model.
    static let chatModel = "vecino"

    static func addCompatibleRoutes(_ served: ServedLibrary, to router: Routes) {
        func post(
            _ path: String,
            _ answer: @escaping @Sendable ([String: JSONValue], Request) async throws -> Response
        ) {
            router.post(RouterPath(path)) { request, _ in
                let members = try await json(of: request, upTo: maximumTexts)
                do {
                    return try await answer(members, request)
                } catch let refusal as Refusal {
                    throw refusal
                } catch {
                    throw ServiceError(error)
                }
            }
        }
        router.get("v1/models") { _, _ in try response(.ok, await models(served)) }
        router.get("v1/models/**") { _, context in
            let name = context.parameters.getCatchAll().joined(separator: "/")
            return try response(.ok, await model(named: name, served))
        }
        post("v1/embeddings") { members, _ in
            try response(.ok, await EmbeddingRequest(members).openAIReply(served))
        }
        post("api/embed") { members, _ in
            try response(.ok, await EmbeddingRequest(members).ollamaReply(served))
        }
        post("v1/rerank") { members, _ in
            try response(.ok, await RerankRequest(members).reply(served))
        }
        post("v1/chat/completions") { members, request in
            try await ChatCompletion(members, host: request.head.authority).reply(served)
        }
    }

    private static func models(_ served: ServedLibrary) async throws -> JSONValue {
        let embedding = try await served.library.embeddingModel().id
        let names = [chatModel, embedding] + [served.rerankerName].compactMap(\.self)
        return ["object": "list", "data": .array(names.map(entry))]
    }

    private static func model(
        named name: String,
        _ served: ServedLibrary
    ) async throws -> JSONValue {
        let embedding = try await served.library.embeddingModel().id
        let names = [chatModel, embedding] + [served.rerankerName].compactMap(\.self)
        guard names.contains(name) else {
            throw Refusal(
                status: .notFound,
                code: "model_not_found",
                message: "There is no model “\(name.prefix(60))”: there are "
                    + "\(names.joined(separator: ", "))."
            )
        }
        return entry(name)
    }

    private static func entry(_ name: String) -> JSONValue {
        ["id": .string(name), "object": "model", "created": 0, "owned_by": "vecino"]
    }
}
#endif
