internal import Corpus
public import LibraryCore
internal import TextAnalysis

/// What a copy of a library came to.
public struct CopyReport: Codable, Sendable {
    /// Documents that the copy holds.
    public var documents: Int
    /// Passages that it holds.
    public var passages: Int
    /// Documents that this run copied; the others were there from one that was interrupted.
    public var copied: Int
    /// Answers that the copy holds.
    public var answers: Int
    /// Searches that were compared: for each, one by words and one by meaning.
    public var searches: Int
    /// The share of the first ten results by words that both libraries have in common.
    public var keywordAgreement: Double
    /// The same by meaning; where a graph is walked it can be below 1.
    public var vectorAgreement: Double
}

/// Why a library could not be copied.
@nonexhaustive public enum CopyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The target holds documents that are not from a copy of this library.
    case occupied(String)
    /// The copy is not what the original is.
    case different(String)

    /// What went wrong and what to do about it.
    public var description: String {
        switch self {
        case .occupied(let name):
            "\(name) already holds documents: name a place where there is no library yet."
        case .different(let what):
            "The copy is not what the original is (\(what)): was the original changed meanwhile? Run the "
                + "command again; what is the same already is not copied twice."
        }
    }
}

extension Library {
    /// Copies this library into an empty one, of a file or of a server, without embedding anything again,
    /// and compares the two.
    ///
    /// A run that is interrupted leaves what was finished; the next one goes on from there. Documents and
    /// answers get numbers of their own.
    ///
    /// - Parameters:
    ///   - location: a file or a server, where there is no library, an empty one, or one that an
    ///     interrupted copy of this one left.
    ///   - progress: called with how many documents were looked at, and how many there are.
    /// - Returns: what was copied and compared.
    /// - Throws: `CopyError`, `StoreError`, or `CancellationError`.
    public func copy(
        to location: String,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> CopyReport {
        let target = try LibraryStores.open(at: location, for: .indexing)
        return try await LibraryCopy(source: store, target: target).run(progress)
    }
}

/// A copy of a library from one store into another.
struct LibraryCopy {
    /// The choice that marks a copy which is not finished; it names the original.
    private static let mark = "copy-of"
    /// Passages that are committed together, roughly.
    private static let batch = 256
    /// Searches that are compared at the end.
    private static let searches = 100

    let source: any LibraryStore
    let target: any LibraryStore

    /// Copies, compares, and says what came of it.
    func run(_ progress: @Sendable (Int, Int) -> Void) async throws -> CopyReport {
        let lease = try await target.acquireWriterLease()
        defer { lease.release() }
        return try await source.withSnapshot { snapshot in
            try await begin(snapshot)
            var copied = 0
            var seen = 0
            let all = try await snapshot.documents()
            if let model = try await snapshot.model() { try await target.commit(.adopt(model)) }
            for collection in try await snapshot.collections() {
                copied += try await copy(collection, from: snapshot, all) {
                    seen += 1
                    progress(seen, all.count)
                }
            }
            try await copyChoices(from: snapshot)
            try await target.finishIndexing()
            try await target.commit(.setPreference(Self.mark, to: nil))
            return try await compare(snapshot, all, copied: copied)
        }
    }

    /// Marks the target as a copy that is not finished.
    private func begin(_ snapshot: any LibrarySnapshot) async throws {
        let (mark, count) = try await target.read { target in
            (try await target.preference(Self.mark), try await target.passageCount())
        }
        guard mark == source.name || count == 0 && mark == nil else {
            throw CopyError.occupied(target.name)
        }
        try await target.prepareForIndexing()
        try await target.commit(.setPreference(Self.mark, to: source.name))
    }

    // MARK: Documents

