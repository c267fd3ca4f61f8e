internal import VectorKernels

#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// What a model of the BERT family was trained for.
public enum ModelKind: String, Codable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// Texts become vectors: `SentenceEncoder`.
    case embedder = "embedding"
    /// Two texts become a score or classes: `PairClassifier`.
    case pairClassifier = "cross-encoder"

    /// With an article, for messages.
    public var description: String {
        switch self {
        case .embedder: "a sentence encoder"
        case .pairClassifier: "a cross-encoder"
        }
    }
}

/// What stands behind the last layer of a model.
enum ModelHead: Sendable {
    /// Nothing but pooling.
    case pooling
    /// Classes of pairs.
    case pairs(PairHead)

    var kind: ModelKind {
        switch self {
        case .pooling: .embedder
        case .pairs: .pairClassifier
        }
    }
}

/// A dense layer in floats.
struct DenseLayer: Sendable {
    /// Shape `[bias, inputs]`.
    let weights: Section<Float>
    let bias: Section<Float>

    /// weights · vector + bias.
    func apply(to vector: [Float]) -> [Float] {
        weights.withSpan { weights in
            bias.withSpan { bias in
                bias.indices.map { output in
                    let start = output * vector.count
                    let row = weights.extracting(start..<start + vector.count)
                    return DistanceKernels.current.dot(vector.span, row) + bias[output]
                }
            }
        }
    }
}

/// What makes logits of a first token's vector: a dense layer, the hyperbolic tangent, and another layer.
struct PairHead: Sendable {
    /// What the classes are called.
    let labels: [String]
    let dense: DenseLayer
    let output: DenseLayer

    /// A logit for each label.
    func logits(_ vector: [Float]) -> [Float] {
        output.apply(to: dense.apply(to: vector).map { tanhf($0) })
    }
}
