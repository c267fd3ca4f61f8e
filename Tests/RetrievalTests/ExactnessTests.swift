import Embedding
import Foundation
import SentenceEncoder
import TextAnalysis
import Testing

@testable import PassageStore
@testable import Retrieval

/// Results say how the vectors were searched, for both of the ways that a search can go.
@Suite struct ExactnessTests {
    /// Puts a number on the circle.
    private struct Circle: Embedder {
        let model = EmbeddingModel(id: "test:circle", dimensions: 2, maximumTokens: 64)

        static func vector(_ text: String) -> [Float] {
            let angle = Float(Int(text) ?? 0) / 100
            return [cos(angle), sin(angle)]
        }

        func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
            texts.map(Self.vector)
        }

        func tokenCount(of text: String) -> Int { 1 }
    }

    @Test func aWalkOfTheGraphIsNotCalledExact() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "vecino-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let writer = try PassageStore(at: folder + "/library.db", access: .readWrite)
        try fill(writer, count: 100)
        try writer.refreshGraph(.from(passages: 50))
        for (access, isExact) in [(PassageStore.Access.readOnly, false), (.shared, false)] {
            let store = try PassageStore(at: folder + "/library.db", access: access)
            let searcher = Searcher(store: store) { Circle() }
            let found = try await searcher.search(SearchRequest("7", mode: .vector, limit: 1))
            #expect(found.exact == isExact)
            #expect(found.hits.map(\.text) == ["7"])
            let first = try #require(found.hits.first)
            #expect(try searcher.similar(to: first.id, limit: 1).exact == isExact)
        }
    }

    private func fill(_ store: PassageStore, count: Int) throws {
        func key(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number), count: 16) }
        try store.write { transaction in
            let model = try transaction.adoptModel(
                identifier: "test:circle",
                dimensions: 2,
                path: store.path
            )
            let collection = try transaction.collection(root: "/docs", options: "{}")
            try transaction.storeEmbeddings(
                (0..<count).map { (key: key($0), vector: Circle.vector("\($0)")) },
                model: model
            )
            for number in 0..<count {
                let passage = NewPassage(
                    headings: [],
                    text: "\(number)",
                    lines: 1...1,
                    bytes: 0..<"\(number)".utf8.count,
                    tokenCount: 1,
                    embeddingKey: key(number)
                )
                let document = NewDocument(
                    path: "\(number).txt",
                    contentHash: key(number),
                    stamp: FileStamp(size: 1, modified: 1),
                    format: "text",
                    language: .english,
                    title: "",
                    date: nil,
                    metadata: [:],
                    repairs: [],
                    passages: [passage]
                )
                try transaction.put(
                    document,
                    in: collection.id,
                    model: model,
                    now: "2026-01-01T00:00:00Z"
                )
            }
        }
    }
}
