internal import Corpus
internal import TextAnalysis

/// Bringing both sides' candidates into one order.
extension SearchWork {
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
            if work.syntax.isFilter {
                return Fusion.convex(keywordWeight: 1).fuse(keyword: work.keyword, vector: [])
            }
            switch work.request.mode {
            case .keyword:
                let fused = Fusion.convex(keywordWeight: 1).fuse(keyword: work.keyword, vector: [])
                let named = try await work.exact.withNamedDocuments(first: fused, from: snapshot)
                return work.withNamedFiles(first: named)
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
        var confidences = confidence.confidence(in: keyword, classes: classes)
        if languages.isEmpty, let own = confidences[.own] {
            confidences[.own] = max(own, confidence.confidenceOfKnownWords)
        }
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
        return withNamedFiles(first: try await exact.promoted(in: ranked, from: snapshot))
    }

    private var exact: ExactMatches {
        ExactMatches(
            query: query,
            keyword: keyword,
            scope: scope,
            namesAreRare: namesAreRare,
            mostPassages: mostPassages
        )
    }

    /// The same candidates behind those whose file the query names.
    private func withNamedFiles(first ranked: [FusedCandidate]) -> [FusedCandidate] {
        guard !filePassages.isEmpty else { return ranked }
        let best = ranked.first?.score ?? 1
        let known = Dictionary(ranked.map { ($0.passage, $0) }) { first, _ in first }
        let named = filePassages.map { passage in
            var candidate = known[passage] ?? FusedCandidate(passage: passage)
            candidate.keywordShare += max(0, best - candidate.score)
            candidate.isLifted = true
            return candidate
        }
        let first = Set(filePassages)
        return named + ranked.filter { !first.contains($0.passage) }
    }

    /// The fusion for this query and these candidates, unless one was chosen.
    private func adapted(
        _ fusion: Fusion,
        from snapshot: any LibrarySnapshot
    ) async throws -> Fusion {
        guard fusion == .standard else { return fusion }
        let isShort = query.wordCount <= Self.nameLength
        if isShort, query.hasName { return .forNames }
        let nearest = vector.prefix(SourceCode.sampleSize).map(\.id)
        let texts = try await snapshot.passages(nearest).map(\.text)
        if SourceCode.isMost(of: texts) { return .forCode }
        return isShort ? .forNames : isLong ? .forLongQueries : fusion
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
    private static let lengthOfLongQueries = 12

    /// The most words that a query for a name has.
    private static let nameLength = 3
}
