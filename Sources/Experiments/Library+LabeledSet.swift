internal import Corpus
internal import Embedding
package import Evaluation
internal import Foundation
package import Indexing
package import Retrieval
internal import SentenceEncoder
package import Vecino

/// Indexing and searching a labeled set, so that the quality of ranking can be measured.
extension Library {
    /// Brings the library up to date with a set's corpus: each of its documents becomes one document,
    /// its ID the path, its extra fields metadata.
    package func index(
        _ set: RetrievalSet,
        report: @escaping @Sendable (IndexEvent) -> Void = { _ in }
    ) async throws -> IndexReport {
        let documents = Dictionary(
            set.documents.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let entries = documents.values.sorted { $0.id < $1.id }.map { document in
            // The content's hash stands for a modification time: the same text is unchanged.
            let hash = TextHash.of(document.title + "\0" + document.text)
            let time = hash.prefix(7).reduce(Int64(0)) { $0 << 8 | Int64($1) }
            let stamp = FileStamp(size: Int64(document.text.utf8.count), modified: time)
            return SourceFile(path: document.id, location: document.id, stamp: stamp)
        }
        return try await FolderIndexer(store: store, report: report).synchronize(
            root: "set:" + set.name,
            options: IndexOptions(),
            contents: { FolderContents(files: entries) },
            embedder: embedder,
            reader: { embedder in
                let chunker = PreparedDocument.chunker(for: embedder)
                return { entry, known in
                    let document = documents[entry.path]
                    return PreparedDocument(
                        entry,
                        known: known,
                        contents: Array((document?.text ?? "").utf8),
                        title: document?.title,
                        metadata: (document?.metadata ?? [:]).mapValues(MetadataValue.string),
                        chunker: chunker
                    )
                }
            }
        )
    }

    /// What a mode answers to a set's queries, and how long each took.
    package struct LabeledRun: Sendable {
        package var run: Run
        /// Until the ranking stands, the query's embedding left out, in the order of the queries.
        package var milliseconds: [Double]
    }

    /// Ranks the documents for a set's judged queries in one mode, as searches do.
    ///
    /// `identify` turns a document's path into the ID that the judgements use; `field` is one in which
    /// query and document have to agree, such as a course; `embeddings` are those of the queries, by
    /// text, so that several modes share them.
    package func run(
        _ set: RetrievalSet,
        mode: SearchMode,
        depth: Int = 100,
        fusion: Fusion? = nil,
        reranking: Reranking? = nil,
        matching field: String? = nil,
        embeddings: [String: [Float]],
        identify: (String) -> String
    ) async throws -> LabeledRun {
        let model = try await embedder().model.id
        let searcher = searcher
        var result = LabeledRun(run: Run(name: mode.rawValue), milliseconds: [])
        for query in set.judgedQueries {
            try Task.checkCancellation()
            var request = Self.request(for: query, depth: depth, matching: field)
            request.mode = mode
            request.fusion = fusion
            request.reranking = reranking
            let found = try await searcher.rankings(
                request,
                embedding: mode == .keyword ? nil : embeddings[query.text],
                model: model
            )
            let documents = found.passages[0].map { identify($0.path) }
            result.run.setRanking(documents, for: query.id)
            result.milliseconds.append(found.timings.total)
        }
        return result
    }

    /// Milliseconds that a second look adds to a question, in the mean of a set's first thirty.
    func cost(
        of reranking: Reranking,
        on set: RetrievalSet,
        matching field: String?
    ) async throws -> Double {
        var sample = set
        sample.queries = Array(set.judgedQueries.prefix(30))
        let embeddings = try await embeddings(of: sample)
        var means: [Double] = []
        for reranking in [Reranking.off, reranking] {
            let run = try await run(
                sample,
                mode: .hybrid,
                reranking: reranking,
                matching: field,
                embeddings: embeddings,
                identify: { $0 }
            )
            means.append(
                run.milliseconds.reduce(0, +) / Double(max(1, run.milliseconds.count))
            )
        }
        return max(0, means[1] - means[0])
    }

    /// What hybrid searches rank for a set's judged queries, for each way of ranking.
    package func rankings(
        for set: RetrievalSet,
        by settings: [RankingSettings],
        depth: Int = 100,
        matching field: String? = nil,
        identify: (String) -> String
    ) async throws -> [Run] {
        let embeddings = try await embeddings(of: set)
        let model = try await embedder().model.id
        let searcher = searcher
        var runs = settings.map { Run(name: $0.description) }
        for query in set.judgedQueries {
            try Task.checkCancellation()
            let found = try await searcher.rankings(
                Self.request(for: query, depth: depth, matching: field),
                embedding: embeddings[query.text],
                model: model,
                by: settings
            )
            for (index, passages) in found.passages.enumerated() {
                runs[index].setRanking(passages.map { identify($0.path) }, for: query.id)
            }
        }
        return runs
    }

    /// Makes this library's searches rank by `settings`, or by the defaults again.
    package func useRanking(_ settings: RankingSettings?) async throws {
        let lease = try await store.acquireWriterLease()
        defer { lease.release() }
        try await store.commit(.setPreference("ranking", to: settings?.description))
    }

    private static func request(
        for query: LabeledQuery,
        depth: Int,
        matching field: String?
    ) -> SearchRequest {
        var request = SearchRequest(query.text, limit: depth, perDocument: 1)
        if let field, let value = query.metadata[field] {
            request.filter.conditions = [FieldCondition(field, .equal, value)]
        }
        return request
    }

    /// The embeddings of a set's judged queries, by text.
    package func embeddings(of set: RetrievalSet) async throws -> [String: [Float]] {
        try await embeddings(ofQueries: set.judgedQueries.map(\.text))
    }

    /// The embeddings of queries, by text.
    func embeddings(ofQueries queries: [String]) async throws -> [String: [Float]] {
        let embedder = try await embedder()
        let texts = Array(Swift.Set(queries)).sorted()
        var embeddings: [String: [Float]] = [:]
        for start in stride(from: 0, to: texts.count, by: 128) {
            try Task.checkCancellation()
            let group = Array(texts[start..<min(texts.count, start + 128)])
            let embedded = group.map(Searcher.embeddedText)
            for (text, vector) in zip(group, try await embedder.embed(embedded, as: .query)) {
                embeddings[text] = vector
            }
        }
        return embeddings
    }

    /// Where the library of a labeled set and a model is kept: in the user's cache.
    package static func cachePath(forSetAt set: String, model: String?) -> String {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? (NSHomeDirectory() + "/.cache")
        let name =
            (URL(filePath: set).standardizedFileURL.lastPathComponent + "-"
            + (model ?? ModelCatalog.defaultModel)).replacing("/", with: "_")
        return "\(cache)/vecino/eval/\(name).db"
    }
}

extension RetrievalSet {
    /// Turns a document's path into the ID that the judgements use: a document of the set itself by its
    /// ID, another by the longest end of its path that is judged.
    package var identifier: @Sendable (_ path: String) -> String {
        let root = "set:\(name)/"
        let judged = Set(judgements.gains.values.flatMap(\.keys))
        return { path in
            if path.hasPrefix(root) { return String(path.dropFirst(root.count)) }
            var rest = path[...]
            while !rest.isEmpty {
                if judged.contains(String(rest)) { return String(rest) }
                guard let slash = rest.firstIndex(of: "/") else { break }
                rest = rest[rest.index(after: slash)...]
            }
            return path
        }
    }
}
