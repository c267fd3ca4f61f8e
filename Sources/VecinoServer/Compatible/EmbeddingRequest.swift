#if Server
internal import Embedding
internal import Foundation
internal import HTTPTypes
internal import Operations
internal import Vecino

/// A request for embeddings in the form of OpenAI's interface or of Ollama's.
struct EmbeddingRequest {
    /// Texts of one request, as OpenAI bounds them.
    private static let mostTexts = 2_048

    let model: String
    let texts: [String]
    /// Components to keep; nil for all.
    let dimensions: Int?
    let isBase64: Bool
    /// Whether the texts are what is looked for rather than what is found.
    let isQuery: Bool

    /// Reads a body.
    ///
    /// - Throws: `ServiceError.invalid`.
    init(_ members: [String: JSONValue]) throws(ServiceError) {
        model = try Self.name(of: members)
        switch members["input"] {
        case .string(let text): texts = [text]
        case .array(let elements):
            let strings = elements.compactMap(\.string)
            guard strings.count == elements.count else {
                throw .invalid("“input” must be a text or a list of texts; tokens are not taken.")
            }
            texts = strings
        default: throw .invalid("“input” is missing: a text or a list of texts.")
        }
        guard texts.count <= Self.mostTexts else {
            throw .invalid("“input” has \(texts.count) texts: at most \(Self.mostTexts) are taken.")
        }
        dimensions = try Self.count(members["dimensions"], as: "dimensions")
        switch members["encoding_format"] {
        case nil, .null, "float": isBase64 = false
        case "base64": isBase64 = true
        default: throw .invalid("“encoding_format” must be float or base64.")
        }
        let kind = members["input_type"]?.string
        isQuery = kind == "query" || kind == "search_query"
    }

    /// The model that a body names.
    static func name(of members: [String: JSONValue]) throws(ServiceError) -> String {
        guard let name = members["model"]?.string, !name.isEmpty else {
            throw .invalid("“model” is missing: GET /v1/models lists what there is.")
        }
        return name
    }

    /// A positive number that a body may have.
    static func count(_ value: JSONValue?, as name: String) throws(ServiceError) -> Int? {
        switch value {
        case nil, .null: nil
        case .integer(let number) where (1...1_000_000).contains(number): Int(number)
        default: throw .invalid("“\(name)” must be a whole number from 1 up.")
        }
    }

    /// Checks that a name is the library's embedding model's, or the last part of it.
    static func check(
        _ name: String,
        against model: EmbeddingModel
    ) throws {
        let parts = model.id.split(separator: ":").dropFirst().map(String.init)
        guard name == model.id || parts.contains(name) || name == WebServer.chatModel else {
            throw Refusal(
                status: .notFound,
                code: "model_not_found",
                message: "There is no model “\(name.prefix(60))”: this library is embedded with "
                    + "\(model.id)."
            )
        }
    }

    /// The embeddings, shortened and brought to length one again if that was asked for.
    private func embeddings(_ served: ServedLibrary) async throws -> [[Float]] {
        let model = try await served.library.embeddingModel()
        try Self.check(self.model, against: model)
        if let dimensions, model.dimensions > 0, dimensions > model.dimensions {
            throw ServiceError.invalid(
                "“dimensions” is \(dimensions), and \(model.id) has \(model.dimensions)."
            )
        }
        let vectors = try await served.library.embed(texts, isQuery: isQuery)
        guard let dimensions else { return vectors }
        return vectors.map { vector in
            let head = vector.prefix(dimensions)
            let length = head.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? head.map { $0 / length } : Array(head)
        }
    }

    /// The reply in OpenAI's form.
    func openAIReply(_ served: ServedLibrary) async throws -> JSONValue {
        let vectors = try await embeddings(served)
        let tokens = Int64(try await served.library.tokenCount(of: texts))
        let data = vectors.enumerated().map { index, vector -> JSONValue in
            [
                "object": "embedding", "index": .integer(Int64(index)),
                "embedding": isBase64 ? .string(Self.base64(vector)) : Self.numbers(vector),
            ]
        }
        return [
            "object": "list", "model": .string(model), "data": .array(data),
            "usage": ["prompt_tokens": .integer(tokens), "total_tokens": .integer(tokens)],
        ]
    }

    /// The reply in Ollama's form.
    func ollamaReply(_ served: ServedLibrary) async throws -> JSONValue {
        let start = ContinuousClock.now
        let vectors = try await embeddings(served)
        let tokens = Int64(try await served.library.tokenCount(of: texts))
        let nanoseconds = Int64(ContinuousClock.now.milliseconds(since: start) * 1e6)
        return [
            "model": .string(model), "embeddings": .array(vectors.map(Self.numbers)),
            "total_duration": .integer(nanoseconds), "load_duration": 0,
            "prompt_eval_count": .integer(tokens),
        ]
    }

    private static func numbers(_ vector: [Float]) -> JSONValue {
        .array(vector.map { .number(Double($0)) })
    }

    /// The components as little-endian float32, in base64.
    static func base64(_ vector: [Float]) -> String {
        var bytes = Data(capacity: vector.count * 4)
        for component in vector {
            let bits = component.bitPattern
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
        }
        return bytes.base64EncodedString()
    }
}
#endif
