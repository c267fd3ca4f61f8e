internal import VectorKernels

/// Reading of the tokenizer that a GGUF file carries, under llama.cpp's keys.
struct GGUFTokenizer {
    let gguf: GGUF

    /// What llama.cpp numbers the kinds of tokens.
    private enum Kind {
        static let control = 3.0, unused = 5.0
    }

    init(_ gguf: GGUF) {
        self.gguf = gguf
    }

    /// The whole definition.
    func definition() throws(SentenceEncoderError) -> TokenizerDefinition {
        guard let tokens = try gguf.strings("tokenizer.ggml.tokens"), !tokens.isEmpty else {
            throw gguf.file.malformed("it has no tokens")
        }
        let kinds = try gguf.numbers("tokenizer.ggml.token_type") ?? []
        guard kinds.isEmpty || kinds.count == tokens.count else {
            throw gguf.file.malformed("its tokens and their types differ in number")
        }
        switch gguf.text("tokenizer.ggml.model") ?? "" {
        case "t5": return try unigram(tokens, kinds: kinds)
        case "bert": return wordPiece(tokens, kinds: kinds)
        case let other:
            throw .unsupported(path: gguf.file.path, reason: "its tokenizer is of type '\(other)'")
        }
    }

    private func unigram(
        _ tokens: [[UInt8]],
        kinds: [Double]
    ) throws(SentenceEncoderError) -> TokenizerDefinition {
        guard let scores = try gguf.numbers("tokenizer.ggml.scores"), scores.count == tokens.count
        else { throw gguf.file.malformed("its tokens have no scores") }
        var pieces = tokens
        for (id, kind) in kinds.enumerated() where kind == Kind.unused { pieces[id] = [] }
        let unknown = gguf.integer("tokenizer.ggml.unknown_token_id") ?? 3
        guard pieces.indices.contains(unknown) else {
            throw gguf.file.malformed("its unknown token is \(unknown)")
        }
        var definition = TokenizerDefinition(
            model: .unigram(pieces: pieces, scores: scores, unknown: unknown)
        )
        definition.normalizer.collapsesSpaces =
            gguf.bool("tokenizer.ggml.remove_extra_whitespaces") ?? true
        if let blob = try gguf.numbers("tokenizer.ggml.precompiled_charsmap"), !blob.isEmpty {
            guard let map = CompiledCharacterMap(blob.map { UInt8(truncatingIfNeeded: Int($0)) })
            else { throw gguf.file.malformed("its compiled character map cannot be read") }
            definition.normalizer.mapping = .compiled(map)
        } else {
            // Files without the map come from models whose rule is SentencePiece's default.
            definition.normalizer.mapping = .composed(compatible: true, cleans: true)
        }
        definition.prepending =
            gguf.bool("tokenizer.ggml.add_space_prefix") ?? true ? .always : .never
        if gguf.bool("tokenizer.ggml.add_bos_token") ?? true {
            definition.prefix = [gguf.integer("tokenizer.ggml.bos_token_id") ?? 0]
        }
        if gguf.bool("tokenizer.ggml.add_eos_token") ?? true {
            definition.suffix = [gguf.integer("tokenizer.ggml.eos_token_id") ?? 2]
        }
        // As XLM-RoBERTa pairs texts; the files do not say.
        (definition.separator, definition.pairSuffix) = (
            definition.suffix + definition.suffix, definition.suffix
        )
        return definition
    }

    /// WordPiece as llama.cpp keeps it: `▁` before pieces that begin a word, nothing before others.
    private func wordPiece(_ tokens: [[UInt8]], kinds: [Double]) -> TokenizerDefinition {
        let mark = Array("▁".utf8), inside = Array("##".utf8)
        var pieces: [(key: [UInt8], value: Int)] = []
        var specials: [String: Int] = [:]
        for (id, token) in tokens.enumerated() {
            let isSpecial =
                kinds.isEmpty
                ? token.first == UInt8(ascii: "[") && token.last == UInt8(ascii: "]")
                : kinds[id] == Kind.control
            if isSpecial || token.first == UInt8(ascii: "[") && token.count > 2 {
                specials[String(decoding: token, as: UTF8.self)] = id
                continue
            }
            if token.starts(with: mark) {
                pieces.append((Array(token.dropFirst(mark.count)), id))
            } else {
                pieces.append((inside + token, id))
            }
        }
        let unknown =
            gguf.integer("tokenizer.ggml.unknown_token_id") ?? specials["[UNK]"] ?? 100
        var definition = TokenizerDefinition(
            model: .wordPiece(
                pieces: pieces,
                unknown: unknown,
                continuation: inside,
                longestWord: 100
            )
        )
        definition.normalizer.mapping = .bert(
            cleans: true,
            isolatesChinese: true,
            stripsAccents: true,
            lowercases: true
        )
        let first =
            gguf.integer("tokenizer.ggml.cls_token_id")
            ?? gguf.integer("tokenizer.ggml.bos_token_id") ?? specials["[CLS]"] ?? 101
        // llama.cpp spells it so.
        let last =
            gguf.integer("tokenizer.ggml.seperator_token_id") ?? specials["[SEP]"] ?? 102
        (definition.prefix, definition.suffix) = ([first], [last])
        (definition.separator, definition.pairSuffix, definition.secondType) = ([last], [last], 1)
        return definition
    }
}
