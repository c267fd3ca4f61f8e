package import Corpus
internal import GRDB
package import TextAnalysis

/// A consistent state of a library file: a connection with a transaction that stays open.
package final class SQLiteSnapshot: LibrarySnapshot {
    private let store: SQLiteStore
    private let connection: DatabaseQueue
    private let memo = SnapshotMemo()

    init(store: SQLiteStore, connection: DatabaseQueue) {
        self.store = store
        self.connection = connection
    }

    private func view<R>(_ body: (SnapshotView) throws -> R) throws -> R {
        try store.explaining {
            try ReadConnections.access(connection) { db in
                try body(SnapshotView(db: db, store: store, memo: memo))
            }
        }
    }

    package func generation() async throws -> String { try view { try $0.generation() } }

    package func model() async throws -> ModelRecord? { try view { try $0.model() } }

    package func preference(_ key: String) async throws -> String? {
        try view { try $0.preference(key) }
    }

    package func preferences() async throws -> [String: String] {
        try view { try $0.preferences() }
    }

    package func passageCount() async throws -> Int { try view { try $0.passageCount() } }

    package func languages() async throws -> [Language] { try view { try $0.languages() } }

    package func documents(passing filter: DocumentFilter) async throws -> [DocumentID] {
        let passes = try filter.compiled()
        let fields = Set(filter.conditions.flatMap(\.names))
        return try view { try $0.documents(metadataFields: fields).filter(passes).map(\.id) }
    }

    package func keywordCounts(
        of queries: [KeywordQuery],
        weights: FieldWeights
    ) async throws -> [Int] {
        try view { try $0.keywordCounts(of: queries, weights: weights) }
    }

    package func keywordCandidates(_ request: KeywordRequest) async throws -> [ScoredPassage] {
        try view { try $0.keywordCandidates(request) }
    }

    package func beginnings(in scope: CandidateScope, limit: Int) async throws -> [PassageID] {
        try view { try $0.beginnings(in: scope, limit: limit) }
    }

    package func matches(_ query: KeywordQuery, passage: PassageID) async throws -> Bool {
        try view { try $0.matches(query, passage: passage) }
    }

    package func vocabulary(beginningWith prefix: String) async throws -> [Spelling.Entry] {
        try view { try $0.vocabulary(beginningWith: prefix) }
    }

    package func isWord(_ term: String) async throws -> Bool {
        let query = KeywordQuery.term(term, .surface).simplified
        guard let expression = query.fts5Expression else { return false }
        return try view { try $0.matchCounts(of: [expression])[0] > 0 }
    }

    package func prepareVectorSearch() async throws { try view { try $0.prepareVectorSearch() } }

    package func languageGroups() async throws -> [LanguageGroup] {
        try view { try $0.languageGroups().map(\.group) }
    }

    package func nearest(
        to embedding: [Float],
        in scope: CandidateScope,
        limit: Int
    ) async throws -> VectorMatches {
        try view { try $0.nearest(to: embedding, in: scope, limit: limit) }
    }

    package func embeddings(of passages: [PassageID]) async throws -> [[Float]?] {
        try view { view in try passages.map { try view.embedding(of: $0) } }
    }

    package func embeddingKeys(of passages: [PassageID]) async throws -> [EmbeddingKey?] {
        try view { view in try passages.map { try view.embeddingKey(of: $0) } }
    }

    package func languages(of passages: [PassageID]) async throws -> [Language] {
        try view { try $0.languages(of: passages) }
    }

    package func sketches(of passages: [PassageID]) async throws -> [PassageID: TextSketch] {
        try view { try $0.sketches(of: passages) }
    }

    package func documentPaths(of passages: [PassageID]) async throws -> [String?] {
        try view { view in try passages.map { try view.documentPath(of: $0) } }
    }

    package func documentNames(of passages: [PassageID]) async throws -> [DocumentName?] {
        try view { view in try passages.map { try view.documentName(of: $0) } }
    }

    package func passages(_ ids: [PassageID]) async throws -> [Passage] {
        try view { try $0.passages(ids) }
    }

    package func passages(
        of document: DocumentID,
        at positions: ClosedRange<Int>
    ) async throws -> [Passage] {
        try view { try $0.passages(of: document, at: positions) }
    }

    package func sample(_ count: Int) async throws -> [Passage] {
        try view { try $0.sample(count) }
    }

    package func documents() async throws -> [Document] { try view { try $0.documents() } }

    package func document(at absolutePath: String) async throws -> DocumentID? {
        try view { try $0.document(at: absolutePath) }
    }

    package func collections() async throws -> [CollectionRecord] {
        try view { try $0.collections() }
    }

    package func knownDocuments(
        in collection: CollectionID
    ) async throws -> [ExactPath: KnownDocument] {
        try view { try $0.knownDocuments(in: collection) }
    }

    package func skippedFiles(
        in collection: CollectionID
    ) async throws -> [ExactPath: SkipRecord] {
        try view { try $0.skippedFiles(in: collection) }
    }

    package func storedEmbeddings(among keys: [EmbeddingKey]) async throws -> Set<EmbeddingKey> {
        try view { try $0.storedEmbeddings(among: keys) }
    }

    package func statistics() async throws -> [CollectionStatistics] {
        try view { try $0.statistics() }
    }

    package func answers(newest limit: Int?) async throws -> [AnswerRecord] {
        try view { try $0.answers(newest: limit) }
    }

    package func answer(_ id: AnswerID) async throws -> AnswerRecord? {
        try view { try $0.answer(id) }
    }
}
