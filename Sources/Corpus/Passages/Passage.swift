/// A stretch of a document's text as the library holds it, with what is known of its document.
public struct Passage: Hashable, Sendable {
    /// Names the passage.
    public let id: PassageID
    /// 0 for the first passage of its document.
    public let position: Int
    /// The headings above it, outermost first.
    public let headings: [String]
    /// The text.
    public let text: String
    /// Its lines in the file, counted from 1.
    public let lines: ClosedRange<Int>
    /// The pages it stands on, counted from 1; nil for formats without pages.
    public let pages: ClosedRange<Int>?
    /// Its bytes in the file.
    public let bytes: Range<Int>
    /// The tokens of the text as the library's encoder counts them.
    public let tokenCount: Int
    /// The document it stands in.
    public let document: Document

    /// A passage from its parts.
    package init(
        id: PassageID,
        position: Int,
        headings: [String],
        text: String,
        lines: ClosedRange<Int>,
        pages: ClosedRange<Int>?,
        bytes: Range<Int>,
        tokenCount: Int,
        document: Document
    ) {
        self.id = id
        self.position = position
        self.headings = headings
        self.text = text
        self.lines = lines
        self.pages = pages
        self.bytes = bytes
        self.tokenCount = tokenCount
        self.document = document
    }

    /// Where it stands.
    public var location: PassageLocation {
        PassageLocation(
            path: document.absolutePath,
            title: document.title,
            headings: headings,
            lines: lines,
            pages: pages
        )
    }
}

extension Passage: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, path, title, headings, firstLine, lastLine, firstPage, lastPage, firstByte
        case endByte, position, text
    }

    /// Writes identifier, location, bytes, position and text, without the rest of the document.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(document.absolutePath, forKey: .path)
        try values.encode(document.title, forKey: .title)
        try values.encode(headings, forKey: .headings)
        try values.encode(lines.lowerBound, forKey: .firstLine)
        try values.encode(lines.upperBound, forKey: .lastLine)
        try values.encodeIfPresent(pages?.lowerBound, forKey: .firstPage)
        try values.encodeIfPresent(pages?.upperBound, forKey: .lastPage)
        try values.encode(bytes.lowerBound, forKey: .firstByte)
        try values.encode(bytes.upperBound, forKey: .endByte)
        try values.encode(position, forKey: .position)
        try values.encode(text, forKey: .text)
    }
}
