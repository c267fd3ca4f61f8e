internal import Corpus
internal import GRDB

/// Keyword queries in the language of FTS5 and of SQL.
///
/// Expressions name columns of the table `keyword`. Terms stand in quotation marks, so that nothing in
/// them is syntax.
extension KeywordQuery {
    /// The same query without leaves that no passage can match and without lists of one or none.
    ///
    /// FTS5 takes a term apart that is not one of its tokens, and would find the parts.
    var simplified: KeywordQuery {
        switch self {
        case .term(let term, _), .prefix(let term): return Self.isToken(term) ? self : .any([])
        case .phrase(let terms, _):
            return !terms.isEmpty && terms.allSatisfy(Self.isToken) ? self : .any([])
        case .any(let parts):
            let rest = parts.map(\.simplified).filter { $0 != .any([]) }
            if rest.contains(.all([])) { return .all([]) }
            return rest.count == 1 ? rest[0] : .any(rest)
        case .all(let parts):
            let rest = parts.map(\.simplified).filter { $0 != .all([]) }
            if rest.contains(.any([])) { return .any([]) }
            return rest.count == 1 ? rest[0] : .all(rest)
        case .not(let part):
            let rest = part.simplified
            if rest == .any([]) { return .all([]) }
            return rest == .all([]) ? .any([]) : .not(rest)
        }
    }

    /// Whether FTS5 takes a term for one token and leaves it as it is.
    private static func isToken(_ term: String) -> Bool {
        !term.isEmpty
            && term.utf8.allSatisfy { KeywordTerm.isPart($0) && !(0x41...0x5A).contains($0) }
    }

    /// The expression of FTS5 that the same passages match, or nil for a query with a negation, or
    /// with an empty list: FTS5 has no expression for those by themselves.
    ///
    /// - Precondition: the query is simplified.
    var fts5Expression: String? {
        switch self {
        case .term(let term, let form): Self.phrase([term], form)
        case .phrase(let terms, let form): terms.isEmpty ? nil : Self.phrase(terms, form)
        case .prefix(let beginning):
            "(\(Self.columns(.surface)) : \(Self.quoted(beginning)) *)"
        case .any(let parts): Self.joined(parts, by: " OR ")
        case .all(let parts): Self.joined(parts, by: " AND ")
        case .not: nil
        }
    }

    /// A condition on `passage.id`, with the expressions of FTS5 that are its arguments.
    ///
    /// - Precondition: the query is simplified.
    var condition: (sql: String, expressions: [String]) {
        if let expression = fts5Expression {
            return ("id IN (SELECT rowid FROM keyword WHERE keyword MATCH ?)", [expression])
        }
        switch self {
        case .any(let parts): return Self.joined(parts.map(\.condition), by: " OR ", or: "0")
        case .all(let parts): return Self.joined(parts.map(\.condition), by: " AND ", or: "1")
        case .not(let part):
            let (sql, expressions) = part.condition
            return ("NOT (\(sql))", expressions)
        case .term, .phrase, .prefix: return ("0", [])
        }
    }

    /// The phrases whose lists a scan can go through for any match of the query; nil where FTS5 has to
    /// be asked.
    var scannablePhrases: [KeywordPhrase]? {
        switch self {
        case .term(let term, let form): return [KeywordPhrase([term], isStems: form == .stem)]
        case .phrase(let terms, let form) where (1...2).contains(terms.count):
            return [KeywordPhrase(terms, isStems: form == .stem)]
        case .any(let parts):
            let phrases = parts.compactMap(\.scannablePhrases)
            return phrases.count == parts.count ? phrases.flatMap(\.self) : nil
        case .phrase, .prefix, .all, .not: return nil
        }
    }

    private static func phrase(_ terms: [String], _ form: Form) -> String {
        "(\(columns(form)) : \(quoted(terms.joined(separator: " "))))"
    }

    private static func columns(_ form: Form) -> String {
        form == .surface ? "{title heading body}" : "{title_stem heading_stem body_stem}"
    }

    private static func joined(_ parts: [KeywordQuery], by operation: String) -> String? {
        let expressions = parts.compactMap(\.fts5Expression)
        guard expressions.count == parts.count, !parts.isEmpty else { return nil }
        return expressions.count == 1
            ? expressions[0] : "(\(expressions.joined(separator: operation)))"
    }

    private static func joined(
        _ parts: [(sql: String, expressions: [String])],
        by operation: String,
        or empty: String
    ) -> (sql: String, expressions: [String]) {
        guard !parts.isEmpty else { return (empty, []) }
        return (
            parts.map { "(\($0.sql))" }.joined(separator: operation), parts.flatMap(\.expressions)
        )
    }

    /// A string literal of FTS5, whose only special character is the quotation mark.
    private static func quoted(_ term: String) -> String {
        "\"" + term.replacing("\"", with: "\"\"") + "\""
    }
}

extension FieldWeights {
    /// In the order of the columns of `keyword`.
    var columns: [Double] { surface + stem }
}
