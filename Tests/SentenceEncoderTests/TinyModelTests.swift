import Foundation
import Testing

@testable import SentenceEncoder

/// Every form of model file, with random weights; see `Fixtures/make_tiny.py`.
@Suite struct TinyModelTests {
    struct Expected: Decodable {
        let text: String
        let ids: [Int32]
        let embedding: [Float]
        /// Where each token comes from; nil for special ones.
        let bytes: [[Int]?]
        /// Each token's vector, of some texts.
        let states: [[Float]]?
    }

    static let models = [
        "tiny-bert", "tiny-distilbert", "tiny-xlmr", "tiny-f16.gguf", "tiny-q8_0.gguf",
        "tiny-q4_0.gguf",
    ]

    static func expected(_ model: String) throws -> [Expected] {
        let data = try Data(contentsOf: URL(fileURLWithPath: fixture("expected.json")))
        let all = try JSONDecoder().decode([String: [Expected]].self, from: data)
        return try #require(all[model])
    }

    /// Runs `body` with a copy of a model, so that prepared files do not land among the fixtures.
    static func withCopy<Result>(
        of model: String,
        _ body: (String) throws -> Result
    ) throws -> Result {
        try withTemporaryFolder { folder in
            let copy = "\(folder)/\(model)"
            try FileManager.default.copyItem(atPath: fixture(model), toPath: copy)
            return try body(copy)
        }
    }

    @Test(arguments: models)
    func floatAgreesWithTheReference(model: String) throws {
        try Self.withCopy(of: model) { path in
            let encoder = try SentenceEncoder(contentsOf: path, precision: .float)
            let expected = try Self.expected(model)
            let vectors = encoder.embed(expected.map(\.text), as: .passage, threads: 1)
            for (expected, vector) in zip(expected, vectors) {
                #expect(encoder.tokens(of: expected.text, as: .passage) == expected.ids)
                #expect(cosine(vector, expected.embedding) > 0.999999, "\(expected.text)")
            }
        }
    }

    @Test(arguments: models)
    func eightBitsAreNear(model: String) throws {
        try Self.withCopy(of: model) { path in
            let encoder = try SentenceEncoder(contentsOf: path)
            let expected = try Self.expected(model)
            let vectors = encoder.embed(expected.map(\.text), as: .passage, threads: 2)
            for (expected, vector) in zip(expected, vectors) {
                #expect(cosine(vector, expected.embedding) > 0.995, "\(expected.text)")
            }
        }
    }

    @Test func settingsComeFromTheFiles() throws {
        try Self.withCopy(of: "tiny-bert") { path in
            let encoder = try SentenceEncoder(contentsOf: path)
            #expect(encoder.name == "tiny-bert")
            #expect(encoder.dimensions == 32)
            #expect(encoder.maximumTokens == 24)
            #expect(encoder.tokenCount(of: "hello world") == 2)
            #expect(encoder.tokenCount(of: String(repeating: "hello ", count: 100)) == 100)
            // The query's prefix is "hello: ", and there is no piece for the colon.
            #expect(encoder.tokens(of: "world", as: .query) == [2, 5, 1, 6, 3])
        }
        try Self.withCopy(of: "tiny-xlmr") { path in
            let encoder = try SentenceEncoder(contentsOf: path + "/")
            #expect(encoder.maximumTokens == 16)
        }
    }

    @Test func aFolderWithOneGGUFWorksAndWithTwoAsksWhich() throws {
        try withTemporaryFolder { folder in
            let source = try fixture("tiny-f16.gguf")
            try FileManager.default.copyItem(atPath: source, toPath: folder + "/a.gguf")
            let name = try SentenceEncoder(contentsOf: folder).name
            #expect(folder.hasSuffix(name))
            try FileManager.default.copyItem(atPath: source, toPath: folder + "/b.gguf")
            #expect(throws: SentenceEncoderError.self) { try SentenceEncoder(contentsOf: folder) }
            let second = try SentenceEncoder(contentsOf: folder + "/b.gguf")
            #expect(second.name == "b")
        }
    }

    @Test func emptyInputAndEmptyTextsAreFine() throws {
        try Self.withCopy(of: "tiny-bert") { path in
            let encoder = try SentenceEncoder(contentsOf: path)
            let none = encoder.embed([], as: .passage, threads: 2)
            #expect(none.isEmpty)
            let empty = encoder.embed(["", ""], as: .passage, threads: 8)
            #expect(empty.count == 2)
        }
    }

    /// Neither the batch a text is in nor the number of threads may change its embedding.
    @Test(arguments: [SentenceEncoder.Precision.float, .int8])
    func resultsDoNotDependOnTheBatch(precision: SentenceEncoder.Precision) throws {
        try Self.withCopy(of: "tiny-xlmr") { path in
            let encoder = try SentenceEncoder(contentsOf: path, precision: precision)
            let texts = (0..<120).map { String(repeating: "hello world ", count: $0 % 9) }
            let together = encoder.embed(texts, as: .passage, threads: 3)
            for (text, vector) in zip(texts, together) {
                let alone = encoder.embed([text], as: .passage, threads: 1)[0]
                #expect(cosine(alone, vector) > 0.999999)
            }
        }
    }

    // MARK: The prepared file

    @Test func fingerprintsFollowContent() throws {
        try Self.withCopy(of: "tiny-bert") { path in
            let first = try SentenceEncoder(contentsOf: path).fingerprint
            #expect(first.count == 16)
            let float = try SentenceEncoder(contentsOf: path, precision: .float).fingerprint
            #expect(float == first)
            try FileManager.default.removeItem(atPath: path + "/vecino.prepared")
            let again = try SentenceEncoder(contentsOf: path).fingerprint
            #expect(again == first)
            // Another weight: same size, but the file is stale and the fingerprint another.
            var weights = [UInt8](
                try Data(contentsOf: URL(fileURLWithPath: path + "/model.safetensors"))
            )
            weights[weights.count - 200] ^= 1
            try write(weights, to: path + "/model.safetensors")
            let other = try SentenceEncoder(contentsOf: path).fingerprint
            #expect(other != first)
        }
    }

    @Test func aDamagedPreparedFileMisleadsAtWorst() throws {
        try Self.withCopy(of: "tiny-xlmr") { path in
            let encoder = try SentenceEncoder(contentsOf: path)
            let good = encoder.embed(["hello world"], as: .passage, threads: 1)
            let prepared = path + "/vecino.prepared"
            let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: prepared)))
            for length in [0, 7, 23, 24, 300, whole.count / 2, whole.count - 1] {
                try write(Array(whole[..<length]), to: prepared)
                let again = try SentenceEncoder(contentsOf: path)
                let vectors = again.embed(["hello world"], as: .passage, threads: 1)
                #expect(vectors == good)
            }
            var random = SplitMix64(seed: 7)
            for _ in 0..<60 {
                var broken = whole
                for _ in 0..<20 {
                    broken[Int.random(in: 0..<broken.count, using: &random)] =
                        UInt8.random(in: 0...255, using: &random)
                }
                try write(broken, to: prepared)
                let again = try SentenceEncoder(contentsOf: path)
                _ = again.embed(["hello wörld e\u{301}té ①"], as: .passage, threads: 1)
            }
        }
    }
}
