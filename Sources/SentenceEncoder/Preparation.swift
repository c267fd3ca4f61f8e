internal import VectorKernels

/// Making of a prepared model from a model's files.
enum Preparation {
    /// Prepares `source`; `stamps` and `fingerprint` say what it was made of.
    ///
    /// `measure` is called with all but the 8-bit weights, which is enough for a model in floats.
    static func prepare(
        _ source: ModelSource,
        fingerprint: String,
        stamps: String,
        path: String,
        measure: (PreparedModel) throws(SentenceEncoderError) -> InputRanges
    ) throws(SentenceEncoderError) -> [UInt8] {
        var writer = PreparedModel.Writer()
        writer.manifest["fingerprint"] = fingerprint
        writer.manifest["stamps"] = stamps
        writer.manifest.write(source.shape)
        writer.manifest["kind"] = source.kind.rawValue
        writer.manifest["words.kind"] = source.words.kind.rawValue
        writer.manifest["words.start"] = "\(source.words.range.lowerBound)"
        try write(source.tokenizer, path: path, into: &writer)
        writeTables(of: source, into: &writer)
        guard let draft = PreparedModel(MappedBytes(copying: writer.finish())) else {
            preconditionFailure("prepared bytes can be opened")
        }
        writeWeights(of: source, ranges: try measure(draft), into: &writer)
        return writer.finish()
    }

    private static func writeTables(
        of source: ModelSource,
        into writer: inout PreparedModel.Writer
    ) {
        let hidden = source.shape.hidden
        // Every text is of type 0, so that row joins the positions once and for all.
        var positions = [Float](repeating: 0, count: source.shape.positions * hidden)
        let types = source.types?.floats()
        var row = [Float](repeating: 0, count: hidden)
        for position in 0..<source.shape.positions {
            var span = row.mutableSpan
            source.positions.decode(row: position + source.positionOffset, into: &span, at: 0)
            for column in 0..<hidden {
                positions[position * hidden + column] = row[column] + (types?[column] ?? 0)
            }
        }
        writer.add("positions", positions)
        var norms = source.norm.weight.floats() + source.norm.bias.floats()
        for layer in source.layers {
            norms += layer.attentionNorm.weight.floats() + layer.attentionNorm.bias.floats()
            norms += layer.outputNorm.weight.floats() + layer.outputNorm.bias.floats()
        }
        writer.add("norms", norms)
        // What tells a token of a second text from one of a first, which the positions have in them.
        if let types, types.count >= 2 * hidden {
            writer.add("types", (0..<hidden).map { types[hidden + $0] - types[$0] })
        } else {
            writer.add("types", [Float]())
        }
        if let head = source.head {
            writer.manifest.labels = head.labels
            writer.add("head.dense", head.dense.weight.floats())
            writer.add("head.dense.bias", head.dense.bias.floats())
            writer.add("head.output", head.output.weight.floats())
            writer.add("head.output.bias", head.output.bias.floats())
        }
    }

    private static func writeWeights(
        of source: ModelSource,
        ranges: InputRanges,
        into writer: inout PreparedModel.Writer
    ) {
        let hidden = source.shape.hidden
        for (index, layer) in source.layers.enumerated() {
            func factors(
                _ product: InputRanges.Product,
                _ parts: [(weight: Tensor, bias: Tensor)]
            ) -> [Float] {
                ranges.factors(of: parts.flatMap { $0.weight.floats() }, layer: index, product)
            }
            func pack(
                _ name: String,
                _ parts: [(weight: Tensor, bias: Tensor)],
                factors: [Float],
                rowFactors: [Float]? = nil,
                next: [Float]? = nil
            ) {
                var weights = parts.flatMap { $0.weight.floats() }
                var bias = parts.flatMap { $0.bias.floats() }
                for (row, factor) in (rowFactors ?? []).enumerated() {
                    bias[row] *= factor
                    for at in row * factors.count..<(row + 1) * factors.count {
                        weights[at] *= factor
                    }
                }
                writer.add(
                    "\(index).\(name)",
                    bytes: PackedMatrix.pack(
                        weights.span,
                        bias: bias.span,
                        inner: factors.count,
                        factors: factors,
                        nextFactors: next
                    )
                )
            }
            let (qkv, attention) = ([layer.query, layer.key, layer.value], [layer.attention])
            let attentionFactors = factors(.attention, attention)
            let downFactors = factors(.down, [layer.down])
            // Attention is linear in its values, so they come with the next product's factors.
            pack(
                "qkv",
                qkv,
                factors: factors(.queryKeyValue, qkv),
                rowFactors: [Float](repeating: 1, count: 2 * hidden) + attentionFactors
            )
            pack("attention", attention, factors: attentionFactors)
            pack("up", [layer.up], factors: factors(.up, [layer.up]), next: downFactors)
            pack("down", [layer.down], factors: downFactors)
        }
    }

