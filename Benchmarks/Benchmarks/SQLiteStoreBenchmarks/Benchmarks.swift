import Benchmark
import BenchmarkSupport
import Foundation

@testable import Corpus
@testable import SQLiteStore
@testable import TextAnalysis

/// Puts 20 documents of 50 passages each, made of the sample's paragraphs, into a new library.
private func fill(_ path: String) throws -> SQLiteStore {
    let store = try SQLiteStore(at: path, access: .readWrite)
    let paragraphs = try Sample.paragraphs()
    var random = SeededRandom(seed: 5)
    let vectors = random.embeddings(count: 1000, dimensions: 384)
    try store.write { transaction in
        try transaction.adopt(ModelRecord(identifier: "benchmark", dimensions: 384))
        let collection = try transaction.collection(root: "/sample", options: "{}")
        for document in 0..<20 {
            let numbers = document * 50..<document * 50 + 50
            func key(_ number: Int) -> [UInt8] {
                (0..<16).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
            }
            try transaction.storeEmbeddings(
                numbers.map {
                    StoredEmbedding(
                        key: key($0),
                        vector: Array(vectors[$0 * 384..<($0 + 1) * 384])
                    )
                }
            )
            try transaction.put(
                NewDocument(
                    path: "\(document).md",
                    contentHash: key(document),
                    stamp: FileStamp(size: 1, modified: 1),
                    format: "markdown",
                    language: document % 2 == 0 ? .spanish : .english,
                    title: "Document \(document)",
                    date: nil,
                    metadata: [:],
                    repairs: [],
                    chunks: numbers.map { number in
                        let text = paragraphs[number % paragraphs.count]
                        return Chunk(
                            text: text,
                            headings: ["Part"],
                            lines: 1...1,
                            bytes: 0..<text.utf8.count,
                            tokenCount: 100
                        )
                    },
                    embeddingKeys: numbers.map(key)
                ),
                in: collection.id,
                at: "2026-01-01T00:00:00Z"
            )
        }
    }
    return store
}

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .standard

    Benchmark("put 20 documents of 50 passages") { benchmark in
        for _ in benchmark.scaledIterations {
            let folder = try Sample.temporaryFolder()
            blackHole(try fill(folder + "/library.db"))
            try FileManager.default.removeItem(atPath: folder)
        }
    }
    Benchmark("open, read the codes of 1000 vectors") { benchmark in
        let folder = try Sample.temporaryFolder()
        let path = try fill(folder + "/library.db").path
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            let store = try SQLiteStore(at: path, access: .readOnly)
            try store.read { blackHole(try $0.vectorSearch()) }
        }
        benchmark.stopMeasurement()
        try FileManager.default.removeItem(atPath: folder)
    }
    Benchmark("the best 100 of 1000 passages for a word") { benchmark in
        let folder = try Sample.temporaryFolder()
        let store = try fill(folder + "/library.db")
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            try store.read { snapshot in
                blackHole(
                    try snapshot.keywordMatches(
                        "{body_stem} : \"tool\"",
                        weights: [1, 1, 1, 1, 1, 1],
                        limit: 100
                    )
                )
            }
        }
        benchmark.stopMeasurement()
        try FileManager.default.removeItem(atPath: folder)
    }
}
