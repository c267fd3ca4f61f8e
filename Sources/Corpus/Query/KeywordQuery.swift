package import TextAnalysis

/// The parts of a passage that keywords are looked for in.
package enum KeywordField: Hashable, Sendable, CaseIterable {
    /// The title of its document.
    case title
    /// The headings above it.
    case headings
    /// Its text.
    case text
}

/// What keyword retrieval looks for: a tree of terms that have been analyzed.
///
/// It says nothing of how a store keeps its index. Terms are folded words, or stems, as
/// `KeywordAnalyzer` makes them; a store matches them against the title, the headings and the text of
/// each passage.
package indirect enum KeywordQuery: Hashable, Sendable {
    /// Which form of a passage's words is compared.
    package enum Form: Hashable, Sendable {
        /// The folded word as it stands in the text.
        case surface
        /// The folded stem of the word in its document's language.
        case stem
    }

    /// Passages with this term.
    case term(String, Form)
    /// Passages with a word, as it stands, that begins so.
    case prefix(String)
    /// Passages in which these terms follow each other within one field.
    case phrase([String], Form)
    /// Passages in which these words stand in a row within one field, however their parts are joined.
    case sequence(WordSequence)
    /// Passages that match this within one field.
    case field(KeywordField, KeywordQuery)
    /// Passages that match any of these; none for an empty list.
    case any([KeywordQuery])
    /// Passages that match each of these; every passage for an empty list.
    case all([KeywordQuery])
    /// Passages that do not match.
    case not(KeywordQuery)

    /// The terms, prefixes and phrases, in order, those that are negated included.
    package var leaves: [KeywordQuery] {
        switch self {
        case .term, .prefix, .phrase, .sequence: [self]
        case .any(let parts), .all(let parts): parts.flatMap(\.leaves)
        case .not(let part), .field(_, let part): part.leaves
        }
    }
}

/// How much a match counts in each field of a passage, for surface forms and for stems.
///
/// A factor of the frequency that BM25 counts, as in Robertson, Zaragoza and Taylor's "Simple BM25
/// extension to multiple weighted fields" (CIKM 2004).
package struct FieldWeights: Hashable, Sendable {
    /// Of title, headings and text, in this order.
    package var surface: [Double]
    /// The same for stems.
    package var stem: [Double]

    /// Stems carry most of the weight; that the very form stands there adds to it.
    package static let standard = FieldWeights(
        surface: [1.2, 0.9, 0.6],
        stem: [2.0, 1.5, 1.0]
    )

    /// Weights of title, headings and text.
    ///
    /// - Precondition: three of each form.
    package init(surface: [Double], stem: [Double]) {
        precondition(surface.count == 3 && stem.count == 3, "a weight for each field")
        self.surface = surface
        self.stem = stem
    }

    /// The same with the weights of titles and headings multiplied by factors.
    package func scaled(title: Double, headings: Double) -> FieldWeights {
        let factors = [title, headings, 1]
        return FieldWeights(
            surface: zip(surface, factors).map(*),
            stem: zip(stem, factors).map(*)
        )
    }
}
