import Corpus
import Foundation
import StoreTesting
import TextAnalysis

@testable import SQLiteStore

/// A library in a folder of its own, which goes when the test is over.
final class StoreFixture: Sendable {
    let folder: String
    var path: String { folder + "/library.db" }

    /// Where another library of the same test can be made.
    func newPath() -> String { folder + "/\(UUID().uuidString).db" }

    init() throws {
        folder = NSTemporaryDirectory() + "vecino-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func open(_ access: SQLiteStore.Access = .readWrite) throws -> SQLiteStore {
        try SQLiteStore(at: path, access: access)
    }

    /// A store with these texts, one document for each, one passage for each paragraph.
    func filled(_ texts: [String: String]) throws -> SQLiteStore {
        let store = try open()
        try store.add(texts)
        return store
    }
}

extension SQLiteStore {
    /// Adds documents by path, in the order of their paths.
    func add(_ texts: [String: String], language: Language = .english) throws {
        try write { transaction in
            try transaction.adopt(BagOfWords.model)
            let collection = try transaction.collection(root: "/docs", options: "{}")
            for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
                let parts = text.components(separatedBy: "\n\n")
                try transaction.storeEmbeddings(
                    parts.map {
                        StoredEmbedding(key: BagOfWords.key($0), vector: BagOfWords.vector($0))
                    }
                )
                let chunks = parts.enumerated().map { index, part in
                    Chunk(
                        text: part,
                        headings: ["Part \(index)"],
                        lines: (index + 1)...(index + 1),
                        bytes: 0..<part.utf8.count,
                        tokenCount: 10
                    )
                }
                let document = NewDocument(
                    path: name,
                    contentHash: BagOfWords.key(text),
                    stamp: FileStamp(size: Int64(text.utf8.count), modified: 1),
                    format: "text",
                    language: language,
                    title: name,
                    date: nil,
                    metadata: ["year": .number(2024)],
                    repairs: [],
                    chunks: chunks,
                    embeddingKeys: parts.map(BagOfWords.key)
                )
                try transaction.put(document, in: collection.id, at: "2026-01-01T00:00:00Z")
            }
        }
    }

    /// The IDs of documents by path.
    func documentIDs() throws -> [String: DocumentID] {
        try read { snapshot in
            Dictionary(uniqueKeysWithValues: try snapshot.documents().map { ($0.path, $0.id) })
        }
    }
}
