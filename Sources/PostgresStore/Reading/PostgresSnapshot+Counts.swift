#if Postgres
package import Corpus
internal import Synchronization
package import TextAnalysis

/// In how many passages something stands.
extension PostgresSnapshot {
    /// Up to so many passages that may match, each is looked at; beyond, the count is taken from single terms.
    private static let mostCounted = 5_000
    /// From so many passages on, those whose text would have to be read are left out.
    private static let enoughPassages = 500
    /// The most passages whose text is read.
    private static let mostReadings = 5_000

    package func keywordCounts(
        of queries: [KeywordQuery],
        weights: FieldWeights
    ) async throws -> [Int] {
        let counts = try await counts(of: queries)
        return queries.map { counts[$0] ?? 0 }
    }

    /// In how many passages each query matches.
    ///
    /// Exact up to a few thousand passages and for single terms. For a list of alternatives that more
    /// passages may have, it is the count of the most frequent one, for a phrase an estimate: what is made
    /// of such counts is their logarithm.
    func counts(of queries: [KeywordQuery]) async throws -> [KeywordQuery: Int] {
        var known = store.facts.known(of: state.generation)?.counts ?? [:]
        let new = Set(queries).subtracting(known.keys)
        guard !new.isEmpty else { return known }
        let terms = Set(new.flatMap(\.leaves).flatMap(\.terms))
        let words = try await wordCounts(terms)
        var found: [KeywordQuery: Int] = [:]
        for query in new {
            if let count = words.exactCount(of: query) {
                found[query] = count
                continue
            }
            if let bound = words.bounds(of: query), bound.upper > Self.mostCounted {
                found[query] = try await estimate(of: query, bound)
            } else {
                found[query] = try await exactCount(of: query)
            }
        }
        store.facts.note(state.generation) { $0.add(found) }
        known.merge(found) { $1 }
        return known
    }

    private func exactCount(of query: KeywordQuery) async throws -> Int {
        var condition = PassageCondition()
        condition.demand(query, sequences: try await resolve([query]))
        return try await self.query(
            "SELECT count(*) FROM passage p WHERE \(condition.sql)",
            condition.parameters
        ) { Int($0.integer(0) ?? 0) }.first ?? 0
    }

    /// The count of a query that many passages may match.
    private func estimate(of query: KeywordQuery, _ bound: WordCounts.Bounds) async throws -> Int {
        guard case .phrase(let terms, let form) = query,
            let phrase = TSQuery.expression(query),
            let both = TSQuery.expression(.all(terms.map { .term($0, form) }))
        else { return bound.lower }
        // How many of the first passages with all its words have them side by side.
        let sample =
            try await self.query(
                """
                SELECT count(*), count(*) FILTER (WHERE words @@ $1::tsquery)
                FROM (SELECT p.words FROM passage p WHERE p.words @@ $2::tsquery LIMIT 300) some
                """,
                [.text(phrase), .text(both)]
            ) { (Double($0.integer(0) ?? 0), Double($0.integer(1) ?? 0)) }.first ?? (0, 0)
        guard sample.0 >= 300 else { return Int(sample.1) }
        let all =
            try await self.query(
                "SELECT count(*) FROM passage p WHERE p.words @@ $1::tsquery",
                [.text(both)]
            ) { Double($0.integer(0) ?? 0) }.first ?? 0
        return Int(all * sample.1 / sample.0)
    }

    /// In how many passages each of these terms stands.
    func wordCounts(_ terms: Set<String>) async throws -> WordCounts {
        let terms = terms.filter(PassageWords.isTerm)
        guard !terms.isEmpty else { return WordCounts() }
        let rows = try await query(
            """
            SELECT term, sum(surface)::bigint, sum(stem)::bigint, sum(either)::bigint
            FROM word WHERE term = ANY($1) GROUP BY term
            """,
            [.texts(terms.map(PassageWords.bounded))]
        ) { row in
            (
                row.text(0) ?? "",
                WordCounts.Entry(
                    surface: Int(row.integer(1) ?? 0),
                    stem: Int(row.integer(2) ?? 0),
                    either: Int(row.integer(3) ?? 0)
                )
            )
        }
        return WordCounts(entries: Dictionary(rows, uniquingKeysWith: { $1 }))
    }

    package func vocabulary(beginningWith prefix: String) async throws -> [Spelling.Entry] {
        guard PassageWords.isTerm(prefix) else { return [] }
        // U+10FFFF sorts behind every character that a term contains.
        return try await query(
            """
            SELECT term, sum(either)::bigint FROM word WHERE term >= $1 AND term < $2
            GROUP BY term HAVING sum(either) > 0 ORDER BY term
            """,
            [.text(prefix), .text(prefix + "\u{10FFFF}")]
        ) { Spelling.Entry(term: $0.text(0) ?? "", passages: Int($0.integer(1) ?? 0)) }
    }

    package func isWord(_ term: String) async throws -> Bool {
        try await wordCounts([term]).entry(term).surface > 0
    }

    package func matches(_ query: KeywordQuery, passage: PassageID) async throws -> Bool {
        var condition = PassageCondition(parameters: [.integer(passage.rawValue)])
        condition.demand(query, sequences: try await resolve([query]))
        return try await self.query(
            "SELECT 1 FROM passage p WHERE p.id = $1 AND \(condition.sql)",
            condition.parameters
        ) { _ in true }.first ?? false
    }

