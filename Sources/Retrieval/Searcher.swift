public import Corpus
public import Embedding
internal import SentenceEncoder
internal import TextAnalysis

/// Answers queries from a library: keyword and dense retrieval, fused, filtered and made readable.
public struct Searcher: Sendable {
    /// Makes the embedder for a library that was built with `model`; nil for one without embeddings.
    ///
    /// It is called when a query needs it: loading a model overlaps keyword retrieval.
    public typealias EmbedderSource = @Sendable (_ model: String?) async throws -> any Embedder

    /// Makes what looks at the first passages again, for a library that was built with `model`.
    ///
    /// It is never asked for `Reranking.off`.
    public typealias RerankerSource =
        @Sendable (_ choice: Reranking, _ model: String?) async throws -> any Reranker

    private let store: any LibraryStore
    private let reranker: RerankerSource
    private let embedder: EmbedderSource

    /// Searches `store`, embedding queries with what `embedder` makes and ranking again with what
    /// `reranker` makes.
    package init(
        store: any LibraryStore,
        reranker: @escaping RerankerSource = { throw RetrievalError.cannotRerank($0, model: $1) },
        embedder: @escaping EmbedderSource
    ) {
        self.store = store
        self.reranker = reranker
        self.embedder = embedder
    }

    /// Finds the passages that answer `request` best.
    ///
    /// The results say whether dense retrieval was exact: whether it found what a comparison with
    /// every embedding finds. One search sees one state of the library.
    ///
    /// - Throws: `RetrievalError`, `FilterError`, `StoreError`, or what the embedder throws.
    public func search(_ request: SearchRequest) async throws -> SearchResults {
        try await search(request) { _, results, _ in results }
    }

    /// Searches, and goes on reading from the state of the library that was searched.
    ///
    /// - Parameters:
    ///   - request: what to look for.
    ///   - body: is given the snapshot, the results with times until now, and the query's embedding
    ///     unless only keywords were looked for.
    /// - Returns: what `body` returns.
    /// - Throws: as `search`, or what `body` throws.
    package func search<R: Sendable>(
        _ request: SearchRequest,
        _ body: (any LibrarySnapshot, SearchResults, [Float]?) async throws -> R
    ) async throws -> R {
        guard request.query.contains(where: { !$0.isWhitespace }) else {
            throw RetrievalError.emptyQuery
        }
        let bytes = request.query.utf8.count
        guard bytes <= Limits.queryBytes else {
            throw RetrievalError.queryTooLong(bytes: bytes, limit: Limits.queryBytes)
        }
        let clock = ContinuousClock()
        let start = clock.now
        return try await store.withSnapshot { snapshot in
            let model = try await snapshot.model()?.identifier
            async let embedded = embed(request, model: model)
            var work = SearchWork(request: request)
            try await work.findKeywords(in: snapshot)
            try await work.prepareVectors(in: snapshot)
            let query = try await embedded
            work.timings.embed = query?.milliseconds ?? 0
            if let query {
                try await work.findVectors(query.embedding, model: query.model, in: snapshot)
            }
            work.reranker = try await reranker(
                for: request.reranking ?? work.settings.reranking,
                model: model
            )
            let hits = try await work.hits(from: snapshot)
            work.timings.total = clock.now.milliseconds(since: start)
            let results = SearchResults(
                query: request.query,
                mode: request.mode,
                hits: hits,
                exact: work.isExact,
                notes: work.notes,
                timings: work.timings
            )
            return try await body(snapshot, results, query?.embedding)
        }
    }

    /// Hands a state of the library to `body`, with the embedding of what is looked for and its model unless
    /// only keywords are.
    func withWork<R: Sendable>(
        _ request: SearchRequest,
        _ body: (any LibrarySnapshot, (embedding: [Float], model: String)?) async throws -> R
    ) async throws -> R {
        guard request.query.contains(where: { !$0.isWhitespace }) else {
            throw RetrievalError.emptyQuery
        }
        return try await store.withSnapshot { snapshot in
            let query = try await embed(request, model: try await snapshot.model()?.identifier)
            return try await body(snapshot, query.map { ($0.embedding, $0.model) })
        }
    }

    /// A passage in its place of a ranking, known by its document.
    package struct RankedPassage: Hashable, Sendable {
        package let id: PassageID
        /// The document's absolute path.
        package let path: String
    }

