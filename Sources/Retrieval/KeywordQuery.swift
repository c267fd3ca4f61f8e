internal import TextAnalysis

/// A person's query as the words' side understands it.
///
/// Whatever was typed is text to look for: none of it reaches SQLite as syntax.
struct KeywordQuery {
    /// The most terms that are looked for; of a longer query the first ones count.
    static let maximumTerms = 200

    /// How much a match in each column counts: title, heading path and body, then the stems of each.
    ///
    /// Stems carry most of the weight; that the very form stands there is a tie-breaker.
    static let columnWeights = [0.6, 0.45, 0.3, 2.0, 1.5, 1.0]

    /// The terms that are looked for, in the order of the query; repeated ones repeat.
    let terms: [QueryTerm]

    /// Analyses a query.
    ///
    /// The stems of each of the library's `languages` are looked for; their function words are
    /// passed over unless the query has no others.
    init(_ query: String, languages: [Language]) {
        let all = KeywordAnalyzer().queryTerms(query, languages: languages)
        let content = all.filter { !$0.isStopWord }
        terms = Array((content.isEmpty ? all : content).prefix(Self.maximumTerms))
    }

    var isEmpty: Bool { terms.isEmpty }

    /// The FTS5 expression: any of the terms, as a surface form or as one of its stems.
    var expression: String {
        terms.map { term in
            let surface = "{title heading body} : \(Self.quoted(term.surface))"
            let stems = term.stems.map(Self.quoted).joined(separator: " OR ")
            return "(\(surface)) OR ({title_stem heading_stem body_stem} : (\(stems)))"
        }.joined(separator: " OR ")
    }

    /// An expression for each term's stems: a passage that matches it has the term.
    var stemExpressions: [String] {
        terms.map { term in
            "{title_stem heading_stem body_stem} : ("
                + term.stems.map(Self.quoted).joined(separator: " OR ") + ")"
        }
    }

    /// The score of a passage of average length that has every term once, in its body, as a stem and
    /// as it was typed; `information` is that of each term.
    static func fullScore(information: [Double]) -> Double {
        let surface = columnWeights[2] * 2.2 / (columnWeights[2] + 1.2)
        return information.reduce(0, +) * (1 + surface)
    }

    /// A string literal of FTS5, whose only special character is the quotation mark.
    private static func quoted(_ term: String) -> String {
        "\"" + term.replacing("\"", with: "\"\"") + "\""
    }
}
