public import Embedding
package import PassageStore
internal import SentenceEncoder
internal import TextAnalysis
internal import VectorIndex

/// Answers queries from a library: words and vectors, fused, filtered and made readable.
public struct Searcher: Sendable {
    /// Makes the embedder when the first query needs it: loading a model overlaps the words' side.
    public typealias EmbedderSource = @Sendable () async throws -> any Embedder

    private let store: PassageStore
    private let embedder: EmbedderSource

    /// Searches `store`, embedding queries with what `embedder` makes.
    package init(store: PassageStore, embedder: @escaping EmbedderSource) {
        self.store = store
        self.embedder = embedder
    }

    /// Finds the passages that answer `request` best.
    ///
    /// The results say whether the vectors' side is exact: whether it found what a comparison with
    /// every embedding finds.
    ///
    /// - Throws: `RetrievalError`, `StoreError`, or what the embedder throws.
    public func search(_ request: SearchRequest) async throws -> SearchResults {
        do {
            return try await searchOnce(request)
        } catch RetrievalError.modelMismatch {
            // The library may have got another model between embedding the query and comparing it.
            return try await searchOnce(request)
        }
    }

    private func searchOnce(_ request: SearchRequest) async throws -> SearchResults {
        guard request.query.contains(where: { !$0.isWhitespace }) else {
            throw RetrievalError.emptyQuery
        }
        let clock = ContinuousClock()
        let start = clock.now
        var work = SearchWork(request: request)
        async let embedded = embed(request)
        try store.read { snapshot in
            try work.findWords(in: snapshot)
            try work.prepareVectors(in: snapshot)
        }
        let query = try await embedded
        work.timings.embed = query?.milliseconds ?? 0
        let hits = try store.read { snapshot in
            // Another generation was published meanwhile: the words are looked up in it again, so
            // that one search sees one state.
            if try snapshot.generation() != work.generation { try work.findWords(in: snapshot) }
            if let query { try work.findVectors(query.embedding, model: query.model, in: snapshot) }
            return try work.hits(from: snapshot)
        }
        work.timings.total = clock.now.milliseconds(since: start)
        return SearchResults(
            query: request.query,
            mode: request.mode,
            hits: hits,
            exact: work.isExact,
            notes: work.notes,
            timings: work.timings
        )
    }

    /// A passage in its place of a ranking, known by its document.
    package struct RankedPassage: Hashable, Sendable {
        package let id: Int64
        /// The document's absolute path.
        package let path: String
    }

    /// Ranks passages as `search` does, without reading them: for measuring rankings.
    ///
    /// - Parameters:
    ///   - request: with the most documents that count as its limit.
    ///   - embedding: of the query; nil to rank by words.
    ///   - model: of the embedding.
    ///   - settings: ways to rank, nil for the request's and the library's own.
    /// - Returns: for each of them the best passage of each document; times without the embedding's.
    /// - Throws: `RetrievalError`, `StoreError`.
    package func rankings(
        _ request: SearchRequest,
        embedding: [Float]?,
        model: String?,
        by settings: [RankingSettings?] = [nil]
    ) throws -> (passages: [[RankedPassage]], timings: SearchTimings) {
        let clock = ContinuousClock()
        let start = clock.now
        return try store.read { snapshot in
            // Those that differ in their fusion alone have the same candidates.
            var works: [RankingSettings?: SearchWork] = [:]
            let ranked = try settings.map { settings in
                var candidates = settings
                candidates?.fusion = .standard
                var work = works[candidates] ?? SearchWork(request: request, settings: settings)
                if works[candidates] == nil {
                    try work.findWords(in: snapshot)
                    if let embedding { try work.findVectors(embedding, model: model, in: snapshot) }
                }
                defer { works[candidates] = work }
                return try work.rank(in: snapshot, by: settings?.fusion)
            }
            var timings =
                settings.first.flatMap { first in
                    var candidates = first
                    candidates?.fusion = .standard
                    return works[candidates]?.timings
                } ?? SearchTimings()
            timings.total = clock.now.milliseconds(since: start)
            let passages = try ranked.map { candidates in
                var seen: Set<String> = []
                var passages: [RankedPassage] = []
                for candidate in candidates where passages.count < request.limit {
                    guard let path = try snapshot.documentPath(ofPassage: candidate.passage),
                        seen.insert(path).inserted
                    else { continue }
                    passages.append(RankedPassage(id: candidate.passage, path: path))
                }
                return passages
            }
            return (passages, timings)
        }
    }

    /// What of a query is embedded: all of it but its operators.
    package static func embeddedText(of query: String) -> String { QuerySyntax(query).text }

    /// Finds the passages nearest in meaning to one of the library's own, itself left out.
    public func similar(
        to passage: Int64,
        limit: Int,
        otherDocumentsOnly: Bool = false
    ) throws -> SearchResults {
        let clock = ContinuousClock()
        let start = clock.now
        return try store.read { snapshot in
            guard let vector = try snapshot.embedding(of: passage),
                let own = try snapshot.passages([passage]).first
            else { throw RetrievalError.noSuchPassage(passage) }
            var request = SearchRequest(own.text, mode: .vector, limit: limit)
            request.perDocument = nil
            request.showsDuplicates = true
            var work = SearchWork(
                request: request,
                syntax: QuerySyntax(verbatim: own.text),
                languages: try snapshot.languages()
            )
            work.excludedPassages = [passage]
            if otherDocumentsOnly { work.excludedDocuments = [own.documentID] }
            try work.findVectors(vector, model: nil, in: snapshot)
            let hits = try work.hits(from: snapshot)
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

    private struct EmbeddedQuery {
        let embedding: [Float]
        let model: String
        let milliseconds: Double
    }

    private func embed(_ request: SearchRequest) async throws -> EmbeddedQuery? {
        guard request.mode != .keyword else { return nil }
        let clock = ContinuousClock()
        let start = clock.now
        let embedder = try await embedder()
        let embedding = try await embedder.embed(Self.embeddedText(of: request.query), as: .query)
        return EmbeddedQuery(
            embedding: embedding,
            model: embedder.model.id,
            milliseconds: clock.now.milliseconds(since: start)
        )
    }
}

extension ContinuousClock.Instant {
    /// Milliseconds from an earlier instant to this one.
    package func milliseconds(since start: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = (self - start).components
        return Double(seconds) * 1e3 + Double(attoseconds) / 1e15
    }
}
