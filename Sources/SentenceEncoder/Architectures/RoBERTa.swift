extension EncoderArchitecture {
    /// RoBERTa (Liu et al., [arXiv:1907.11692](https://arxiv.org/abs/1907.11692)) and its relatives: BERT's
    /// tensors, positions numbered from behind the padding token.
    static let roBERTa = EncoderArchitecture(
        modelTypes: ["roberta", "xlm-roberta", "camembert"],
        settings: .bert,
        numbering: .behindPadding,
        tensors: .bert,
        pairHead: PairHeadNames(dense: "classifier.dense", output: "classifier.out_proj")
    )
}
