import Foundation
import TextAnalysis

@testable import PassageStore

/// A library in a folder of its own, which goes when the test is over.
final class StoreFixture {
    let folder: String
    var path: String { folder + "/library.db" }

    init() throws {
        folder = NSTemporaryDirectory() + "vecino-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func open(_ access: PassageStore.Access = .readWrite) throws -> PassageStore {
        try PassageStore(at: path, access: access)
    }

    /// A store with these texts, one document for each, one passage for each paragraph.
    func filled(_ texts: [String: String]) throws -> PassageStore {
        let store = try open()
        try store.add(texts)
        return store
    }
}

extension PassageStore {
    /// Adds documents by path, in the order of their paths.
    func add(_ texts: [String: String], language: Language = .english) throws {
        try write { transaction in
            let model = try transaction.adoptModel(
                identifier: "test:bag",
                dimensions: BagOfWords.dimensions,
                path: path
            )
            let collection = try transaction.collection(root: "/docs", options: "{}")
            for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
                let parts = text.components(separatedBy: "\n\n")
                try transaction.storeEmbeddings(
                    parts.map { (key: BagOfWords.key($0), vector: BagOfWords.vector($0)) },
                    model: model
                )
                let passages = parts.enumerated().map { index, part in
                    NewPassage(
                        headings: ["Part \(index)"],
                        text: part,
                        lines: (index + 1)...(index + 1),
                        bytes: 0..<part.utf8.count,
                        tokenCount: 10,
                        embeddingKey: BagOfWords.key(part)
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
                    passages: passages
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

    /// The IDs of documents by path.
    func documentIDs() throws -> [String: Int64] {
        try read { snapshot in
            Dictionary(uniqueKeysWithValues: try snapshot.documents().map { ($0.path, $0.id) })
        }
    }
}

/// A small honest embedding: words hashed into a few dimensions, normalised.
enum BagOfWords {
    static let dimensions = 48

    static func vector(_ text: String) -> [Float] {
        var vector = [Float](repeating: 0, count: dimensions)
        for word in words(in: text) {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in word.folded.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            vector[Int(hash >> 33) % dimensions] += hash & 1 == 0 ? 1 : -1
        }
        let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return norm > 0 ? vector.map { $0 / norm } : vector
    }

    static func key(_ text: String) -> [UInt8] {
        var a: UInt64 = 0xCBF2_9CE4_8422_2325
        var b: UInt64 = 0x9E37_79B9_7F4A_7C15
        for byte in text.utf8 {
            a = (a ^ UInt64(byte)) &* 0x100_0000_01B3
            b = (b &+ UInt64(byte)) &* 0xBF58_476D_1CE4_E5B9
        }
        return [a, b].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
    }
}
