/// A piece of a document of a size that an encoder reads at once: a passage before it is stored.
package struct Chunk: Hashable, Sendable {
    /// The text.
    package let text: String
    /// The headings above it, outermost first.
    package let headings: [String]
    /// The lines of the file that it comes from, counting from 1.
    package let lines: ClosedRange<Int>
    /// The pages of the file that it comes from, counting from 1; nil for formats without pages.
    package let pages: ClosedRange<Int>?
    /// The bytes of the file that it comes from.
    ///
    /// The first byte is exact where the source has the text as it is. Where the source writes a
    /// character otherwise (a reference of HTML, an escape of JSON), the range begins at it, and
    /// may end inside it.
    package let bytes: Range<Int>
    /// The tokens of the text, as the blocks and sentences were counted one by one.
    package let tokenCount: Int

    /// A piece of a document.
    package init(
        text: String,
        headings: [String],
        lines: ClosedRange<Int>,
        pages: ClosedRange<Int>? = nil,
        bytes: Range<Int>,
        tokenCount: Int
    ) {
        self.text = text
        self.headings = headings
        self.lines = lines
        self.pages = pages
        self.bytes = bytes
        self.tokenCount = tokenCount
    }

    /// The same with a space wherever a document has U+0000 in its text or headings: an escape of
    /// JSON or of quoted-printable can be one, and SQLite ends a text there.
    package var withoutNulls: Chunk {
        guard ([text] + headings).contains(where: { $0.utf8.contains(0) }) else { return self }
        return Chunk(
            text: text.replacing("\0", with: " "),
            headings: headings.map { $0.replacing("\0", with: " ") },
            lines: lines,
            pages: pages,
            bytes: bytes,
            tokenCount: tokenCount
        )
    }
}
