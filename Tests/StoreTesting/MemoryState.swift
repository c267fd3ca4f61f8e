internal import Corpus
internal import TextAnalysis

/// All that a library in memory holds.
struct MemoryState: Sendable {
    struct StoredDocument: Sendable {
        let id: DocumentID
        var collection: CollectionID
        var content: NewDocument
        var passages: [PassageID]
    }

    var generation = 0
    /// The generation that language groups were found in.
    var groupsGeneration: Int?
    var model: ModelRecord?
    var collections: [CollectionRecord] = []
    var documents: [DocumentID: StoredDocument] = [:]
    var embeddings: [EmbeddingKey: [Float]] = [:]
    var skipped: [CollectionID: [ExactPath: SkipRecord]] = [:]
    var preferences: [String: String] = [:]
    var answers: [AnswerRecord] = []
    private var lastID: Int64 = 0
    private var lastAnswer: Int64 = 0

    /// What a rebuild starts from.
    var withoutDocuments: MemoryState {
        var new = self
        new.documents = [:]
        new.embeddings = [:]
        new.skipped = [:]
        new.model = nil
        return new
    }

    private mutating func nextID() -> Int64 {
        lastID += 1
        return lastID
    }

    mutating func perform(_ step: LibraryChange.Step, _ result: inout CommitResult) throws {
        switch step {
        case .adopt(let record):
            if let model, model != record {
                throw StoreError.modelMismatch(
                    stored: model.identifier,
                    requested: record.identifier
                )
            }
            model = record
        case .addCollection(let root, let options):
            let index = collections.firstIndex { $0.root == root }
            let old = index.map { collections[$0] }
            let record = CollectionRecord(
                id: old?.id ?? CollectionID(rawValue: nextID()),
                root: root,
                options: options,
                indexedAt: old?.indexedAt
            )
            if let index { collections[index] = record } else { collections.append(record) }
            result.collections.append(record)
        case .markIndexed(let id, let instant):
            collections = collections.map {
                $0.id == id
                    ? CollectionRecord(
                        id: id,
                        root: $0.root,
                        options: $0.options,
                        indexedAt: instant
                    ) : $0
            }
        case .removeCollection(let id):
            remove(documents.values.filter { $0.collection == id }.map(\.id))
            collections.removeAll { $0.id == id }
            skipped[id] = nil
        case .storeEmbeddings(let new):
            guard let model else { throw StoreError.noModel }
            for embedding in new where embeddings[embedding.key] == nil {
                precondition(embedding.vector.count == model.dimensions, "one of another model")
                embeddings[embedding.key] = embedding.vector
            }
        case .purgeUnusedEmbeddings:
            let used = Set(documents.values.flatMap(\.content.embeddingKeys))
            let unused = embeddings.keys.filter { !used.contains($0) }
            for key in unused { embeddings[key] = nil }
            result.affected += unused.count
        case .put(let document, let collection, _): try put(document, in: collection)
        case .removeDocuments(let ids): remove(ids)
        case .touch(let id, let stamp): documents[id]?.content.stamp = stamp
        case .outdate(let ids):
            for id in ids {
                guard let size = documents[id]?.content.stamp.size else { continue }
                documents[id]?.content.stamp = FileStamp(size: size, modified: 0)
                documents[id]?.content.contentHash = []
            }
        case .skip(let file, let collection):
            remove(ids(at: file.path, in: collection))
            skipped[collection, default: [:]][ExactPath(file.path)] = file
        case .clearSkip(let path, let collection):
            skipped[collection]?[ExactPath(path)] = nil
        case .setPreference(let key, let value): preferences[key] = value
        case .reset:
            self = withoutDocuments
            generation += 1
        case .keepAnswer(var answer):
            lastAnswer += 1
            answer.id = AnswerID(rawValue: lastAnswer)
            answers.append(answer)
            result.answers.append(answer.id)
        case .rateAnswer(let id, let feedback):
            for index in answers.indices where answers[index].id == id {
                answers[index].feedback = feedback
                result.affected += 1
            }
        case .removeAnswers(let ids):
            let count = answers.count
            answers.removeAll { ids.contains($0.id) }
            result.affected += count - answers.count
        }
    }

    private func ids(at path: String, in collection: CollectionID) -> [DocumentID] {
        documents.values.filter {
            $0.collection == collection && ExactPath($0.content.path) == ExactPath(path)
        }.map(\.id)
    }

    private mutating func put(_ document: NewDocument, in collection: CollectionID) throws {
        guard model != nil else { throw StoreError.noModel }
        guard document.embeddingKeys.allSatisfy({ embeddings[$0] != nil }) else {
            throw StoreError.database(path: "memory", detail: "a passage without its embedding")
        }
        remove(ids(at: document.path, in: collection))
        skipped[collection]?[ExactPath(document.path)] = nil
        let id = DocumentID(rawValue: nextID())
        documents[id] = StoredDocument(
            id: id,
            collection: collection,
            content: document,
            passages: document.chunks.map { _ in PassageID(rawValue: nextID()) }
        )
        generation += 1
    }

    private mutating func remove(_ ids: [DocumentID]) {
        for id in ids where documents.removeValue(forKey: id) != nil { generation += 1 }
    }
}
