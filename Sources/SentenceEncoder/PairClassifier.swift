/// A model of the BERT family that reads two texts in one sequence and says how they go together: a
/// cross-encoder.
///
/// With one class it is a reranker: the greater its logit, the better a passage answers a query. With
/// three classes, for natural language inference, it says whether the first text entails, contradicts
/// or leaves open the second. A value is immutable and may be used from any number of threads at once.
public struct PairClassifier: Sendable {
    /// The model's name, that of its folder or file.
    public let name: String
    /// Identifies weights, tokenizer and settings by all they contain: 16 hexadecimal digits.
    public let fingerprint: String
    /// What the classes are called, in the order of the logits.
    public let labels: [String]
    /// The longest pair in tokens, special ones included; of what is beyond, the longer text is cut.
    public let maximumTokens: Int

    private let model: EncoderModel
    private let head: PairHead

    /// Loads a Hugging Face model folder (`BertForSequenceClassification`,
    /// `XLMRobertaForSequenceClassification` and their like), a folder with one GGUF file, or a GGUF file
    /// with llama.cpp's classification head.
    ///
    /// - Throws: `notFound`, `unreadable`, `malformed`, `otherKind` for a model without such a head, or
    ///   `unsupported` for another architecture.
    public init(
        contentsOf path: String,
        precision: SentenceEncoder.Precision = .int8
    ) throws(SentenceEncoderError) {
        let location = try ModelLocation(path)
        let model = try EncoderModel.load(location, as: .pairClassifier, precision: precision)
        guard case .pairs(let head) = model.head else {
            preconditionFailure("a model of this kind has this head")
        }
        self.model = model
        self.head = head
        name = location.name
        fingerprint = model.fingerprint
        labels = head.labels
        maximumTokens = model.shape.maximumTokens
    }

    /// What the model says of pairs of texts, in their order.
    ///
    /// - Parameters:
    ///   - pairs: a query and a passage each, or a premise and a hypothesis.
    ///   - threads: at least 1.
    /// - Returns: a logit for each class, for each pair.
    /// - Complexity: that of embedding texts as long as the two together.
    public func logits(
        of pairs: [(first: String, second: String)],
        threads: Int
    ) -> [[Float]] {
        let sequences = model.withScratch { scratch in
            pairs.map { pair in
                model.tokenizer.encode(pair.first, pair.second, limit: maximumTokens, &scratch)
            }
        }
        return model.inBatches(of: sequences.map(\.ids.count), threads: threads) { pass, batch in
            pass.firstRows(batch.map { sequences[$0] }).map(head.logits)
        }
    }

    /// The IDs that the model sees for a pair, and where those of the second text begin.
    package func tokens(of first: String, _ second: String) -> (ids: [Int32], secondStart: Int) {
        let sequence = model.withScratch {
            model.tokenizer.encode(first, second, limit: maximumTokens, &$0)
        }
        return (sequence.ids, sequence.secondStart)
    }
}
