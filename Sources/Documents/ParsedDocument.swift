package import Corpus
package import FoundationEssentials
package import TextAnalysis

/// What a reader makes of a file: its text as a sequence of blocks, and what is known about it.
package struct ParsedDocument: Sendable {
    /// The title that the file gives itself, if any.
    package var title: String?
    /// The language that the file names, or else the one its text is in.
    package var language: Language
    /// When the file says it was written.
    package var date: Date?
    /// Front matter, `meta` elements and the like.
    package var metadata: [String: MetadataValue]
    /// The name of the format: `markdown`, `html`, `text`, `notebook`, `code`.
    package let format: String
    /// The content in reading order.
    package var blocks: [Block]
    /// What had to be mended on the way in.
    package let repairs: [TextRepair]
    /// The text and its way back to the bytes of the file.
    package let source: SourceText
}

/// A stretch of a document that stays together if it can.
package struct Block: Hashable, Sendable {
    /// What a block is, which decides where it may be cut and how it joins its neighbors.
    package enum Kind: Hashable, Sendable {
        /// Opens a section. Level 1 is the outermost. An empty text closes sections of this level
        /// and deeper without opening one.
        case heading(level: Int)
        /// Prose: cut between sentences.
        case paragraph
        /// An item of a list, with its marker: prose that stands close to its neighbors.
        case listItem
        /// What the following block explains, such as the signature of a function.
        case term
        /// Lines that belong together: cut between lines.
        case code(language: String?)
        /// A row or an object of data: a chunk of its own.
        case record
        /// Rows, one a line, cells separated by ` | `: cut between rows.
        case table
    }

    package var kind: Kind
    package var text: String
    /// Where in the source the text comes from.
    package var anchors: Anchors
}

/// Where the text of a block comes from: places where it agrees with the source, byte for byte, for
/// some way.
package struct Anchors: Hashable, Sendable {
    /// The text from `text` on is the source from `source` on, up to the next anchor.
    struct Anchor: Hashable, Sendable {
        var text: Int
        var source: Int
    }

    private(set) var list: [Anchor] = []
    /// Where the block ends in the source.
    var end: Int

    /// Text that stands in the source as it is, in `range`.
    init(verbatim range: Range<Int>) {
        list = [Anchor(text: 0, source: range.lowerBound)]
        end = range.upperBound
    }

    /// No anchors yet, for a block that begins at `start`.
    init(from start: Int) {
        end = start
    }

    /// Anchors as another process sent them.
    init(list: [Anchor], end: Int) {
        self.list = list
        self.end = end
    }

    /// Adds an anchor; one that continues its predecessor, or goes back, is left out.
    mutating func add(text: Int, source: Int) {
        if let last = list.last {
            guard source - last.source != text - last.text, source >= last.source else { return }
            if last.text == text {
                list[list.count - 1].source = source
                return
            }
        }
        list.append(Anchor(text: text, source: source))
    }

    /// The anchors of the same text after it was cut to its first `length` bytes.
    func confined(toText length: Int) -> Anchors {
        guard let last = list.last, last.text > length else { return self }
        return Anchors(list: Array(list.prefix { $0.text <= length }), end: end)
    }

    /// The source offset of the byte at `offset` of the text.
    ///
    /// - Complexity: O(log anchors).
    func source(of offset: Int) -> Int {
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if list[middle].text <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return min(list.first?.source ?? end, end) }
        let anchor = list[low - 1]
        let limit = low < list.count ? list[low].source : end
        return max(anchor.source, min(anchor.source + offset - anchor.text, limit))
    }

    /// The source range of a range of the text.
    func source(of range: Range<Int>) -> Range<Int> {
        let lower = source(of: range.lowerBound)
        guard !range.isEmpty else { return lower..<lower }
        return lower..<max(lower, min(source(of: range.upperBound - 1) + 1, max(end, lower)))
    }
}

/// Something that was wrong with a file's text and was mended.
package struct TextRepair: Hashable, Sendable, Codable, CustomStringConvertible {
    /// What was wrong.
    package enum Kind: Hashable, Sendable, Codable {
        /// UTF-8 had been read in another encoding and written again.
        case decodedTwice(as: String)
        /// Bytes that are not UTF-8 in a text that is.
        case invalidBytes
        /// NULs and other control characters.
        case controlCharacters
        /// Pages that are pictures, of which nothing could be read.
        case picturePages
        /// Pages whose characters poppler does not know without its package of maps.
        case missingCharacterMaps
        /// Parts in an encoding that the platform does not know.
        case unknownEncoding
        /// Outputs of programs of which only the ends were read.
        case shortenedOutputs
        /// Attachments that nothing reads: they are named only.
        case attachments
        /// Fields of front matter that are not YAML.
        case irregularFields
    }

    package let kind: Kind
    /// How many characters were repaired or dropped, pages left out, or fields concerned.
    package let count: Int

    /// A sentence for `status`.
    package var description: String {
        switch kind {
        case .decodedTwice(let encoding):
            "\(count) characters mended: UTF-8 that had been read as \(encoding)"
        case .invalidBytes: "\(count) bytes that are no text in its encoding replaced"
        case .controlCharacters: "\(count) control characters dropped"
        case .picturePages:
            "\(count) pages without text, probably pictures: text recognition (OCR) reads those"
        case .missingCharacterMaps:
            "\(count) pages not read: `apt install poppler-data` has the characters of their fonts"
        case .shortenedOutputs: "\(count) long outputs shortened to their first and last lines"
        case .unknownEncoding: "\(count) parts in an encoding that is not known here"
        case .attachments: "\(count) attachments not read, of formats that nothing here reads"
        case .irregularFields:
            "\(count) fields of the front matter are not YAML, and were taken as they stand"
        }
    }
}
