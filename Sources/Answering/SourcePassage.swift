public import Corpus
public import TextAnalysis

/// A stored passage that an answer may draw on, with what it scored when it was found.
public struct SourcePassage: Hashable, Sendable {
    /// The passage; every quotation is checked against its text.
    public var passage: Passage

    /// The retrieval score: larger is better.
    public var score: Double

    /// A passage with its score.
    public init(_ passage: Passage, score: Double = 0) {
        self.passage = passage
        self.score = score
    }

    /// The passage's identifier.
    public var id: PassageID { passage.id }
    /// The passage's text.
    public var text: String { passage.text }
    /// The absolute path of its document.
    public var path: String { passage.document.absolutePath }
    /// The title of its document, or an empty string.
    public var title: String { passage.document.title }
    /// The headings above it, outermost first.
    public var headingPath: [String] { passage.headings }
    /// Whether it is a record of data, its fields one a line.
    var isRecord: Bool { ["json", "jsonl"].contains(passage.document.format) }
    /// The language of its document.
    public var language: Language { passage.document.language }
}

extension SourcePassage {
    /// The same passage as if it had only this text.
    package func limited(to text: String) -> SourcePassage {
        SourcePassage(
            Passage(
                id: id,
                position: passage.position,
                headings: passage.headings,
                text: text,
                lines: passage.lines,
                pages: passage.pages,
                bytes: passage.bytes,
                tokenCount: passage.tokenCount,
                document: passage.document
            ),
            score: score
        )
    }

    /// A passage that is in no library.
    public init(
        id: PassageID,
        text: String,
        path: String,
        title: String = "",
        headingPath: [String] = [],
        lines: ClosedRange<Int>? = nil,
        pages: ClosedRange<Int>? = nil,
        language: Language,
        score: Double = 0
    ) {
        let document = Document(
            id: 0,
            root: path,
            path: "",
            format: "text",
            language: language,
            title: title,
            date: nil,
            modified: 0,
            metadata: [:],
            repairs: []
        )
        let passage = Passage(
            id: id,
            position: 0,
            headings: headingPath,
            text: text,
            lines: lines ?? 1...(1 + text.utf8.count { $0 == 0x0A }),
            pages: pages,
            bytes: 0..<text.utf8.count,
            tokenCount: 0,
            document: document
        )
        self.init(passage, score: score)
    }
}
