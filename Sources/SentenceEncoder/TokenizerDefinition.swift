internal import VectorKernels

/// A tokenizer as a model file states it: what it takes to prepare a `Tokenizer`.
struct TokenizerDefinition {
    /// How words become tokens.
    enum Model {
        /// SentencePiece's unigram model: the likeliest segmentation. A piece's place is its id;
        /// empty pieces are not used.
        case unigram(pieces: [[UInt8]], scores: [Double], unknown: Int)
        /// BERT's: the longest known piece, again and again. Pieces that go on within a word begin
        /// with `continuation`.
        case wordPiece(
            pieces: [(key: [UInt8], value: Int)],
            unknown: Int,
            continuation: [UInt8],
            longestWord: Int
        )
    }

    /// A token found in the raw text before anything else is done to it.
    struct AddedToken: Sendable {
        var text: [UInt8]
        var id: Int
        /// White space before it belongs to it.
        var takesLeft = false
        /// White space after it belongs to it.
        var takesRight = false
    }

    /// Which words get a leading `▁` that the text did not have.
    enum Prepending: String, Sendable {
        case always, first, never
    }

    var model: Model
    var normalizer = NormalizerDefinition()
    /// Words end at white space, which is then gone, not at spaces, which stay as `▁`.
    var dropsWhiteSpace = false
    var prepending = Prepending.always
    /// The ids before and after the text's own.
    var prefix: [Int] = []
    var suffix: [Int] = []
    /// The ids between two texts of one sequence and behind the second, and the type of the second.
    var separator: [Int] = []
    var pairSuffix: [Int] = []
    var secondType = 0
    var added: [AddedToken] = []
    /// The longest input that the file allows, special tokens included.
    var limit: Int?

    /// The id of what is in no piece.
    var unknown: Int {
        switch model {
        case .unigram(_, _, let unknown), .wordPiece(_, let unknown, _, _): unknown
        }
    }

    /// The number of ids that the model can give.
    var idCount: Int {
        switch model {
        case .unigram(let pieces, _, _): pieces.count
        case .wordPiece(let pieces, _, _, _): (pieces.map(\.value).max() ?? -1) + 1
        }
    }
}

/// Reading of Hugging Face's `tokenizer.json`.
struct TokenizerFile {
    let path: String
    let root: ParsedJSON

    init(_ path: String) throws(SentenceEncoderError) {
        let file = try ModelFile(path)
        guard let root = ParsedJSON(parsing: file.array(0..<file.bytes.count)) else {
            throw file.malformed("it is not JSON")
        }
        self.init(path: path, root: root)
    }

    init(path: String, root: ParsedJSON) {
        self.path = path
        self.root = root
    }

    func malformed(_ reason: String) -> SentenceEncoderError {
        .malformed(path: path, reason: reason)
    }

    func unsupported(_ what: String) -> SentenceEncoderError {
        .unsupported(path: path, reason: "its tokenizer uses \(what)")
    }

    /// The whole definition.
    func definition() throws(SentenceEncoderError) -> TokenizerDefinition {
        var definition = TokenizerDefinition(model: try model())
        if let normalizer = root["normalizer"] {
            try read(normalizer, into: &definition.normalizer)
        }
        try readPreTokenizer(into: &definition)
        if let processor = root["post_processor"] { try read(processor, into: &definition) }
        for token in root["added_tokens"]?.elements ?? [] {
            guard let text = token["content"]?.bytes, let id = token["id"]?.integer, id >= 0 else {
                throw malformed("an added token has no text or id")
            }
            guard !text.isEmpty else { continue }
            definition.added.append(
                .init(
                    text: text,
                    id: id,
                    takesLeft: token["lstrip"]?.bool ?? false,
                    takesRight: token["rstrip"]?.bool ?? false
                )
            )
        }
        // The longest first, so that the first one found at a place is the right one.
        definition.added.sort { $0.text.count > $1.text.count }
        definition.limit = root["truncation"]?["max_length"]?.integer
        return definition
    }

