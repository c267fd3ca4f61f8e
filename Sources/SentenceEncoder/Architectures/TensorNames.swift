/// What the tensors of a file are called, without `.weight` and `.bias`.
struct TensorNames: Sendable {
    /// What stands before all names: models are saved alone or as a part of a larger one.
    var prefix = ""
    /// The embedding tables and their norm; `types` only where the family has types of tokens.
    let words, positions: String
    let types: String?
    let norm: String
    /// What stands before the names of a layer.
    let layer: @Sendable (Int) -> String
    let query, key, value, attention, attentionNorm, up, down, outputNorm: String

    /// GGUF's names, the same for every family.
    static let gguf = TensorNames(
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

    /// These names behind the prefix that the table of words has in a file.
    func prefixed(as inFile: some Sequence<String>) -> TensorNames {
        let suffix = words + ".weight"
        var names = self
        names.prefix = String(
            inFile.filter { $0.hasSuffix(suffix) }.min()?.dropLast(suffix.count) ?? ""
        )
        return names
    }
}
