internal import Corpus
internal import TextAnalysis

/// A query taken apart: what is looked for, and what a person asks of the passages besides.
///
/// - `"in quotes"`, in any language's quotation marks: the words in this order.
/// - `-word`, `-"two words"`, `-C++`, `-(a OR b)`, `NOT word`: no passage with it. The minus stands
///   behind a space; short options of commands (`-l`, `rm -rf`), long ones and numbers such as `-5`
///   stay text.
/// - `word*`: any word that begins so. `+word`: no passage without it.
/// - `title:word`, `heading:"two words"`, `text:word`: in this field only. `path:notes/**`,
///   `author:Ana`, `tag:solar`, `language:es`, `format:pdf`, `since:2024-06`, `until:June`: only
///   such documents. `-author:Ana`, `-path:notes/**`: only others.
/// - `solar OR wind`, `a AND b`, with parentheses: passages with one of them, with each of them.
///
/// Everything else is text, and so is all of a pasted paragraph but its quotations, and of a query in
/// capitals. A query that says only which documents or what to leave out asks for all others.
struct QuerySyntax: Hashable, Sendable {
    /// A demand on passages.
    indirect enum Demand: Hashable, Sendable {
        case word(String)
        case prefix(String)
        case phrase(String)
        case field(KeywordField, Demand)
        case any([Demand])
        case all([Demand])
        case not(Demand)
    }

    /// What is embedded, and whose words are looked for: the query without its operators.
    ///
    /// Quoted text keeps its quotation marks, which mean something to a reader, and so to a model.
    var text: String
    /// What stood in quotes, in order.
    var phrases: [String] = []
    /// What must not be there.
    var excluded: [Demand] = []
    /// The beginnings before an asterisk; they are in `text` as well.
    var prefixes: [String] = []
    /// What has to be there: fields, and what `OR` and `AND` join.
    var required: [Demand] = []
    /// Which documents count.
    var conditions: [FieldCondition] = []
    /// Patterns of their paths.
    var paths: [String] = []
    /// Patterns of paths that do not count.
    var excludedPaths: [String] = []
    /// Their first and last day.
    var since: String?
    var until: String?

    /// What looks like a field that queries do not know, such as `status:done`; it is in `text` as well.
    var unknownFields: [UnknownField] = []

    /// Whether nothing is said but which documents count and what is left out: all others are asked for.
    var isFilter = false

    /// A name, a colon and a value.
    struct UnknownField: Hashable, Sendable {
        let name: String
        let value: String
        /// As it stands in the query.
        let raw: String
    }

    /// Takes all of `text` for text.
    init(verbatim text: String) { self.text = text }

    /// Reads what a person typed; nothing is an error.
    init(_ query: String) {
        var parser = QueryParser(query)
        self = parser.parse()
        phrases = Self.firstOnes(of: phrases)
        excluded = Self.firstOnes(of: excluded)
        required = Self.firstOnes(of: required)
    }

    /// The most phrases, exclusions and other demands that count, of each kind; the first ones do.
    static let maximumDemands = 100

    /// The first different ones.
    private static func firstOnes<Part: Hashable>(of parts: [Part]) -> [Part] {
        var seen: Set<Part> = []
        return Array(parts.filter { seen.insert($0).inserted }.prefix(maximumDemands))
    }

    /// The same query without the demand for its phrases.
    var withoutPhrases: QuerySyntax {
        var other = self
        other.phrases = []
        return other
    }

    /// What the query asks of documents.
    var filter: DocumentFilter {
        DocumentFilter(
            paths: paths,
            excludedPaths: excludedPaths,
            conditions: conditions,
            since: since,
            until: until
        )
    }

    /// Whether the query has any word, number or emoji to look for.
    var hasWords: Bool { !KeywordAnalyzer().queryTerms(text, languages: []).isEmpty }
}

extension QuerySyntax.Demand: CustomStringConvertible {
    /// The phrases in it that stand in no field.
    var phrases: [String] {
        switch self {
        case .phrase(let phrase): [phrase]
        case .any(let parts), .all(let parts): parts.flatMap(\.phrases)
        case .word, .prefix, .field, .not: []
        }
    }

    /// A word or phrase without its quotation marks, anything else as a person would write it.
    var bare: String {
        switch self {
        case .word(let text), .phrase(let text): text
        default: description
        }
    }

    /// As a person would write it.
    var description: String {
        switch self {
        case .word(let word): word
        case .prefix(let prefix): prefix + "*"
        case .phrase(let phrase): "\"\(phrase)\""
        case .field(let field, let part): "\(field):\(part)"
        case .any(let parts): parts.map(\.description).joined(separator: " OR ")
        case .all(let parts): parts.map(\.description).joined(separator: " AND ")
        case .not(let part): "-\(part)"
        }
    }
}