    // MARK: Sequences

    /// The passages with each sequence of words in these queries.
    ///
    /// The terms of compounds and of their parts stand one behind the other, so that words which are
    /// neighbors in the text need not be neighbors there. Where they are, the server finds the passage;
    /// where all of them stand somewhere, the passage's text decides.
    func resolve(
        _ queries: [KeywordQuery?]
    ) async throws -> [SequencePlace: [PassageID]] {
        var found: [SequencePlace: [PassageID]] = [:]
        for place in Set(queries.compactMap(\.self).flatMap { $0.sequences() }) {
            if let known = sequences.withLock({ $0[place] }) {
                found[place] = known
                continue
            }
            let passages = try await passages(with: place)
            sequences.withLock { $0[place] = passages }
            found[place] = passages
        }
        return found
    }

    private func passages(with place: SequencePlace) async throws -> [PassageID] {
        guard let row = place.rowExpression, let near = place.nearExpression else { return [] }
        var found = Set(
            try await query(
                "SELECT p.id FROM passage p WHERE p.words @@ $1::tsquery",
                [.text(row)]
            ) { PassageID(rawValue: $0.integer(0) ?? 0) }
        )
        guard found.count < Self.enoughPassages, place.words.ways.contains(where: { $0.count > 1 })
        else { return found.sorted() }
        let others = try await query(
            """
            SELECT p.id, d.title, p.headings, p.text, p.position, d.metadata FROM passage p
            JOIN document d ON d.id = p.document_id
            WHERE p.words @@ $1::tsquery AND NOT p.words @@ $2::tsquery ORDER BY p.id LIMIT $3
            """,
            [.text(near), .text(row), .integer(Int64(Self.mostReadings))]
        ) { row -> PassageID? in
            let headings = MetadataWords.headings(
                ColumnJSON.decode(row.text(2) ?? "", or: []),
                at: Int(row.integer(4) ?? 1),
                metadata: ColumnJSON.decode(row.text(5) ?? "", or: [:])
            )
            let fields: [(KeywordField, String)] = [
                (.title, row.text(1) ?? ""), (.headings, headings.joined(separator: "\n")),
                (.text, row.text(3) ?? ""),
            ]
            let stands = fields.contains { field, text in
                (place.field == nil || place.field == field) && place.words.stands(in: text)
            }
            return stands ? PassageID(rawValue: row.integer(0) ?? 0) : nil
        }
        found.formUnion(others.compactMap(\.self))
        return found.sorted()
    }
}

extension KeywordQuery {
    /// The terms of a leaf.
    fileprivate var terms: [String] {
        switch self {
        case .term(let term, _): [term]
        case .phrase(let terms, _): terms
        case .prefix, .sequence, .field, .any, .all, .not: []
        }
    }
}

/// In how many passages terms stand.
struct WordCounts: Sendable {
    /// As a word, as a stem, and as either of both.
    struct Entry: Sendable {
        var surface = 0
        var stem = 0
        var either = 0
    }

    /// Between what a count lies.
    struct Bounds {
        var lower: Int
        var upper: Int
    }

    private let entries: [String: Entry]

    init(entries: [String: Entry] = [:]) { self.entries = entries }

    func entry(_ term: String) -> Entry { entries[PassageWords.bounded(term)] ?? Entry() }

    private func count(_ term: String, _ form: KeywordQuery.Form) -> Int {
        form == .surface ? entry(term).surface : entry(term).stem
    }

    /// The count of a query that single terms tell; nil for others.
    func exactCount(of query: KeywordQuery) -> Int? {
        switch query {
        case .term(let term, let form): count(term, form)
        case .phrase(let terms, let form):
            terms.count == 1 ? count(terms[0], form) : bounds(of: query)?.upper == 0 ? 0 : nil
        case .any(let parts): exactCount(ofAny: parts)
        case .prefix, .sequence, .field, .all, .not: nil
        }
    }

    private func exactCount(ofAny parts: [KeywordQuery]) -> Int? {
        let parts = Set(parts).filter { exactCount(of: $0) != 0 }
        if parts.isEmpty { return 0 }
        if parts.count == 1 { return parts.first.flatMap(exactCount) }
        guard parts.count == 2 else { return nil }
        // A word and the same as a stem.
        let terms = parts.map { part -> String? in
            if case .term(let term, _) = part { term } else { nil }
        }
        guard let term = terms[0], terms[1] == term else { return nil }
        return entry(term).either
    }

    /// Between what the count of a query lies; nil where terms do not tell.
    func bounds(of query: KeywordQuery) -> Bounds? {
        switch query {
        case .term(let term, let form):
            let count = count(term, form)
            return Bounds(lower: count, upper: count)
        case .phrase(let terms, let form):
            return Bounds(lower: 0, upper: terms.map { count($0, form) }.min() ?? 0)
        case .any(let parts):
            let bounds = parts.compactMap(self.bounds)
            guard bounds.count == parts.count else { return nil }
            return Bounds(
                lower: bounds.map(\.lower).max() ?? 0,
                upper: bounds.reduce(0) { $0 + $1.upper }
            )
        case .prefix, .sequence, .field, .all, .not: return nil
        }
    }
}
#endif
