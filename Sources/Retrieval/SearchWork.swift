internal import PassageStore
internal import TextAnalysis
internal import VectorIndex

/// One search on its way through the stages.
struct SearchWork {
    let request: SearchRequest
    var timings = SearchTimings()
    /// Passages and documents that are never hits.
    var excludedPassages: Set<Int64> = []
    var excludedDocuments: Set<Int64> = []

    /// Whether the vectors' side compared every vector.
    private(set) var isExact = true

    /// The state of the library that the words were looked up in.
    private(set) var generation: String?

    private var languages: [Language]
    private var query: KeywordQuery
    /// The documents that pass the filter, or nil for all.
    private var documents: [Int64]?
    private var keyword: [Candidate] = []
    private var vector: [Candidate] = []
    /// What the best match of the words scores, as a share of what a perfect match would.
    ///
    /// It is little when the question shares hardly a word with the documents, because it is put in
    /// other words or in another language. The words' side then has little to say, and is given
    /// little weight.
    private var trust = 1.0

    init(request: SearchRequest, languages: [Language] = []) {
        self.request = request
        self.languages = languages
        query = KeywordQuery(request.query, languages: languages)
    }

    private var depth: Int {
        max(Searcher.depth, request.limit * (request.perDocument == nil ? 1 : 4))
    }

    // MARK: Candidates

    /// Reads what the search of the vectors needs, while the query is still being embedded.
    mutating func prepareVectors(in snapshot: StoreSnapshot) throws {
        guard request.mode != .keyword else { return }
        try measure(\.vector) { _ in try snapshot.prepareVectorSearch() }
    }

    /// Filters the documents and looks the query's words up.
    mutating func findWords(in snapshot: StoreSnapshot) throws {
        generation = try snapshot.generation()
        try measure(\.filter) { work in
            guard !work.request.filter.isEmpty else { return }
            let passes = try work.request.filter.compiled()
            work.documents = try snapshot.documents().filter(passes).map(\.id)
        }
        try measure(\.keyword) { work in
            work.languages = Self.stemmed(try snapshot.languages())
            work.query = KeywordQuery(work.request.query, languages: work.languages)
            guard work.request.mode != .vector, !work.query.isEmpty else { return }
            let matches = try snapshot.keywordMatches(
                work.query.expression,
                weights: KeywordQuery.columnWeights,
                limit: work.depth,
                documents: work.documents
            )
            work.keyword = matches.map { Candidate(passage: $0.passage, score: $0.score) }
            guard work.request.mode == .hybrid, let best = matches.first else { return }
            let information = try snapshot.keywordInformation(of: work.query.stemExpressions)
            let full = KeywordQuery.fullScore(information: information)
            work.trust = full > 0 ? min(1, best.score / full) : 1
        }
    }

    /// Looks the query's meaning up.
    ///
    /// The query's `model` is checked against the library's; it is nil for an embedding that comes
    /// from the library.
    mutating func findVectors(_ embedding: [Float], model: String?, in snapshot: StoreSnapshot)
        throws
    {
        try measure(\.vector) { work in
            guard let stored = try snapshot.model() else { return }
            if let model, model != stored.identifier {
                throw RetrievalError.modelMismatch(stored: stored.identifier, requested: model)
            }
            guard let index = try snapshot.vectorSearch() else { return }
            work.isExact = index.isExact
            let allowed = try work.documents.map { try snapshot.ordinals(ofDocuments: $0) }
            let ranking = LanguageFairRanking(groups: try snapshot.languageGroups())
            let neighbors = try ranking.neighbors(
                of: embedding,
                k: work.depth + work.excludedPassages.count,
                in: allowed,
                from: index
            )
            let passages = try snapshot.passageIDs(at: neighbors.map(\.ordinal))
            work.vector = zip(passages, neighbors).map {
                Candidate(passage: $0, score: Double($1.score))
            }
        }
    }

    // MARK: Hits

    /// Fuses the candidates and reads the best.
    mutating func hits(from snapshot: StoreSnapshot) throws -> [SearchHit] {
        let ranked = measure(\.fuse) { work in
            switch work.request.mode {
            case .keyword: Fusion.convex(keywordWeight: 1).fuse(keyword: work.keyword, vector: [])
            case .vector: Fusion.convex(keywordWeight: 0).fuse(keyword: [], vector: work.vector)
            case .hybrid:
                work.request.fusion.fuse(
                    keyword: work.keyword,
                    vector: work.vector,
                    trust: work.trust
                )
            }
        }
        let chosen = try measure(\.fetch) { try $0.fetch(ranked, from: snapshot) }
        return measure(\.snippet) { work in
            let maker = SnippetMaker(terms: work.query.terms, languages: work.languages)
            return chosen.enumerated().map { index, pair in
                work.hit(pair.passage, from: pair.candidate, rank: index + 1, snippets: maker)
            }
        }
    }

    private func fetch(
        _ ranked: [FusedCandidate],
        from snapshot: StoreSnapshot
    ) throws -> [(passage: StoredPassage, candidate: FusedCandidate)] {
        var chosen: [(StoredPassage, FusedCandidate)] = []
        var perDocument: [Int64: Int] = [:]
        for candidate in ranked {
            guard chosen.count < request.limit else { break }
            guard !excludedPassages.contains(candidate.passage),
                let passage = try snapshot.passages([candidate.passage]).first,
                !excludedDocuments.contains(passage.documentID)
            else { continue }
            if let most = request.perDocument {
                guard perDocument[passage.documentID, default: 0] < most else { continue }
                perDocument[passage.documentID, default: 0] += 1
            }
            chosen.append((passage, candidate))
        }
        return chosen
    }

    private func hit(
        _ passage: StoredPassage,
        from candidate: FusedCandidate,
        rank: Int,
        snippets: SnippetMaker
    ) -> SearchHit {
        let score =
            switch request.mode {
            case .keyword: candidate.keywordScore ?? 0
            case .vector: candidate.vectorScore ?? 0
            case .hybrid: candidate.score
            }
        let explanation = Explanation(
            keywordRank: candidate.keywordRank,
            keywordScore: candidate.keywordScore,
            vectorRank: candidate.vectorRank,
            vectorScore: candidate.vectorScore,
            keywordShare: candidate.keywordShare,
            vectorShare: candidate.vectorShare
        )
        return SearchHit(
            id: passage.id,
            rank: rank,
            score: score,
            path: passage.document.absolutePath,
            title: passage.document.title,
            headings: passage.headings,
            firstLine: passage.lines.lowerBound,
            lastLine: passage.lines.upperBound,
            firstPage: passage.pages?.lowerBound,
            lastPage: passage.pages?.upperBound,
            language: passage.document.language.rawValue,
            date: passage.document.date,
            snippet: snippets.snippet(of: passage.text, language: passage.document.language),
            text: passage.text,
            explanation: request.explain ? explanation : nil
        )
    }

    // MARK: Helpers

    /// The languages whose stems a query is tried with: the library's first three with stemmers.
    private static func stemmed(_ languages: [Language]) -> [Language] {
        let known = languages.filter { Stemmer(language: $0) != nil }.prefix(3)
        return known.isEmpty ? [.spanish, .english] : Array(known)
    }

    private mutating func measure<R, Failure: Error>(
        _ stage: WritableKeyPath<SearchTimings, Double>,
        _ body: (inout SearchWork) throws(Failure) -> R
    ) throws(Failure) -> R {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try body(&self)
        timings[keyPath: stage] += clock.now.milliseconds(since: start)
        return result
    }
}
