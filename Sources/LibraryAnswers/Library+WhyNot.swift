public import LibraryCore
internal import Answering
internal import Corpus
internal import Retrieval
internal import TextAnalysis

extension Library {
    /// Follows what somebody expected through all stages of a search, or of an answer without a language
    /// model, and tries what would bring it up.
    ///
    /// - Parameter request: what was expected, and how it was looked for.
    /// - Returns: the stages, the one at which it was lost, and what helps.
    /// - Throws: what searching throws; `LibraryError.ambiguousReference`.
    /// - Complexity: some ten searches, or answers.
    public func whyNot(_ request: WhyNotRequest) async throws -> WhyNot {
        var report = WhyNot(
            question: request.search.query,
            target: request.target,
            passages: 0,
            steps: [],
            remedies: []
        )
        let wanted = try await passages(meant: request)
        guard !wanted.isEmpty else {
            try await explainAbsence(of: request, in: &report)
            return report
        }
        report.passages = wanted.count
        report.steps.append(
            WhyNot.Step(
                stage: .notIndexed,
                isPassed: true,
                text: wanted.count == 1
                    ? "The library holds it." : "The library holds \(wanted.count) passages of it."
            )
        )
        var search = request.search
        if request.asked != nil { search.showsDuplicates = true }
        let trace = try await searcher.trace(search, of: wanted.map(\.id))
        guard let way = trace.ways.min(by: Self.camFurther) else { return report }
        let passage = wanted.first { $0.id == way.passage } ?? wanted[0]
        report.passage = passage.id
        report.place = passage.location.reference
        let found = try await steps(of: way, passage, trace, search)
        report.steps += found.steps
        report.lostAt = found.lostAt
        if let options = request.asked {
            try await followAnswer(to: search, options, passage, in: &report)
        } else if report.lostAt != nil {
            report.remedies = try await remedies(for: passage, way, search)
        }
        return report
    }

    /// Whether one passage is the better example of its document: a hit before a candidate, a candidate before
    /// the rest.
    private static func camFurther(_ a: SearchTrace.Way, _ b: SearchTrace.Way) -> Bool {
        func place(_ way: SearchTrace.Way) -> [Int] {
            [
                way.hitRank ?? .max, way.standIn == nil ? 1 : 0, way.fusedRank ?? .max,
                min(way.vectorRank ?? .max, way.keywordRank ?? .max),
            ]
        }
        return place(a).lexicographicallyPrecedes(place(b))
    }

    // MARK: What is meant

    /// The passages that a reference names, or that have its words in a row.
    private func passages(meant request: WhyNotRequest) async throws -> [Passage] {
        do {
            return try await passages(named: request.target, lines: request.lines)
        } catch LibraryError.noSuchReference {
            return try await passages(saying: request.target)
        }
    }

    /// The passages in which the words of `text` stand in a row.
    private func passages(saying text: String) async throws -> [Passage] {
        let words = text.split { !$0.isLetter && !$0.isNumber }
        guard words.count > 1 else { return [] }
        var request = SearchRequest(
            words.prefix(40).joined(separator: " "),
            mode: .keyword,
            limit: 50
        )
        request.showsDuplicates = true
        return try await search(request).hits.map(\.passage).filter { passage in
            QuotationVerifier([(id: 0, text: passage.text)]).stance(of: text) != .absent
        }
    }

    // MARK: The stages of a search

