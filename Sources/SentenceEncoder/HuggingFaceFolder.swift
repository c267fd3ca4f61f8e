internal import VectorKernels

/// A folder as models are published on the Hugging Face hub: its settings, and what of them this
/// encoder can run.
struct HuggingFaceFolder {
    /// The files that decide what the model computes.
    static let files = [
        "config.json", "tokenizer.json", "model.safetensors", "1_Pooling/config.json",
        "modules.json",
        "sentence_bert_config.json", "config_sentence_transformers.json",
    ]

    let path: String
    private let architecture: EncoderArchitecture
    /// The shape, but for the longest input if only the tokenizer knows it.
    private(set) var shape = EncoderShape()
    /// Leading rows of the position table that stand for padding.
    private(set) var positionOffset = 0
    private var hasLimit = false
    /// What the model was trained for.
    private(set) var kind = ModelKind.embedder
    /// What the classes of a cross-encoder are called.
    private var labels: [String] = []

    /// Reads and checks the settings of the model called `name`; neither the tokenizer nor the
    /// weights need be there.
    init(_ path: String, name: String) throws(SentenceEncoderError) {
        self.path = path
        guard let config = try Self.json("config.json", in: path) else {
            throw .notFound(path: path)
        }
        let type = config["model_type"]?.text ?? "of no stated type"
        guard let architecture = EncoderArchitecture.named(type) else {
            throw .unsupported(path: path, reason: "its architecture is \(type), not BERT's")
        }
        self.architecture = architecture
        try checkSettings(config, try json("modules.json"))
        if kind == .pairClassifier {
            let names = config["id2label"]
            while let label = names?["\(labels.count)"]?.text { labels.append(label) }
        }
        func integer(_ key: String) throws(SentenceEncoderError) -> Int {
            guard let value = config[key]?.integer, value > 0 else {
                throw .malformed(path: "\(path)/config.json", reason: "\(key) is missing")
            }
            return value
        }
        positionOffset = architecture.positionOffset(padding: config["pad_token_id"]?.integer)
        shape.layers = try integer(architecture.settings.layers)
        shape.hidden = try integer(architecture.settings.hidden)
        shape.heads = try integer(architecture.settings.heads)
        shape.inner = try integer(architecture.settings.inner)
        shape.vocabulary = try integer("vocab_size")
        shape.positions = try integer("max_position_embeddings") - positionOffset
        shape.epsilon = Float(config["layer_norm_eps"]?.double ?? 1e-12)
        shape.pooling = try pooling(try json("1_Pooling/config.json"), name: name)
        shape.maximumTokens = shape.positions
        if let limit = try json("sentence_bert_config.json")?["max_seq_length"]?.integer {
            shape.maximumTokens = min(limit, shape.positions)
            hasLimit = true
        }
        let prompts = try json("config_sentence_transformers.json")?["prompts"]
        func prompt(_ keys: String...) -> String? {
            // Files that are saved without prompts hold empty ones.
            keys.compactMap { prompts?[$0]?.text }.first { !$0.isEmpty }
        }
        let known: RolePrefixes = kind == .embedder ? .forModel(named: name) : .none
        shape.queryPrefix = prompt("query") ?? known.query
        shape.passagePrefix = prompt("passage", "document") ?? known.passage
    }

    /// Reads the whole model.
    func source(name: String) throws(SentenceEncoderError) -> ModelSource {
        let tokenizer = try TokenizerFile("\(path)/tokenizer.json").definition()
        var shape = shape
        if !hasLimit, let limit = tokenizer.limit {
            shape.maximumTokens = min(limit, shape.positions)
        }
        let weights = "\(path)/model.safetensors"
        guard ModelFiles.stamp(weights) != nil else { throw .notFound(path: weights) }
        let tensors = try Safetensors.read(weights)
        return try ModelSource(
            name: name,
            path: weights,
            shape: shape,
            tokenizer: tokenizer,
            positionOffset: positionOffset,
            tensors: tensors,
            names: architecture.tensors.prefixed(as: tensors.keys),
            head: kind == .pairClassifier ? architecture.pairHead : nil,
            labels: labels
        )
    }

