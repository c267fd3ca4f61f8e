internal import Dispatch
internal import FoundationEssentials
public import SentenceEncoder

/// The encoder of this process as an `Embedder`.
///
/// Its work is arithmetic for many milliseconds, so it runs on threads of its own and leaves those
/// of Swift's tasks to others.
public struct InProcessEmbedder: TokenEmbedder {
    private let encoder: SentenceEncoder
    private let threads: Int

    /// Uses `encoder` with so many threads for each call; all of the machine's if nil.
    public init(_ encoder: SentenceEncoder, threads: Int? = nil) {
        self.encoder = encoder
        self.threads = max(threads ?? ProcessInfo.processInfo.activeProcessorCount, 1)
    }

    /// Loads the model at `path`: a Hugging Face folder, a folder with one GGUF file, or that file.
    ///
    /// - Throws: `EmbeddingError.encoder`.
    public init(contentsOf path: String, threads: Int? = nil) throws(EmbeddingError) {
        do {
            self.init(try SentenceEncoder(contentsOf: path), threads: threads)
        } catch {
            throw .encoder(model: path, reason: "\(error)")
        }
    }

    /// The model: `local:NAME:FINGERPRINT`.
    public var model: EmbeddingModel {
        EmbeddingModel(
            id: "local:\(encoder.name):\(encoder.fingerprint)",
            dimensions: encoder.dimensions,
            maximumTokens: encoder.maximumTokens
        )
    }

    /// The tokens of `text`, exactly.
    public func tokenCount(of text: String) -> Int { encoder.tokenCount(of: text) }

    /// Embeds `texts`.
    ///
    /// A batch that has begun is finished even when the task is cancelled.
    public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
        try await run(texts) { encoder.embed(texts, as: role, threads: threads) }
    }

    /// The vectors of each token of `texts`.
    ///
    /// A batch that has begun is finished even when the task is cancelled.
    public func tokenStates(
        of texts: [String],
        as role: EmbeddingRole
    ) async throws -> [TokenStates] {
        try await run(texts) { encoder.tokenStates(of: texts, as: role, threads: threads) }
    }

    /// Computes what `body` makes of texts, if there are any, on a thread of its own.
    private func run<Element: Sendable>(
        _ texts: [String],
        _ body: @escaping @Sendable () throws -> [Element]
    ) async throws -> [Element] {
        guard !texts.isEmpty else { return [] }
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async {
                do {
                    continuation.resume(returning: try body())
                } catch {
                    continuation.resume(
                        throwing: EmbeddingError.encoder(
                            model: encoder.name,
                            reason: "\(error)"
                        )
                    )
                }
            }
        }
    }
}