    private static func write(
        _ definition: TokenizerDefinition,
        path: String,
        into writer: inout PreparedModel.Writer
    ) throws(SentenceEncoderError) {
        var settings = Tokenizer.Settings()
        settings.unknown = definition.unknown
        settings.collapsesSpaces = definition.normalizer.collapsesSpaces
        settings.stripsLeft = definition.normalizer.stripsLeft
        settings.stripsRight = definition.normalizer.stripsRight
        settings.dropsWhiteSpace = definition.dropsWhiteSpace
        settings.prepending = definition.prepending
        settings.prefix = definition.prefix
        settings.suffix = definition.suffix
        settings.separator = definition.separator
        settings.pairSuffix = definition.pairSuffix
        settings.secondType = definition.secondType
        settings.added = definition.added
        if case .composed(let compatible, let cleans) = definition.normalizer.mapping {
            (settings.isComposing, settings.isCompatible, settings.cleans) = (
                true, compatible, cleans
            )
        }
        var keys: [(key: [UInt8], value: Int)] = []
        switch definition.model {
        case .unigram(let pieces, let scores, _):
            settings.isUnigram = true
            // Below the worst piece by SentencePiece's penalty.
            settings.unknownScore = (scores.min() ?? 0) - 10
            keys = pieces.enumerated().map { ($0.element, $0.offset) }
            writer.add("scores", scores)
        case .wordPiece(let pieces, _, let continuation, let longestWord):
            settings.isUnigram = false
            settings.longestWord = longestWord
            for (key, id) in pieces where key.first != Tokenizer.continuationByte {
                if !continuation.isEmpty, key.starts(with: continuation) {
                    keys.append(
                        ([Tokenizer.continuationByte] + key.dropFirst(continuation.count), id)
                    )
                } else {
                    keys.append((key, id))
                }
            }
            writer.add("scores", [Double]())
        }
        guard let trie = DoubleArray.build(keys) else {
            throw .unsupported(path: path, reason: "its vocabulary of \(keys.count) is too large")
        }
        let table = NormalizerTable(definition.normalizer.mapping)
        writer.add("trie", trie)
        writer.add("pages", table.pages)
        writer.add("cells", table.cells)
        writer.add("replacements", bytes: table.text)
        if case .compiled(let map) = definition.normalizer.mapping {
            writer.add("map.units", map.units)
            writer.add("map.text", bytes: map.text)
        }
        writer.manifest.write(settings)
    }
}

extension PreparedModel.Manifest {
    /// Notes a shape.
    mutating func write(_ shape: EncoderShape) {
        self["layers"] = "\(shape.layers)"
        self["hidden"] = "\(shape.hidden)"
        self["heads"] = "\(shape.heads)"
        self["inner"] = "\(shape.inner)"
        self["vocabulary"] = "\(shape.vocabulary)"
        self["positions"] = "\(shape.positions)"
        self["epsilon"] = "\(shape.epsilon)"
        self["pooling"] = shape.pooling.rawValue
        self["maximumTokens"] = "\(shape.maximumTokens)"
        self["queryPrefix"] = Self.hexadecimal(Array(shape.queryPrefix.utf8))
        self["passagePrefix"] = Self.hexadecimal(Array(shape.passagePrefix.utf8))
    }

    /// The shape that was noted, or `nil`.
    var shape: EncoderShape? {
        guard let layers = integer("layers"), let hidden = integer("hidden"),
            let heads = integer("heads"), let inner = integer("inner"),
            let vocabulary = integer("vocabulary"), let positions = integer("positions"),
            let epsilon = self["epsilon"].flatMap({ Float($0) }),
            let pooling = self["pooling"].flatMap({ Pooling(rawValue: $0) }),
            let maximumTokens = integer("maximumTokens"),
            let queryPrefix = self["queryPrefix"].flatMap(Self.bytes),
            let passagePrefix = self["passagePrefix"].flatMap(Self.bytes),
            layers > 0, hidden > 0, heads > 0, hidden % heads == 0, maximumTokens <= positions
        else { return nil }
        return EncoderShape(
            layers: layers,
            hidden: hidden,
            heads: heads,
            inner: inner,
            vocabulary: vocabulary,
            positions: positions,
            epsilon: epsilon,
            pooling: pooling,
            maximumTokens: maximumTokens,
            queryPrefix: String(decoding: queryPrefix, as: UTF8.self),
            passagePrefix: String(decoding: passagePrefix, as: UTF8.self)
        )
    }

