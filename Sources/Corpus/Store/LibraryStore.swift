/// A place that keeps a library: documents, passages, embeddings, and what is derived from them.
///
/// Every committed state is whole: a document is there with all its passages, each passage with its
/// embedding and its keyword entry, or not at all. Readers see what was committed before their
/// snapshot began.
package protocol LibraryStore: Sendable {
    /// Names the library in messages: the path of a file, the address of a server.
    var name: String { get }

    /// What makes searches slower here than they could be, and what to do about it; nil for nothing.
    var advice: String? { get }

    /// Runs `body` on one consistent state of the library.
    ///
    /// The snapshot must not outlive `body`.
    func withSnapshot<R: Sendable>(
        _ body: (any LibrarySnapshot) async throws -> R
    ) async throws -> R

    /// Makes a change: all of its steps are committed, or none.
    ///
    /// - Throws: `StoreError`; the library is as it was then.
    @discardableResult
    func commit(_ change: LibraryChange) async throws -> CommitResult

    /// Keeps other writers from doing the same work twice, until the lease is released.
    ///
    /// - Parameters:
    ///   - waits: whether to wait if somebody else holds the lease; `StoreError.locked` is thrown
    ///     otherwise.
    ///   - onWait: called once if there is something to wait for.
    /// - Returns: what keeps others away until it is released.
    /// - Throws: `StoreError.locked`, or `CancellationError` while it waits.
    func acquireWriterLease(waits: Bool, onWait: () -> Void) async throws -> WriterLease

    /// Makes parts again that an older program left out or made by other rules; before an indexing
    /// run.
    func prepareForIndexing() async throws

    /// Brings what is derived from all passages up to date: the vector index and the language groups;
    /// after an indexing run.
    func finishIndexing() async throws

    /// The bytes that the library takes on disk, or nil where that is not known.
    func diskSize() async -> Int64?

    /// Gives unused room back.
    func compact() async throws

    /// What the database below finds wrong with its own structures; an empty list if nothing.
    func databaseProblems() async throws -> [String]

    /// What is wrong with the library, its derived parts included; an empty list if nothing.
    func checkIntegrity() async throws -> [IntegrityProblem]

    /// Makes again what can be made from the rest.
    ///
    /// - Returns: the paths of documents that have to be indexed again.
    func repair(_ problems: [IntegrityProblem]) async throws -> [String]

    /// Measures graph walks of several widths against a comparison with every vector.
    func recallCurve(_ request: RecallRequest) async throws -> RecallCurve?

    /// Measures the library's own searches against a comparison with every vector.
    func recallCheck(of queries: [[Float]], k: Int, depth: Int) async throws -> RecallCheck?

    // MARK: Building anew

    /// Whether a rebuild was interrupted and waits to be resumed.
    func hasUnfinishedRebuild() async -> Bool

    /// A shadow of the library that is filled while this one answers.
    ///
    /// It knows the same collections, choices and answers. One that was begun with the same model and
    /// interrupted is resumed.
    func beginRebuild(model: String) async throws -> any LibraryStore

    /// Puts all that `shadow` holds in the place of what this library holds, in one transaction, and
    /// drops the shadow.
    func finishRebuild(from shadow: any LibraryStore) async throws
}

extension LibraryStore {
    /// Nothing.
    package var advice: String? { nil }

    /// Runs one read on a snapshot of its own.
    package func read<R: Sendable>(
        _ body: (any LibrarySnapshot) async throws -> R
    ) async throws -> R {
        try await withSnapshot(body)
    }

    /// Keeps other writers away, waiting for one that is there.
    package func acquireWriterLease(onWait: () -> Void) async throws -> WriterLease {
        try await acquireWriterLease(waits: true, onWait: onWait)
    }

    /// Keeps other writers away.
    ///
    /// - Throws: `StoreError.locked` if one is there.
    package func acquireWriterLease() async throws -> WriterLease {
        try await acquireWriterLease(waits: false, onWait: {})
    }

    /// Commits a single step.
    @discardableResult
    package func commit(_ step: LibraryChange.Step) async throws -> CommitResult {
        try await commit(LibraryChange([step]))
    }
}

/// Steps that are committed together, in order.
package struct LibraryChange: Sendable {
    /// One step of a change.
    package enum Step: Sendable {
        /// Makes a model the library's, or makes sure that it is.
        case adopt(ModelRecord)
        /// Adds a collection if no other has its root; sets its options in any case.
        case addCollection(root: String, options: String)
        /// Notes when a collection was last indexed to the end, ISO 8601.
        case markIndexed(CollectionID, at: String)
        /// Forgets a collection with all its documents.
        case removeCollection(CollectionID)
        /// Stores embeddings under the hashes of what was embedded; known ones stay as they are.
        case storeEmbeddings([StoredEmbedding])
        /// Drops the embeddings that no passage refers to.
        case purgeUnusedEmbeddings
        /// Puts a document in, in the place of the one with the same path. Its embeddings must have
        /// been stored before.
        case put(NewDocument, in: CollectionID, at: String)
        /// Takes documents out.
        case removeDocuments([DocumentID])
        /// Notes that a file was touched but holds what it held.
        case touch(DocumentID, FileStamp)
        /// Has the next run read documents again although their files did not change.
        case outdate([DocumentID])
        /// Notes a file that could not be read; what the library held of it goes.
        case skip(SkipRecord, in: CollectionID)
        /// Forgets that a file could not be read.
        case clearSkip(path: String, in: CollectionID)
        /// Notes what was chosen for this library, or forgets it.
        case setPreference(String, to: String?)
        /// Empties the library, its model included; the collections' roots stay known.
        case reset
        /// Keeps an answer.
        case keepAnswer(AnswerRecord)
        /// Notes what a person thinks of an answer: -1, 0 or 1.
        case rateAnswer(AnswerID, Int)
        /// Forgets answers.
        case removeAnswers([AnswerID])
    }

    /// What is done, in order.
    package var steps: [Step]

    /// A change of these steps.
    package init(_ steps: [Step] = []) { self.steps = steps }

    /// Adds a step.
    package mutating func append(_ step: Step) { steps.append(step) }
}

/// What a commit came to.
package struct CommitResult: Sendable {
    /// The collection of each `addCollection`, in order.
    package var collections: [CollectionRecord] = []
    /// The number of each answer that was kept, in order.
    package var answers: [AnswerID] = []
    /// How many rows `purgeUnusedEmbeddings`, `rateAnswer` and `removeAnswers` concerned, together.
    package var affected = 0

    package init() {}
}

/// Held by the one writer that indexes into a library; released when it is done, or dropped.
package final class WriterLease: Sendable {
    private let onRelease: @Sendable () -> Void

    /// A lease that `onRelease` gives back; it may be called twice.
    package init(onRelease: @escaping @Sendable () -> Void) { self.onRelease = onRelease }

    /// Lets others write.
    package func release() { onRelease() }

    deinit { onRelease() }
}