    private func steps(
        of way: SearchTrace.Way,
        _ passage: Passage,
        _ trace: SearchTrace,
        _ request: SearchRequest
    ) async throws -> (steps: [WhyNot.Step], lostAt: WhyNot.Stage?) {
        var steps: [WhyNot.Step] = []
        func note(_ stage: WhyNot.Stage, _ isPassed: Bool, _ text: String) {
            steps.append(WhyNot.Step(stage: stage, isPassed: isPassed, text: text))
        }
        guard way.passesFilter else {
            note(.filtered, false, "Its document does not pass the filter.")
            return (steps, .filtered)
        }
        guard way.meetsDemands, !way.hasExcluded else {
            note(
                .demands,
                false,
                way.hasExcluded
                    ? "It has a word that the query excludes with a minus."
                    : "It lacks what the query demands: words in quotes, a field, or joined words."
            )
            return (steps, .demands)
        }
        if request.mode != .vector { noteWords(way, trace, note) }
        if request.mode != .keyword { noteMeaning(way, trace, note) }
        guard let fused = way.fusedRank else {
            let stage: WhyNot.Stage =
                request.mode == .vector || request.mode == .hybrid && way.words.found.isEmpty
                ? .vectors : .words
            return (steps, stage)
        }
        if let other = way.standIn {
            note(
                .duplicates,
                false,
                "Hit \(other.rank) says nearly the same and stands for it: \(other.location.reference)."
            )
            return (steps, .duplicates)
        }
        guard let rank = way.hitRank else {
            return try await lost(passage, fused, request, trace, &steps)
        }
        note(.fusion, true, "Rank \(rank) where both are brought together.")
        guard way.isNear else {
            note(.belowTheLine, false, "A hit, but not near the query: it may say nothing on it.")
            return (steps, .belowTheLine)
        }
        return (steps, nil)
    }

    private func noteWords(
        _ way: SearchTrace.Way,
        _ trace: SearchTrace,
        _ note: (WhyNot.Stage, Bool, String) -> Void
    ) {
        func list(_ words: [String]) -> String {
            words.map { "“\($0)”" }.joined(separator: ", ")
        }
        let missing = way.words.missing.isEmpty ? "" : "; it lacks \(list(way.words.missing))"
        if way.words.found.isEmpty {
            note(.words, false, "It has none of the query's words\(missing).")
        } else if let rank = way.keywordRank {
            note(
                .words,
                rank <= trace.depth,
                "Rank \(rank) by words, of which the first \(trace.depth) count: it has "
                    + "\(list(way.words.found))\(missing)."
            )
        } else {
            note(.words, false, "It has only \(list(way.words.found))\(missing).")
        }
    }

    private func noteMeaning(
        _ way: SearchTrace.Way,
        _ trace: SearchTrace,
        _ note: (WhyNot.Stage, Bool, String) -> Void
    ) {
        guard let rank = way.vectorRank else {
            note(.vectors, false, "It is not among those that were compared by meaning.")
            return
        }
        let similarity = way.similarity.map { ", similarity \(Self.rounded($0))" } ?? ""
        note(
            .vectors,
            rank <= trace.depth,
            "Rank \(rank) by meaning\(similarity), of which the first \(trace.depth) count."
        )
    }

    /// A candidate that is no hit: whether its language, its document, or its score kept it out.
    private func lost(
        _ passage: Passage,
        _ rank: Int,
        _ request: SearchRequest,
        _ trace: SearchTrace,
        _ steps: inout [WhyNot.Step]
    ) async throws -> (steps: [WhyNot.Step], lostAt: WhyNot.Stage?) {
        func add(_ stage: WhyNot.Stage, _ text: String) {
            steps.append(WhyNot.Step(stage: stage, isPassed: false, text: text))
        }
        let document = passage.document
        let siblings = trace.results.hits.count { $0.passage.document.id == document.id }
        if let most = request.perDocument, siblings >= most {
            add(.perDocument, "Its document has \(siblings) hits already, as many as it may have.")
            return (steps, .perDocument)
        }
        let others = Set(trace.results.hits.map(\.passage.document.language))
        if !others.contains(document.language) {
            var same = request
            same.filter.conditions.append(
                FieldCondition("language", .equal, document.language.rawValue)
            )
            if try await search(same).hits.contains(where: { $0.id == passage.id }) {
                add(
                    .language,
                    "Rank \(rank): the first \(request.limit) places went to other languages than "
                        + "“\(document.language.rawValue)”."
                )
                return (steps, .language)
            }
        }
        add(
            .fusion,
            "Rank \(rank) where both are brought together, and \(request.limit) are taken."
        )
        return (steps, .fusion)
    }

    static func rounded(_ number: Double) -> String {
        let thousandths = Int((abs(number) * 1_000).rounded())
        let digits = String(thousandths % 1_000)
        return (number < 0 ? "-" : "") + "\(thousandths / 1_000)."
            + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
