internal import Synchronization
internal import VectorKernels

/// A matrix with its bias, in the precision that was asked for.
enum Linear: Sendable {
    case float(FloatMatrix)
    case packed(PackedMatrix)
}

/// One layer's weights, ready to run.
struct EncoderLayer: Sendable {
    let queryKeyValue, attention, up, down: Linear
}

/// An encoder's weights and tables, ready to run.
///
/// Immutable: any number of threads may use it.
final class EncoderModel: Sendable {
    let shape: EncoderShape
    let precision: SentenceEncoder.Precision
    let tokenizer: Tokenizer
    let fingerprint: String
    let words: Tensor
    let positions: Section<Float>
    /// Gain and shift of the embeddings' norm, then of each layer's two.
    let norms: Section<Float>
    let layers: [EncoderLayer]
    /// What a token of a second text has beside one of a first; empty where the model knows no types.
    let types: Section<Float>
    let head: ModelHead
    /// The tokenizer's buffers that nobody uses just now, as many as were used at once.
    private let scratches = Mutex<[Tokenizer.Scratch]>([])

    /// Runs `body` with buffers for the tokenizer, warm ones if there are any.
    func withScratch<Result>(_ body: (inout Tokenizer.Scratch) -> Result) -> Result {
        var scratch = scratches.withLock { $0.popLast() } ?? Tokenizer.Scratch()
        let result = body(&scratch)
        scratches.withLock { $0.append(scratch) }
        return result
    }

    /// Loads the model at `location`, preparing it if no valid prepared file is found.
    ///
    /// - Throws: `otherKind` for a model that was trained for something else than `kind`.
    static func load(
        _ location: ModelLocation,
        as kind: ModelKind,
        precision: SentenceEncoder.Precision
    ) throws(SentenceEncoderError) -> EncoderModel {
        let model = try load(location, precision: precision)
        guard model.head.kind == kind else {
            throw .otherKind(path: location.path, is: model.head.kind, wanted: kind)
        }
        return model
    }

    private static func load(
        _ location: ModelLocation,
        precision: SentenceEncoder.Precision
    ) throws(SentenceEncoderError) -> EncoderModel {
        let stamps = location.stamps
        for path in location.preparedPaths {
            if let bytes = MappedBytes.map(path).bytes, let prepared = PreparedModel(bytes),
                prepared.manifest["stamps"] == stamps,
                let model = try? EncoderModel(prepared, location, precision: precision)
            {
                // Every text needs all the weights.
                if precision == .int8 { bytes.willRead() }
                return model
            }
        }
        let fingerprint = try location.fingerprint()
        let source = try readSource(location)
        let bytes = try Preparation.prepare(
            source,
            fingerprint: fingerprint,
            stamps: stamps,
            path: location.path
        ) { draft throws(SentenceEncoderError) in
            let model = try EncoderModel(draft, location, precision: .float)
            var scratch = Tokenizer.Scratch()
            let sequences = InputRanges.texts.map { text in
                model.tokenizer.encode(
                    model.shape.passagePrefix + text,
                    limit: model.shape.maximumTokens,
                    &scratch
                )
            }
            return ForwardPass.inputRanges(of: model, on: sequences)
        }
        // Written where it can be; where it cannot, this process still has it.
        for path in location.preparedPaths {
            if path != location.preparedPaths.first,
                let folder = path.lastIndex(of: "/").map({ String(path[..<$0]) })
            {
                ModelFiles.makeFolder(folder)
            }
            guard ModelFiles.replace(path, with: bytes) else { continue }
            if let mapped = MappedBytes.map(path).bytes, let prepared = PreparedModel(mapped) {
                return try EncoderModel(prepared, location, precision: precision)
            }
        }
        guard let prepared = PreparedModel(MappedBytes(copying: bytes)) else {
            preconditionFailure("prepared bytes can be opened")
        }
        return try EncoderModel(prepared, location, precision: precision)
    }

    private static func readSource(
        _ location: ModelLocation
    ) throws(SentenceEncoderError) -> ModelSource {
        location.isFolder
            ? try HuggingFaceFolder(location.path, name: location.name).source(name: location.name)
            : try ModelSource(gguf: location.path, name: location.name)
    }