    private func copy(
        _ collection: CollectionRecord,
        from snapshot: any LibrarySnapshot,
        _ all: [Document],
        _ step: () -> Void
    ) async throws -> Int {
        let added = try await target.commit(
            .addCollection(root: collection.root, options: collection.options)
        )
        let id = added.collections[0].id
        let known = try await snapshot.knownDocuments(in: collection.id)
        let there = try await target.read { try await $0.knownDocuments(in: id) }
        let gone = there.filter { known[$0.key] == nil }.map(\.value.id)
        if !gone.isEmpty { try await target.commit(.removeDocuments(gone)) }
        let documents = Dictionary(
            all.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var change = LibraryChange()
        var passages = 0
        var copied = 0
        for (path, record) in known.sorted(by: { $0.key < $1.key }) {
            try Task.checkCancellation()
            step()
            guard let document = documents[record.id], !Self.isSame(record, there[path]) else {
                continue
            }
            let (new, embeddings) = try await content(of: document, record, from: snapshot)
            change.append(.storeEmbeddings(embeddings))
            change.append(.put(new, in: id, at: collection.indexedAt ?? ""))
            passages += new.chunks.count
            copied += 1
            guard passages >= Self.batch else { continue }
            try await target.commit(change)
            change = LibraryChange()
            passages = 0
        }
        for file in try await snapshot.skippedFiles(in: collection.id).values {
            change.append(.skip(file, in: id))
        }
        if let instant = collection.indexedAt { change.append(.markIndexed(id, at: instant)) }
        try await target.commit(change)
        return copied
    }

    /// Whether a document was copied by an earlier run.
    private static func isSame(_ record: KnownDocument, _ other: KnownDocument?) -> Bool {
        guard let other, !record.contentHash.isEmpty else { return false }
        return record.stamp == other.stamp && record.contentHash == other.contentHash
            && record.reader == other.reader && record.format == other.format
            && record.picturePages == other.picturePages
    }

    private func content(
        of document: Document,
        _ record: KnownDocument,
        from snapshot: any LibrarySnapshot
    ) async throws -> (NewDocument, [StoredEmbedding]) {
        let passages = try await snapshot.passages(of: document.id)
        let ids = passages.map(\.id)
        let keys = try await snapshot.embeddingKeys(of: ids)
        let vectors = try await snapshot.embeddings(of: ids)
        var embeddings: [StoredEmbedding] = []
        for (key, vector) in zip(keys, vectors) {
            guard let key, let vector else {
                throw StoreError.damaged(
                    path: source.name,
                    detail: "a passage of \(document.absolutePath) has no embedding"
                )
            }
            embeddings.append(StoredEmbedding(key: key, vector: vector))
        }
        let new = NewDocument(
            path: document.path,
            contentHash: record.contentHash,
            stamp: record.stamp,
            format: document.format,
            language: document.language,
            title: document.title,
            date: document.date,
            metadata: document.metadata,
            repairs: document.repairs,
            reader: record.reader,
            picturePages: record.picturePages,
            chunks: passages.map(\.chunk),
            embeddingKeys: embeddings.map(\.key)
        )
        return (new, embeddings)
    }

    // MARK: Choices and answers

    private func copyChoices(from snapshot: any LibrarySnapshot) async throws {
        for (key, value) in try await snapshot.preferences() where key != Self.mark {
            try await target.commit(.setPreference(key, to: value))
        }
        // Those of an interrupted run; a copy has no others.
        let there = try await target.read { try await $0.answers(newest: nil) }
        if !there.isEmpty { try await target.commit(.removeAnswers(there.map(\.id))) }
        var numbers: [AnswerID: AnswerID] = [:]
        for answer in try await snapshot.answers(newest: nil) {
            var copy = answer
            copy.follows = answer.follows.flatMap { numbers[$0] }
            numbers[answer.id] = try await target.commit(.keepAnswer(copy)).answers.first
        }
    }

    // MARK: Comparison

    private func compare(
        _ snapshot: any LibrarySnapshot,
        _ all: [Document],
        copied: Int
    ) async throws -> CopyReport {
        try await target.withSnapshot { copy in
            let copies = try await copy.documents()
            guard copies.count == all.count else {
                throw CopyError.different("\(copies.count) documents, not \(all.count)")
            }
            let byPath = Dictionary(
                copies.map { (ExactPath($0.absolutePath), $0) },
                uniquingKeysWith: { first, _ in first }
            )
            var passages = 0
            for document in all {
                try Task.checkCancellation()
                let other = byPath[ExactPath(document.absolutePath)]
                let own = try await DocumentContent(document, in: snapshot)
                guard let other, try await DocumentContent(other, in: copy) == own else {
                    throw CopyError.different(document.absolutePath)
                }
                passages += own.passages.count
            }
            let answers = try await snapshot.answers(newest: nil).count
            let held = try await (copy.passageCount(), copy.answers(newest: nil).count)
            guard held == (passages, answers) else {
                throw CopyError.different("\(held.0) passages and \(held.1) answers")
            }
            var report = CopyReport(
                documents: all.count,
                passages: passages,
                copied: copied,
                answers: answers,
                searches: 0,
                keywordAgreement: 1,
                vectorAgreement: 1
            )
            try await compareSearches(snapshot, copy, &report)
            return report
        }
    }

    private func compareSearches(
        _ snapshot: any LibrarySnapshot,
        _ copy: any LibrarySnapshot,
        _ report: inout CopyReport
    ) async throws {
        var (words, vectors) = (0.0, 0.0)
        let languages = try await snapshot.languages()
        for passage in try await snapshot.sample(Self.searches) {
            let text = passage.text.split { $0.isWhitespace }.prefix(8).joined(separator: " ")
            let terms = KeywordAnalyzer().queryTerms(text, languages: languages)
            let request = KeywordRequest(
                clauses: terms.flatMap { term in
                    [.term(term.surface, .surface)] + term.stems.map { .term($0, .stem) }
                },
                limit: 10
            )
            words += Self.agreement(
                try await places(of: snapshot.keywordCandidates(request), in: snapshot),
                try await places(of: copy.keywordCandidates(request), in: copy)
            )
            if let vector = try await snapshot.embeddings(of: [passage.id])[0] {
                let (own, other) = try await (
                    snapshot.nearest(to: vector, in: CandidateScope(), limit: 10),
                    copy.nearest(to: vector, in: CandidateScope(), limit: 10)
                )
                vectors += Self.agreement(
                    try await places(of: own.passages, in: snapshot),
                    try await places(of: other.passages, in: copy)
                )
            }
            report.searches += 1
        }
        guard report.searches > 0 else { return }
        report.keywordAgreement = words / Double(report.searches)
        report.vectorAgreement = vectors / Double(report.searches)
    }

    /// The passages of a ranking as both libraries know them, with their scores.
    private func places(
        of found: [ScoredPassage],
        in snapshot: any LibrarySnapshot
    ) async throws -> [String: Double] {
        let passages = try await snapshot.passages(found.map(\.id))
        return Dictionary(
            zip(passages, found).map { ("\($0.document.absolutePath)#\($0.position)", $1.score) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The share that two rankings have in common; those that end at the same score may end with other
    /// passages.
    private static func agreement(_ a: [String: Double], _ b: [String: Double]) -> Double {
        guard !a.isEmpty else { return b.isEmpty ? 1 : 0 }
        let last = (a.values.min() ?? 0) + 1e-4
        let common = a.count { b[$0.key] != nil || $0.value <= last && b.count == a.count }
        return Double(common) / Double(a.count)
    }
}

/// All that a document is made of, without the numbers that a library gives it.
private struct DocumentContent: Equatable {
    struct Part: Equatable {
        let position: Int
        let chunk: Chunk
        let key: EmbeddingKey?
        let vector: [Float]?
    }

    let values: [String]
    let metadata: [String: MetadataValue]
    let passages: [Part]

    init(_ document: Document, in snapshot: any LibrarySnapshot) async throws {
        values =
            [
                document.root, document.path, document.format, document.language.rawValue,
                document.title, document.date ?? "", String(document.modified),
            ] + document.repairs
        metadata = document.metadata
        let passages = try await snapshot.passages(of: document.id)
        let ids = passages.map(\.id)
        let keys = try await snapshot.embeddingKeys(of: ids)
        let vectors = try await snapshot.embeddings(of: ids)
        self.passages = passages.indices.map { index in
            Part(
                position: passages[index].position,
                chunk: passages[index].chunk,
                key: keys[index],
                vector: vectors[index]
            )
        }
    }
}

extension Passage {
    /// The piece of the document that the passage is.
    fileprivate var chunk: Chunk {
        Chunk(
            text: text,
            headings: headings,
            lines: lines,
            pages: pages,
            bytes: bytes,
            tokenCount: tokenCount
        )
    }
}
