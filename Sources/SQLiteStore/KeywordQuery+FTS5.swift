internal import Corpus
internal import FTS5Index
internal import GRDB
internal import TextAnalysis

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
        case .field(let field, let part):
            let rest = part.simplified
            return rest == .any([]) || rest == .all([]) ? rest : .field(field, rest)
        case .sequence: return self
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

    /// The expression of FTS5 that the same passages match.
    ///
    /// Nil for a query with a negation, with an empty list or with a sequence: FTS5 has no expression
    /// for those by themselves.
    ///
    /// - Precondition: the query is simplified.
    var fts5Expression: String? { fts5Expression(in: nil) }

    private func fts5Expression(in field: KeywordField?) -> String? {
        switch self {
        case .term(let term, let form): Self.phrase([term], form, field)
        case .phrase(let terms, let form): terms.isEmpty ? nil : Self.phrase(terms, form, field)
        case .prefix(let beginning):
            "(\(Self.columns(.surface, field)) : \(Self.quoted(beginning)) *)"
        case .any(let parts): Self.joined(parts, in: field, by: " OR ")
        case .all(let parts): Self.joined(parts, in: field, by: " AND ")
        case .field(let inner, let part):
            // A field within another one is no field at all.
            field == nil || field == inner ? part.fts5Expression(in: inner) : nil
        case .not, .sequence: nil
        }
    }

    /// A condition on `passage.id`.
    struct Condition {
        /// In SQL, with a question mark for each argument.
        var sql: String
        var arguments: [String] = []
        /// Those of the arguments that are expressions of FTS5.
        var expressions: [String] = []
    }

    /// The condition that a passage matches.
    ///
    /// - Parameters:
    ///   - field: the only field that counts, or nil for all.
    ///   - sequences: finds the passages with a sequence in a field.
    /// - Returns: the condition.
    /// - Throws: what `sequences` throws.
    /// - Precondition: the query is simplified.
    func condition(
        in field: KeywordField? = nil,
        sequences: (WordSequence, KeywordField?) throws -> [PassageID]
    ) rethrows -> Condition {
        if let expression = fts5Expression(in: field) {
            return Condition(
                sql: "id IN (SELECT rowid FROM keyword WHERE keyword MATCH ?)",
                arguments: [expression],
                expressions: [expression]
            )
        }
        switch self {
        case .sequence(let words):
            let list = SnapshotView.list(try sequences(words, field))
            return Condition(sql: "id IN (SELECT value FROM json_each(?))", arguments: [list])
        case .any(let parts):
            let parts = try parts.map { try $0.condition(in: field, sequences: sequences) }
            return Self.joined(parts, by: " OR ", or: "0")
        case .all(let parts):
            let parts = try parts.map { try $0.condition(in: field, sequences: sequences) }
            return Self.joined(parts, by: " AND ", or: "1")
        case .not(let part):
            var condition = try part.condition(in: field, sequences: sequences)
            condition.sql = "NOT (\(condition.sql))"
            return condition
        case .field(let inner, let part):
            guard field == nil || field == inner else { return Condition(sql: "0") }
            return try part.condition(in: inner, sequences: sequences)
        case .term, .phrase, .prefix: return Condition(sql: "0")
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
        case .phrase, .prefix, .all, .not, .sequence, .field: return nil
        }
    }

    private static func phrase(_ terms: [String], _ form: Form, _ field: KeywordField?) -> String {
        "(\(columns(form, field)) : \(quoted(terms.joined(separator: " "))))"
    }

    /// The columns of a field, or of all, as FTS5 writes them.
    static func columns(_ form: Form, _ field: KeywordField?) -> String {
        let names =
            switch field {
            case nil: ["title", "heading", "body"]
            case .title: ["title"]
            case .headings: ["heading"]
            case .text: ["body"]
            }
        let columns = form == .surface ? names : names.map { $0 + "_stem" }
        return "{\(columns.joined(separator: " "))}"
    }

    private static func joined(
        _ parts: [KeywordQuery],
        in field: KeywordField?,
        by operation: String
    ) -> String? {
        let expressions = parts.compactMap { $0.fts5Expression(in: field) }
        guard expressions.count == parts.count, !parts.isEmpty else { return nil }
        return expressions.count == 1
            ? expressions[0] : "(\(expressions.joined(separator: operation)))"
    }

    private static func joined(
        _ parts: [Condition],
        by operation: String,
        or empty: String
    ) -> Condition {
        guard !parts.isEmpty else { return Condition(sql: empty) }
        return Condition(
            sql: balanced(parts.map { "(\($0.sql))" }[...], by: operation),
            arguments: parts.flatMap(\.arguments),
            expressions: parts.flatMap(\.expressions)
        )
    }

    /// `parts` joined two by two: SQLite takes expressions of at most 1,000 levels, and a row of
    /// operators has a level for each.
    private static func balanced(_ parts: ArraySlice<String>, by operation: String) -> String {
        guard parts.count > 2 else { return parts.joined(separator: operation) }
        let middle = parts.startIndex + parts.count / 2
        let halves = [parts[..<middle], parts[middle...]].map { balanced($0, by: operation) }
        return "(\(halves[0]))\(operation)(\(halves[1]))"
    }

    /// A string literal of FTS5, whose only special character is the quotation mark.
    static func quoted(_ term: String) -> String {
        "\"" + term.replacing("\"", with: "\"\"") + "\""
    }
}

extension FieldWeights {
    /// In the order of the columns of `keyword`.
    var columns: [Double] { surface + stem }
}
