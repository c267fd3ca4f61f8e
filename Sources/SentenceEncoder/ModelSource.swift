internal import VectorKernels

/// How the vectors of a text's tokens become one.
enum Pooling: String, Sendable {
    case mean, first
}

/// The shape and the settings of a BERT-family encoder.
struct EncoderShape: Sendable {
    var layers = 0
    var hidden = 0
    var heads = 0
    var inner = 0
    var vocabulary = 0
    /// Rows of the position table that may be used.
    var positions = 0
    var epsilon: Float = 1e-12
    var pooling = Pooling.mean
    /// The longest input, special tokens included.
    var maximumTokens = 0
    var queryPrefix = ""
    var passagePrefix = ""
}

/// The weights of one layer by what they do.
struct LayerTensors {
    var query, key, value, attention, up, down: (weight: Tensor, bias: Tensor)
    var attentionNorm, outputNorm: (weight: Tensor, bias: Tensor)
}

/// The weights of a classification head.
struct PairHeadTensors {
    /// What the classes are called, as many as the output has rows.
    let labels: [String]
    let dense, output: (weight: Tensor, bias: Tensor)
}

/// A model read from its files: all that inference needs, nothing converted yet.
struct ModelSource {
    let name: String
    var shape: EncoderShape
    let tokenizer: TokenizerDefinition
    let words: Tensor
    let positions: Tensor
    /// Leading rows of `positions` that stand for padding (RoBERTa's numbering starts after them).
    let positionOffset: Int
    let types: Tensor?
    let norm: (weight: Tensor, bias: Tensor)
    let layers: [LayerTensors]
    /// The classification head, if it has one.
    let head: PairHeadTensors?

    var kind: ModelKind { head == nil ? .embedder : .pairClassifier }

    /// Checks that all tensors are there with the shapes that `shape` asks for.
    ///
    /// With `head`, it has a classification head of that name, whose classes are called `labels` as far
    /// as that says.
    init(
        name: String,
        path: String,
        shape: EncoderShape,
        tokenizer: TokenizerDefinition,
        positionOffset: Int,
        tensors: Tensors,
        names: TensorNames,
        head headNames: EncoderArchitecture.PairHeadNames? = nil,
        labels: [String] = []
    ) throws(SentenceEncoderError) {
        func find(_ name: String, _ extents: [Int]) throws(SentenceEncoderError) -> Tensor {
            guard let tensor = tensors[name] else {
                throw .malformed(path: path, reason: "it has no tensor \(name)")
            }
            guard tensor.shape == extents else {
                throw .malformed(
                    path: path,
                    reason: "tensor \(name) is \(tensor.shape), not \(extents)"
                )
            }
            return tensor
        }
        func pair(
            _ name: String,
            _ extents: [Int]
        ) throws(SentenceEncoderError) -> (weight: Tensor, bias: Tensor) {
            (try find(name + ".weight", extents), try find(name + ".bias", [extents[0]]))
        }
        guard shape.layers > 0, shape.layers <= 1024, shape.hidden > 0, shape.heads > 0,
            shape.hidden % shape.heads == 0, shape.inner > 0, shape.hidden <= 1 << 16,
            shape.inner <= 1 << 18
        else {
            throw .malformed(
                path: path,
                reason:
                    "\(shape.layers) layers of \(shape.hidden) in \(shape.heads) heads cannot be"
            )
        }
        let (hidden, inner) = (shape.hidden, shape.inner)
        let top = names.prefix
        self.words = try find(top + names.words + ".weight", [shape.vocabulary, hidden])
        self.positions = try find(
            top + names.positions + ".weight",
            [shape.positions + positionOffset, hidden]
        )
        let types = names.types.flatMap { tensors[top + $0 + ".weight"] }
        guard types == nil || types?.shape.count == 2 && types?.shape[1] == hidden else {
            throw .malformed(
                path: path,
                reason: "tensor \(names.types ?? "") has another width"
            )
        }
        self.types = types
        self.norm = try pair(top + names.norm, [hidden])
        var layers: [LayerTensors] = []
        for index in 0..<shape.layers {
            let at = top + names.layer(index)
            layers.append(
                LayerTensors(
                    query: try pair(at + names.query, [hidden, hidden]),
                    key: try pair(at + names.key, [hidden, hidden]),
                    value: try pair(at + names.value, [hidden, hidden]),
                    attention: try pair(at + names.attention, [hidden, hidden]),
                    up: try pair(at + names.up, [inner, hidden]),
                    down: try pair(at + names.down, [hidden, inner]),
                    attentionNorm: try pair(at + names.attentionNorm, [hidden]),
                    outputNorm: try pair(at + names.outputNorm, [hidden])
                )
            )
        }
        if let headNames {
            let stem = headNames.isDenseOfBody ? top : ""
            let classes = tensors[headNames.output + ".weight"]?.shape.first ?? 1
            head = PairHeadTensors(
                labels: (0..<classes).map { $0 < labels.count ? labels[$0] : "LABEL_\($0)" },
                dense: try pair(stem + headNames.dense, [hidden, hidden]),
                output: try pair(headNames.output, [classes, hidden])
            )
        } else {
            head = nil
        }
        guard tokenizer.idCount <= shape.vocabulary else {
            throw .malformed(
                path: path,
                reason: "its tokenizer has \(tokenizer.idCount) tokens, its weights"
                    + " \(shape.vocabulary)"
            )
        }
        let ids =
            tokenizer.prefix + tokenizer.suffix + tokenizer.separator + tokenizer.pairSuffix
            + tokenizer.added.map(\.id) + [tokenizer.unknown]
        guard ids.allSatisfy({ $0 >= 0 && $0 < shape.vocabulary }) else {
            throw .malformed(path: path, reason: "a special token has no row in the weights")
        }
        self.layers = layers
        self.name = name
        self.shape = shape
        self.tokenizer = tokenizer
        self.positionOffset = positionOffset
    }

