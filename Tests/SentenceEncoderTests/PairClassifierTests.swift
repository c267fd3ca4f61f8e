import Foundation
import Testing

@testable import SentenceEncoder

/// Cross-encoders with random weights; see `Fixtures/make_tiny.py`, which holds what is expected against
/// transformers.
@Suite struct PairClassifierTests {
    struct Expected: Decodable {
        let first: String
        let second: String
        let ids: [Int32]
        let logits: [Float]
    }

    static let models = ["tiny-bert-rerank", "tiny-xlmr-nli", "tiny-rerank-f16.gguf"]

    static func expected(_ model: String) throws -> [Expected] {
        let data = try Data(contentsOf: URL(fileURLWithPath: fixture("expected-pairs.json")))
        let all = try JSONDecoder().decode([String: [Expected]].self, from: data)
        return try #require(all[model])
    }

    private func logits(
        _ model: String,
        precision: SentenceEncoder.Precision,
        threads: Int
    ) throws -> (found: [[Float]], expected: [[Float]]) {
        try TinyModelTests.withCopy(of: model) { path in
            let classifier = try PairClassifier(contentsOf: path, precision: precision)
            let expected = try Self.expected(model)
            let found = classifier.logits(
                of: expected.map { ($0.first, $0.second) },
                threads: threads
            )
            #expect(found.allSatisfy { $0.count == classifier.labels.count })
            return (found, expected.map(\.logits))
        }
    }

    @Test(arguments: models)
    func pairsAreTokenizedAsByTheReference(model: String) throws {
        try TinyModelTests.withCopy(of: model) { path in
            let classifier = try PairClassifier(contentsOf: path)
            for pair in try Self.expected(model) {
                let ids = classifier.tokens(of: pair.first, pair.second).ids
                #expect(ids == pair.ids, "\(pair.first) | \(pair.second)")
            }
        }
    }

    @Test(arguments: models)
    func floatAgreesWithTheReference(model: String) throws {
        let (found, expected) = try logits(model, precision: .float, threads: 1)
        for (ours, theirs) in zip(found.joined(), expected.joined()) {
            #expect(abs(ours - theirs) < 1e-4)
        }
        #expect(cosine(found.flatMap(\.self), expected.flatMap(\.self)) > 0.9999)
    }

    @Test(arguments: models)
    func eightBitsAreNear(model: String) throws {
        let (found, expected) = try logits(model, precision: .int8, threads: 2)
        #expect(cosine(found.flatMap(\.self), expected.flatMap(\.self)) > 0.995)
    }

    @Test func settingsComeFromTheFiles() throws {
        let labels = [
            ("tiny-bert-rerank", ["LABEL_0"]), ("tiny-rerank-f16.gguf", ["relevance"]),
            ("tiny-xlmr-nli", ["contradiction", "entailment", "neutral"]),
        ]
        for (model, labels) in labels {
            try TinyModelTests.withCopy(of: model) { path in
                let kind = try ModelKind.ofModel(at: path)
                #expect(kind == .pairClassifier)
                let classifier = try PairClassifier(contentsOf: path)
                #expect(classifier.labels == labels)
                #expect(classifier.maximumTokens == (model == "tiny-xlmr-nli" ? 16 : 24))
                // From the prepared file the second time.
                let again = try PairClassifier(contentsOf: path)
                #expect(again.labels == labels)
                #expect(classifier.logits(of: [], threads: 2).isEmpty)
            }
        }
    }

    @Test func secondTextsAreOfTheSecondType() throws {
        try TinyModelTests.withCopy(of: "tiny-bert-rerank") { path in
            let classifier = try PairClassifier(contentsOf: path, precision: .float)
            let tokens = classifier.tokens(of: "hello", "world")
            #expect(tokens.ids == [2, 5, 3, 6, 3] && tokens.secondStart == 3)
        }
    }

    /// Neither the batch a pair is in nor the number of threads may change its logits.
    @Test func resultsDoNotDependOnTheBatch() throws {
        try TinyModelTests.withCopy(of: "tiny-bert-rerank") { path in
            let classifier = try PairClassifier(contentsOf: path)
            let pairs = (0..<60).map { index in
                (
                    first: "hello", second: String(repeating: "world hello ", count: index % 7)
                )
            }
            let together = classifier.logits(of: pairs, threads: 3)
            for (pair, logits) in zip(pairs, together) {
                let alone = classifier.logits(of: [pair], threads: 1)[0]
                #expect(abs(alone[0] - logits[0]) < 1e-4)
            }
        }
    }

