internal import HTTPTransport
internal import Synchronization

/// What the clients of embedding servers share: batches, limits, checks and errors.
///
/// A class, because the dimensions of an unknown model, and how many texts a server takes at once,
/// are learned from its replies.
final class RemoteEmbedding: Sendable {
    /// Texts and estimated tokens of the largest batch.
    struct Limits: Sendable {
        var texts: Int
        var tokens: Int
    }

    /// Writes a request for a batch, without the options that the server refuses.
    typealias MakeRequest =
        @Sendable (
            _ texts: [String],
            _ omitted: Set<RequestOption>
        ) -> Transport.Request

    /// How often a text that is too long is cut to half its length.
    static let cuts = 4

    let id: String
    let access: ModelAccess
    let maximumTokens: Int
    private let limits: Limits
    /// What a request can do without.
    let options: [RequestOption]
    let transport: Transport
    let refused: RefusedOptions
    let learned: Mutex<(dimensions: Int, texts: Int)>

    init(
        _ access: ModelAccess,
        askedDimensions: Int?,
        knownDimensions: Int = 0,
        maximumTokens: Int,
        limits: Limits,
        options: [RequestOption] = [],
        transport: Transport?,
        refused: RefusedOptions
    ) {
        id = "\(access.provider):\(access.model)" + (askedDimensions.map { ":\($0)" } ?? "")
        self.access = access
        self.maximumTokens = maximumTokens
        self.limits = limits
        self.options = options
        self.transport = transport ?? .forModels()
        self.refused = refused
        learned = Mutex((askedDimensions ?? knownDimensions, limits.texts))
    }

    var model: EmbeddingModel {
        EmbeddingModel(
            id: id,
            dimensions: learned.withLock { $0.dimensions },
            maximumTokens: maximumTokens
        )
    }

    /// Estimates the tokens of `text`: three bytes make one, which is rather too many.
    static func tokenCount(of text: String) -> Int { (text.utf8.count + 2) / 3 }

    /// Embeds `texts` batch by batch.
    ///
    /// - Throws: `EmbeddingError.refusedTexts` when the server embeds the others and not these.
    func embed(_ texts: [String], request: @escaping MakeRequest) async throws -> [[Float]] {
        var result: [[Float]] = []
        result.reserveCapacity(texts.count)
        var reasons: [Int: String] = [:]
        var start = 0
        while start < texts.count {
            let end = endOfBatch(in: texts, from: start)
            var batch = Batch(self, request: request)
            for (index, outcome) in zip(start..<end, try await batch.embed(texts[start..<end])) {
                switch outcome {
                case .success(let embedding): result.append(embedding)
                case .failure(let refusal): reasons[index] = refusal.reason
                }
            }
            start = end
        }
        guard reasons.isEmpty else { throw EmbeddingError.refusedTexts(model: id, reasons) }
        return result
    }

    private func endOfBatch(in texts: [String], from start: Int) -> Int {
        let most = min(limits.texts, learned.withLock { $0.texts })
        var end = start
        var tokens = 0
        while end < texts.count, end - start < most {
            tokens += min(Self.tokenCount(of: texts[end]), maximumTokens)
            if end > start, tokens > limits.tokens { break }
            end += 1
        }
        return end
    }
}

extension RemoteEmbedding {
    /// The embeddings of a reply at length one, in the order of the texts, and what is wrong with
    /// those that are none.
    ///
    /// - Throws: `EmbeddingError`, or `TransportError.status` for an error in a reply of success.
    func read(_ body: [UInt8], count: Int) throws -> [Result<[Float], Refusal>] {
        let embeddings = try EmbeddingReply(body, count: count, id: id).embeddings
        // One vector among others that is not as long as they are is that text's own trouble.
        let lengths = Dictionary(grouping: embeddings.compactMap { $0?.count }.filter { $0 > 0 }) {
            $0
        }
        let usual =
            lengths.count > 1
            ? lengths.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key : nil
        return try embeddings.map { embedding throws(EmbeddingError) in
            guard let embedding else { return .failure(Refusal(reason: "a vector with nulls")) }
            if embedding.isEmpty { return .failure(Refusal(reason: "an empty vector")) }
            if let usual, embedding.count != usual {
                return .failure(Refusal(reason: "a vector of \(embedding.count) dimensions"))
            }
            let expected = learned.withLock { known in
                if known.dimensions == 0 { known.dimensions = embedding.count }
                return known.dimensions
            }
            guard embedding.count == expected, expected > 0 else {
                throw .dimensionMismatch(model: id, expected: expected, actual: embedding.count)
            }
            let length = embedding.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            guard length.isFinite, length > 0 else {
                return .failure(Refusal(reason: "an embedding without length"))
            }
            let scale = 1 / length
            return .success(embedding.map { Float(Double($0) * scale) })
        }
    }

    func explained(_ error: TransportError) -> EmbeddingError {
        guard case .status(let status, let body, let retryAfter) = error else {
            return .request(model: id, reason: "\(error)")
        }
        let refusal = ProviderRefusal(status: status, body: body, key: access.key)
        let words = refusal.message.isEmpty ? "status \(refusal.status)" : refusal.message
        if refusal.isKeyRefused {
            guard access.key != nil else {
                return .keyWanted(model: id, reason: "(\(words)): \(access.keyAdvice)")
            }
            let reason = "the key was refused (\(words)): check \(access.variable)."
            return .request(model: id, reason: reason)
        }
        let plain = TransportError.status(
            refusal.status,
            body: refusal.message,
            retryAfter: retryAfter
        )
        return .request(model: id, reason: "\(plain)")
    }

    /// `text` cut between characters to at most so many bytes; never blank, since servers refuse
    /// that.
    static func cut(_ text: String, toBytes limit: Int) -> String {
        guard text.contains(where: { !$0.isWhitespace }) else { return "." }
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: max(limit, 1))
        while end > text.startIndex, end.samePosition(in: text) == nil {
            end = text.utf8.index(before: end)
        }
        return end > text.startIndex ? String(text[..<end]) : String(text.prefix(1))
    }
}
