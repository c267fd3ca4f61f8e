internal import Corpus
internal import Retrieval
internal import TextAnalysis
internal import Vecino

/// A search of which a caller sees one page after the other.
///
/// Hits are ranked among a fixed number of candidates as long as not too many are asked for. So the pages
/// of the first `reach` hits fit together, and there is no page beyond them.
struct SearchPage {
    private let served: ServedLibrary
    private let given: Arguments
    private let limit: Int

    /// How many hits can be paged through; the most that leave the candidates as they are.
    private var reach: Int { given.integer("per_document") ?? 0 > 0 || isDiverse ? 25 : 50 }

    private var isDiverse: Bool { given.number("diversity") ?? 0 > 0 }

    /// The search that these arguments ask for.
    init(_ given: Arguments, served: ServedLibrary) {
        self.served = served
        self.given = given
        limit = given.integer("limit") ?? served.resultLimit
    }

    /// Searches.
    func reply() async throws -> Reply {
        let generation = try await served.library.generation()
        let start = try Cursor.offset(of: given, generation: generation)
        guard start < reach else {
            throw ServiceError.invalid("“cursor” leads beyond the hits that can be paged through.")
        }
        let wantsFacets = given.flag("facets") ?? false
        // One more tells whether there is a next page.
        let end = max(start + limit, min(start + limit + 1, reach))
        var results = try await search(limit: wantsFacets ? max(end, reach) : end)
        let facets = wantsFacets ? Facets(results.hits) : nil
        let hasMore = results.hits.count > start + limit && start + limit < reach
        results.hits = Array(results.hits.dropFirst(start).prefix(limit))
        let last = start + results.hits.count
        results.notes.removeAll { note in
            if case .far(let rank) = note { rank > max(last, 1) } else { false }
        }
        var value = try Self.value(of: results)
        if let facets { value = value.adding(["facets": try JSONValue(encoding: facets)]) }
        if hasMore {
            let next = Cursor(offset: start + limit, generation: generation)
            value = value.adding(["nextCursor": .string(next.text)])
        }
        return Reply(value: value, text: ReplyText.search(results))
    }

    private func search(limit: Int) async throws -> SearchResults {
        let results = try await served.library.search(
            SearchRequest(
                given.text("query") ?? "",
                mode: given.text("mode").flatMap(SearchMode.init) ?? .hybrid,
                limit: limit,
                filter: try Operation.filter(given),
                perDocument: given.integer("per_document"),
                diversity: given.number("diversity"),
                showsDuplicates: given.flag("duplicates") ?? false,
                explain: given.flag("explain") ?? false,
                reranking: try Operation.reranking(given) ?? served.reranking
            )
        )
        served.metrics.searched(results.timings)
        return results
    }

    /// Results as JSON, each hit with its document's number and format.
    static func value(of results: SearchResults) throws -> JSONValue {
        let value = try JSONValue(encoding: results)
        guard let hits = value["hits"]?.elements else { return value }
        let full = zip(hits, results.hits).map { hit, found in
            hit.adding([
                "document": .integer(found.passage.document.id.rawValue),
                "format": .string(found.passage.document.format),
            ])
        }
        return value.adding(["hits": .array(full)])
    }

    /// What is told of a passage's document.
    static func facts(of passage: Passage) -> [String: JSONValue] {
        var facts: [String: JSONValue] = [
            "document": .integer(passage.document.id.rawValue),
            "format": .string(passage.document.format),
            "language": .string(passage.document.language.rawValue),
        ]
        if let date = passage.document.date { facts["date"] = .string(date) }
        return facts
    }
}
