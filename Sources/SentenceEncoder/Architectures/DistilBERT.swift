extension EncoderArchitecture {
    /// DistilBERT (Sanh et al., [arXiv:1910.01108](https://arxiv.org/abs/1910.01108)): BERT without types of
    /// tokens, under names of its own.
    static let distilBERT = EncoderArchitecture(
        modelTypes: ["distilbert"],
        settings: SettingNames(
            layers: "n_layers",
            hidden: "dim",
            heads: "n_heads",
            inner: "hidden_dim",
            activation: "activation"
        ),
        numbering: .fromZero,
        tensors: TensorNames(
            words: "embeddings.word_embeddings",
            positions: "embeddings.position_embeddings",
            types: nil,
            norm: "embeddings.LayerNorm",
            layer: { "transformer.layer.\($0)." },
            query: "attention.q_lin",
            key: "attention.k_lin",
            value: "attention.v_lin",
            attention: "attention.out_lin",
            attentionNorm: "sa_layer_norm",
            up: "ffn.lin1",
            down: "ffn.lin2",
            outputNorm: "output_layer_norm"
        )
    )
}