    /// Ranks passages as `search` does, without reading them: for measuring rankings.
    ///
    /// - Parameters:
    ///   - request: with the most documents that count as its limit.
    ///   - embedding: of the query; nil to rank by keywords.
    ///   - model: of the embedding.
    ///   - settings: ways to rank, nil for the request's and the library's own.
    /// - Returns: for each of them the best passage of each document; times without the embedding's.
    /// - Throws: `RetrievalError`, `FilterError`, `StoreError`.
    package func rankings(
        _ request: SearchRequest,
        embedding: [Float]?,
        model: String?,
        by settings: [RankingSettings?] = [nil]
    ) async throws -> (passages: [[RankedPassage]], timings: SearchTimings) {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try await store.withSnapshot { snapshot in
            // Those that differ in their fusion or reranking alone have the same candidates.
            var works: [RankingSettings?: SearchWork] = [:]
            var rankings: [[FusedCandidate]] = []
            for settings in settings {
                let candidates = settings?.ofCandidates
                var work = works[candidates] ?? SearchWork(request: request, settings: settings)
                if works[candidates] == nil {
                    try await work.findKeywords(in: snapshot)
                    if let embedding {
                        try await work.findVectors(embedding, model: model, in: snapshot)
                    }
                }
                var ranking = try await work.rank(in: snapshot, by: settings?.fusion)
                let reranker = try await reranker(
                    for: request.reranking ?? settings?.reranking ?? work.settings.reranking,
                    model: model
                )
                if let reranker {
                    ranking = try await work.reranked(ranking, by: reranker, from: snapshot)
                }
                rankings.append(ranking)
                works[candidates] = work
            }
            var timings =
                settings.first.flatMap { works[$0?.ofCandidates]?.timings } ?? SearchTimings()
            timings.total = clock.now.milliseconds(since: start)
            var passages: [[RankedPassage]] = []
            for ranking in rankings {
                passages.append(
                    try await Self.bestPassages(of: ranking, limit: request.limit, from: snapshot)
                )
            }
            return RankingResult(passages: passages, timings: timings)
        }
        return (result.passages, result.timings)
    }

    private struct RankingResult: Sendable {
        let passages: [[RankedPassage]]
        let timings: SearchTimings
    }

    /// The best passage of each of the first `limit` documents.
    private static func bestPassages(
        of ranking: [FusedCandidate],
        limit: Int,
        from snapshot: any LibrarySnapshot
    ) async throws -> [RankedPassage] {
        var seen: Set<String> = []
        var passages: [RankedPassage] = []
        for start in stride(from: 0, to: ranking.count, by: 100) {
            let group = ranking[start..<min(ranking.count, start + 100)].map(\.passage)
            for (id, path) in zip(group, try await snapshot.documentPaths(of: group)) {
                guard passages.count < limit else { return passages }
                guard let path, seen.insert(path).inserted else { continue }
                passages.append(RankedPassage(id: id, path: path))
            }
        }
        return passages
    }

    /// What of a query is embedded: all of it but its operators, in small letters if it is shouted.
    package static func embeddedText(of query: String) -> String {
        withoutShouting(QuerySyntax(query).text)
    }

    /// Finds the passages nearest in meaning to one of the library's own, itself left out.
    ///
    /// - Throws: `RetrievalError.noSuchPassage`, or `StoreError`.
    public func similar(
        to passage: PassageID,
        limit: Int,
        otherDocumentsOnly: Bool = false
    ) async throws -> SearchResults {
        let clock = ContinuousClock()
        let start = clock.now
        return try await store.withSnapshot { snapshot in
            guard let vector = try await snapshot.embeddings(of: [passage])[0],
                let own = try await snapshot.passage(passage)
            else { throw RetrievalError.noSuchPassage(passage) }
            var request = SearchRequest(own.text, mode: .vector, limit: limit)
            request.perDocument = nil
            request.showsDuplicates = true
            var work = SearchWork(
                request: request,
                syntax: QuerySyntax(verbatim: own.text),
                languages: try await snapshot.languages()
            )
            work.excludedPassages = [passage]
            if otherDocumentsOnly { work.excludedDocuments = [own.document.id] }
            try await work.findVectors(vector, model: nil, in: snapshot)
            let hits = try await work.hits(from: snapshot)
            work.timings.total = clock.now.milliseconds(since: start)
            return SearchResults(
                query: "",
                mode: .vector,
                hits: hits,
                exact: work.isExact,
                notes: [],
                timings: work.timings
            )
        }
    }

    private func reranker(
        for choice: Reranking,
        model: String?
    ) async throws -> (any Reranker)? {
        choice == .off ? nil : try await reranker(choice, model)
    }

    private struct EmbeddedQuery: Sendable {
        let embedding: [Float]
        let model: String
        let milliseconds: Double
    }

    private func embed(_ request: SearchRequest, model: String?) async throws -> EmbeddedQuery? {
        guard request.mode != .keyword else { return nil }
        let clock = ContinuousClock()
        let start = clock.now
        let embedder = try await embedder(model)
        let embedding = try await embedder.embed(Self.embeddedText(of: request.query), as: .query)
        return EmbeddedQuery(
            embedding: embedding,
            model: embedder.model.id,
            milliseconds: clock.now.milliseconds(since: start)
        )
    }
}
