#if Postgres
internal import Corpus
internal import TextAnalysis

/// Keyword queries in the language of `tsquery`.
enum TSQuery {
    /// The expression that the same passages match; nil for a query with a negation, a sequence, an empty
    /// list or an empty term, which have none by themselves.
    static func expression(_ query: KeywordQuery, in field: KeywordField? = nil) -> String? {
        switch query {
        case .term(let term, let form): return operand(term, form, field)
        case .prefix(let beginning): return operand(beginning, .surface, field, isPrefix: true)
        case .phrase(let terms, let form):
            let operands = terms.compactMap { operand($0, form, field) }
            guard !terms.isEmpty, operands.count == terms.count else { return nil }
            return operands.count == 1
                ? operands[0] : "(\(operands.joined(separator: " <-> ")))"
        case .any(let parts): return joined(parts, in: field, by: " | ")
        case .all(let parts): return joined(parts, in: field, by: " & ")
        case .field(let inner, let part):
            // A field within another one is no field at all.
            return field == nil || field == inner ? expression(part, in: inner) : nil
        case .not, .sequence: return nil
        }
    }

    /// A term, or what terms begin with, in a field or in any.
    static func operand(
        _ term: String,
        _ form: KeywordQuery.Form,
        _ field: KeywordField?,
        isPrefix: Bool = false
    ) -> String? {
        guard PassageWords.isTerm(term) else { return nil }
        let mark = (isPrefix ? "*" : "") + (field?.weight ?? "")
        let lexeme = PassageWords.quoted(PassageWords.lexeme(term, form))
        return mark.isEmpty ? lexeme : "\(lexeme):\(mark)"
    }

    private static func joined(
        _ parts: [KeywordQuery],
        in field: KeywordField?,
        by operation: String
    ) -> String? {
        let expressions = parts.compactMap { expression($0, in: field) }
        guard !parts.isEmpty, expressions.count == parts.count else { return nil }
        return expressions.count == 1
            ? expressions[0] : "(\(balanced(expressions[...], by: operation)))"
    }

    /// `parts` joined two by two, so that a long list is no deep expression.
    private static func balanced(_ parts: ArraySlice<String>, by operation: String) -> String {
        guard parts.count > 2 else { return parts.joined(separator: operation) }
        let middle = parts.startIndex + parts.count / 2
        let halves = [parts[..<middle], parts[middle...]].map { balanced($0, by: operation) }
        return "(\(halves[0]))\(operation)(\(halves[1]))"
    }
}

extension SequencePlace {
    /// The passages that may have them: those with every term of one way to say them.
    var nearExpression: String? { expression(joinedBy: " & ") }

    /// The passages that have them for sure: those with every term beside the next.
    var rowExpression: String? { expression(joinedBy: " <-> ") }

    private func expression(joinedBy operation: String) -> String? {
        let ways = words.ways.compactMap { way -> String? in
            // A lone character of a script without spaces begins pairs.
            let isCharacter =
                way.count == 1 && way[0].count == 1 && way[0][0].count == 1
                && way[0][0].utf8.count >= 3
            let terms = way.joined().compactMap {
                TSQuery.operand($0, .surface, field, isPrefix: isCharacter)
            }
            return terms.isEmpty ? nil : "(\(terms.joined(separator: operation)))"
        }
        return ways.isEmpty ? nil : ways.joined(separator: " | ")
    }
}

extension KeywordQuery {
    /// The sequences of words in a query, each with the field that it is looked for in.
    func sequences(in field: KeywordField? = nil) -> [SequencePlace] {
        switch self {
        case .sequence(let words): [SequencePlace(words: words, field: field)]
        case .any(let parts), .all(let parts): parts.flatMap { $0.sequences(in: field) }
        case .not(let part): part.sequences(in: field)
        case .field(let inner, let part):
            field == nil || field == inner ? part.sequences(in: inner) : []
        case .term, .prefix, .phrase: []
        }
    }
}
#endif
