package import Corpus
package import TextAnalysis

/// A document of a test, before it is cut: its paragraphs are its passages.
package struct SampleDocument: Sendable {
    package var path: String
    package var text: String
    package var title: String
    package var language: Language
    package var date: String?
    package var metadata: [String: MetadataValue]
    package var embed: @Sendable (String) -> [Float]

    package init(
        _ path: String,
        _ text: String,
        title: String? = nil,
        language: Language = .english,
        date: String? = nil,
        metadata: [String: MetadataValue] = [:],
        embed: @escaping @Sendable (String) -> [Float] = BagOfWords.vector
    ) {
        self.path = path
        self.text = text
        self.title = title ?? path
        self.language = language
        self.date = date
        self.metadata = metadata
        self.embed = embed
    }

    /// The paragraphs.
    package var paragraphs: [String] {
        text.split(separator: "\n\n").map(String.init)
    }

    /// What is stored for it.
    package var stored: NewDocument {
        let chunks = paragraphs.enumerated().map { index, text in
            Chunk(
                text: text,
                headings: ["Part \(index)"],
                lines: (index + 1)...(index + 1),
                bytes: 0..<text.utf8.count,
                tokenCount: 10
            )
        }
        return NewDocument(
            path: path,
            contentHash: BagOfWords.key(text),
            stamp: FileStamp(size: Int64(text.utf8.count), modified: 1),
            format: "text",
            language: language,
            title: title,
            date: date,
            metadata: metadata,
            repairs: [],
            chunks: chunks,
            embeddingKeys: paragraphs.map(BagOfWords.key)
        )
    }
}

extension LibraryStore {
    /// Puts documents into the collection `/docs`, in the order of their paths.
    package func add(
        _ documents: [SampleDocument],
        model: ModelRecord = BagOfWords.model
    ) async throws {
        let added = try await commit(.addCollection(root: "/docs", options: "{}"))
        var change = LibraryChange([.adopt(model)])
        for document in documents.sorted(by: { $0.path < $1.path }) {
            let embeddings = document.paragraphs.map {
                StoredEmbedding(key: BagOfWords.key($0), vector: document.embed($0))
            }
            change.append(.storeEmbeddings(embeddings))
            change.append(.put(document.stored, in: added.collections[0].id, at: "2026-01-01"))
        }
        try await commit(change)
    }

    /// Puts documents in by path, a passage for each paragraph.
    package func add(_ texts: [String: String], language: Language = .english) async throws {
        try await add(texts.map { SampleDocument($0.key, $0.value, language: language) })
    }
}