    private func model() throws(SentenceEncoderError) -> TokenizerDefinition.Model {
        guard let model = root["model"], let vocabulary = model["vocab"] else {
            throw malformed("it has no model")
        }
        if let members = vocabulary.members {
            let kind = model["type"]?.text ?? "WordPiece"
            guard kind == "WordPiece" else { throw unsupported("a \(kind) vocabulary") }
            var pieces: [(key: [UInt8], value: Int)] = []
            for (key, value) in members {
                guard let id = value.integer, id >= 0, id < 1 << 30 else {
                    throw malformed("a piece has no id")
                }
                pieces.append((key, id))
            }
            let unknown = model["unk_token"]?.bytes ?? Array("[UNK]".utf8)
            guard let id = pieces.first(where: { $0.key == unknown })?.value else {
                throw malformed("its unknown token is not in the vocabulary")
            }
            return .wordPiece(
                pieces: pieces,
                unknown: id,
                continuation: model["continuing_subword_prefix"]?.bytes ?? Array("##".utf8),
                longestWord: model["max_input_chars_per_word"]?.integer ?? 100
            )
        }
        let kind = model["type"]?.text ?? "Unigram"
        guard kind == "Unigram", let entries = vocabulary.elements else {
            throw unsupported("a \(kind) vocabulary")
        }
        guard model["byte_fallback"]?.bool != true else { throw unsupported("byte fallback") }
        guard let unknown = model["unk_id"]?.integer, entries.indices.contains(unknown) else {
            throw malformed("it has no unknown token")
        }
        var pieces: [[UInt8]] = []
        var scores: [Double] = []
        for entry in entries {
            guard let pair = entry.elements, pair.count == 2, let piece = pair[0].bytes,
                let score = pair[1].double
            else { throw malformed("a piece has no text or score") }
            pieces.append(piece)
            scores.append(score)
        }
        return .unigram(pieces: pieces, scores: scores, unknown: unknown)
    }

    private func read(
        _ normalizer: ParsedJSON,
        into definition: inout NormalizerDefinition
    ) throws(SentenceEncoderError) {
        let kind = normalizer["type"]?.text ?? ""
        switch (kind, definition.mapping) {
        case ("Sequence", _):
            for part in normalizer["normalizers"]?.elements ?? [] {
                try read(part, into: &definition)
            }
        case ("BertNormalizer", .none):
            let lowercases = normalizer["lowercase"]?.bool ?? true
            definition.mapping = .bert(
                cleans: normalizer["clean_text"]?.bool ?? true,
                isolatesChinese: normalizer["handle_chinese_chars"]?.bool ?? true,
                stripsAccents: normalizer["strip_accents"]?.bool ?? lowercases,
                lowercases: lowercases
            )
        case ("Precompiled", .none):
            guard let encoded = normalizer["precompiled_charsmap"]?.bytes, !encoded.isEmpty else {
                return
            }
            guard let blob = Base64.decode(encoded), let map = CompiledCharacterMap(blob) else {
                throw malformed("its compiled character map cannot be read")
            }
            definition.mapping = .compiled(map)
        case ("Nmt", .none):
            definition.mapping = .composed(compatible: false, cleans: true)
        case ("NFC", .none):
            definition.mapping = .composed(compatible: false, cleans: false)
        case ("NFKC", .none):
            definition.mapping = .composed(compatible: true, cleans: false)
        case ("NFKC", .composed(_, true)):
            definition.mapping = .composed(compatible: true, cleans: true)
        case ("Replace", _)
        where normalizer["pattern"]?["Regex"]?.text == " {2,}"
            && [" ", "▁"].contains(normalizer["content"]?.text):
            definition.collapsesSpaces = true
        case ("Strip", _):
            definition.stripsLeft = normalizer["strip_left"]?.bool ?? true
            definition.stripsRight = normalizer["strip_right"]?.bool ?? true
        default: throw unsupported("the normalizer \(kind) in a way that is not known here")
        }
    }

