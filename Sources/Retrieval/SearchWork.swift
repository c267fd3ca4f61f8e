internal import Corpus
internal import TextAnalysis

/// One search on its way through the stages.
struct SearchWork {
    let request: SearchRequest
    var timings = SearchTimings()
    /// Passages and documents that are never hits.
    var excludedPassages: Set<PassageID> = []
    var excludedDocuments: Set<DocumentID> = []

    /// Whether dense retrieval compared every vector.
    private(set) var isExact = true

    private(set) var notes: [SearchNote] = []

    /// What was asked for, what the library was tuned to, or the defaults, once the keywords are
    /// looked up.
    private var settings = RankingSettings()
    private let chosen: RankingSettings?
    /// Whether the query is text that nobody typed.
    private let isVerbatim: Bool

    private var syntax: QuerySyntax
    private var languages: [Language]
    private var query: AnalyzedQuery
    /// The documents that pass the filter, or nil for all.
    private var documents: [DocumentID]?
    private var keyword: [ScoredPassage] = []
    private var vector: [ScoredPassage] = []
    /// The similarities of the keyword candidates that dense retrieval did not bring up, best first.
    private var similarities: [ScoredPassage] = []
    /// Whether each of the query's codes and identifiers stands in few passages.
    private var namesAreRare = false
    /// From what similarity on hits are near.
    private var floor = RelevanceFloor(model: nil)
    private var confidence = KeywordConfidence(fullScore: 0)

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
        isVerbatim = syntax != nil
        self.syntax = syntax ?? QuerySyntax(request.query)
        self.languages = languages
        query = AnalyzedQuery(self.syntax, languages: languages)
    }

    private var depth: Int {
        // What is left out for another hit's sake has to be made up for.
        var alternatives = request.perDocument == nil && request.diversity == nil ? 1 : 4
        if !request.showsDuplicates { alternatives = max(alternatives, 2) }
        return max(settings.depth, request.limit * alternatives)
    }

    // MARK: Candidates

    /// Reads what dense retrieval needs, while the query is still being embedded.
    mutating func prepareVectors(in snapshot: any LibrarySnapshot) async throws {
        guard request.mode != .keyword else { return }
        try await measure(\.vector) { _ in try await snapshot.prepareVectorSearch() }
    }

    /// Filters the documents and retrieves by keywords.
    mutating func findKeywords(in snapshot: any LibrarySnapshot) async throws {
        if let chosen {
            settings = chosen
        } else {
            settings =
                try await snapshot.preference("ranking").flatMap(RankingSettings.init)
                ?? RankingSettings()
        }
        if let fusion = request.fusion { settings.fusion = fusion }
        guard isVerbatim || syntax.hasWords || !syntax.required.isEmpty else {
            notes.append(.noWords)
            documents = []
            return
        }
        try await measure(\.filter) { try await $0.filterDocuments(in: snapshot) }
        try await measure(\.keyword) { work in
            work.languages = Self.stemmed(try await snapshot.languages())
            work.query = AnalyzedQuery(work.syntax, languages: work.languages)
            try await work.dropMissingPhrases(in: snapshot)
            work.noteDemands()
            guard work.request.mode != .vector, !work.query.isEmpty else { return }
            let information = try await work.lookUpTerms(in: snapshot)
            work.confidence = KeywordConfidence(
                fullScore: work.query.fullScore(information: information)
            )
            work.keyword = try await snapshot.keywordCandidates(
                KeywordRequest(
                    clauses: work.query.clauses,
                    neighbors: work.query.neighbors,
                    neighborWeight: work.query.neighborWeight,
                    optional: work.query.optionalClauses,
                    scope: work.scope,
                    weights: work.settings.fieldWeights,
                    limit: work.depth
                )
            )
        }
    }

    /// Finds the documents that pass the request's filter and the query's own; of one that none
    /// passes, people are told why.
    private mutating func filterDocuments(in snapshot: any LibrarySnapshot) async throws {
        let filter = request.filter.joined(with: syntax.filter)
        guard !filter.isEmpty else { return }
        let passing = try await snapshot.documents(passing: filter)
        documents = passing
        guard passing.isEmpty else { return }
        let advice = FilterAdvice(documents: try await snapshot.documents())
        notes.append(.filterMatchesNothing(advice: advice.sentence(for: filter)))
    }

    /// Says how the query was understood, where that is more than its words.
    private mutating func noteDemands() {
        if !syntax.required.isEmpty {
            notes.append(.demanded(syntax.required.map(\.description)))
        }
        if !syntax.excluded.isEmpty {
            notes.append(.leftOut(words: syntax.excluded.map(\.bare)))
        }
        if !query.liftedPhrases.isEmpty { notes.append(.lifted(phrases: query.liftedPhrases)) }
    }

    /// A phrase that no passage has is no reason to find nothing: its words are looked for instead.
    private mutating func dropMissingPhrases(in snapshot: any LibrarySnapshot) async throws {
        let phrases = query.demandedPhrases + query.liftedPhrases
        let queries = phrases.compactMap { WordSequence($0).map(KeywordQuery.sequence) }
        guard !queries.isEmpty else { return }
        let count = try await snapshot.keywordCounts(
            of: [.all(queries)],
            weights: settings.fieldWeights
        )
        guard count == [0] else { return }
        notes.append(.phraseNotFound(phrases: phrases))
        syntax = syntax.withoutPhrases
        query = AnalyzedQuery(syntax, languages: languages)
    }

    /// Which passages filter, phrases and excluded words leave.
    private var scope: CandidateScope {
        CandidateScope(
            documents: documents,
            required: query.required,
            excluded: query.excluded
        )
    }

    /// How much each of the query's terms says; the misspelled ones are replaced first.
    private mutating func lookUpTerms(in snapshot: any LibrarySnapshot) async throws -> [Double] {
        var counts = try await snapshot.keywordCounts(
            of: query.termQueries,
            weights: settings.fieldWeights
        )
        let corrector = SpellingCorrector(snapshot: snapshot, languages: languages)
        for correction in try await corrector.corrections(of: query, counts: counts) {
            let word = query.terms[correction.index].surface
            query.replace(termAt: correction.index, with: correction.term)
            notes.append(.spelling(word: word, replacement: correction.term.surface))
            counts[correction.index] = correction.passages
        }
        let total = try await snapshot.passageCount()
        namesAreRare = zip(query.terms, counts).allSatisfy { term, count in
            term.isPart || !term.isName || count <= max(3, total / 100)
        }
        return counts.map { AnalyzedQuery.information(matching: $0, of: total) }
    }

    /// Retrieves by meaning.
    ///
    /// The query's `model` is checked against the library's; it is nil for an embedding that comes
    /// from the library.
    mutating func findVectors(
        _ embedding: [Float],
        model: String?,
        in snapshot: any LibrarySnapshot
    ) async throws {
        try await measure(\.vector) { work in
            guard let stored = try await snapshot.model() else { return }
            if let model, model != stored.identifier {
                throw RetrievalError.modelMismatch(stored: stored.identifier, requested: model)
            }
            let correction = LanguageBiasCorrection(groups: try await snapshot.languageGroups())
            work.floor = RelevanceFloor(model: stored.identifier)
            let matches = try await correction.nearest(
                to: embedding,
                in: work.scope,
                limit: work.depth + work.excludedPassages.count,
                from: snapshot
            )
            work.isExact = matches.isExact
            work.vector = matches.passages
            let known = Set(matches.passages.map(\.id))
            work.similarities = try await correction.similarities(
                of: work.keyword.map(\.id).filter { !known.contains($0) },
                to: embedding,
                from: snapshot
            )
        }
    }

    // MARK: Ranking

    /// Brings the candidates of both retrievers into one order.
    ///
    /// - Parameters:
    ///   - snapshot: the library.
    ///   - fusion: how; nil for what the search's settings say.
    /// - Returns: every candidate, best first.
    /// - Throws: what the store throws.
    mutating func rank(
        in snapshot: any LibrarySnapshot,
        by fusion: Fusion? = nil
    ) async throws -> [FusedCandidate] {
        try await measure(\.fuse) { work in
            let fusion = fusion ?? work.settings.fusion
            switch work.request.mode {
            case .keyword:
                return Fusion.convex(keywordWeight: 1).fuse(keyword: work.keyword, vector: [])
            case .vector:
                return Fusion.convex(keywordWeight: 0).fuse(keyword: [], vector: work.vector)
            case .hybrid:
                return try await work.fused(by: fusion, from: snapshot)
            }
        }
    }

    /// Both lists in one order, with as much of the keyword scores as they deserve.
    private func fused(
        by chosen: Fusion,
        from snapshot: any LibrarySnapshot
    ) async throws -> [FusedCandidate] {
        let fusion = try await adapted(chosen, from: snapshot)
        let languages = try await languagesOfCandidates(from: snapshot)
        let classes = keyword.map { languages[$0.id] ?? .own }
        let confidences = confidence.confidence(in: keyword, classes: classes)
        var isSeparate = !languages.isEmpty
        if isSeparate { isSeparate = try await !matchesWholeName(in: snapshot) }
        let dense = vector + similarities
        let fused = fusion.fuse(
            keyword: keyword,
            vector: dense,
            ranked: vector.count,
            leastDeviation: leastDeviation,
            confidence: classes.map { confidences[$0] ?? 0 },
            confidenceBesideVectors: isSeparate
                ? dense.map { confidences[languages[$0.id] ?? .own] ?? 0 } : nil
        )
        let greatest = confidences.values.max() ?? 0
        let worth =
            fusion.vectorWeight(confidence: greatest) * greatest
            * fusion.scale(of: vector, isWords: false, leastDeviation: leastDeviation).slope
        var ranked = try await RelevanceFeedback.apply(to: fused, worth: worth) {
            try await snapshot.embeddings(of: $0)
        }
        if isSeparate {
            ranked = LanguageInterleaving.ordered(ranked, vector: vector) {
                languages[$0] ?? .own
            }
        }
        let exact = ExactMatches(query: query, keyword: keyword, namesAreRare: namesAreRare)
        return try await exact.promoted(in: ranked, from: snapshot)
    }

    /// The fusion for this query and these candidates, unless one was chosen.
    private func adapted(
        _ fusion: Fusion,
        from snapshot: any LibrarySnapshot
    ) async throws -> Fusion {
        guard fusion == .standard else { return fusion }
        if query.wordCount <= Self.nameLength { return .forNames }
        if isLong { return .forLongQueries }
        let nearest = vector.prefix(SourceCode.sampleSize).map(\.id)
        let texts = try await snapshot.passages(nearest).map(\.text)
        return SourceCode.isMost(of: texts) ? .forCode : fusion
    }

    /// The languages of all candidates as seen from the keywords; none in a library of one language.
    private func languagesOfCandidates(
        from snapshot: any LibrarySnapshot
    ) async throws -> [PassageID: LanguageClass] {
        guard !keyword.isEmpty, try await snapshot.languageGroups().count > 1 else { return [:] }
        let passages = (keyword + vector).map(\.id)
        let languages = try await snapshot.languages(of: passages).map(\.rawValue)
        let words = LanguageClass.ofWords(matching: Array(languages.prefix(keyword.count)))
        return Dictionary(
            zip(passages, languages.map { LanguageClass($0, words: words) }),
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Whether the best keyword match has all of a query of few words: a name or an identifier, of
    /// which embeddings know least, and which is looked for as it is written, whatever the language.
    private func matchesWholeName(in snapshot: any LibrarySnapshot) async throws -> Bool {
        guard let best = keyword.first, query.wordCount <= Self.nameLength else { return false }
        return try await snapshot.matches(query.conjunction, passage: best.id)
    }

    /// Whether the query is a long text rather than a question of one sentence.
    private var isLong: Bool { query.wordCount >= Self.lengthOfLongQueries }

    /// The least spread of similarities for this query.
    private var leastDeviation: Double {
        isLong ? Fusion.leastDeviationOfLongQueries : Fusion.leastDeviation
    }

    /// The words from which a query is long: of the labeled sets, CACM's topics are, Cranfield's
    /// questions mostly are not.
    private static let lengthOfLongQueries = 14

    /// The most words that a query for a name has.
    private static let nameLength = 3

    // MARK: Hits

    /// Ranks the candidates and reads the best.
    mutating func hits(from snapshot: any LibrarySnapshot) async throws -> [SearchHit] {
        let ranked = try await rank(in: snapshot)
        let chosen = try await measure(\.fetch) { try await $0.fetch(ranked, from: snapshot) }
        let hits = await measure(\.snippet) { work in
            let maker = SnippetMaker(query: work.query, languages: work.languages)
            return chosen.enumerated().map { index, choice in
                work.hit(choice, rank: index + 1, snippets: maker)
            }
        }
        let near = (hits.lastIndex(where: \.isNear) ?? -1) + 1
        if near < hits.count, !isVerbatim { notes.append(.far(fromRank: near + 1)) }
        return hits
    }

    /// A passage that is to be a hit.
    private struct Choice {
        let passage: Passage
        let candidate: FusedCandidate
        /// Passages that say nearly the same.
        var duplicates: [PassageID] = []
    }

    private func fetch(
        _ ranked: [FusedCandidate],
        from snapshot: any LibrarySnapshot
    ) async throws -> [Choice] {
        var chosen: [Choice] = []
        var perDocument: [DocumentID: Int] = [:]
        let ordered = try await diversified(ranked, from: snapshot)
        var duplicates = DuplicateFinder(
            sketches: request.showsDuplicates
                ? [:] : try await snapshot.sketches(of: ordered.map(\.passage))
        )
        for candidate in ordered {
            let isLike = try await duplicates.indexOfLike(candidate.passage) { first, second in
                try await snapshot.passages([first, second]).map(\.text)
            }
            if let isLike {
                chosen[isLike].duplicates.append(candidate.passage)
                continue
            }
            guard chosen.count < request.limit, !excludedPassages.contains(candidate.passage),
                let passage = try await snapshot.passage(candidate.passage),
                !excludedDocuments.contains(passage.document.id)
            else { continue }
            if let most = request.perDocument {
                guard perDocument[passage.document.id, default: 0] < most else { continue }
                perDocument[passage.document.id, default: 0] += 1
            }
            duplicates.choose(candidate.passage)
            chosen.append(Choice(passage: passage, candidate: candidate))
        }
        return chosen
    }

    /// The candidates in an order in which each differs from those before it, if that was asked for.
    private func diversified(
        _ ranked: [FusedCandidate],
        from snapshot: any LibrarySnapshot
    ) async throws -> [FusedCandidate] {
        guard let diversity = request.diversity, diversity > 0 else { return ranked }
        let head = Array(ranked.prefix(depth))
        let best = head.first?.score ?? 0, last = head.last?.score ?? 0
        let embeddings = try await snapshot.embeddings(of: head.map(\.passage)).map { $0 ?? [] }
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
            passage: passage,
            rank: rank,
            score: score,
            snippet: snippets.snippet(of: passage.text, language: passage.document.language),
            duplicates: choice.duplicates,
            isNear: floor.isNear(candidate, fullScore: confidence.fullScore),
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
        _ body: (inout SearchWork) async throws(Failure) -> R
    ) async throws(Failure) -> R {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try await body(&self)
        timings[keyPath: stage] += clock.now.milliseconds(since: start)
        return result
    }
}
