extension EncoderArchitecture {
    /// BERT (Devlin et al., [arXiv:1810.04805](https://arxiv.org/abs/1810.04805)).
    static let bert = EncoderArchitecture(
        modelTypes: ["bert"],
        ggufName: "bert",
        settings: .bert,
        numbering: .fromZero,
        tensors: .bert,
        pairHead: PairHeadNames(dense: "pooler.dense", output: "classifier", isDenseOfBody: true)
    )
}

extension EncoderArchitecture.SettingNames {
    static let bert = EncoderArchitecture.SettingNames(
        layers: "num_hidden_layers",
        hidden: "hidden_size",
        heads: "num_attention_heads",
        inner: "intermediate_size",
        activation: "hidden_act"
    )
}

extension TensorNames {
    static let bert = TensorNames(
        words: "embeddings.word_embeddings",
        positions: "embeddings.position_embeddings",
        types: "embeddings.token_type_embeddings",
        norm: "embeddings.LayerNorm",
        layer: { "encoder.layer.\($0)." },
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