    /// The JSON file called `file`, or nil if it is not there.
    private func json(_ file: String) throws(SentenceEncoderError) -> ParsedJSON? {
        try Self.json(file, in: path)
    }

    private static func json(
        _ file: String,
        in folder: String
    ) throws(SentenceEncoderError) -> ParsedJSON? {
        let path = "\(folder)/\(file)"
        guard ModelFiles.stamp(path) != nil else { return nil }
        let model = try ModelFile(path)
        guard let json = ParsedJSON(parsing: model.array(0..<model.bytes.count)) else {
            throw model.malformed("it is not JSON")
        }
        return json
    }

    private func unsupported(_ reason: String) -> SentenceEncoderError {
        .unsupported(path: path, reason: reason)
    }

    private mutating func checkSettings(
        _ config: ParsedJSON,
        _ modules: ParsedJSON?
    ) throws(SentenceEncoderError) {
        guard config["is_decoder"]?.bool != true else { throw unsupported("it is a decoder") }
        let activation = config[architecture.settings.activation]?.text ?? "gelu"
        guard activation == "gelu" else { throw unsupported("its activation is \(activation)") }
        let positionKind = config["position_embedding_type"]?.text ?? "absolute"
        guard positionKind == "absolute" else {
            throw unsupported("its positions are \(positionKind)")
        }
        for module in modules?.elements ?? [] {
            let kind = module["type"]?.text?.split(separator: ".").last ?? ""
            guard ["Transformer", "Pooling", "Normalize"].contains(kind) else {
                throw unsupported("it has a module of type \(kind)")
            }
        }
        // Cross-encoders and bare language models have the same weights under another head.
        guard modules == nil, let name = config["architectures"]?.elements?.first?.text,
            name.contains("For")
        else { return }
        guard name.hasSuffix("ForSequenceClassification"), architecture.pairHead != nil else {
            throw unsupported("it is a \(name), neither a sentence encoder nor a cross-encoder")
        }
        kind = .pairClassifier
    }

    private func pooling(_ config: ParsedJSON?, name: String) throws(SentenceEncoderError)
        -> Pooling
    {
        guard let config else {
            // Those of them that are converted or cut to a minimum do not say so any more.
            let name = name.lowercased()
            return name.contains("bge-") || name.contains("arctic-embed") ? .first : .mean
        }
        if config["include_prompt"]?.bool == false {
            throw unsupported("it leaves the prompt out of its mean")
        }
        let flag = "pooling_mode_"
        var modes = (config.members ?? []).filter { $0.value.bool == true }
            .map { String(decoding: $0.key, as: UTF8.self) }
            .filter { $0.hasPrefix(flag) }.map { String($0.dropFirst(flag.count)) }
        if let mode = config["pooling_mode"]?.text { modes = [mode] }
        switch modes {
        case ["mean_tokens"], ["mean"]: return .mean
        case ["cls_token"], ["cls"]: return .first
        default:
            let stated = modes.isEmpty ? "nothing" : modes.joined(separator: " and ")
            throw unsupported("it pools by \(stated), not by mean or first token")
        }
    }
}

extension ModelKind {
    /// What the model at `path` was trained for, by its settings alone.
    ///
    /// - Throws: as `SentenceEncoder(contentsOf:)` does.
    package static func ofModel(at path: String) throws(SentenceEncoderError) -> ModelKind {
        let location = try ModelLocation(path)
        if location.isFolder {
            return try HuggingFaceFolder(location.path, name: location.name).kind
        }
        return try ModelSource.headNames(GGUF(location.path)) == nil ? .embedder : .pairClassifier
    }
}

extension SentenceEncoder {
    /// Checks by its settings alone that the model in the folder `path` is one that can be run.
    ///
    /// - Throws: as `init(contentsOf:precision:)` does; the tokenizer and the weights are not looked at.
    package static func checkSettings(of path: String) throws(SentenceEncoderError) {
        _ = try HuggingFaceFolder(path, name: String(path.split(separator: "/").last ?? "model"))
    }
}
