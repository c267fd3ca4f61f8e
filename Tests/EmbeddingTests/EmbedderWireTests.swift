import Embedding
import Foundation
import SentenceEncoder
import Testing

/// Against llama.cpp's own embedding server.
@Suite(.serialized, .timeLimit(.minutes(10))) struct EmbedderWireTests {
    private func embedder() throws -> OpenAIEmbedder {
        let address = try #require(
            ProcessInfo.processInfo.environment["VECINO_TEST_EMBEDDINGS"],
            "VECINO_TEST_EMBEDDINGS is not set: run the tests through scripts/test."
        )
        return try OpenAIEmbedder(model: "smol", baseURL: address, key: nil)
    }

    @Test func embedsInOrderWithLengthOne() async throws {
        let embedder = try embedder()
        let texts = ["The cat sleeps.", "¿Dónde está la biblioteca?", "The cat is sleeping."]
        let embeddings = try await embedder.embed(texts, as: .passage)
        #expect(embeddings.count == 3)
        #expect(embedder.model.dimensions == embeddings[0].count)
        for embedding in embeddings {
            #expect(abs(embedding.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
        }
        // Each alone is the same as among the others.
        let second = try await embedder.embed(texts[1], as: .passage)
        #expect(dot(second, embeddings[1]) > 0.999)
        #expect(dot(embeddings[0], embeddings[2]) > dot(embeddings[0], embeddings[1]))
    }

    @Test func cutsWhatIsTooLong() async throws {
        let long = String(repeating: "uno dos tres ", count: 2_000)
        #expect(try await embedder().embed(long, as: .query).count > 100)
    }

    private func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).map(*).reduce(0, +) }
}
