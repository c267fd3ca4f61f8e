#if Postgres
internal import Corpus
internal import TextAnalysis

/// A condition on `passage p`, built up with its parameters.
struct PassageCondition {
    private(set) var parameters: [QueryParameter]
    private var parts: [String] = []

    /// A condition that every passage fulfills; `parameters` are those of the rest of the statement.
    init(parameters: [QueryParameter] = []) { self.parameters = parameters }

    /// The condition in SQL.
    var sql: String { parts.isEmpty ? "true" : parts.joined(separator: " AND ") }

    /// The place of one more parameter.
    mutating func place(of parameter: QueryParameter) -> String {
        parameters.append(parameter)
        return "$\(parameters.count)"
    }

    /// Demands one thing more.
    mutating func demand(_ sql: String) { parts.append("(\(sql))") }

    /// Demands what a scope does, apart from its language group.
    ///
    /// - Parameters:
    ///   - scope: what it demands.
    ///   - sequences: the passages with each sequence of words in it.
    mutating func demand(_ scope: CandidateScope, sequences: [SequencePlace: [PassageID]]) {
        if let documents = scope.documents {
            let list = place(of: .integers(documents.map(\.rawValue)))
            demand("p.document_id = ANY(\(list))")
        }
        if let required = scope.required { demand(sql(of: required, nil, sequences)) }
        if let excluded = scope.excluded { demand("NOT \(sql(of: excluded, nil, sequences))") }
    }

    /// Demands that a passage matches a query.
    mutating func demand(_ query: KeywordQuery, sequences: [SequencePlace: [PassageID]]) {
        demand(sql(of: query, nil, sequences))
    }

    private mutating func sql(
        of query: KeywordQuery,
        _ field: KeywordField?,
        _ sequences: [SequencePlace: [PassageID]]
    ) -> String {
        if let expression = TSQuery.expression(query, in: field) {
            return "(p.words @@ \(place(of: .text(expression)))::tsquery)"
        }
        switch query {
        case .sequence(let words):
            let found = sequences[SequencePlace(words: words, field: field)] ?? []
            return "(p.id = ANY(\(place(of: .integers(found.map(\.rawValue))))))"
        case .any(let parts):
            return joined(parts.map { sql(of: $0, field, sequences) }, by: " OR ", or: "false")
        case .all(let parts):
            return joined(parts.map { sql(of: $0, field, sequences) }, by: " AND ", or: "true")
        case .not(let part): return "(NOT \(sql(of: part, field, sequences)))"
        case .field(let inner, let part):
            guard field == nil || field == inner else { return "false" }
            return sql(of: part, inner, sequences)
        case .term, .phrase, .prefix: return "false"
        }
    }

    private func joined(_ parts: [String], by operation: String, or empty: String) -> String {
        parts.isEmpty ? empty : "(\(parts.joined(separator: operation)))"
    }
}
#endif