    /// Notes a tokenizer's settings.
    mutating func write(_ settings: Tokenizer.Settings) {
        self["tokenizer.unigram"] = settings.isUnigram ? "1" : "0"
        self["tokenizer.unknown"] = "\(settings.unknown)"
        self["tokenizer.unknownScore"] = "\(settings.unknownScore)"
        self["tokenizer.longestWord"] = "\(settings.longestWord)"
        self["tokenizer.flags"] = [
            settings.isComposing, settings.isCompatible, settings.cleans, settings.collapsesSpaces,
            settings.stripsLeft, settings.stripsRight, settings.dropsWhiteSpace,
        ].map { $0 ? "1" : "0" }.joined(separator: " ")
        self["tokenizer.prepending"] = settings.prepending.rawValue
        self["tokenizer.prefix"] = settings.prefix.map { "\($0)" }.joined(separator: " ")
        self["tokenizer.suffix"] = settings.suffix.map { "\($0)" }.joined(separator: " ")
        self["tokenizer.separator"] = settings.separator.map { "\($0)" }.joined(separator: " ")
        self["tokenizer.pairSuffix"] = settings.pairSuffix.map { "\($0)" }.joined(separator: " ")
        self["tokenizer.secondType"] = "\(settings.secondType)"
        self["tokenizer.added"] = settings.added.map { token in
            "\(token.id),\(token.takesLeft ? 1 : 0),\(token.takesRight ? 1 : 0),"
                + Self.hexadecimal(token.text)
        }.joined(separator: " ")
    }

    /// The settings that were noted, or `nil`.
    var settings: Tokenizer.Settings? {
        guard let unknown = integer("tokenizer.unknown"),
            let unknownScore = self["tokenizer.unknownScore"].flatMap({ Double($0) }),
            let longestWord = integer("tokenizer.longestWord"),
            let flags = integers("tokenizer.flags")?.map({ $0 == 1 }), flags.count == 7,
            let prefix = integers("tokenizer.prefix"), let suffix = integers("tokenizer.suffix"),
            let separator = integers("tokenizer.separator"),
            let pairSuffix = integers("tokenizer.pairSuffix"),
            let secondType = integer("tokenizer.secondType"),
            let scheme = self["tokenizer.prepending"],
            let prepending = TokenizerDefinition.Prepending(rawValue: scheme)
        else { return nil }
        var settings = Tokenizer.Settings()
        settings.isUnigram = self["tokenizer.unigram"] == "1"
        settings.unknown = unknown
        settings.unknownScore = unknownScore
        settings.longestWord = longestWord
        settings.isComposing = flags[0]
        settings.isCompatible = flags[1]
        settings.cleans = flags[2]
        settings.collapsesSpaces = flags[3]
        settings.stripsLeft = flags[4]
        settings.stripsRight = flags[5]
        settings.dropsWhiteSpace = flags[6]
        settings.prepending = prepending
        settings.prefix = prefix
        settings.suffix = suffix
        settings.separator = separator
        settings.pairSuffix = pairSuffix
        settings.secondType = secondType
        for token in (self["tokenizer.added"] ?? "").split(separator: " ") {
            let parts = token.split(separator: ",")
            guard parts.count == 4, let id = Int(parts[0]), let text = Self.bytes(String(parts[3]))
            else { return nil }
            settings.added.append(
                .init(text: text, id: id, takesLeft: parts[1] == "1", takesRight: parts[2] == "1")
            )
        }
        return settings
    }

    /// What a head's classes are called.
    var labels: [String]? {
        get {
            self["labels"]?.split(separator: " ").compactMap { Self.bytes(String($0)) }
                .map { String(decoding: $0, as: UTF8.self) }
        }
        set {
            self["labels"] = newValue?.map { Self.hexadecimal(Array($0.utf8)) }
                .joined(separator: " ")
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0 else { return nil }
        var out: [UInt8] = []
        for at in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[at..<at + 2], as: UTF8.self), radix: 16)
            else { return nil }
            out.append(byte)
        }
        return out
    }
}
