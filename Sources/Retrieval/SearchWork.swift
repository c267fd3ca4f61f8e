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

    private(set) var notes: [SearchNote] = []

    /// What was asked for, what the library was tuned to, or the defaults, once the words are looked up.
    private var settings = RankingSettings()
    private let chosen: RankingSettings?

    private var syntax: QuerySyntax
    private var languages: [Language]
    private var query: KeywordQuery
    /// The documents that pass the filter, or nil for all.
    private var documents: [Int64]?
    private var keyword: [Candidate] = []
    private var vector: [Candidate] = []
    private var trust = KeywordTrust(fullScore: 0)

    /// Begins a search.
    ///
    /// - Parameters:
    ///   - request: what to look for.
    ///   - syntax: what the request's query means; nil to read it.
    ///   - languages: whose stems are looked for, until the library's are known.
    ///   - settings: instead of the library's.
    init(
        request: SearchRequest,
        syntax: QuerySyntax? = nil,
        languages: [Language] = [],
        settings: RankingSettings? = nil
    ) {
        self.request = request
        chosen = settings
        self.syntax = syntax ?? QuerySyntax(request.query)
        self.languages = languages
        query = KeywordQuery(self.syntax, languages: languages)
    }

    private var depth: Int {
        // What is left out for another hit's sake has to be made up for.
        var alternatives = request.perDocument == nil && request.diversity == nil ? 1 : 4
        if !request.showsDuplicates { alternatives = max(alternatives, 2) }
        return max(settings.depth, request.limit * alternatives)
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
        notes = []
        settings =
            try chosen ?? snapshot.preference("ranking").flatMap(RankingSettings.init)
            ?? RankingSettings()
        if let fusion = request.fusion { settings.fusion = fusion }
        try measure(\.filter) { work in
            guard !work.request.filter.isEmpty else { return }
            let passes = try work.request.filter.compiled()
            let fields = Set(work.request.filter.conditions.map(\.field))
            work.documents = try snapshot.documents(metadataFields: fields).filter(passes)
                .map(\.id)
        }
        try measure(\.keyword) { work in
            work.languages = Self.stemmed(try snapshot.languages())
            work.query = KeywordQuery(work.syntax, languages: work.languages)
            try work.dropPhrasesThatStandNowhere(in: snapshot)
            if !work.syntax.excluded.isEmpty {
                work.notes.append(.leftOut(words: work.syntax.excluded))
            }
            guard work.request.mode != .vector, !work.query.isEmpty else { return }
            let scan =
                work.query.phrases == nil
                ? nil : try snapshot.keywordScan(weights: KeywordQuery.columnWeights(work.settings))
            let information = try work.lookUpTerms(in: snapshot, by: scan)
            work.trust = KeywordTrust(fullScore: KeywordQuery.fullScore(information: information))
            work.keyword = try work.matches(in: snapshot, by: scan)
        }
    }

    /// A phrase that stands nowhere is no reason to find nothing: its words are looked for instead.
    private mutating func dropPhrasesThatStandNowhere(in snapshot: StoreSnapshot) throws {
        guard let required = query.required,
            try snapshot.keywordCounts(of: [required]).first == 0
        else { return }
        notes.append(.phraseNotFound(phrases: syntax.phrases))
        syntax = syntax.withoutPhrases
        query = KeywordQuery(syntax, languages: languages)
    }

    /// The words' candidates: by a scan of the index, or from FTS5 where that is nil.
    private func matches(in snapshot: StoreSnapshot, by scan: KeywordScan?) throws -> [Candidate] {
        let found =
            if let scan, let phrases = query.phrases {
                try snapshot.keywordMatches(
                    phrases,
                    faint: query.faintPhrases,
                    by: scan,
                    required: query.required,
                    excluded: query.excluded,
                    limit: depth,
                    documents: documents
                )
            } else {
                try snapshot.keywordMatches(
                    query.expression,
                    weights: KeywordQuery.columnWeights(settings),
                    limit: depth,
                    documents: documents
                )
            }
        return found.map { Candidate(passage: $0.passage, score: $0.score) }
    }

    /// How much each of the query's terms says; the misspelt ones are replaced first.
    private mutating func lookUpTerms(
        in snapshot: StoreSnapshot,
        by scan: KeywordScan?
    ) throws -> [Double] {
        var counts =
            try scan.map { scan in
                try query.terms.map { try scan.count(ofAny: KeywordQuery.stems(of: $0)) }
            } ?? snapshot.keywordCounts(of: query.termExpressions)
        let corrector = SpellingCorrector(snapshot: snapshot, languages: languages)
        for correction in try corrector.corrections(of: query, counts: counts) {
            let word = query.terms[correction.index].surface
            query.replace(termAt: correction.index, with: correction.term)
            notes.append(.spelling(word: word, replacement: correction.term.surface))
            counts[correction.index] = correction.passages
        }
        let total = try snapshot.passageCount()
        return counts.map { KeywordQuery.information(matching: $0, of: total) }
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
            let ranking = LanguageFairRanking(groups: try snapshot.languageGroups())
            let neighbors = try ranking.neighbors(
                of: embedding,
                k: work.depth + work.excludedPassages.count,
                in: try work.allowedOrdinals(in: snapshot),
                from: index
            )
            let passages = try snapshot.passageIDs(at: neighbors.map(\.ordinal))
            work.vector = zip(passages, neighbors).map {
                Candidate(passage: $0, score: Double($1.score))
            }
        }
    }

    /// The places of the passages that filter, phrases and excluded words leave, or nil for all.
    private func allowedOrdinals(in snapshot: StoreSnapshot) throws -> OrdinalSet? {
        var allowed = try documents.map { try snapshot.ordinals(ofDocuments: $0) }
        if query.required != nil || query.excluded != nil {
            let fulfilling = try snapshot.ordinals(
                required: query.required,
                excluded: query.excluded
            )
            allowed?.formIntersection(fulfilling)
            return allowed ?? fulfilling
        }
        return allowed
    }

    // MARK: Ranking

    /// Brings the candidates of both sides into one order.
    ///
    /// - Parameters:
    ///   - snapshot: the library.
    ///   - fusion: how; nil for what the search's settings say.
    /// - Returns: every candidate, best first.
    /// - Throws: what the store throws.
    mutating func rank(
        in snapshot: StoreSnapshot,
        by fusion: Fusion? = nil
    ) throws -> [FusedCandidate] {
        try measure(\.fuse) { work in
            let fusion = fusion ?? work.settings.fusion
            switch work.request.mode {
            case .keyword:
                return Fusion.convex(keywordWeight: 1).fuse(keyword: work.keyword, vector: [])
            case .vector:
                return Fusion.convex(keywordWeight: 0).fuse(keyword: [], vector: work.vector)
            case .hybrid:
                return try work.fused(by: fusion, from: snapshot)
            }
        }
    }

    /// Both sides in one order, with as much of the words as they are to be believed.
    private func fused(by fusion: Fusion, from snapshot: StoreSnapshot) throws -> [FusedCandidate] {
        let languages = try languagesOfCandidates(from: snapshot)
        let classes = keyword.map { languages[$0.passage] ?? .own }
        let trusts = trust.trust(in: keyword, classes: classes)
        let isSeparate = try !languages.isEmpty && !wordsSayAll(in: snapshot)
        let fused = fusion.fuse(
            keyword: keyword,
            vector: vector,
            trust: classes.map { trusts[$0] ?? 0 },
            trustBesideVectors: isSeparate
                ? vector.map { trusts[languages[$0.passage] ?? .own] ?? 0 } : nil
        )
        let greatest = trusts.values.max() ?? 0
        let worth =
            fusion.vectorWeight(trust: greatest) * greatest
            * fusion.scale(of: vector, isWords: false).slope
        let ranked = try RelevanceFeedback.apply(to: fused, worth: worth) {
            try snapshot.embedding(of: $0)
        }
        guard isSeparate else { return ranked }
        return LanguageSlots.ordered(ranked, vector: vector) { languages[$0] ?? .own }
    }

    /// The languages of all candidates as seen from the words; none in a library of one language.
    private func languagesOfCandidates(
        from snapshot: StoreSnapshot
    ) throws -> [Int64: LanguageClass] {
        guard !keyword.isEmpty, try snapshot.languageGroups().count > 1 else { return [:] }
        let passages = (keyword + vector).map(\.passage)
        let languages = try snapshot.languages(ofPassages: passages).map(\.rawValue)
        let words = LanguageClass.ofWords(matching: Array(languages.prefix(keyword.count)))
        return Dictionary(
            zip(passages, languages.map { LanguageClass($0, words: words) }),
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Whether the words' best match has all of a query of few words: a name or an identifier, of which
    /// the vectors know least, and which is looked for as it is written, whatever the language.
    private func wordsSayAll(in snapshot: StoreSnapshot) throws -> Bool {
        guard let best = keyword.first, query.wordCount <= Self.nameLength else { return false }
        return try snapshot.fulfils(query.conjunction, passage: best.passage)
    }

    /// The most words that a query for a name has.
    private static let nameLength = 3

    // MARK: Hits

    /// Ranks the candidates and reads the best.
    mutating func hits(from snapshot: StoreSnapshot) throws -> [SearchHit] {
        let ranked = try rank(in: snapshot)
        let chosen = try measure(\.fetch) { try $0.fetch(ranked, from: snapshot) }
        return measure(\.snippet) { work in
            let maker = SnippetMaker(query: work.query, languages: work.languages)
            return chosen.enumerated().map { index, choice in
                work.hit(choice, rank: index + 1, snippets: maker)
            }
        }
    }

    /// A passage that is to be a hit.
    private struct Choice {
        let passage: StoredPassage
        let candidate: FusedCandidate
        /// Passages that say nearly the same.
        var duplicates: [Int64] = []
    }

    private func fetch(
        _ ranked: [FusedCandidate],
        from snapshot: StoreSnapshot
    ) throws -> [Choice] {
        var chosen: [Choice] = []
        var perDocument: [Int64: Int] = [:]
        let ordered = try diversified(ranked, from: snapshot)
        var duplicates = DuplicateFinder(
            sketches: request.showsDuplicates
                ? [:] : try snapshot.sketches(of: ordered.map(\.passage))
        )
        for candidate in ordered {
            let isLike = try duplicates.indexOfLike(candidate.passage) { first, second in
                try snapshot.passages([first, second]).map(\.text)
            }
            if let isLike {
                chosen[isLike].duplicates.append(candidate.passage)
                continue
            }
            guard chosen.count < request.limit, !excludedPassages.contains(candidate.passage),
                let passage = try snapshot.passages([candidate.passage]).first,
                !excludedDocuments.contains(passage.documentID)
            else { continue }
            if let most = request.perDocument {
                guard perDocument[passage.documentID, default: 0] < most else { continue }
                perDocument[passage.documentID, default: 0] += 1
            }
            duplicates.choose(candidate.passage)
            chosen.append(Choice(passage: passage, candidate: candidate))
        }
        return chosen
    }

    /// The candidates in an order in which each differs from those before it, if that was asked for.
    private func diversified(
        _ ranked: [FusedCandidate],
        from snapshot: StoreSnapshot
    ) throws -> [FusedCandidate] {
        guard let diversity = request.diversity, diversity > 0 else { return ranked }
        let head = Array(ranked.prefix(depth))
        let best = head.first?.score ?? 0, last = head.last?.score ?? 0
        let embeddings = try head.map { try snapshot.embedding(of: $0.passage) ?? [] }
        let order = MarginalRelevance(lambda: 1 - diversity).order(
            relevance: head.map { best > last ? ($0.score - last) / (best - last) : 1 },
            count: head.count
        ) { first, second in
            Double(zip(embeddings[first], embeddings[second]).reduce(0) { $0 + $1.0 * $1.1 })
        }
        return order.map { head[$0] }
    }

    private func hit(_ choice: Choice, rank: Int, snippets: SnippetMaker) -> SearchHit {
        let (passage, candidate) = (choice.passage, choice.candidate)
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
            duplicates: choice.duplicates,
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