    private func readPreTokenizer(
        into definition: inout TokenizerDefinition
    ) throws(SentenceEncoderError) {
        let top = root["pre_tokenizer"]
        let parts = top?["pretokenizers"]?.elements ?? [top].compactMap(\.self)
        var hasMetaspace = false
        for part in parts {
            let kind = part["type"]?.text ?? ""
            switch (kind, definition.model) {
            case ("BertPreTokenizer", .wordPiece): hasMetaspace = true
            case ("WhitespaceSplit", .unigram): definition.dropsWhiteSpace = true
            case ("Metaspace", .unigram):
                hasMetaspace = true
                guard part["replacement"]?.text ?? "▁" == "▁", part["split"]?.bool ?? true else {
                    throw unsupported("Metaspace in a way that is not known here")
                }
                let scheme =
                    part["prepend_scheme"]?.text
                    ?? (part["add_prefix_space"]?.bool ?? true ? "always" : "never")
                guard let prepending = TokenizerDefinition.Prepending(rawValue: scheme) else {
                    throw malformed("its prepend_scheme is \(scheme)")
                }
                definition.prepending = prepending
            default: throw unsupported("the pre-tokenizer \(kind) with its kind of vocabulary")
            }
        }
        guard hasMetaspace else { throw unsupported("no pre-tokenizer that is known here") }
    }

    private func read(
        _ processor: ParsedJSON,
        into definition: inout TokenizerDefinition
    ) throws(SentenceEncoderError) {
        let kind = processor["type"]?.text ?? ""
        switch kind {
        case "Sequence":
            for part in processor["processors"]?.elements ?? [] {
                try read(part, into: &definition)
            }
        case "BertProcessing", "RobertaProcessing":
            guard let first = processor["cls"]?.elements?.last?.integer,
                let last = processor["sep"]?.elements?.last?.integer
            else { throw malformed("its post-processor names no tokens") }
            (definition.prefix, definition.suffix) = ([first], [last])
            let isRoBERTa = kind == "RobertaProcessing"
            definition.separator = isRoBERTa ? [last, last] : [last]
            definition.pairSuffix = [last]
            definition.secondType = isRoBERTa ? 0 : 1
        case "TemplateProcessing":
            let single = Self.template("single", of: processor)
            definition.prefix += single.ids.first ?? []
            definition.suffix += single.ids.dropFirst().first ?? []
            let pair = Self.template("pair", of: processor)
            guard pair.ids.count == 3 else { return }
            (definition.separator, definition.pairSuffix) = (pair.ids[1], pair.ids[2])
            definition.secondType = pair.types[1]
        default: throw unsupported("the post-processor \(kind)")
        }
    }
}

extension TokenizerFile {
    /// A template's special ids before, between and behind its texts, and the types of those.
    private static func template(
        _ name: String,
        of processor: ParsedJSON
    ) -> (ids: [[Int]], types: [Int]) {
        var ids: [[Int]] = [[]]
        var types: [Int] = []
        for part in processor[name]?.elements ?? [] {
            if let text = part["Sequence"] {
                ids.append([])
                types.append(text["type_id"]?.integer ?? 0)
            } else if let name = part["SpecialToken"]?["id"]?.text,
                let special = processor["special_tokens"]?[name]?["ids"]?.elements
            {
                ids[ids.count - 1] += special.compactMap(\.integer)
            }
        }
        return (ids, types)
    }
}

/// Decoding of base64, RFC 4648 with or without padding.
enum Base64 {
    static func decode(_ text: [UInt8]) -> [UInt8]? {
        var out: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in text {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - 65
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - 71
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte + 4
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case UInt8(ascii: "="), UInt8(ascii: "\n"), UInt8(ascii: "\r"): continue
            default: return nil
            }
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        return out
    }
}
