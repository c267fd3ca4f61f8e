package import TextAnalysis

/// One consistent state of a library, to read from.
///
/// All that is read through one snapshot belongs to the same state, whatever is committed meanwhile.
/// Every method throws `StoreError` where the store cannot be read or is damaged. Who holds a snapshot
/// must not ask the store for another one: a store may have only so many.
package protocol LibrarySnapshot: Sendable {
    /// Names the state of the library's passages: another one after every change to them.
    func generation() async throws -> String

    /// The model that the library was built with, or nil before the first embedding.
    func model() async throws -> ModelRecord?

    /// What was chosen for this library under `key`, or nil.
    func preference(_ key: String) async throws -> String?

    /// All that was chosen for this library.
    func preferences() async throws -> [String: String]

    // MARK: Retrieval

    /// How many passages the library holds.
    func passageCount() async throws -> Int

    /// The languages that at least a twentieth of the documents in known languages are written in,
    /// most frequent first.
    func languages() async throws -> [Language]

    /// The documents that pass a filter, in no order.
    ///
    /// - Throws: `FilterError` for a filter that cannot be understood.
    func documents(passing filter: DocumentFilter) async throws -> [DocumentID]

    /// In how many passages each query matches.
    ///
    /// - Parameters:
    ///   - queries: any trees.
    ///   - weights: those of the request that follows; a store that decodes its lists of terms by
    ///     weights then goes through them once.
    /// - Returns: a count for each query.
    /// - Throws: `StoreError`.
    func keywordCounts(
        of queries: [KeywordQuery],
        weights: FieldWeights
    ) async throws -> [Int]

    /// The passages that match keywords, best first, ties by identifier.
    func keywordCandidates(_ request: KeywordRequest) async throws -> [ScoredPassage]

    /// The first passage that a scope allows in each document, in the order of the documents.
    ///
    /// - Parameters:
    ///   - scope: which passages count; of any language group.
    ///   - limit: how many.
    /// - Returns: their identifiers.
    /// - Throws: `StoreError`.
    func beginnings(in scope: CandidateScope, limit: Int) async throws -> [PassageID]

    /// Whether a passage matches a query.
    func matches(_ query: KeywordQuery, passage: PassageID) async throws -> Bool

    /// The terms of the library that begin with `prefix`, surface forms and stems alike, and how many
    /// passages have each.
    func vocabulary(beginningWith prefix: String) async throws -> [Spelling.Entry]

    /// Whether a term stands in a passage as a word, and not only as the stem of one.
    func isWord(_ term: String) async throws -> Bool

    /// Reads what dense retrieval needs, so that the first request does not wait for it.
    func prepareVectorSearch() async throws

    /// The library's language groups, which hold all its passages together; none for a library in one
    /// language, or one that changed since they were found.
    func languageGroups() async throws -> [LanguageGroup]

    /// The passages of a scope whose embeddings have the greatest inner product with `embedding`.
    ///
    /// - Parameters:
    ///   - embedding: of the library's dimensions.
    ///   - scope: which passages may be found.
    ///   - limit: how many.
    /// - Returns: the best first, and whether nothing nearer can have been missed.
    /// - Throws: `StoreError`.
    func nearest(
        to embedding: [Float],
        in scope: CandidateScope,
        limit: Int
    ) async throws -> VectorMatches

    /// The embeddings of passages, in the same order; nil for one that is not there.
    func embeddings(of passages: [PassageID]) async throws -> [[Float]?]

    /// Under what the embeddings of passages are kept, in the same order; nil for one that is not there.
    func embeddingKeys(of passages: [PassageID]) async throws -> [EmbeddingKey?]

    /// The languages of the documents that passages are in, in the same order.
    func languages(of passages: [PassageID]) async throws -> [Language]

    /// The sketches of those passages that have one, by which near-duplicates are recognized.
    func sketches(of passages: [PassageID]) async throws -> [PassageID: TextSketch]

    /// The absolute paths of the documents that passages are in, in the same order; nil for an
    /// unknown passage.
    func documentPaths(of passages: [PassageID]) async throws -> [String?]

    /// By what names the documents of passages are known, in the same order.
    func documentNames(of passages: [PassageID]) async throws -> [DocumentName?]

    // MARK: Reading

    /// The passages with these identifiers, in the same order; unknown ones are left out.
    func passages(_ ids: [PassageID]) async throws -> [Passage]

    /// A document's passages in their order, or those of them at `positions`.
    func passages(
        of document: DocumentID,
        at positions: ClosedRange<Int>
    ) async throws -> [Passage]

    /// A sample of passages spread evenly over the library, at most `count`.
    func sample(_ count: Int) async throws -> [Passage]

    /// Every document, by collection and path.
    func documents() async throws -> [Document]

    /// The document at an absolute path, or nil.
    func document(at absolutePath: String) async throws -> DocumentID?

    // MARK: Synchronization

    /// The collections, in the order they were added.
    func collections() async throws -> [CollectionRecord]

    /// The documents of a collection by path.
    func knownDocuments(in collection: CollectionID) async throws -> [ExactPath: KnownDocument]

    /// The files of a collection that could not be read, by path.
    func skippedFiles(in collection: CollectionID) async throws -> [ExactPath: SkipRecord]

    /// Those of `keys` whose embedding is stored.
    func storedEmbeddings(among keys: [EmbeddingKey]) async throws -> Set<EmbeddingKey>

    /// What each collection holds.
    func statistics() async throws -> [CollectionStatistics]

    // MARK: Answers

    /// The answers that are kept, oldest first: all, or the newest `limit`.
    func answers(newest limit: Int?) async throws -> [AnswerRecord]

    /// The answer with a number, or nil.
    func answer(_ id: AnswerID) async throws -> AnswerRecord?
}

extension LibrarySnapshot {
    /// A document's passages in their order.
    package func passages(of document: DocumentID) async throws -> [Passage] {
        try await passages(of: document, at: 0...Int.max)
    }

    /// The passage with an identifier, or nil.
    package func passage(_ id: PassageID) async throws -> Passage? {
        try await passages([id]).first
    }

    /// The documents that pass a filter, by collection and path.
    package func allDocuments(passing filter: DocumentFilter) async throws -> [Document] {
        if filter.isEmpty { return try await documents() }
        let ids = Set(try await documents(passing: filter))
        return try await documents().filter { ids.contains($0.id) }
    }
}