    // MARK: GGUF

    /// Reads a GGUF file.
    init(gguf path: String, name: String) throws(SentenceEncoderError) {
        let gguf = try GGUF(path)
        let kind = gguf.text("general.architecture") ?? "not stated"
        guard EncoderArchitecture.inGGUF(kind) != nil else {
            throw .unsupported(path: path, reason: "its architecture is \(kind)")
        }
        func integer(_ key: String) throws(SentenceEncoderError) -> Int {
            guard let value = gguf.integer(key), value > 0 else {
                throw .malformed(path: path, reason: "\(key) is missing")
            }
            return value
        }
        var shape = EncoderShape()
        shape.layers = try integer("\(kind).block_count")
        shape.hidden = try integer("\(kind).embedding_length")
        shape.heads = try integer("\(kind).attention.head_count")
        shape.inner = try integer("\(kind).feed_forward_length")
        shape.epsilon = Float(gguf.float("\(kind).attention.layer_norm_epsilon") ?? 1e-12)
        guard let words = gguf.tensors["token_embd.weight"], words.shape.count == 2,
            let positions = gguf.tensors["position_embd.weight"], positions.shape.count == 2
        else { throw .malformed(path: path, reason: "it has no embedding tables") }
        shape.vocabulary = words.shape[0]
        shape.positions = positions.shape[0]
        let head = try Self.headNames(gguf)
        switch gguf.integer("\(kind).pooling_type") ?? 1 {
        case 1: shape.pooling = .mean
        case 2: shape.pooling = .first
        // llama.cpp's RANK.
        case 4 where head != nil: break
        case let other:
            throw .unsupported(path: path, reason: "its pooling type is \(other)")
        }
        shape.maximumTokens = min(try integer("\(kind).context_length"), shape.positions)
        let known = RolePrefixes.forModel(
            named: name + " " + (gguf.text("general.name") ?? "")
        )
        shape.queryPrefix = gguf.text("vecino.prefix.query") ?? known.query
        shape.passagePrefix = gguf.text("vecino.prefix.passage") ?? known.passage
        try self.init(
            name: name,
            path: path,
            shape: shape,
            tokenizer: try GGUFTokenizer(gguf).definition(),
            positionOffset: 0,
            tensors: gguf.tensors,
            names: .gguf,
            head: head,
            labels: try gguf.strings("\(kind).classifier.output_labels")?
                .map { String(decoding: $0, as: UTF8.self) } ?? []
        )
    }

    /// The names of a file's classification head, if it has one.
    static func headNames(
        _ gguf: GGUF
    ) throws(SentenceEncoderError) -> EncoderArchitecture.PairHeadNames? {
        let names = EncoderArchitecture.PairHeadNames.gguf
        let has = [names.dense, names.output].map { gguf.tensors[$0 + ".weight"] != nil }
        guard has.contains(true) else { return nil }
        // Conversions of BERT's leave the pooler out, without which the rest scores something else.
        guard !has.contains(false) else {
            throw .unsupported(
                path: gguf.file.path,
                reason: "its classification head has no tensor "
                    + "\(has[0] ? names.output : names.dense).weight, as conversions leave it out: take "
                    + "its Hugging Face folder"
            )
        }
        return names
    }
}
