import Corpus
import Embedding
import Foundation
import SentenceEncoder
import StoreTesting
import Testing

@testable import Retrieval
@testable import SQLiteStore

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

    private let circle = ModelRecord(identifier: "test:circle", dimensions: 2)

    private func numbers(_ range: Range<Int>) -> [SampleDocument] {
        range.map { SampleDocument("\($0).txt", "\($0)", title: "", embed: Circle.vector) }
    }

    /// Comparing every vector is exact, walking a graph is not, and changes beside a graph do not
    /// make it so: in a process that stays and in one that does not.
    @Test func resultsSayHowTheVectorsWereSearched() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "vecino-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/library.db"
        let writer = try SQLiteStore(at: path, access: .readWrite)
        try await writer.add(numbers(0..<100), model: circle)
        try await check(path, isExact: true)
        try writer.refreshGraph(.from(passages: 50))
        try await check(path, isExact: false)
        try await writer.add(numbers(100..<110), model: circle)
        try await check(path, isExact: false)
        try writer.refreshGraph(.from(passages: 10_000))
        try await check(path, isExact: true)
    }

    private func check(_ path: String, isExact: Bool) async throws {
        for access in [SQLiteStore.Access.readOnly, .shared] {
            let store = try SQLiteStore(at: path, access: access)
            let searcher = Searcher(store: store) { _ in Circle() }
            let found = try await searcher.search(SearchRequest("7", mode: .vector, limit: 1))
            #expect(found.exact == isExact)
            #expect(found.hits.map(\.text) == ["7"])
            let first = try #require(found.hits.first)
            #expect(try await searcher.similar(to: first.id, limit: 1).exact == isExact)
        }
    }
}
