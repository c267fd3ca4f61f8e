internal import LibraryCore
internal import Answering
internal import Corpus
internal import Retrieval
internal import TextAnalysis

/// Finding out by trying what would bring a passage up.
extension Library {
    /// The changes to a search after which a passage is a hit, the least first.
    func remedies(
        for passage: Passage,
        _ way: SearchTrace.Way,
        _ request: SearchRequest
    ) async throws -> [WhyNot.Remedy] {
        var found: [WhyNot.Remedy] = []
        for change in SearchChange.all(of: request, for: passage, way) {
            try Task.checkCancellation()
            // Of several numbers of hits the least that helps is enough.
            if change.change?.isMore == true, found.contains(where: \.isMore) { continue }
            let hits = try await search(change.request).hits
            guard let hit = hits.first(where: { $0.id == passage.id }), hit.isNear else { continue }
            found.append(WhyNot.Remedy(text: change.text, change: change.change, rank: hit.rank))
        }
        if found.isEmpty {
            let most = 1_000
            var deep = request
            deep.limit = most
            deep.showsDuplicates = true
            deep.perDocument = nil
            let rank = try await search(deep).hits.first { $0.id == passage.id }?.rank
            if let rank {
                found.append(
                    WhyNot.Remedy(
                        text: "Ask for more hits.",
                        change: .hits(rank, showsDuplicates: true),
                        rank: rank
                    )
                )
            }
        }
        if !way.words.missing.isEmpty,
            let subject = passage.headings.last ?? Self.title(of: passage)
        {
            var named = request
            named.query += " " + subject
            let rank = try await search(named).hits.first { $0.id == passage.id }?.rank
            if let rank {
                found.append(
                    WhyNot.Remedy(
                        text: "Use words that it has, such as those of its heading: “\(subject)”.",
                        rank: rank
                    )
                )
            }
        }
        return found
    }

    static func title(of passage: Passage) -> String? {
        passage.document.title.isEmpty ? nil : passage.document.title
    }
}

/// One thing done differently in a search.
struct SearchChange {
    let text: String
    let change: WhyNot.Change?
    let request: SearchRequest

    /// What can be done differently, the least first.
    static func all(
        of request: SearchRequest,
        for passage: Passage,
        _ way: SearchTrace.Way
    ) -> [SearchChange] {
        var changes: [SearchChange] = []
        func add(
            _ text: String,
            _ what: WhyNot.Change?,
            _ change: (inout SearchRequest) -> Void
        ) {
            var changed = request
            change(&changed)
            changes.append(SearchChange(text: text, change: what, request: changed))
        }
        if !way.passesFilter { addFilters(of: request, add) }
        if !way.meetsDemands || way.hasExcluded {
            add("Leave out the minus, the quotation marks and the names of fields.", nil) {
                $0.query = Searcher.embeddedText(of: request.query)
                    .filter { !"\"“”«»".contains($0) }
            }
        }
        if way.standIn != nil {
            add("Show passages that say nearly the same.", .duplicates) {
                $0.showsDuplicates = true
            }
        }
        if let most = request.perDocument {
            add("Take more hits of a document.", .perDocument(most * 5)) {
                $0.perDocument = most * 5
            }
        }
        for limit in [20, 50, 100] where limit > request.limit {
            add("Ask for more hits.", .hits(limit, showsDuplicates: false)) { $0.limit = limit }
        }
        for mode in SearchMode.allCases where mode != request.mode {
            let side = [.keyword: "words alone", .vector: "meaning alone"][mode] ?? "both"
            add("Look for \(side).", .mode(mode)) { $0.mode = mode }
        }
        let language = passage.document.language.rawValue
        add("Look in its language only.", .language(language)) {
            $0.filter.conditions.append(FieldCondition("language", .equal, language))
        }
        return changes
    }

    /// The search without one part of its filter each, and without all of it.
    private static func addFilters(
        of request: SearchRequest,
        _ add: (String, WhyNot.Change?, (inout SearchRequest) -> Void) -> Void
    ) {
        let filter = request.filter
        if !filter.paths.isEmpty {
            add("Leave out the paths.", nil) { $0.filter.paths = [] }
        }
        for (index, condition) in filter.conditions.enumerated() {
            add("Leave out the condition on \(condition.field).", nil) {
                $0.filter.conditions.remove(at: index)
            }
        }
        if filter.since != nil { add("Leave out the first day.", nil) { $0.filter.since = nil } }
        if filter.until != nil { add("Leave out the last day.", nil) { $0.filter.until = nil } }
        if filter.parts.count > 1 {
            add("Leave out all filters.", nil) { $0.filter = DocumentFilter() }
        }
        add("Leave out what the query itself says of documents (author:, path:, since:, …).", nil) {
            $0.query = Searcher.embeddedText(of: request.query)
        }
    }
}