    private init(
        _ prepared: PreparedModel,
        _ location: ModelLocation,
        precision: SentenceEncoder.Precision
    ) throws(SentenceEncoderError) {
        let damaged = SentenceEncoderError.malformed(
            path: location.path,
            reason: "its prepared file does not fit it"
        )
        guard let shape = prepared.manifest.shape, let settings = prepared.manifest.settings,
            let fingerprint = prepared.manifest["fingerprint"],
            let kind = prepared.manifest["words.kind"].flatMap({ ElementKind(rawValue: $0) }),
            let start = prepared.manifest.integer("words.start"),
            let pages = prepared.section("pages", of: UInt16.self),
            pages.range.count == 2 * 0x1100,
            let cells = prepared.section("cells", of: UInt32.self),
            let replacements = prepared.section("replacements", of: UInt8.self),
            let trie = prepared.section("trie", of: UInt32.self),
            let scores = prepared.section("scores", of: Double.self),
            let positions = prepared.section("positions", of: Float.self),
            positions.range.count == 4 * shape.positions * shape.hidden,
            let norms = prepared.section("norms", of: Float.self),
            norms.range.count == 8 * shape.hidden * (1 + 2 * shape.layers),
            let types = prepared.section("types", of: Float.self),
            [0, 4 * shape.hidden].contains(types.range.count),
            let head = Self.head(prepared, hidden: shape.hidden)
        else { throw damaged }
        self.types = types
        self.head = head
        var map: CompiledCharacterMap?
        if let units = prepared.section("map.units", of: UInt32.self),
            let text = prepared.section("map.text", of: UInt8.self)
        {
            map = CompiledCharacterMap(
                units: units.withSpan { span in span.indices.map { span[$0] } },
                text: text.withSpan { span in span.indices.map { span[$0] } }
            )
        }
        self.shape = shape
        self.precision = precision
        self.fingerprint = fingerprint
        self.positions = positions
        self.norms = norms
        tokenizer = Tokenizer(
            settings: settings,
            pages: pages,
            cells: cells,
            replacements: replacements,
            trie: trie,
            scores: scores,
            characterMap: map
        )
        let file = try ModelFile(
            location.isFolder ? "\(location.path)/model.safetensors" : location.path
        )
        words = try file.tensor(
            named: "of words",
            kind: kind,
            shape: [shape.vocabulary, shape.hidden],
            at: start
        )
        switch precision {
        case .int8:
            var layers: [EncoderLayer] = []
            for index in 0..<shape.layers {
                guard
                    let qkv = prepared.matrix(
                        "\(index).qkv",
                        columns: 3 * shape.hidden,
                        inner: shape.hidden
                    ),
                    let attention = prepared.matrix(
                        "\(index).attention",
                        columns: shape.hidden,
                        inner: shape.hidden
                    ),
                    let up = prepared.matrix(
                        "\(index).up",
                        columns: shape.inner,
                        inner: shape.hidden
                    ),
                    let down = prepared.matrix(
                        "\(index).down",
                        columns: shape.hidden,
                        inner: shape.inner
                    )
                else { throw damaged }
                layers.append(
                    EncoderLayer(
                        queryKeyValue: .packed(qkv),
                        attention: .packed(attention),
                        up: .packed(up),
                        down: .packed(down)
                    )
                )
            }
            self.layers = layers
        case .float:
            layers = try Self.readSource(location).layers.map { layer in
                EncoderLayer(
                    queryKeyValue: Self.linear([layer.query, layer.key, layer.value]),
                    attention: Self.linear([layer.attention]),
                    up: Self.linear([layer.up]),
                    down: Self.linear([layer.down])
                )
            }
        }
    }

    /// The head that a prepared file says and holds, or nil if it is not there whole.
    private static func head(_ prepared: PreparedModel, hidden: Int) -> ModelHead? {
        func layer(_ name: String, _ outputs: Int) -> DenseLayer? {
            guard let weights = prepared.section(name, of: Float.self),
                let bias = prepared.section(name + ".bias", of: Float.self), outputs > 0,
                weights.range.count == 4 * outputs * hidden, bias.range.count == 4 * outputs
            else { return nil }
            return DenseLayer(weights: weights, bias: bias)
        }
        switch prepared.manifest["kind"].flatMap(ModelKind.init) {
        case .embedder: return .pooling
        case .pairClassifier:
            guard let labels = prepared.manifest.labels,
                let dense = layer("head.dense", hidden),
                let output = layer("head.output", labels.count)
            else { return nil }
            return .pairs(PairHead(labels: labels, dense: dense, output: output))
        case nil: return nil
        }
    }

    /// Float matrices that share their input, side by side.
    private static func linear(_ parts: [(weight: Tensor, bias: Tensor)]) -> Linear {
        let weights = parts.flatMap { $0.weight.floats() }
        let bias = parts.flatMap { $0.bias.floats() }
        let inner = parts[0].weight.shape[1]
        return .float(FloatMatrix(weights.span, bias: bias.span, inner: inner))
    }
}

extension CompiledCharacterMap {
    init(units: [UInt32], text: [UInt8]) {
        self.units = units
        self.text = text
    }
}
