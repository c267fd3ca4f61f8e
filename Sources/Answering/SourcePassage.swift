public import TextAnalysis

/// A passage that an answer may draw on: its stored text and where it comes from.
public struct SourcePassage: Hashable, Sendable {
    /// The store's key.
    public var id: Int64

    /// The stored text, which every quotation is checked against.
    public var text: String

    /// The document's path, as the library knows it.
    public var path: String

    /// The document's title, or an empty string.
    public var title: String

    /// The headings that the passage stands under, outermost first.
    public var headingPath: [String]

    /// The lines of the original file, counted from 1, if it has lines.
    public var lines: ClosedRange<Int>?

    /// The pages of the original file, counted from 1, if it has pages.
    public var pages: ClosedRange<Int>?

    /// The language of the text.
    public var language: Language

    /// The retrieval score: larger is better.
    public var score: Double

    /// Describes a passage.
    public init(
        id: Int64,
        text: String,
        path: String,
        title: String = "",
        headingPath: [String] = [],
        lines: ClosedRange<Int>? = nil,
        pages: ClosedRange<Int>? = nil,
        language: Language,
        score: Double = 0
    ) {
        self.id = id
        self.text = text
        self.path = path
        self.title = title
        self.headingPath = headingPath
        self.lines = lines
        self.pages = pages
        self.language = language
        self.score = score
    }
}
