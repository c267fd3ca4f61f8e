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
    var isExact = true

    var notes: [SearchNote] = []

    /// What was asked for, what the library was tuned to, or the defaults, once the keywords are
    /// looked up.
    var settings = RankingSettings()
    let chosen: RankingSettings?
    /// Whether the query is text that nobody typed.
    let isVerbatim: Bool

    var syntax: QuerySyntax
    var languages: [Language]
    var query: AnalyzedQuery
    /// The documents that pass the filter, or nil for all.
    var documents: [DocumentID]?
    var keyword: [ScoredPassage] = []
    var vector: [ScoredPassage] = []
    /// The similarities of the keyword candidates that dense retrieval did not bring up, best first.
    var similarities: [ScoredPassage] = []
    /// The share of the query's words that any passage has.
    private var knownShare = 0.0
    /// Passages of the documents whose file the query names, one of each.
    var filePassages: [PassageID] = []
    /// Whether each of the query's codes and identifiers stands in few passages.
    var namesAreRare = false
    /// What each word of the query says, once the words have been looked up.
    private(set) var queryWeights: [QueryWeight] = []
    /// In how many passages the most frequent of the query's words stands.
    private(set) var mostPassages = 0
    /// From what similarity on hits are near.
    var floor = RelevanceFloor(model: nil)
    var confidence = KeywordConfidence(fullScore: 0)
    /// What looks at the best candidates again; nil for nothing.
    var reranker: (any Reranker)?

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

    var depth: Int {
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
        guard isVerbatim || syntax.hasWords || !syntax.required.isEmpty || syntax.isFilter else {
            notes.append(.noWords)
            documents = []
            return
        }
        try await measure(\.filter) { work in
            try await work.resolveUnknownFields(in: snapshot)
            try await work.filterDocuments(in: snapshot)
        }
        try await measure(\.keyword) { work in
            work.languages = Self.stemmed(try await snapshot.languages())
            work.query = AnalyzedQuery(work.syntax, languages: work.languages)
            try await work.dropMissingPhrases(in: snapshot)
            work.noteDemands()
            if work.syntax.isFilter {
                // No words are looked for: what passes the filter is what was asked for.
                work.keyword = try await snapshot.beginnings(in: work.scope, limit: work.depth)
                    .map { ScoredPassage(id: $0, score: 0) }
                return
            }
            guard work.request.mode != .vector, !work.query.isEmpty else { return }
            work.filePassages = try await work.passagesOfNamedFiles(in: snapshot)
            let information = try await work.lookUpTerms(in: snapshot)
            work.confidence = KeywordConfidence(
                fullScore: work.query.fullScore(information: information),
                knownShare: work.knownShare
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

    /// The first passages of the documents whose file's name, or the end of whose path, is the query.
    ///
    /// Names of files are no words of passages, and what looks like one is looked for among them.
    private func passagesOfNamedFiles(
        in snapshot: any LibrarySnapshot
    ) async throws -> [PassageID] {
        guard query.required == nil, query.excluded == nil,
            let name = FileName(of: syntax.text)
        else { return [] }
        var filter = request.filter.joined(with: syntax.filter)
        filter.paths = [name.pattern]
        let named = try await snapshot.documents(passing: filter)
        let passing = documents.map(Set.init)
        let scope = CandidateScope(documents: named.filter { passing?.contains($0) ?? true })
        return try await snapshot.beginnings(in: scope, limit: depth)
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
        if syntax.isFilter, !syntax.excluded.isEmpty { notes.append(.onlyLeavesOut) }
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
    var scope: CandidateScope {
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
        if !query.alternatives.isEmpty {
            // A word that stands there as an emoji is not misspelled.
            let others = try await snapshot.keywordCounts(
                of: query.alternatives.map(\.query),
                weights: settings.fieldWeights
            )
            for (alternative, count) in zip(query.alternatives, others) {
                for place in alternative.places { counts[place] = max(counts[place], count) }
            }
        }
        let corrector = SpellingCorrector(snapshot: snapshot, languages: languages)
        for correction in try await corrector.corrections(of: query, counts: counts) {
            let word = query.terms[correction.index].surface
            query.replace(termAt: correction.index, with: correction.term)
            notes.append(.spelling(word: word, replacement: correction.term.surface))
            counts[correction.index] = correction.passages
        }
        let abbreviations = Abbreviations(snapshot: snapshot, weights: settings.fieldWeights)
        query.add(try await abbreviations.alternatives(for: query, counts: counts))
        let total = try await snapshot.passageCount()
        mostPassages = counts.max() ?? 0
        let whole = zip(query.terms, counts).filter { !$0.0.isPart }
        knownShare = Double(whole.count { $0.1 > 0 }) / Double(max(1, whole.count))
        namesAreRare = zip(query.terms, counts).allSatisfy { term, count in
            term.isPart || !term.isName || count <= max(3, total / 100)
        }
        let information = counts.map { AnalyzedQuery.information(matching: $0, of: total) }
        queryWeights = zip(query.terms, information).map {
            QueryWeight(range: $0.range, weight: $1)
        }
        return information
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
            guard !work.syntax.isFilter, let stored = try await snapshot.model() else { return }
            if let model, model != stored.identifier {
                throw StoreError.modelMismatch(stored: stored.identifier, requested: model)
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

    // MARK: Helpers

    /// The languages whose stems a query is tried with: the library's first three with stemmers.
    private static func stemmed(_ languages: [Language]) -> [Language] {
        let known = languages.filter { Stemmer(language: $0) != nil }.prefix(3)
        return known.isEmpty ? [.spanish, .english] : Array(known)
    }

    mutating func measure<R, Failure: Error>(
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
