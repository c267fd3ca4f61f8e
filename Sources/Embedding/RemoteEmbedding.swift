internal import FoundationEssentials
internal import HTTPTransport
internal import Synchronization

/// What the clients of embedding servers share: batches, limits, checks and errors.
///
/// A class, because the dimensions of an unknown model are learned from its first reply.
final class RemoteEmbedding: Sendable {
    /// Texts and estimated tokens of the largest batch.
    struct Limits: Sendable {
        var texts: Int
        var tokens: Int
    }

    /// Writes a request for a batch.
    typealias MakeRequest = @Sendable (_ texts: [String]) -> Transport.Request

    /// Reads the embeddings of a batch out of a reply, in the order of the texts.
    typealias ReadReply = @Sendable (_ body: [UInt8], _ count: Int) throws -> [[Float]]

    private let id: String
    private let maximumTokens: Int
    private let limits: Limits
    private let variable: String
    private let key: Secret?
    private let transport: Transport
    private let dimensions: Mutex<Int>

    init(
        id: String,
        dimensions: Int,
        maximumTokens: Int,
        limits: Limits,
        variable: String,
        key: Secret?,
        transport: Transport
    ) {
        self.id = id
        self.dimensions = Mutex(dimensions)
        self.maximumTokens = maximumTokens
        self.limits = limits
        self.variable = variable
        self.key = key
        self.transport = transport
    }

    var model: EmbeddingModel {
        EmbeddingModel(
            id: id,
            dimensions: dimensions.withLock { $0 },
            maximumTokens: maximumTokens
        )
    }

    /// Estimates the tokens of `text`: three bytes make one, which is rather too many.
    static func tokenCount(of text: String) -> Int { (text.utf8.count + 2) / 3 }

    /// Embeds `texts` batch by batch.
    func embed(
        _ texts: [String],
        request: MakeRequest,
        reply: ReadReply
    ) async throws -> [[Float]] {
        var result: [[Float]] = []
        result.reserveCapacity(texts.count)
        var start = 0
        while start < texts.count {
            var end = start
            var tokens = 0
            while end < texts.count, end - start < limits.texts {
                tokens += min(Self.tokenCount(of: texts[end]), maximumTokens)
                if end > start, tokens > limits.tokens { break }
                end += 1
            }
            result += try await embedBatch(texts[start..<end], request, reply)
            start = end
        }
        return result
    }

    /// Embeds one batch; texts that turn out to be too long are cut further, twice.
    private func embedBatch(
        _ texts: ArraySlice<String>,
        _ request: MakeRequest,
        _ reply: ReadReply
    ) async throws -> [[Float]] {
        var limit = maximumTokens * 3
        for attempt in 0...2 {
            try Task.checkCancellation()
            let cut = texts.map { Self.cut($0, toBytes: limit) }
            do {
                let body = try await transport.send(request(cut))
                return try checked(try reply(body, cut.count), count: cut.count)
            } catch let error as TransportError {
                guard attempt < 2, case .status(let status, let body, _) = error,
                    ProviderRefusal(status: status, body: body, key: key).isContextOverflow
                else { throw explained(error) }
                limit /= 2
            }
        }
        return []
    }

    /// The embeddings at length one, after a look at their number and their dimensions.
    private func checked(_ embeddings: [[Float]], count: Int) throws(EmbeddingError) -> [[Float]] {
        guard embeddings.count == count else {
            throw .wrongCount(model: id, expected: count, actual: embeddings.count)
        }
        var result: [[Float]] = []
        result.reserveCapacity(count)
        for embedding in embeddings {
            let expected = dimensions.withLock { known in
                if known == 0 { known = embedding.count }
                return known
            }
            guard embedding.count == expected, expected > 0 else {
                throw .dimensionMismatch(model: id, expected: expected, actual: embedding.count)
            }
            let length = embedding.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            guard length.isFinite, length > 0 else {
                throw .malformedReply(model: id, reason: "an embedding without length")
            }
            let scale = 1 / length
            result.append(embedding.map { Float(Double($0) * scale) })
        }
        return result
    }

    /// Decodes a reply.
    func decode<T: Decodable>(_ type: T.Type, from body: [UInt8]) throws(EmbeddingError) -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            let start = String(decoding: body.prefix(200), as: UTF8.self)
            throw .malformedReply(
                model: id,
                reason: String(ProviderRefusal.oneLine(start).prefix(80))
            )
        }
    }

    private func explained(_ error: TransportError) -> EmbeddingError {
        guard case .status(let status, let body, let retryAfter) = error else {
            return .request(model: id, reason: "\(error)")
        }
        let refusal = ProviderRefusal(status: status, body: body, key: key)
        if refusal.isKeyRefused {
            guard key != nil else { return .missingKey(variable: variable, model: id) }
            return .request(model: id, reason: "the key was refused: check \(variable).")
        }
        let plain = TransportError.status(status, body: refusal.message, retryAfter: retryAfter)
        return .request(model: id, reason: "\(plain)")
    }

    /// `text` cut between characters to at most so many bytes; never blank, since servers refuse
    /// that.
    private static func cut(_ text: String, toBytes limit: Int) -> String {
        guard text.contains(where: { !$0.isWhitespace }) else { return "." }
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: max(limit, 1))
        while end > text.startIndex, end.samePosition(in: text) == nil {
            end = text.utf8.index(before: end)
        }
        return end > text.startIndex ? String(text[..<end]) : String(text.prefix(1))
    }
}

extension Transport {
    /// A transport that asks again only where that can help.
    static func forEmbedding() -> Transport {
        Transport { status, body in
            let refusal = ProviderRefusal(status: status, body: body, key: nil)
            return refusal.isExhausted || refusal.isContextOverflow
        }
    }
}
