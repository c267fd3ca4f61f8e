package import TextAnalysis

/// Words in a row, and the field that they have to stand in; any for nil.
package struct SequencePlace: Hashable, Sendable {
    /// The words.
    package let words: WordSequence
    /// The field.
    package let field: KeywordField?

    /// Words that have to stand in a field.
    package init(words: WordSequence, field: KeywordField?) {
        self.words = words
        self.field = field
    }
}
