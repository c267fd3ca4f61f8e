internal import Dispatch
internal import Foundation
internal import SentenceEncoder

/// A reranker that runs in this process: it reads a query and a passage together and says how well they
/// go together.
///
/// It sees more than embeddings, which know nothing of each other, and costs for each passage what
/// embedding query and passage costs.
public struct CrossEncoder: Sendable {
    private let classifier: PairClassifier
    private let threads: Int

    /// Loads the model at `path`: a Hugging Face folder, a folder with one GGUF file, or that file.
    ///
    /// - Throws: `EmbeddingError.encoder`, also for a model of several classes.
    public init(contentsOf path: String, threads: Int? = nil) throws(EmbeddingError) {
        do {
            classifier = try PairClassifier(contentsOf: path)
        } catch {
            throw .model(error)
        }
        guard classifier.labels.count == 1 else {
            throw .severalClasses(model: classifier.name, classifier.labels)
        }
        self.threads = max(threads ?? ProcessInfo.processInfo.activeProcessorCount, 1)
    }

    /// The model's name.
    public var name: String { classifier.name }

    /// How well each of `texts` answers `query`, from 0 to 1, in their order.
    ///
    /// The scores are the logistic function of the model's; what is too long for the model is cut. A
    /// batch that has begun is finished even when the task is cancelled.
    ///
    /// - Throws: `CancellationError`.
    public func scores(of texts: [String], for query: String) async throws -> [Double] {
        guard !texts.isEmpty else { return [] }
        try Task.checkCancellation()
        return await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async {
                let logits = classifier.logits(
                    of: texts.map { (first: query, second: $0) },
                    threads: threads
                )
                continuation.resume(returning: logits.map { 1 / (1 + exp(-Double($0[0]))) })
            }
        }
    }
}
