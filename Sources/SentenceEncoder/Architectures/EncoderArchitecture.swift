/// A family of encoders: what its configurations, its tensors and its positions are called and mean.
///
/// A family is one file that declares a value, and a line in `all`. What every family here shares is
/// what `ForwardPass` computes: learned positions that are added to the words, a norm behind each
/// residual, full attention, and GELU.
struct EncoderArchitecture: Sendable {
    /// The `model_type`s of Hugging Face configurations.
    let modelTypes: Set<String>
    /// `general.architecture` of GGUF files, if they hold such models.
    var ggufName: String?
    /// What configurations call their settings.
    let settings: SettingNames
    /// How positions are numbered.
    let numbering: PositionNumbering
    /// What the tensors of a Hugging Face file are called.
    let tensors: TensorNames
    /// What the tensors of a classification head are called; nil where such models are not run.
    var pairHead: PairHeadNames?

    /// The keys of a `config.json`.
    struct SettingNames: Sendable {
        let layers, hidden, heads, inner, activation: String
    }

    /// Which row of the position table the first token takes.
    enum PositionNumbering: Sendable {
        /// The first.
        case fromZero
        /// The one behind the padding token's ID, as in RoBERTa.
        case behindPadding
    }

    /// The names of a classification head's two layers, without `.weight` and `.bias`.
    struct PairHeadNames: Sendable {
        let dense, output: String
        /// Whether the first is a part of the model's body, behind its prefix.
        var isDenseOfBody = false

        /// llama.cpp's names.
        static let gguf = PairHeadNames(dense: "cls", output: "cls.output")
    }

    /// Every family that can be run.
    static let all: [EncoderArchitecture] = [.bert, .roBERTa, .distilBERT]

    /// The family of a Hugging Face configuration, or nil.
    static func named(_ modelType: String) -> EncoderArchitecture? {
        all.first { $0.modelTypes.contains(modelType) }
    }

    /// The family of a GGUF file, or nil.
    static func inGGUF(_ name: String) -> EncoderArchitecture? {
        all.first { $0.ggufName == name }
    }

    /// Leading rows of the position table that stand for padding.
    func positionOffset(padding: Int?) -> Int {
        switch numbering {
        case .fromZero: 0
        case .behindPadding: (padding ?? 1) + 1
        }
    }
}

extension SentenceEncoder {
    /// Whether models of an architecture, as GGUF files name it, can be run.
    package static func runs(architecture name: String) -> Bool {
        EncoderArchitecture.inGGUF(name) != nil
    }
}