    // MARK: What is refused

    @Test func modelsAreForWhatTheyWereTrainedFor() throws {
        try TinyModelTests.withCopy(of: "tiny-bert-rerank") { path in
            // Before and after it was prepared.
            for _ in 0..<2 {
                let error = #expect(throws: SentenceEncoderError.self) {
                    try SentenceEncoder(contentsOf: path)
                }
                #expect(
                    error == .otherKind(path: path, is: .pairClassifier, wanted: .embedder)
                )
            }
        }
        try TinyModelTests.withCopy(of: "tiny-bert") { path in
            let kind = try ModelKind.ofModel(at: path)
            #expect(kind == .embedder)
            let error = #expect(throws: SentenceEncoderError.self) {
                try PairClassifier(contentsOf: path)
            }
            #expect(error == .otherKind(path: path, is: .embedder, wanted: .pairClassifier))
            #expect(error?.description.contains("vecino model list") == true)
        }
    }

    /// A head that is not there, or of another width, is an error that names the tensor.
    @Test(arguments: [
        (#""BertForSequenceClassification""#, #""BertForMaskedLM""#, "BertForMaskedLM"),
        (#""model_type": "bert""#, #""model_type": "distilbert""#, "cross-encoder"),
        (#""model_type": "bert""#, #""model_type": "roberta", "pad_token_id": 1"#, "tensor"),
    ])
    func otherHeadsAreRefused(old: String, new: String, word: String) throws {
        try TinyModelTests.withCopy(of: "tiny-bert-rerank") { path in
            let config = try String(contentsOfFile: path + "/config.json", encoding: .utf8)
            #expect(config.contains(old))
            try write(
                Array(config.replacingOccurrences(of: old, with: new).utf8),
                to: path + "/config.json"
            )
            let error = #expect(throws: SentenceEncoderError.self) {
                try PairClassifier(contentsOf: path)
            }
            #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
        }
    }

    @Test func aDamagedPreparedFileMisleadsAtWorst() throws {
        try TinyModelTests.withCopy(of: "tiny-xlmr-nli") { path in
            let classifier = try PairClassifier(contentsOf: path)
            let good = classifier.logits(of: [("hello", "world")], threads: 1)
            let prepared = path + "/vecino.prepared"
            let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: prepared)))
            for length in [24, 300, whole.count / 2, whole.count - 1] {
                try write(Array(whole[..<length]), to: prepared)
                let again = try PairClassifier(contentsOf: path)
                #expect(again.logits(of: [("hello", "world")], threads: 1) == good)
            }
            var random = SplitMix64(seed: 11)
            for _ in 0..<40 {
                var broken = whole
                for _ in 0..<20 {
                    broken[Int.random(in: 0..<broken.count, using: &random)] =
                        UInt8.random(in: 0...255, using: &random)
                }
                try write(broken, to: prepared)
                let again = try PairClassifier(contentsOf: path)
                _ = again.logits(of: [("hello wörld", "e\u{301}té ①")], threads: 1)
            }
        }
    }

    /// As Hugging Face's `longest_first`: one by one from the longer, as it comes out in the end.
    @Test func theLongerTextIsCut() {
        #expect(Tokenizer.lengths(3, 4, limit: 7) == (3, 4))
        #expect(Tokenizer.lengths(3, 9, limit: 7) == (3, 4))
        #expect(Tokenizer.lengths(9, 3, limit: 7) == (4, 3))
        #expect(Tokenizer.lengths(9, 8, limit: 7) == (4, 3))
        #expect(Tokenizer.lengths(8, 9, limit: 7) == (3, 4))
        #expect(Tokenizer.lengths(8, 8, limit: 6) == (3, 3))
        #expect(Tokenizer.lengths(8, 8, limit: 0) == (0, 0))
        #expect(Tokenizer.lengths(0, 9, limit: 6) == (0, 6))
    }
}
