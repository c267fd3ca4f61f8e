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

    /// Where the tensors of a file are called what.
    struct Naming: Sendable {
        let words, positions, types, norm: String
        let layer: @Sendable (Int) -> String
        let query, key, value, attention, attentionNorm, up, down, outputNorm: String

        static func huggingFace(prefix: String) -> Naming {
            Naming(
                words: prefix + "embeddings.word_embeddings",
                positions: prefix + "embeddings.position_embeddings",
                types: prefix + "embeddings.token_type_embeddings",
                norm: prefix + "embeddings.LayerNorm",
                layer: { "\(prefix)encoder.layer.\($0)." },
                query: "attention.self.query",
                key: "attention.self.key",
                value: "attention.self.value",
                attention: "attention.output.dense",
                attentionNorm: "attention.output.LayerNorm",
                up: "intermediate.dense",
                down: "output.dense",
                outputNorm: "output.LayerNorm"
            )
        }

        static let gguf = Naming(
            words: "token_embd",
            positions: "position_embd",
            types: "token_types",
            norm: "token_embd_norm",
            layer: { "blk.\($0)." },
            query: "attn_q",
            key: "attn_k",
            value: "attn_v",
            attention: "attn_output",
            attentionNorm: "attn_output_norm",
            up: "ffn_up",
            down: "ffn_down",
            outputNorm: "layer_output_norm"
        )
    }

    /// Checks that all tensors are there with the shapes that `shape` asks for.
    init(
        name: String,
        path: String,
        shape: EncoderShape,
        tokenizer: TokenizerDefinition,
        positionOffset: Int,
        tensors: Tensors,
        naming: Naming
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
        self.words = try find(naming.words + ".weight", [shape.vocabulary, hidden])
        self.positions = try find(
            naming.positions + ".weight",
            [shape.positions + positionOffset, hidden]
        )
        let types = tensors[naming.types + ".weight"]
        guard types == nil || types?.shape.count == 2 && types?.shape[1] == hidden else {
            throw .malformed(path: path, reason: "tensor \(naming.types) has another width")
        }
        self.types = types
        self.norm = try pair(naming.norm, [hidden])
        var layers: [LayerTensors] = []
        for index in 0..<shape.layers {
            let at = naming.layer(index)
            layers.append(
                LayerTensors(
                    query: try pair(at + naming.query, [hidden, hidden]),
                    key: try pair(at + naming.key, [hidden, hidden]),
                    value: try pair(at + naming.value, [hidden, hidden]),
                    attention: try pair(at + naming.attention, [hidden, hidden]),
                    up: try pair(at + naming.up, [inner, hidden]),
                    down: try pair(at + naming.down, [hidden, inner]),
                    attentionNorm: try pair(at + naming.attentionNorm, [hidden]),
                    outputNorm: try pair(at + naming.outputNorm, [hidden])
                )
            )
        }
        guard tokenizer.idCount <= shape.vocabulary else {
            throw .malformed(
                path: path,
                reason: "its tokenizer has \(tokenizer.idCount) tokens, its weights"
                    + " \(shape.vocabulary)"
            )
        }
        let ids =
            tokenizer.prefix + tokenizer.suffix + tokenizer.added.map(\.id) + [tokenizer.unknown]
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
        guard kind == "bert" else {
            throw .unsupported(path: path, reason: "its architecture is \(kind)")
        }
        func integer(_ key: String) throws(SentenceEncoderError) -> Int {
            guard let value = gguf.integer(key), value > 0 else {
                throw .malformed(path: path, reason: "\(key) is missing")
            }
            return value
        }
        var shape = EncoderShape()
        shape.layers = try integer("bert.block_count")
        shape.hidden = try integer("bert.embedding_length")
        shape.heads = try integer("bert.attention.head_count")
        shape.inner = try integer("bert.feed_forward_length")
        shape.epsilon = Float(gguf.float("bert.attention.layer_norm_epsilon") ?? 1e-12)
        guard let words = gguf.tensors["token_embd.weight"], words.shape.count == 2,
            let positions = gguf.tensors["position_embd.weight"], positions.shape.count == 2
        else { throw .malformed(path: path, reason: "it has no embedding tables") }
        shape.vocabulary = words.shape[0]
        shape.positions = positions.shape[0]
        switch gguf.integer("bert.pooling_type") ?? 1 {
        case 1: shape.pooling = .mean
        case 2: shape.pooling = .first
        case let other:
            throw .unsupported(path: path, reason: "its pooling type is \(other)")
        }
        shape.maximumTokens = min(try integer("bert.context_length"), shape.positions)
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
            naming: .gguf
        )
    }
}
