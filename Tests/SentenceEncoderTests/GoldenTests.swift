import Foundation
import Testing

@testable import SentenceEncoder

/// Agreement with ONNX Runtime and Hugging Face's tokenizers on 200 texts in six languages; see
/// `Fixtures/make_goldens.py`.
@Suite(.serialized) struct GoldenTests {
    struct Golden: Decodable {
        struct Text: Decodable {
            let text: String
            let ids: [Int32]
        }

        let dimensions: Int
        let embeddings: String
        let texts: [Text]

        init(_ name: String) throws {
            let data = try Data(contentsOf: URL(fileURLWithPath: fixture("golden-\(name).json")))
            self = try JSONDecoder().decode(Golden.self, from: data)
        }

        /// The reference embeddings, one for each text.
        func vectors() throws -> [[Float]] {
            let bytes = [UInt8](try #require(Data(base64Encoded: embeddings)))
            return texts.indices.map { text in
                (0..<dimensions).map { column in
                    let at = 2 * (text * dimensions + column)
                    let bits = UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8
                    return Float(Float16(bitPattern: bits))
                }
            }
        }
    }

    static let models = [("e5", "multilingual-e5-small"), ("minilm", "all-MiniLM-L6-v2")]

    @Test(arguments: models)
    func tokenIdsAreIdentical(golden: String, folder: String) throws {
        let golden = try Golden(golden)
        let encoder = try SentenceEncoder(contentsOf: modelFolder(folder))
        for text in golden.texts {
            #expect(
                encoder.tokens(of: text.text, as: .passage) == text.ids,
                "\(text.text.prefix(60))"
            )
        }
    }

    @Test(arguments: models)
    func floatEmbeddingsAgree(golden: String, folder: String) throws {
        let golden = try Golden(golden)
        let encoder = try SentenceEncoder(contentsOf: modelFolder(folder), precision: .float)
        #expect(encoder.dimensions == golden.dimensions)
        let vectors = encoder.embed(golden.texts.map(\.text), as: .passage, threads: 2)
        for (text, (ours, theirs)) in zip(golden.texts, zip(vectors, try golden.vectors())) {
            #expect(cosine(ours, theirs) >= 0.9999, "\(text.text.prefix(60))")
        }
    }

    /// A single odd token leaves 8 bits little to average, and MiniLM sees scripts other than Latin
    /// as strings of unknown or single letters; texts that it is meant for are held to 0.995.
    @Test(arguments: models)
    func eightBitEmbeddingsAreNear(golden: String, folder: String) throws {
        let isEnglish = golden == "minilm"
        let golden = try Golden(golden)
        let encoder = try SentenceEncoder(contentsOf: modelFolder(folder))
        let vectors = encoder.embed(golden.texts.map(\.text), as: .passage, threads: 2)
        for (text, (ours, theirs)) in zip(golden.texts, zip(vectors, try golden.vectors())) {
            let isLatin = text.text.unicodeScalars.allSatisfy { $0.value < 0x250 }
            let least = !isEnglish || isLatin && text.ids.count >= 12 ? 0.995 : 0.985
            #expect(
                cosine(ours, theirs) >= least,
                "\(text.ids.count) tokens: \(text.text.prefix(60))"
            )
        }
    }
}
